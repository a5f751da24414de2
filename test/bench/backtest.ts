/**
 * `npm run bench -- backtest [--orders N]`: offers tried on the past orders of a made-up shop in PostgreSQL, as the
 * worker does it, beside a plain loop over the same orders that prices every cart whole.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { from as copyFrom } from "pg-copy-streams";
import { addTotals, NO_TOTALS } from "../../app/domain/backtest/month-totals.ts";
import type { PackedOrders } from "../../app/domain/backtest/packed-orders.ts";
import { shopDomain } from "../../app/domain/ids.ts";
import type { OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import { contentShape } from "../../app/domain/offers/offer-types.ts";
import { priceCart } from "../../app/domain/pricing/price-cart.ts";
import { encodeProductRules } from "../../app/domain/pricing/rules.ts";
import { readBacktest } from "../../app/flows/backtest/read-backtest.ts";
import { requestBacktest } from "../../app/flows/backtest/request-backtest.ts";
import { runBacktest } from "../../app/flows/backtest/run-backtest.ts";
import type { FlowContext } from "../../app/flows/context.ts";
import { readOrderRanges, readPastOrders, readVariantCosts } from "../../app/persistence/backtest/past-orders.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { inShop, streamInShop } from "../../app/persistence/database/in-shop.ts";
import { saveShop } from "../../app/persistence/shop/shops.ts";
import { createLog } from "../../app/server/log.ts";
import { startBenchDatabase } from "./bench-database.ts";
import { seededRandom, syntheticBaskets, USUAL_ITEMS } from "./synthetic-orders.ts";

const SHOP = shopDomain("tsuide-bench.myshopify.com");
const FIRST_ORDER = 5e12;
const FIRST_PRODUCT = 7e12;
const START = Date.UTC(2023, 0, 1);
const YEARS_MS = 3 * 365 * 86_400_000;

const { values } = parseArgs({ options: { orders: { type: "string", default: "1000000" } } });
const orders = Number(values.orders);
const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const server = await startBenchDatabase(folder);
const database = openDatabase(server.url);
try {
  await fill();
  await tryOffers();
} finally {
  await database.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Three years of orders: one in five lines is of two or three units. */
async function fill(): Promise<void> {
  const facts = { shopifyId: "1", name: "Bench", currency: "USD", currencies: ["USD"], timezone: "Asia/Tokyo" };
  const install = { installationId: "1", allOrders: true };
  await inShop(database, SHOP, (tx) => saveShop(tx, { ...facts, ...install }, new Date(0)));
  const at = "2020-01-01";
  await copy(
    "products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, published_at, updated_at)",
    itemRows((id) => `${id}\tThing\tthing-${id}\t\t\t{}\tactive\tf\t${at}\t${at}`),
  );
  await copy(
    "variants (shop, variant_id, product_id, title, price_minor, cost_minor, available, version)",
    itemRows((id, price) => `${id}\t${id}\tDefault\t${price}\t${Math.floor(price * 0.4)}\tt\t${at}`),
  );
  await copy(
    "orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency, presentment_currency, channel, net_minor, refunded_minor)",
    orderRows(),
  );
  const lines = await copy(
    "order_lines (shop, line_id, order_id, product_id, variant_id, title, quantity, current_quantity, is_gift_card, requires_shipping, unit_price_minor, discount_minor, version)",
    lineRows(),
  );
  await database.pool.query("ANALYZE");
  process.stdout.write(`${orders} orders with ${lines} lines stored\n\n`);
}

function priceOf(item: number): number {
  return 300 + ((item * 7919) % 97) * 50;
}

function* itemRows(row: (id: number, priceMinor: number) => string): Generator<string> {
  for (let item = 0; item < USUAL_ITEMS; item++) yield `${SHOP}\t${row(FIRST_PRODUCT + item, priceOf(item))}\n`;
}

function* orderRows(): Generator<string> {
  for (let order = 0; order < orders; order++) {
    const at = timeOf(order);
    yield `${SHOP}\t${FIRST_ORDER + order}\t#${order}\t${at}\t${at}\t${at}\tf\tUSD\tUSD\tonline\t0\t0\n`;
  }
}

function* lineRows(): Generator<string> {
  const random = seededRandom(7);
  let [order, line] = [0, 0];
  for (const basket of syntheticBaskets(orders)) {
    for (const item of basket) {
      const [id, product] = [FIRST_ORDER + line++, FIRST_PRODUCT + item];
      const units = random() < 0.8 ? 1 : 2 + Math.floor(random() * 2);
      const ids = `${id}\t${FIRST_ORDER + order}\t${product}\t${product}`;
      yield `${SHOP}\t${ids}\tThing\t${units}\t${units}\tf\tt\t${priceOf(item)}\t0\t${timeOf(order)}\n`;
    }
    order++;
  }
}

function timeOf(order: number): string {
  return new Date(START + (order / orders) * YEARS_MS).toISOString();
}

/** Says how many rows there were. */
async function copy(into: string, rows: Iterable<string>): Promise<number> {
  const client = await database.pool.connect();
  try {
    const sink = client.query(copyFrom(`COPY ${into} FROM STDIN`));
    await pipeline(Readable.from(rows), sink);
    return sink.rowCount;
  } finally {
    client.release();
  }
}

async function tryOffers(): Promise<void> {
  const context: FlowContext = {
    ...{
      database,
      gateway: undefined as never,
      log: createLog("error"),
      now: () => new Date(),
      hashKey: "bench",
      events: undefined as never,
      appUrl: "https://bench.invalid",
    },
  };
  const named = Array.from({ length: 50 }, (_, item) => `gid://shopify/Product/${FIRST_PRODUCT + item}`);
  const conditions = [[{ condition: "products", products: named }]];
  const goal = contentShape("goal").default.config as object;
  const percent = { kind: "percent", basisPoints: 1_000 };
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
    ["mix and match, 50 products", "mix-and-match", { conditions, config: { choose: 3, reward: percent } }],
    [
      "goal: free shipping from $50",
      "goal",
      { reward: { kind: "free-shipping" }, config: { ...goal, amounts: { USD: 5_000 } } },
    ],
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
