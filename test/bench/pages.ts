/**
 * How long what the admin's pages show takes to read, in a new shop, in one with 20 orders and in a large one:
 *
 *   npm run bench -- pages [--orders 1000000] [--times 20]
 *
 * The large shop is made up in PostgreSQL and mined by the real flows, with an order in twenty through an offer. Of each
 * page it is the reading that is measured: rendering it takes the same time in every shop.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { shopDomain, type ShopDomain } from "../../app/domain/ids.ts";
import { readActivity } from "../../app/flows/activity/read-activity.ts";
import type { FlowContext } from "../../app/flows/context.ts";
import { learnCustomers } from "../../app/flows/customers/learn-customers.ts";
import { readCustomers } from "../../app/flows/customers/read-customers.ts";
import { readPlanner } from "../../app/flows/measurement/read-planner.ts";
import { readReconciliationView } from "../../app/flows/measurement/read-reconciliation.ts";
import { readResultLines } from "../../app/flows/measurement/read-result-lines.ts";
import { readResults } from "../../app/flows/measurement/read-results.ts";
import { readResultsFunnel } from "../../app/flows/measurement/read-results-funnel.ts";
import { readTrends } from "../../app/flows/measurement/read-trends.ts";
import { mineAssociations } from "../../app/flows/mining/mine-associations.ts";
import { readRanking } from "../../app/flows/mining/read-ranking.ts";
import { readUpgrades } from "../../app/flows/mining/upgrades/read-upgrades.ts";
import { readCompatibilityPage } from "../../app/flows/offers/compatibility.ts";
import { listOffers } from "../../app/flows/offers/list-offers.ts";
import { makeFirstOffers } from "../../app/flows/offers/make-first-offers.ts";
import { readBoughtTogether } from "../../app/flows/offers/read-bought-together.ts";
import { readReview } from "../../app/flows/offers/read-review.ts";
import { readSettings } from "../../app/flows/settings/read-settings.ts";
import { readHome } from "../../app/flows/shop/read-home.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { PostgresEventStore } from "../../app/persistence/events/postgres-event-store.ts";
import { saveShop } from "../../app/persistence/shop/shops.ts";
import { createLog } from "../../app/server/log.ts";
import { startBenchDatabase } from "./bench-database.ts";
import { LAST_ORDER_AT, storeSyntheticShop, SYNTHETIC_SHOP } from "./synthetic-shop.ts";

const SMALL_ORDERS = 20;

const { values } = parseArgs({
  options: { orders: { type: "string", default: "1000000" }, times: { type: "string", default: "20" } },
});
const [orders, times] = [Number(values.orders), Number(values.times)];

const LAST_MONTH = { range: "30", from: "", to: "" } as const;
const ALL_LINES = { offerKey: null, surface: null, productId: null, refunded: false };

/** What each page shows first. */
const PAGES: readonly (readonly [name: string, read: (shop: ShopDomain, context: FlowContext) => Promise<unknown>])[] =
  [
    ["Home", readHome],
    ["Home, its chart", readTrends],
    ["Results", (shop, context) => readResults(shop, { range: LAST_MONTH, by: "offer" }, context)],
    ["Results, steps", (shop, context) => readResultsFunnel(shop, { range: LAST_MONTH, by: "offer" }, context)],
    [
      "Results, orders",
      (shop, context) => readResultLines(shop, { range: LAST_MONTH, filter: ALL_LINES, page: 1 }, context),
    ],
    ["Compare with Shopify", (shop, context) => readReconciliationView(shop, "", context)],
    ["Offers", (shop, context) => listOffers(shop, { page: 1, search: "", type: null, status: null }, context)],
    ["Bought together", (shop, context) => readBoughtTogether(shop, { search: "", page: 1, filter: "all" }, context)],
    ["Review", (shop, context) => readReview(shop, 1, context)],
    ["Upgrades", (shop, context) => readUpgrades(shop, { search: "", page: 1, filter: "all" }, context)],
    ["What fits what", readCompatibilityPage],
    ["Customers", readCustomers],
    ["Experiments, planner", (shop, context) => readPlanner(shop, { comparison: "two", percent: null }, context)],
    ["Ranking", readRanking],
    ["Activity", (shop, context) => readActivity(shop, 1, context)],
    ["Settings", readSettings],
  ];

const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const postgres = await startBenchDatabase(folder);
const database = openDatabase(postgres.url, { connections: 4 });
const events = new PostgresEventStore(postgres.url, { connections: 2 });
try {
  const context: FlowContext = {
    ...{ database, events, gateway: {} as FlowContext["gateway"], log: createLog("error") },
    ...{ now: () => new Date(LAST_ORDER_AT), appUrl: "https://bench.invalid", hashKey: "bench" },
  };
  const shops: [string, ShopDomain][] = [
    ["no orders", await emptyShop("tsuide-new.myshopify.com")],
    [`${SMALL_ORDERS} orders`, await shopWith(SMALL_ORDERS, context, "tsuide-small.myshopify.com")],
    [`${orders} orders`, await shopWith(orders, context, SYNTHETIC_SHOP)],
  ];
  const pairs = await database.pool.query<{ n: number }>(
    "SELECT coalesce(sum(cardinality(companions)), 0)::int AS n FROM associations WHERE shop = $1",
    [SYNTHETIC_SHOP],
  );
  process.stdout.write(
    `The large shop has ${pairs.rows[0]!.n} associations. Milliseconds, p50 and p95 of ${times}:\n\n`,
  );
  process.stdout.write(`${"".padEnd(24)}${shops.map(([name]) => name.padStart(20)).join("")}\n`);
  for (const [name, read] of PAGES) {
    const cells: string[] = [];
    for (const [, shop] of shops) cells.push((await timed(() => read(shop, context))).padStart(20));
    process.stdout.write(`${name.padEnd(24)}${cells.join("")}\n`);
  }
} finally {
  await events.close();
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function timed(read: () => Promise<unknown>): Promise<string> {
  const taken: number[] = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    await read();
    taken.push(performance.now() - startedAt);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.floor((taken.length - 1) * share)]!.toFixed(0);
  return `${at(0.5)}  ${at(0.95)}`;
}

async function emptyShop(domain: string): Promise<ShopDomain> {
  const shop = shopDomain(domain);
  const facts = { shopifyId: "1", name: "Bench", currency: "USD", currencies: ["USD"], timezone: "Asia/Tokyo" };
  await inShop(database, shop, async (tx) => {
    await saveShop(tx, { ...facts, installationId: "1", allOrders: true }, new Date(0));
    await makeFirstOffers(tx, new Date(0));
  });
  return shop;
}

/** A shop that was mined and whose customers were learnt, with one order in twenty through an offer. */
async function shopWith(many: number, context: FlowContext, domain: string): Promise<ShopDomain> {
  const shop = shopDomain(domain);
  await storeSyntheticShop(database, many, shop);
  await inShop(database, shop, (tx) => makeFirstOffers(tx, new Date(0)));
  await mineAssociations(shop, context);
  await learnCustomers(shop, context);
  await database.pool.query(
    `INSERT INTO attributions (shop, line_id, order_id, order_name, at, offer_id, surface, product_id, title,
       revenue_minor, refunded_minor, currency)
     SELECT o.shop, l.line_id, o.order_id, o.name, o.processed_at, 'bt-1-' || l.product_id, 'product', l.product_id,
       l.title, l.unit_price_minor, 0, o.currency
     FROM orders o JOIN LATERAL (
       SELECT * FROM order_lines l WHERE l.shop = o.shop AND l.order_id = o.order_id LIMIT 1
     ) l ON true WHERE o.shop = $1 AND o.order_id % 20 = 0`,
    [shop],
  );
  await database.pool.query("ANALYZE");
  return shop;
}
