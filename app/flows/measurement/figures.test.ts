import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { attributedOrders, LISTED, TRIGGER } from "../../../test/fixtures/attributed-orders.ts";
import { attributedMinor } from "../../domain/measurement/figures.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import { offerKey } from "../../domain/offers/offer-id.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { daysOfPeriod, reportPeriod } from "../../domain/time/report-days.ts";
import { type Database, openDatabase } from "../../persistence/database/database.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { type FigureQuery, readFigures } from "../../persistence/measurement/figures.ts";
import { findOrders } from "../../persistence/orders/orders.ts";
import { saveFetchedOrders } from "../../persistence/orders/save-orders.ts";
import { recordListings } from "../../persistence/publishing/listings.ts";
import { saveShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { attributeStoredOrders } from "./attribute-order.ts";
import { readReconciliation } from "./read-reconciliation.ts";

const SHOP = shopDomain("tea.myshopify.com");
/** Clocks are put back on 2026-11-01 in New York: that day has 25 hours. */
const TIMEZONE = "America/New_York";
const PERIOD = reportPeriod("2026-10-30", "2026-11-04", TIMEZONE);

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url);
  await inShop(database, SHOP, async (tx) => {
    await saveShop(
      tx,
      {
        ...{ shopifyId: "1", name: "Tea", currency: "JPY", currencies: ["JPY"], timezone: TIMEZONE },
        ...{ installationId: "2", allOrders: true, givesCredit: false },
      },
      // Orders of before an installation may name offers of an earlier one.
      new Date(PERIOD.to),
    );
    const listed = [{ code: "bt", number: 1, companion: LISTED }];
    await recordListings(tx, [{ product: gid("Product", TRIGGER), listed }], new Date(0));
  });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});
beforeEach(() =>
  database.pool.query("TRUNCATE orders, order_lines, refund_lines, attributions, order_sales, sales_totals"),
);

async function store(fetched: readonly FetchedOrder[]): Promise<void> {
  await inShop(database, SHOP, async (tx) => {
    const stored = await saveFetchedOrders(tx, fetched);
    await attributeStoredOrders(tx, await findOrders(tx, [...stored]));
  });
}

const context = {
  get database() {
    return database;
  },
} as FlowContext;

const figures = (by: FigureQuery["by"], currency = "JPY") =>
  inShop(database, SHOP, (tx) =>
    readFigures(tx, { currency, from: new Date(PERIOD.from), to: new Date(PERIOD.to), timezone: TIMEZONE, by }),
  );

/**
 * Attributed revenue by day from raw orders and lines, by PostgreSQL alone: what is left of each claimed line,
 * less its share of refunds without lines by largest remainder, less the tax within it.
 */
const INDEPENDENT = `
  WITH line AS (
    SELECT o.order_id, l.line_id, (o.processed_at AT TIME ZONE $2)::date::text AS day, o.taxes_included,
      o.refunded_without_lines_minor::numeric AS without_lines,
      (l.product_id = 8 AND NOT l.is_gift_card AND (l.offer IN ('bt-1-7/product', 'bt-1-7/cart')
        OR l.offer = 'goal-1/cart' AND bool_or(l.product_id = 7) OVER (PARTITION BY l.order_id))) AS earns,
      round((l.unit_price_minor * l.quantity - l.discount_minor)::numeric * (l.quantity - l.current_quantity) / l.quantity) AS gone,
      (l.unit_price_minor * l.quantity - l.discount_minor)::numeric AS price,
      l.tax_minor - round(l.tax_minor::numeric * (l.quantity - l.current_quantity) / l.quantity) AS tax
    FROM orders o JOIN order_lines l USING (shop, order_id)
    WHERE o.currency = $1 AND NOT o.test AND o.cancelled_at IS NULL
  ), kept AS (
    SELECT *, price - gone AS kept, sum(price - gone) OVER (PARTITION BY order_id) AS all_kept FROM line
  ), shared AS (
    SELECT *, CASE WHEN all_kept = 0 THEN 0 ELSE div(without_lines * kept, all_kept) END AS whole,
      CASE WHEN all_kept = 0 THEN 0 ELSE mod(without_lines * kept, all_kept) END AS remainder FROM kept
  ), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY order_id ORDER BY remainder DESC, line_id) AS place,
      without_lines - sum(whole) OVER (PARTITION BY order_id) AS units_over FROM shared
  ), net AS (
    SELECT *, kept - whole - CASE WHEN all_kept > 0 AND place <= units_over THEN 1 ELSE 0 END AS net FROM ranked
  )
  SELECT day, sum(net - CASE WHEN taxes_included AND kept > 0 THEN round(tax * net / kept) ELSE 0 END)::float8 AS minor
  FROM net WHERE earns GROUP BY day HAVING sum(net) > 0 ORDER BY day`;

async function independent(currency: string) {
  const { rows } = await database.pool.query<{ day: string; minor: number }>(INDEPENDENT, [currency, TIMEZONE]);
  return rows.filter(({ minor }) => minor !== 0);
}

test.each(fc.sample(attributedOrders(PERIOD.from, 80), { seed: 11, numRuns: 3 }))(
  "attributed revenue of each day equals an independent query over raw orders, to the smallest unit",
  async (...fetched) => {
    await store(fetched);
    for (const currency of ["JPY", "USD"]) {
      const { groups, total } = await figures("day", currency);
      expect(groups.map(({ key }) => key)).toEqual(daysOfPeriod(PERIOD, TIMEZONE).map(({ day }) => day));
      const byDay = groups.map(({ key, earned }) => ({ day: key, minor: attributedMinor(earned) }));
      expect(byDay.filter(({ minor }) => minor !== 0)).toEqual(await independent(currency));
      expect(attributedMinor(total.earned)).toBe(byDay.reduce((sum, { minor }) => sum + minor, 0));
    }
  },
);

test("what a shop sold equals the account of its lines, gift cards and taxes left out", async () => {
  const [fetched] = fc.sample(attributedOrders(PERIOD.from, 80), { seed: 14, numRuns: 1 });
  await store(fetched!);
  const counted = fetched!.filter(({ order }) => order.currency === "JPY" && !order.test && order.cancelledAt === null);
  const lines = counted.flatMap(({ lines }) => lines);
  const { total, otherCurrencyOrders } = await figures("offer");
  expect(total.sold).toMatchObject({
    orders: counted.filter(({ lines }) => lines.some(({ currentQuantity }) => currentQuantity > 0)).length,
    units: lines.reduce((sum, line) => sum + (line.isGiftCard ? 0 : line.currentQuantity), 0),
  });
  // Without gift cards and refunds of orders, what is left is the lines' own.
  const plain = counted.filter(({ lines }) => lines.every(({ isGiftCard }) => !isGiftCard));
  await database.pool.query("TRUNCATE orders, order_lines, refund_lines, attributions, order_sales, sales_totals");
  await store(plain.map(({ order, ...rest }) => ({ order: { ...order, taxesIncluded: false }, ...rest })));
  const net = plain.reduce((sum, { order }) => sum + order.netMinor, 0);
  expect((await figures("offer")).total.sold.netMinor).toBe(net);
  expect(otherCurrencyOrders).toBe(
    fetched!.filter(({ order }) => order.currency === "USD" && !order.test && order.cancelledAt === null).length,
  );
});

test("each day's net sales are Shopify's and the named differences, to some units of rounding", async () => {
  const [fetched] = fc.sample(attributedOrders(PERIOD.from, 80), { seed: 15, numRuns: 1 });
  const later = fetched!.map(({ refunds, ...one }, place) => ({
    ...one,
    refunds: refunds.map((refund) => ({ ...refund, createdAt: one.order.processedAt + (place % 3) * 86_400_000 })),
  }));
  await store(later);
  for (const { key, sold } of (await figures("day")).groups) {
    const { differences, shopify, oursMinor } = await readReconciliation(SHOP, key, context);
    expect(oursMinor).toBe(sold!.netMinor);
    expect(differences.reduce((sum, { minor }) => sum + minor, shopify.netMinor)).toBe(oursMinor);
    const rounding = differences.find(({ reason }) => reason === "rounding")?.minor ?? 0;
    expect(Math.abs(rounding)).toBeLessThanOrEqual(8);
  }
});

test("offers, surfaces and products are groups whose revenue sums to the total", async () => {
  const [fetched] = fc.sample(attributedOrders(PERIOD.from, 80), { seed: 14, numRuns: 1 });
  await store(fetched!);
  for (const by of ["offer", "surface", "product"] as const) {
    const { groups, total } = await figures(by);
    const sum = groups.reduce((all, { earned }) => all + attributedMinor(earned), 0);
    expect(sum).toBe(attributedMinor(total.earned));
    expect(groups.every(({ sold }) => sold === null)).toBe(true);
  }
  expect(new Set((await figures("offer")).groups.map(({ key }) => key))).toEqual(new Set(["bt-1", "goal-1"]));
  expect((await figures("product")).groups.map(({ key }) => key)).toEqual([LISTED]);
});

test.each(["again-5", "bt-5", "bt-2-5", "goal-3", "qb-12-5", "up-1-7"])(
  "the database keeps %s under the offer's key",
  async (id) => {
    const { rows } = await database.pool.query<{ key: string }>(
      `INSERT INTO attributions (shop, line_id, order_id, order_name, at, offer_id, surface, title, revenue_minor, refunded_minor, currency)
     VALUES ($1, 1, 1, '', now(), $2, 'cart', '', 0, 0, 'JPY') RETURNING offer_key AS key`,
      [SHOP, id],
    );
    expect(rows[0]!.key).toBe(offerKey(id));
  },
);
