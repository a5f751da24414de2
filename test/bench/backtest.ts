/**
 * `npm run bench -- backtest [--orders N]`: offers tried on the past orders of a made-up shop in PostgreSQL, as the
 * worker does it, beside a plain loop over the same orders that prices every cart whole.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { addTotals, NO_TOTALS } from "../../app/domain/backtest/month-totals.ts";
import type { PackedOrders } from "../../app/domain/backtest/packed-orders.ts";
import type { OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import { contentShape } from "../../app/domain/offers/offer-types.ts";
import { priceCart } from "../../app/domain/pricing/price-cart.ts";
import { encodeProductRules } from "../../app/domain/pricing/rules.ts";
import { readBacktest } from "../../app/flows/backtest/read-backtest.ts";
import { requestBacktest } from "../../app/flows/backtest/request-backtest.ts";
import { runBacktest } from "../../app/flows/backtest/run-backtest.ts";
import type { FlowContext } from "../../app/flows/context.ts";
import { readOrderRanges, readPastOrders, readVariantCosts } from "../../app/persistence/backtest/past-orders.ts";
import { mineAssociations } from "../../app/flows/mining/mine-associations.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { inShop, streamInShop } from "../../app/persistence/database/in-shop.ts";
import { PostgresEventStore } from "../../app/persistence/events/postgres-event-store.ts";
import { createLog } from "../../app/server/log.ts";
import { runInThread } from "../../app/threads/thread-pool.ts";
import { startBenchDatabase } from "./bench-database.ts";
import { FIRST_PRODUCT, LAST_ORDER_AT, storeSyntheticShop, SYNTHETIC_SHOP as SHOP } from "./synthetic-shop.ts";

const { values } = parseArgs({ options: { orders: { type: "string", default: "1000000" } } });
const orders = Number(values.orders);
const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const server = await startBenchDatabase(folder);
const database = openDatabase(server.url);
const events = new PostgresEventStore(server.url, { connections: 2 });
try {
  const lines = await storeSyntheticShop(database, orders);
  process.stdout.write(`${orders} orders with ${lines} lines stored\n`);
  const context = contextOf();
  await mineAssociations(SHOP, context);
  // As autovacuum does soon after so many rows.
  await database.pool.query("VACUUM ANALYZE");
  process.stdout.write("What is bought together is learnt\n\n");
  await tryOffers(context);
} finally {
  await events.close();
  await database.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function contextOf(): FlowContext {
  return {
    database,
    gateway: undefined as never,
    log: createLog("error"),
    runInThread,
    now: () => new Date(LAST_ORDER_AT),
    hashKey: "bench",
    events,
    appUrl: "https://bench.invalid",
  };
}

async function tryOffers(context: FlowContext): Promise<void> {
  const named = Array.from({ length: 50 }, (_, item) => `gid://shopify/Product/${FIRST_PRODUCT + item}`);
  const conditions = [[{ condition: "products", products: named }]];
  const goal = contentShape("goal").default.config as object;
  const percent = { kind: "percent", basisPoints: 1_000 };
  const set = contentShape("bought-together").default.config as object;
  const credit = { most: {}, waitDays: 14, expiryDays: 365, budget: { USD: 100_000_000 } };
  const forAll = contentShape("bought-together").default.audience;
  const fromThirty = [[{ shopper: "cart-value", compares: "at-least", worth: { USD: 3_000 } }]];
  const components = [0, 1, 2].map((item) => ({
    ...{ variant: [`gid://shopify/ProductVariant/${FIRST_PRODUCT + item}`], quantity: 1 },
  }));
  const upgrade = contentShape("upgrade").default.config as object;
  const pairs = Array.from({ length: 25 }, (_, pair) => ({
    ...{ products: [named[2 * pair]!], upgrade: [named[2 * pair + 1]!], better: {} },
  }));
  const offers: [string, OfferTypeName, object][] = [
    [
      "quantity breaks, all products",
      "quantity-breaks",
      { config: { variants: "together", tiers: [{ quantity: 2, reward: percent }] } },
    ],
    [
      "buy 2 get 1, all products",
      "buy-x-get-y",
      { config: { buy: 2, get: 1, gets: "same", gotProducts: [], most: null, reward: percent } },
    ],
    [
      "buy 2 get 1 of 10 others",
      "buy-x-get-y",
      {
        config: {
          ...{ buy: 2, get: 1, gets: "others", most: null, reward: percent },
          gotProducts: named.slice(0, 10),
        },
      },
    ],
    ["mix and match, 50 products", "mix-and-match", { conditions, config: { choose: 3, reward: percent } }],
    [
      "goal: free shipping from $50",
      "goal",
      { reward: { kind: "free-shipping" }, config: { ...goal, amounts: { USD: 5_000 } } },
    ],
    [
      "goal: shipping, a gift, and 10 %",
      "goal",
      {
        reward: { kind: "free-shipping" },
        config: {
          ...{ ...goal, amounts: { USD: 5_000 } },
          tiers: [
            { from: { USD: 7_000 }, reward: { kind: "gift", product: named.slice(0, 1) } },
            { from: { USD: 9_000 }, reward: percent },
          ],
        },
      },
    ],
    ["bought together: 10 % off a set of 3", "bought-together", { config: { ...set, setSize: 2 }, reward: percent }],
    [
      "the same: store credit of 10 %",
      "bought-together",
      { config: { ...set, setSize: 2 }, reward: { ...percent, kind: "credit-percent", ...credit } },
    ],
    [
      "the same: $5 off the whole set",
      "bought-together",
      { config: { ...set, setSize: 2 }, reward: { kind: "amount-off", amounts: { USD: 500 } } },
    ],
    [
      "the same: 10 % off carts from $30",
      "bought-together",
      { config: { ...set, setSize: 2 }, reward: percent, audience: { ...forAll, shoppers: fromThirty } },
    ],
    ["a bundle of 3 products", "fixed-bundle", { config: { title: "Bundle", components }, reward: percent }],
    ["upgrades of 25 products", "upgrade", { config: { ...upgrade, pairs } }],
  ];
  process.stdout.write(
    `${"offer".padEnd(34)}${"seconds".padStart(8)}${"CPU s".padStart(8)}${"peak MB".padStart(9)}${"given".padStart(10)}${"near".padStart(10)}\n`,
  );
  for (const [name, type, changes] of offers) await tryOne(name, type, changes, context);
  await plainLoop();
}

async function tryOne(name: string, type: OfferTypeName, changes: object, context: FlowContext): Promise<void> {
  const content = { ...contentShape(type).default, ...changes };
  const asked = await requestBacktest(SHOP, { type, content, again: false }, context);
  if (asked.code === "invalid") throw new Error(`Not an offer: ${name}`);
  const measured = await peakOf(() => runBacktest(SHOP, asked.digest, context));
  const view = await readBacktest(SHOP, asked.digest, context);
  if (view?.outcome?.code !== "replayed") throw new Error(`Not replayed: ${name}`);
  const sum = view.outcome.months.reduce((totals, one) => addTotals(totals, one.totals), NO_TOTALS);
  print(name, measured, sum.given, sum.near);
}

/** The peer: every cart priced whole, order after order. It finds no near misses and no margins. */
async function plainLoop(): Promise<void> {
  const rules = encodeProductRules([
    {
      ...{ type: "quantity-breaks", number: 1, priority: 100, together: true },
      tiers: [{ least: 2, reward: { kind: "percent", basisPoints: 1_000 } }],
    },
  ]);
  let given = 0;
  const measured = await peakOf(async () => {
    const costs = await inShop(database, SHOP, readVariantCosts);
    for (const range of await inShop(database, SHOP, (tx) => readOrderRanges(tx, 40_000))) {
      const past = await streamInShop(database, SHOP, (tx) => readPastOrders(tx, range, { currency: "USD", costs }));
      for (let order = 0; order < past.ids.length; order++) if (isDiscounted(past, order, rules)) given++;
    }
  });
  print("plain loop: quantity breaks", measured, given, null);
}

function isDiscounted({ firstLine, lines }: PackedOrders, order: number, rules: string | null): boolean {
  const cart = [];
  for (let at = firstLine[order]!; at < firstLine[order + 1]!; at++) {
    const product = String(lines.product[at]!);
    const [quantity, unitPriceMinor] = [lines.sold[at]!, lines.unitPrice[at]!];
    cart.push({ id: String(at), product, variant: product, quantity, unitPriceMinor, subscription: false, rules });
  }
  return priceCart({ currency: "USD", shopRules: "2", lines: cart }).discounts.length > 0;
}

interface Measured {
  readonly seconds: number;
  /** Of the processor, in this process: PostgreSQL has its own. */
  readonly busy: number;
  readonly peakMb: number;
}

async function peakOf(work: () => Promise<void>): Promise<Measured> {
  let peak = 0;
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, 50);
  const [before, used] = [performance.now(), process.cpuUsage()];
  await work();
  clearInterval(timer);
  look();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - before) / 1000, busy: (user + system) / 1e6, peakMb: peak / 2 ** 20 };
}

function print(name: string, { seconds, busy, peakMb }: Measured, given: number, near: number | null): void {
  const cells = [
    seconds.toFixed(1).padStart(8),
    busy.toFixed(1).padStart(8),
    peakMb.toFixed(0).padStart(9),
    String(given).padStart(10),
  ];
  process.stdout.write(`${name.padEnd(34)}${cells.join("")}${(near === null ? "-" : String(near)).padStart(10)}\n`);
}
