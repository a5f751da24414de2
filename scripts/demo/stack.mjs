// The whole of Tsuide beside a dev store: database, dev store, app, worker. The demo and the browser journeys start it.
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../setup/install.mjs";
import { PlainError } from "../setup/plain-error.mjs";
import { connectTo, ensureDatabase, startPostgres } from "../setup/postgres.mjs";
import { prepare, run } from "../setup/prepare.mjs";
import { ensureSchemas } from "../setup/schemas.mjs";
import { untilAnswers } from "./programs.mjs";

/** The app's credentials in the dev store, which holds no real shop. */
const APP = { key: "tsuide-demo-key", secret: "tsuide-demo-secret-not-used-anywhere-else" };
/** Shopify's package refuses what does not look like a browser. */
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const DAY_MS = 86_400_000;
const MOVED_WITHIN_MS = 20_000;
/** What the dev store puts before each line about an order file. */
const REPORT_MARK = "Orders: ";
const SCOPES =
  "read_orders,read_all_orders,read_customers,write_products,write_publications,read_inventory,write_discounts,read_shipping,read_markets,write_pixels,read_customer_events";

/**
 * Starts everything, installs the app in the shop, and returns once the first offers are published.
 *
 * @param {object} options
 * @param {string} options.node The Node that runs TypeScript.
 * @param {import("./programs.mjs").Programs} options.programs Stops what is started here.
 * @param {string} options.folder Where the database and the dev store keep their data.
 * @param {number} options.port The storefront's; the app takes the next one.
 * @param {{ domain: string, name: string, locale: "en" | "ja" }} options.shop
 * @param {readonly string[] | null} [options.orders] Order files to fill the shop from.
 * @param {string | null} [options.currency] That shop's currency; by default the files' own.
 * @param {string | null} [options.columns] The files' columns by name.
 * @param {string} [options.theme] The theme that shoppers see: a shipped one's name or a folder.
 * @param {boolean} [options.throwaway] Whether the data may be lost, which is faster.
 * @param {boolean} [options.isKept] Whether the folder is of an earlier start of this very code that returned: nothing is
 *   made or waited for again.
 * @param {boolean} [options.movesClock] Whether time can be moved by `programs.moveClocks`.
 * @param {number} [options.daysAgo] How many days ago the shop is set up: the programs' clocks are so far behind until
 *   `programs.moveClocks` says otherwise, and the orders of the days since are still to be placed.
 * @param {boolean} [options.forgets] Whether what an earlier start left of the shop in the database is forgotten first.
 * @param {readonly string[]} [options.embeds] App embeds that are switched on in the theme.
 * @param {(text: string) => void} options.say Called with the text of every step.
 * @returns {Promise<{ origin: string, appUrl: string, databaseUrl: string, env: Record<string, string> }>} `env` is that of
 *   the app's own programs.
 */
export async function startStack({
  node,
  programs,
  folder,
  port,
  shop,
  orders = null,
  currency = null,
  columns = null,
  theme = "plain",
  throwaway = false,
  isKept = false,
  movesClock = false,
  daysAgo = 0,
  forgets = false,
  embeds = [],
  say,
}) {
  const isMoved = movesClock || daysAgo > 0;
  const clock = isMoved ? ["--import", "./test/fixtures/moved-clock.mjs"] : [];
  const clockEnv = daysAgo > 0 ? { CLOCK_AHEAD_MS: String(-daysAgo * DAY_MS) } : {};
  const workerProgram = isMoved ? "test/fixtures/worker-on-moved-clock.ts" : "app/jobs/worker.ts";
  const origin = `http://localhost:${port}`;
  const appUrl = `http://localhost:${port + 1}`;
  mkdirSync(join(folder, "shops"), { recursive: true });
  ensureSchemas(join(ROOT, ".cache", "schemas"));
  say(orders ? "Reading the order file into the dev store ..." : "Filling the dev store with its shop ...");
  const store = programs.start("dev-store", node, [...clock, "test/dev-store/http/server.ts"], {
    PORT: String(port),
    SHOP: shop.locale,
    THEME: theme,
    ...(orders ? { ORDERS: orders.join(delimiter), CURRENCY: currency ?? "", ORDER_COLUMNS: columns ?? "" } : {}),
    APP_URL: appUrl,
    SHOPIFY_API_KEY: APP.key,
    SHOPIFY_API_SECRET: APP.secret,
    STATE_FILE: join(folder, "shops", `${shop.name}.json`),
    UPCOMING_DAYS: String(daysAgo),
    EMBEDS: embeds.join(","),
    ...clockEnv,
  });
  // What was understood of the order files is said as soon as the store says it.
  createInterface({ input: store.child.stdout }).on("line", (line) => {
    if (line.startsWith(REPORT_MARK)) say(line.slice(REPORT_MARK.length));
  });
  const databaseUrl = await openDatabase({ programs, folder, throwaway, say });
  const env = {
    NODE_ENV: "production",
    NODE_OPTIONS: "--import ./test/dev-store/http/redirect.ts --import ./test/dev-store/http/allow-framing.ts",
    DEV_STORE_URL: origin,
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: APP.key,
    SHOPIFY_API_SECRET: APP.secret,
    SHOPIFY_APP_URL: appUrl,
    SCOPES,
    APP_BRIDGE_URL: `${origin}/__app-bridge.js`,
    HOST: "127.0.0.1",
    PORT: String(port + 1),
  };
  // The app can be built and loaded while its database is brought up to date; the worker needs the tables at once.
  const isInstalled = migrate({ node, url: databaseUrl, say }).then(async () => {
    await moveImages(databaseUrl, shop.domain, origin);
    return movePixel(databaseUrl, shop.domain);
  });
  await Promise.all([
    isInstalled,
    (isKept ? Promise.resolve() : prepare({ node, progress: say })).then(() => {
      say("Starting the app ...");
      programs.start("app", node, [...clock, "app/server/main.ts"], { ...env, ...clockEnv });
    }),
  ]);
  if (forgets) await runSteps({ node, env, say, args: ["scripts/demo/forget-shop.ts", shop.domain] });
  const { PORT: _appPort, ...workerEnv } = env;
  programs.start("worker", node, ["--max-semi-space-size=8", workerProgram], { ...workerEnv, ...clockEnv });
  await untilAnswers(`${origin}/products.json`, "The dev store", orders ? 180_000 : 60_000, store);
  await untilAnswers(`${appUrl}/health`, "The app");
  if (await isInstalled) await untilPixelMoved(databaseUrl);

  if (!isKept) {
    say("Installing the app in the shop ...");
    await openAdmin(origin);
    await untilPublished({ node, env: { ...env, ...clockEnv }, clock, shop, say });
  }
  return { origin, appUrl, databaseUrl, env };
}

/** The operator's own database where one is named, else the embedded one. */
async function openDatabase({ programs, folder, throwaway, say }) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  say("Starting PostgreSQL ...");
  const starting = startPostgres({ folder: join(folder, "postgres"), throwaway });
  // Known before it runs: where another part fails meanwhile, it must be stopped all the same.
  programs.add("database", async () => (await starting.catch(() => null))?.stop());
  return ensureDatabase((await starting).url, "tsuide");
}

async function migrate({ node, url, say }) {
  if (await isMigrated(url)) return;
  say("Bringing the database up to date ...");
  await run(node, "prisma/build/index.js", ["migrate", "deploy"], {
    env: { DATABASE_URL: url },
    what: "Migrating the database",
  });
}

/**
 * Gives pictures the dev store's present address: the app keeps whole addresses, and an earlier run may have had another
 * port. Does nothing in a shop whose products have not been read yet.
 */
export async function moveImages(url, domain, origin) {
  const client = await connectTo(url);
  try {
    await client.query("select set_config('tsuide.shop', $1, false)", [domain]);
    await client.query(
      `update products set image_url = regexp_replace(image_url, '^http://localhost:[0-9]+', $2)
       where shop = $1 and image_url ~ '^http://localhost:[0-9]+/' and not starts_with(image_url, $2 || '/')`,
      [domain, origin],
    );
  } finally {
    await client.end();
  }
}

/**
 * Asks the worker to have the shop's pixel send events to the app's present address. Gives whether there is a shop whose pixel
 * could be moved.
 */
async function movePixel(url, domain) {
  const client = await connectTo(url);
  try {
    await client.query("select set_config('tsuide.shop', $1, false)", [domain]);
    const { rowCount } = await client.query(
      `select enqueue_job('activate-pixel', jsonb_build_object('shop', domain), 'activate-pixel:' || domain, null, 0)
       from shops where domain = $1 and uninstalled_at is null`,
      [domain],
    );
    return rowCount > 0;
  } finally {
    await client.end();
  }
}

/** A worker that cannot reach the dev store says so in its log, and is not waited for. */
async function untilPixelMoved(url) {
  const client = await connectTo(url);
  try {
    const left = "select from graphile_worker.jobs where task_identifier = 'activate-pixel'";
    for (const end = Date.now() + MOVED_WITHIN_MS; Date.now() < end;) {
      if ((await client.query(left)).rowCount === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await client.end();
  }
}

/** Whether every migration is in the database: asking Prisma's command itself takes two seconds. */
async function isMigrated(url) {
  const wanted = readdirSync(join(ROOT, "prisma", "migrations"), { withFileTypes: true });
  const client = await connectTo(url);
  try {
    const applied = await client.query("select migration_name from _prisma_migrations where finished_at is not null");
    const names = new Set(applied.rows.map((row) => row.migration_name));
    return wanted.every((entry) => !entry.isDirectory() || names.has(entry.name));
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

/** Opens the app as the admin's frame would, which installs it where it is not installed yet. */
async function openAdmin(origin) {
  const frame = await (await fetch(`${origin}/admin/apps/tsuide`)).text();
  const address = /<iframe[^>]*\ssrc="([^"]+)"/.exec(frame)?.[1]?.replace(/&(amp|#38);/g, "&");
  if (!address) throw new PlainError("The dev store's admin shows no app frame.");
  const response = await fetch(address, { headers: { "user-agent": BROWSER } });
  await response.body?.cancel();
  if (!response.ok) throw new PlainError(`The app could not be installed: it answered ${response.status}.`);
}

/** Says how far import, mining and publishing have come, until the first offers are published. */
async function untilPublished({ node, env, clock, shop, say }) {
  const args = [...clock, "scripts/demo/first-steps.ts", shop.domain];
  await runSteps({ node, env, say, args }).catch((error) => {
    throw new PlainError(error.message || "The first offers were not published.");
  });
}

/**
 * Runs a script of the demo with the app's settings, and says each line that it prints. Throws its last words where it
 * fails.
 */
export async function runSteps({ node, env, say, args }) {
  const steps = spawn(node, ["--import", "./scripts/demo/stop-with-parent.mjs", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  steps.stderr.on("data", (chunk) => (said = (said + chunk).slice(-2000)));
  createInterface({ input: steps.stdout }).on("line", say);
  const code = await new Promise((resolve) => steps.once("exit", resolve));
  if (code !== 0) throw new Error(said.trim().split("\n").at(-1));
}
