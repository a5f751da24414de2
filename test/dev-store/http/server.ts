/**
 * `node test/dev-store/http/server.ts`: the dev store behind HTTP. Each setting is an environment variable or an argument:
 * PORT (`--port`, 4000), SHOP (`--shop en|ja`), ORDERS (`--orders FILE`, or several with the system's path delimiter
 * between them, in place of a built-in shop), CURRENCY (`--currency`, by default the order file's own), ORDER_COLUMNS (of the
 * order file, as in `npm run mine -- --columns`), THEME (`--theme`, a shipped theme or a folder), APP_URL
 * (http://localhost:4001), SHOPIFY_API_KEY, SHOPIFY_API_SECRET,
 * STATE_FILE (`--state`, what changed, over restarts), FILES_FOLDER (of bulk files), UPCOMING_DAYS (so many days of a
 * built-in shop's orders are still to be placed), EMBEDS (app embeds that are switched on in the theme, between commas).
 */
import { existsSync, readFileSync } from "node:fs";
import { delimiter } from "node:path";
import { parseArgs } from "node:util";
import { createDevStore } from "../dev-store.ts";
import { generateShop } from "../generator/generate-shop.ts";
import { httpServer } from "./http-server.ts";
import { Journal, type JournalEntry } from "../shop/journal.ts";
import { fillFromOrderFile, OrderFileError } from "../order-file/order-file.ts";
import type { DevShop } from "../shop/state.ts";
import { findTheme, ThemeError } from "../theme/engine/theme-files.ts";

const DEFAULT_SEED = 20_260_711;
/** Before each line about an order file, for whoever started this program and shows them. */
const REPORT_MARK = "Orders: ";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    shop: { type: "string" },
    orders: { type: "string" },
    currency: { type: "string" },
    theme: { type: "string" },
    state: { type: "string" },
  },
});
const env = process.env;
const port = Number(values.port ?? env.PORT ?? 4000);
const locale = values.shop ?? env.SHOP ?? "en";
const orders = values.orders ?? env.ORDERS ?? null;
const theme = values.theme ?? env.THEME ?? null;
const stateFile = values.state ?? env.STATE_FILE ?? null;

const DAY_MS = 86_400_000;

/** What was noted when the shop was first generated: a restart makes the same orders again. */
function noted(domain: string, key: string): number | null {
  if (stateFile === null || !existsSync(stateFile)) return null;
  for (const line of readFileSync(stateFile, "utf8").split("\n")) {
    if (!line.includes('"generated"')) continue;
    const entry = JSON.parse(line) as JournalEntry;
    if (entry.collection === "generated" && entry.shop === domain && entry.key === key) return entry.value as number;
  }
  return null;
}

/** Up to when the shop's orders are generated. */
function generatedAt(domain: string): number {
  const known = noted(domain, "at");
  if (known !== null) return known;
  const now = Date.now();
  // Without a file a restart could not tell what was still to come.
  const days = stateFile === null ? 0 : Number(env.UPCOMING_DAYS ?? 0);
  const journal = new Journal(stateFile);
  if (days > 0) journal.record(domain, "generated", "until", now);
  journal.record(domain, "generated", "at", now + days * DAY_MS);
  return now + days * DAY_MS;
}

function builtInShop(locale: "en" | "ja"): DevShop {
  const domain = `tsuide-demo-${locale}.myshopify.com`;
  const now = generatedAt(domain);
  return generateShop({ locale, seed: DEFAULT_SEED, now, until: noted(domain, "until") ?? now });
}

async function makeShop(): Promise<DevShop> {
  if (orders !== null) {
    const domain = "tsuide-demo.myshopify.com";
    const currency = values.currency ?? env.CURRENCY;
    const filled = await fillFromOrderFile(
      orders.split(delimiter),
      { domain, name: "Order file", ...(currency ? { currency } : {}) },
      { now: generatedAt(domain), columns: env.ORDER_COLUMNS },
    );
    for (const line of filled.report) console.log(`${REPORT_MARK}${line}`);
    return filled.shop;
  }
  if (locale !== "en" && locale !== "ja") throw new OrderFileError(`There is no built-in shop "${locale}": en or ja.`);
  return builtInShop(locale);
}

try {
  const shop = await makeShop();
  const store = createDevStore({
    shops: [shop],
    app: {
      apiKey: env.SHOPIFY_API_KEY ?? "dev-store-key",
      apiSecret: env.SHOPIFY_API_SECRET ?? "dev-store-secret",
      url: env.APP_URL ?? `http://localhost:${port + 1}`,
    },
    origin: `http://localhost:${port}`,
    filesOrigin: `http://127.0.0.1:${port}`,
    stateFile,
    embeds: (env.EMBEDS ?? "").split(",").filter((name) => name !== ""),
    ...(theme === null ? {} : { themeDir: findTheme(theme) }),
    ...(env.FILES_FOLDER ? { filesFolder: env.FILES_FOLDER } : {}),
  });
  const server = httpServer(store);
  server.on("error", (error: NodeJS.ErrnoException) => {
    const inUse = error.code === "EADDRINUSE";
    console.error(inUse ? `Port ${port} is in use; choose another with --port.` : error.message);
    process.exit(1);
  });
  // Loopback alone: the control API is for this machine.
  server.listen(port, "127.0.0.1", () => {
    console.log(
      `Dev store of ${shop.domain} at http://localhost:${port}/ (${shop.products.size} products, ${shop.orders.size} orders)`,
    );
  });
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await store.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
} catch (error) {
  if (!(error instanceof OrderFileError || error instanceof ThemeError)) throw error;
  console.error(error.message);
  process.exit(1);
}
