/**
 * How long a page of "Bought together" takes to read in a large shop, with a search and with each filter:
 *
 *   npm run bench -- lists [--products 100000] [--times 20]
 *
 * The shop is made up in PostgreSQL: 60 of 100 products were sold, 30 have companions that are shown, some are pinned,
 * blocked or excluded; a published offer has three companions.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { shopDomain } from "../../app/domain/ids.ts";
import type { FlowContext } from "../../app/flows/context.ts";
import { readBoughtTogether, type BoughtTogetherQuery } from "../../app/flows/offers/read-bought-together.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { saveShop } from "../../app/persistence/shop/shops.ts";
import { createLog } from "../../app/server/log.ts";
import { runInThread } from "../../app/threads/thread-pool.ts";
import { startBenchDatabase } from "./bench-database.ts";

const { values } = parseArgs({
  options: { products: { type: "string", default: "100000" }, times: { type: "string", default: "20" } },
});
const [products, times] = [Number(values.products), Number(values.times)];
const SHOP = shopDomain("tsuide-bench.myshopify.com");
const PAGE_SIZE = 20;

const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const postgres = await startBenchDatabase(folder);
const database = openDatabase(postgres.url, { connections: 2 });
try {
  await makeShop();
  const context: FlowContext = {
    database,
    events: {} as FlowContext["events"],
    gateway: {} as FlowContext["gateway"],
    log: createLog("error"),
    runInThread,
    now: () => new Date(),
    appUrl: "https://bench.invalid",
    hashKey: "bench",
  };
  const pages = Math.ceil(products / PAGE_SIZE);
  const first = { search: "", page: 1, filter: "all" } as const;
  const queries: [string, BoughtTogetherQuery][] = [
    ["first page", first],
    ["page in the middle", { ...first, page: pages >> 1 }],
    ["last page", { ...first, page: pages }],
    ["a word in 1 of 10 titles", { ...first, search: "kettle" }],
    ["the same, last page", { ...first, search: "kettle", page: pages }],
    ["a word in all titles, last page", { ...first, search: "thing", page: pages }],
    ["one SKU", { ...first, search: `SKU-${products >> 1}` }],
    ["nothing found", { ...first, search: "nowhere" }],
    ["of one vendor, last page", { ...first, vendor: "Vendor 3", page: pages }],
    ["of one type, last page", { ...first, type: "Type 5", page: pages }],
    ...(["live", "review", "pinned", "blocked", "excluded", "no-evidence"] as const).map(
      (filter): [string, BoughtTogetherQuery] => [`${filter}, last page`, { ...first, filter, page: pages }],
    ),
  ];
  process.stdout.write(`${products} products, milliseconds`.padEnd(40) + "p50".padStart(8) + "p95".padStart(8) + "\n");
  for (const [name, query] of queries) {
    const taken: number[] = [];
    for (let n = 0; n < times; n++) {
      const startedAt = performance.now();
      await readBoughtTogether(SHOP, query, context);
      taken.push(performance.now() - startedAt);
    }
    taken.sort((a, b) => a - b);
    const at = (share: number) => taken[Math.floor((taken.length - 1) * share)]!.toFixed(0).padStart(8);
    process.stdout.write(`${name.padEnd(40)}${at(0.5)}${at(0.95)}\n`);
  }
} finally {
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function makeShop(): Promise<void> {
  const facts = { shopifyId: "1", name: "Bench", currency: "USD", currencies: ["USD"], timezone: "UTC" };
  await inShop(database, SHOP, (tx) =>
    saveShop(tx, { ...facts, installationId: "1", allOrders: true, givesCredit: false }, new Date(0)),
  );
  const ids = `generate_series(1, ${products}) AS n`;
  const statements = [
    `INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, published_at,
       updated_at)
     SELECT '${SHOP}', n, (ARRAY['Kettle','Cup','Plate','Bowl','Spoon','Fork','Knife','Tray','Lid','Jar'])[n % 10 + 1]
       || ' thing ' || n, 'p-' || n, 'Vendor ' || n % 50, 'Type ' || n % 40, '{}', 'active', false, now(), now() FROM ${ids}`,
    `INSERT INTO variants (shop, variant_id, product_id, title, sku, price_minor, available, version)
     SELECT '${SHOP}', n * 10 + v, n, 'Size ' || v, 'SKU-' || n || '-' || v, 1000 + n % 900, true, now()
     FROM ${ids}, generate_series(1, 2) AS v`,
    `INSERT INTO associations (shop, product_id, baskets, first_at, last_at, companions, together, first_together,
       last_together)
     SELECT '${SHOP}', n, 1 + (n * 7919) % 3000, now(), now(), ARRAY[n + 1, n + 2, n + 3], '{9,8,7}', '{1,1,1}', '{2,2,2}'
     FROM ${ids} WHERE n % 10 < 6`,
    `INSERT INTO suggested_companions (shop, product_id, companions, grade)
     SELECT '${SHOP}', n, ARRAY[n + 1, n + 2, n + 3], 'strong' FROM ${ids} WHERE n % 10 < 4`,
    `INSERT INTO published (shop, owner_id, namespace, key, digest, value, at)
     SELECT '${SHOP}', 'gid://shopify/Product/' || n, '$app', 'offer', 'd', NULL, now() FROM ${ids} WHERE n % 10 < 3`,
    `INSERT INTO choices (shop, trigger_id, companion_id, kind, chosen_at)
     SELECT '${SHOP}', n, n + 1, CASE WHEN n % 3 = 0 THEN 'pin' ELSE 'block' END, now() FROM ${ids} WHERE n % 20 = 1`,
    `INSERT INTO excluded_products (shop, product_id, as_trigger, as_companion, excluded_at)
     SELECT '${SHOP}', n, true, true, now() FROM ${ids} WHERE n % 500 = 7`,
    "ANALYZE",
  ];
  const client = await database.pool.connect();
  await client.query("SELECT set_config('tsuide.shop', $1, false)", [SHOP]);
  for (const statement of statements) await client.query(statement);
  client.release();
}
