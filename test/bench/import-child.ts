/** The child of `import.ts`: one shop's install and import, by the app's own flows. Prints what it took as JSON. */
import { compose, REAL_SURROUNDINGS } from "../../app/server/composition.ts";
import { readConfig } from "../../app/server/config.ts";
import { shopDomain } from "../../app/domain/ids.ts";
import { continueImport } from "../../app/flows/orders/continue-import.ts";
import { installShop } from "../../app/flows/shop/install-shop.ts";
import { readImport } from "../../app/flows/orders/read-import.ts";
import { startImport } from "../../app/flows/orders/start-import.ts";
import { saveOfflineSession } from "../../app/persistence/shop/sessions.ts";

const POLL_MS = 200;

const env = process.env;
const context = compose(
  readConfig({
    DATABASE_URL: env.DATABASE_URL,
    SHOPIFY_API_KEY: env.BENCH_API_KEY,
    SHOPIFY_API_SECRET: env.BENCH_API_SECRET,
    SHOPIFY_APP_URL: "http://localhost:1",
    LOG_LEVEL: "warn",
  }),
  { ...REAL_SURROUNDINGS, connections: 10 },
);
const shop = shopDomain(env.BENCH_SHOP ?? "");
const token = { accessToken: env.BENCH_TOKEN ?? "", scope: null, expires: null };
await saveOfflineSession(context.database, shop, { ...token, refreshToken: null, refreshTokenExpires: null });
await installShop(shop, context);
await startImport(shop, context);
for (;;) {
  await continueImport(shop, context);
  const progress = await readImport(shop, context);
  if (progress === null || progress.status === "failed") throw new Error(`The import failed: ${progress?.errorCode}`);
  if (progress.status === "done") {
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
    const seconds = Number(process.uptime().toFixed(2));
    const { user, system } = process.cpuUsage();
    const cpuSeconds = Number(((user + system) / 1e6).toFixed(2));
    console.log(
      JSON.stringify({ orders: progress.ordersStored, lines: progress.linesStored, seconds, cpuSeconds, peakMb }),
    );
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
await Promise.all([context.database.close(), context.events.close()]);
