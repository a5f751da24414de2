import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { attributedOrders, LISTED, TRIGGER } from "../../../test/fixtures/attributed-orders.ts";
import { type Breakdown, BREAKDOWNS } from "../../domain/measurement/breakdown.ts";
import { bareNumber, type CustomerKey, gid, shopDomain } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { type Database, openDatabase } from "../../persistence/database/database.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { forgetCustomer } from "../../persistence/customers/redactions.ts";
import { readAssisted } from "../../persistence/measurement/assisted.ts";
import { readBreakdown } from "../../persistence/measurement/breakdown.ts";
import { saveHoldoutOrders } from "../../persistence/measurement/holdout-rows.ts";
import { forgetOldVisits, forgetOrderVisits, saveOrderVisits } from "../../persistence/measurement/order-visits.ts";
import { readNamedOrders } from "../../persistence/measurement/unit-orders.ts";
import { deleteOrder, findOrders } from "../../persistence/orders/orders.ts";
import { saveFetchedOrders } from "../../persistence/orders/save-orders.ts";
import { recordListings } from "../../persistence/publishing/listings.ts";
import { saveShop } from "../../persistence/shop/shops.ts";
import { addUpSales } from "../orders/add-up-sales.ts";
import { attributeStoredOrders } from "./attribute-order.ts";

const SHOP = shopDomain("tea.myshopify.com");
const DAY = 86_400_000;
const START = Date.UTC(2026, 9, 30);
const SPAN = { from: new Date(START + DAY), to: new Date(START + 5 * DAY), currency: "JPY" };

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url);
  await inside(async (tx) => {
    const facts = { shopifyId: "1", name: "Tea", currency: "JPY", currencies: ["JPY"], timezone: "Asia/Tokyo" };
    // Orders of before an installation may name offers of an earlier one.
    await saveShop(
      tx,
      { ...facts, installationId: "2", allOrders: true, givesCredit: false },
      new Date(START + 30 * DAY),
    );
    const listed = [{ code: "bt", number: 1, companion: LISTED }];
    await recordListings(tx, [{ product: gid("Product", TRIGGER), listed }], new Date(0));
  });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const inside = <T>(work: (tx: ShopTransaction) => Promise<T>) => inShop(database, SHOP, work);

const KEYS: Readonly<Record<Breakdown, string>> = {
  market: "nullif(o.presentment_currency, '')",
  channel: "nullif(o.channel, '')",
  customer: `CASE WHEN o.customer_key IS NOT NULL THEN CASE WHEN EXISTS (
      SELECT FROM orders e WHERE e.customer_key = o.customer_key AND NOT e.test AND (e.processed_at, e.order_id) < (o.processed_at, o.order_id)
    ) THEN 'returning' ELSE 'new' END END`,
  device: "nullif(v.device, '')",
  source: "v.source || E'\\n' || v.medium",
  campaign: "v.campaign",
};

/** The figures from every table that says something of an order. Windows: one day for what was seen, else seven. */
const direct = (by: Breakdown) => `
  SELECT ${KEYS[by]} AS key, count(*) FILTER (WHERE s.is_kept)::int AS orders, sum(s.units)::float8 AS units,
    sum(s.sold_minor)::float8 AS "netMinor", coalesce(sum(t.net), 0)::float8 AS "attributedMinor",
    count(*) FILTER (WHERE t.kept > 0)::int AS "attributedOrders", coalesce(sum(t.refunded), 0)::float8 AS "refundedMinor",
    coalesce(sum(d.minor), 0)::float8 AS "discountMinor",
    coalesce(sum(greatest(s.sold_minor - coalesce(t.net, 0), 0)) FILTER (WHERE t.lines > 0 OR EXISTS (
      SELECT FROM order_touches m WHERE m.order_id = o.order_id
        AND seconds_before <= 86400 * CASE kind WHEN 'seen' THEN 1 ELSE 7 END)), 0)::float8 AS "assistedMinor"
  FROM orders o JOIN order_sales s USING (shop, order_id) LEFT JOIN order_visits v USING (shop, order_id)
    CROSS JOIN LATERAL (
      SELECT count(*) AS lines, sum(kept_units) AS kept, sum(refunded_minor) AS refunded,
        sum(revenue_minor - refunded_minor - net_tax_minor) AS net FROM attributions a WHERE a.order_id = o.order_id
    ) t CROSS JOIN LATERAL (
      SELECT sum(minor) AS minor FROM (
        SELECT kept_minor AS minor FROM offer_discounts d WHERE d.order_id = o.order_id
        UNION ALL SELECT minor FROM offer_shipping g WHERE g.order_id = o.order_id) either
    ) d
  WHERE o.processed_at >= $1 AND o.processed_at < $2 AND o.currency = $3 GROUP BY 1`;

async function expectTheSame(): Promise<{ assisted: number; held: number }> {
  const sorted = <Row extends { key: string | null }>(rows: readonly Row[]) =>
    rows.toSorted((a, b) => (a.key ?? "").localeCompare(b.key ?? ""));
  let assisted = 0;
  for (const by of BREAKDOWNS) {
    const { rows } = await database.pool.query<{ key: string | null; assistedMinor: number }>(direct(by), [
      ...[SPAN.from, SPAN.to, SPAN.currency],
    ]);
    expect([by, sorted(await inside((tx) => readBreakdown(tx, { ...SPAN, by })))]).toEqual([by, sorted(rows)]);
    assisted = rows.reduce((sum, row) => sum + row.assistedMinor, 0);
  }
  // Spending of visitors is without taxes and gift cards, like all revenue.
  const { rows: held } = await database.pool.query<{ order: string; is: object; should: object; minor: number | null }>(
    `SELECT order_id::text AS "order", json_build_array(h.at, h.currency, h.net_minor) AS is,
       json_build_array(s.at, s.currency, s.sold_minor) AS should, s.sold_minor::float8 AS minor
     FROM holdout_orders h LEFT JOIN order_sales s USING (shop, order_id)`,
  );
  expect(held.map(({ is }) => is)).toEqual(held.map(({ should }) => should));
  const numbers = held.map(({ order }) => order);
  const named = await inside((tx) => readNamedOrders(tx, numbers));
  const spent = numbers.map((order) => named.get(order)).map((one) => one && one.soldMinor - one.refundedMinor);
  expect(spent).toEqual(held.map(({ minor }) => minor ?? undefined));
  const { total } = await inside((tx) => readAssisted(tx, SPAN, "offer"));
  expect(total.throughMinor + total.usedMinor + total.seenMinor).toBe(assisted);
  return { assisted, held: held.filter(({ minor }) => minor !== null).length };
}

/** What can happen to the orders of a shop, by their places among the generated ones. */
const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom(
      "store",
      "store",
      "visits",
      "visits",
      "forget",
      "age",
      "delete",
      "redact",
      "hold-out",
      "add-up",
    ),
    places: fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 10 }),
    touch: fc.record({
      kind: fc.constantFrom("seen" as const, "clicked" as const, "added" as const),
      secondsBefore: fc.integer({ min: 0, max: 14 * 86_400 }),
    }),
  }),
  { minLength: 8, maxLength: 14 },
);

/** An order with what decides about its groups. */
function described({ order, ...rest }: FetchedOrder, n: number, version: number): FetchedOrder {
  // Now and then an order is another customer's, or nobody's, or a test after all.
  const customerKey = (n + version) % 5 === 0 ? null : customer(n * 7 + (version % 4 === 0 ? 1 : 0));
  const test = (n + version) % 11 === 0;
  const channel = (["online", "pos", "draft", "other"] as const)[(n + version) % 4]!;
  const presentmentCurrency = n % 3 === 0 ? "EUR" : "JPY";
  return { order: { ...order, test, customerKey, channel, presentmentCurrency, updatedAt: version }, ...rest };
}

const customer = (n: number) => `customer-${n % 6}` as CustomerKey;

test("what stands with orders equals what the tables beside say, whatever happens in whichever order", async () => {
  const generated = attributedOrders(START, 30);
  let assisted = 0;
  let held = 0;
  await fc.assert(
    fc.asyncProperty(generated, generated, happenings, async (first, second, happened) => {
      await database.pool.query(
        `TRUNCATE orders, order_lines, refund_lines, attributions, order_sales, sales_totals, offer_discounts, offer_shipping,
         order_visits, order_touches, first_orders, holdout_orders`,
      );
      let version = START + 30 * DAY;
      await inside((tx) => saveFetchedOrders(tx, first));
      const all = first.map(({ order: { id } }, n) => ({
        ...{ order: bareNumber(id), unit: `u${n % 4}`, arm: n % 2, exposedAt: START },
      }));
      await inside((tx) => saveHoldoutOrders(tx, all, []));
      for (const { kind, places, touch } of happened) {
        const from = ++version % 2 === 0 ? first : second;
        const orders = places.map((place) => described(from[place]!, place, version));
        if (kind === "store") {
          await inside(async (tx) => {
            const stored = await saveFetchedOrders(tx, orders);
            await attributeStoredOrders(tx, await findOrders(tx, [...stored]));
          });
        }
        const visits = orders.map(({ order: { id, processedAt: at } }, n) => ({
          ...{
            order: bareNumber(id),
            at,
            touches: n % 3 === 0 ? [] : [{ offerKey: "bt-1", surface: "cart" as const, ...touch }],
          },
          visit: {
            device: "phone" as const,
            source: `source-${n % 2}`,
            medium: "email",
            campaign: `campaign-${n % 3}`,
          },
        }));
        if (kind === "visits") await inside((tx) => saveOrderVisits(tx, visits));
        if (kind === "forget")
          await inside((tx) =>
            forgetOrderVisits(
              tx,
              visits.map(({ order }) => order),
            ),
          );
        if (kind === "age") await inside((tx) => forgetOldVisits(tx, new Date(START + 2 * DAY)));
        if (kind === "delete")
          for (const { order } of orders.slice(0, 3)) await inside((tx) => deleteOrder(tx, order.id));
        const heldOut = visits.map(({ order }, n) => ({ order, unit: `u${n % 4}`, arm: n % 2, exposedAt: START }));
        if (kind === "hold-out") await inside((tx) => saveHoldoutOrders(tx, heldOut.slice(2), [visits[0]!.order]));
        if (kind === "redact") await inside((tx) => forgetCustomer(tx, customer(places[0]!)));
        if (kind === "add-up") await addUpSales(SHOP, { database });
      }
      const found = await expectTheSame();
      assisted += found.assisted;
      held += found.held;
      await addUpSales(SHOP, { database });
      await expectTheSame();
    }),
    { numRuns: 8, seed: 41 },
  );
  expect(assisted).toBeGreaterThan(0);
  expect(held).toBeGreaterThan(0);
});

test("what visitors spent and were given back is without taxes and gift cards, by line where a refund names it", async () => {
  await database.pool.query("TRUNCATE orders, order_lines, refund_lines, order_sales, sales_totals, holdout_orders");
  const [made] = fc.sample(attributedOrders(START, 1), { seed: 3, numRuns: 1 });
  const { order, lines: anyLines } = made![0]!;
  const line = { ...anyLines[0]!, discountMinor: 0, offer: null };
  const goods = {
    ...line,
    id: gid("LineItem", 1),
    quantity: 2,
    currentQuantity: 1,
    unitPriceMinor: 1_100,
    taxMinor: 200,
  };
  const giftCard = {
    ...line,
    id: gid("LineItem", 2),
    quantity: 1,
    currentQuantity: 1,
    unitPriceMinor: 500,
    taxMinor: 0,
  };
  const lines = [
    { ...goods, isGiftCard: false },
    { ...giftCard, isGiftCard: true },
  ];
  const refunds = [{ refundId: "1", lineId: goods.id, quantity: 1, subtotalMinor: 1_100, createdAt: 0 }];
  const placed = { ...order, test: false, cancelledAt: null, taxesIncluded: true };
  // Of the 1,600 that are left, 400 were given back without naming a line: a quarter of the goods, their taxes and the card.
  await inside((tx) =>
    saveFetchedOrders(tx, [
      { order: { ...placed, netMinor: 1_200, refundedWithoutLinesMinor: 400, updatedAt: START }, lines, refunds },
    ]),
  );
  const number = bareNumber(order.id);
  await inside((tx) => saveHoldoutOrders(tx, [{ order: number, unit: "u", arm: 1, exposedAt: START }], []));
  const { rows } = await database.pool.query("SELECT net_minor::float8 AS minor FROM holdout_orders");
  expect(rows).toEqual([{ minor: 750 }]);
  const named = (await inside((tx) => readNamedOrders(tx, [number]))).get(number)!;
  expect(named.soldMinor - named.refundedMinor).toBe(750);
  // 1,000 by line, and of the 400 the share that goods without taxes had of all: 2,000 of 2,700.
  expect(named.refundedMinor).toBe(1_000 + Math.round((400 * 2_000) / 2_700));
});

test("of orders of one customer that are stored at once, the earliest is the first one", async () => {
  await database.pool.query("TRUNCATE orders, order_lines, order_sales, sales_totals, first_orders");
  const [made] = fc.sample(attributedOrders(START, 30), { seed: 9, numRuns: 1 });
  const theirs = made!.map(({ order, ...rest }) => ({
    order: { ...order, test: false, customerKey: customer(1) },
    ...rest,
  }));
  await Promise.all(theirs.toReversed().map((one) => inside((tx) => saveFetchedOrders(tx, [one]))));
  const { rows } = await database.pool.query<{ id: string }>("SELECT order_id::text AS id FROM first_orders");
  const inOrder = theirs.toSorted(
    (a, b) =>
      a.order.processedAt - b.order.processedAt || Number(bareNumber(a.order.id)) - Number(bareNumber(b.order.id)),
  );
  expect(rows).toEqual([{ id: bareNumber(inOrder[0]!.order.id) }]);
});
