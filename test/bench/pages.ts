/**
 * How long what the admin's pages show takes to read, in a new shop, in one with 20 orders and in a large one:
 *
 *   npm run bench -- pages [--orders 1000000] [--times 20]
 *
 * The large shop has three years of orders, made up in PostgreSQL and mined by the real flows; see `measured-shop.ts`. Of
 * each page it is the reading that is measured: rendering it takes the same time in every shop. Besides the time on the clock
 * stands that of the processor, of this process and of PostgreSQL's connections, which other programs of the machine do not
 * lengthen.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ShopDomain } from "../../app/domain/ids.ts";
import { BREAKDOWNS } from "../../app/domain/measurement/breakdown.ts";
import { readActivity } from "../../app/flows/activity/read-activity.ts";
import type { FlowContext } from "../../app/flows/context.ts";
import { readCustomers } from "../../app/flows/customers/read-customers.ts";
import { listExperiments } from "../../app/flows/measurement/experiments/list-experiments.ts";
import { readExperiment } from "../../app/flows/measurement/experiments/read-experiment.ts";
import { readBreakdownView } from "../../app/flows/measurement/read-breakdown.ts";
import { readOfferFunnel } from "../../app/flows/measurement/read-offer-funnel.ts";
import { readOfferVoice } from "../../app/flows/measurement/read-offer-voice.ts";
import { readPlanner } from "../../app/flows/measurement/read-planner.ts";
import { readReconciliationView } from "../../app/flows/measurement/read-reconciliation.ts";
import { readResultLines } from "../../app/flows/measurement/read-result-lines.ts";
import { readResults } from "../../app/flows/measurement/read-results.ts";
import { readResultsEffect } from "../../app/flows/measurement/read-results-effect.ts";
import { readResultsFunnel } from "../../app/flows/measurement/read-results-funnel.ts";
import { readTrends } from "../../app/flows/measurement/read-trends.ts";
import { readRanking } from "../../app/flows/mining/read-ranking.ts";
import { readUpgrades } from "../../app/flows/mining/upgrades/read-upgrades.ts";
import { readCompatibilityPage } from "../../app/flows/offers/compatibility.ts";
import { listOffers } from "../../app/flows/offers/list-offers.ts";
import { readBoughtTogether } from "../../app/flows/offers/read-bought-together.ts";
import { readOffer } from "../../app/flows/offers/read-offer.ts";
import { readReview } from "../../app/flows/offers/read-review.ts";
import { readSettings } from "../../app/flows/settings/read-settings.ts";
import { readHome } from "../../app/flows/shop/read-home.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { PostgresEventStore } from "../../app/persistence/events/postgres-event-store.ts";
import { createLog } from "../../app/server/log.ts";
import { runInThread } from "../../app/threads/thread-pool.ts";
import { startBenchDatabase } from "./bench-database.ts";
import { measuredShop, newShop } from "./measured-shop.ts";
import { processorTimes, takenBetween } from "./processor-time.ts";
import { LAST_ORDER_AT, SYNTHETIC_SHOP } from "./synthetic-shop.ts";

const SMALL_ORDERS = 20;

const { values } = parseArgs({
  options: { orders: { type: "string", default: "1000000" }, times: { type: "string", default: "20" } },
});
const [orders, times] = [Number(values.orders), Number(values.times)];

const LAST_MONTH = { range: "30", from: "", to: "" } as const;
const LAST_YEAR = { range: "year", from: "", to: "" } as const;
const ALL_LINES = { offerKey: null, surface: null, productId: null, refunded: false };

type Page = readonly [name: string, read: (shop: ShopDomain, context: FlowContext) => Promise<unknown>];

/** What each page shows first. */
const PAGES: readonly Page[] = [
  ["Home", readHome],
  ["Home, its chart", readTrends],
  ["Results", (shop, context) => readResults(shop, { range: LAST_MONTH, by: "offer" }, context)],
  ["Results of a year", (shop, context) => readResults(shop, { range: LAST_YEAR, by: "offer" }, context)],
  ["Results, effect of a year", (shop, context) => readResultsEffect(shop, { range: LAST_YEAR, by: "offer" }, context)],
  ...BREAKDOWNS.map(
    (by) =>
      [`Results, by ${by}`, (shop, context) => readBreakdownView(shop, { range: LAST_YEAR, by }, context)] as Page,
  ),
  ["Results, steps", (shop, context) => readResultsFunnel(shop, { range: LAST_MONTH, by: "offer" }, context)],
  [
    "Results, orders",
    (shop, context) => readResultLines(shop, { range: LAST_MONTH, filter: ALL_LINES, page: 1 }, context),
  ],
  ["Compare with Shopify", (shop, context) => readReconciliationView(shop, "", context)],
  ["Offers", (shop, context) => listOffers(shop, { page: 1, search: "", type: null, status: null }, context)],
  [
    "Offer",
    (shop, context) =>
      Promise.all([readOffer(shop, 1, context), readOfferFunnel(shop, 1, context), readOfferVoice(shop, 1, context)]),
  ],
  ["Bought together", (shop, context) => readBoughtTogether(shop, { search: "", page: 1, filter: "all" }, context)],
  ["Review", (shop, context) => readReview(shop, 1, context)],
  ["Upgrades", (shop, context) => readUpgrades(shop, { search: "", page: 1, filter: "all" }, context)],
  ["What fits what", readCompatibilityPage],
  ["Customers", readCustomers],
  ["Experiments", listExperiments],
  ["Experiment", (shop, context) => readExperiment(shop, 1, context)],
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
    ...{ database, events, gateway: {} as FlowContext["gateway"], log: createLog("error"), runInThread },
    ...{ now: () => new Date(LAST_ORDER_AT), appUrl: "https://bench.invalid", hashKey: "bench" },
  };
  const shops: [string, ShopDomain][] = [
    ["no orders", await newShop(context, "tsuide-new.myshopify.com")],
    [`${SMALL_ORDERS} orders`, await measuredShop(SMALL_ORDERS, context, "tsuide-small.myshopify.com")],
    [`${orders} orders`, await measuredShop(orders, context, SYNTHETIC_SHOP)],
  ];
  const pairs = await database.pool.query<{ n: number }>(
    "SELECT coalesce(sum(cardinality(companions)), 0)::int AS n FROM associations WHERE shop = $1",
    [SYNTHETIC_SHOP],
  );
  process.stdout.write(
    `The large shop has ${pairs.rows[0]!.n} associations. Milliseconds of ${times} readings: p50, p95, processor.\n\n`,
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

/** "p50  p95  processor", in milliseconds; the last one is a mean. */
async function timed(read: () => Promise<unknown>): Promise<string> {
  // What a program does only once is done.
  await read();
  const taken: number[] = [];
  const before = await processorTimes(database);
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    await read();
    taken.push(performance.now() - startedAt);
  }
  const after = await processorTimes(database);
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.floor((taken.length - 1) * share)]!.toFixed(0);
  const spent = takenBetween(before, after);
  const processor = spent === null ? "-" : (spent / times).toFixed(0);
  return [at(0.5), at(0.95), processor].map((figure) => figure.padStart(6)).join("");
}
