import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { attributedOrders, LISTED, TRIGGER } from "../../../test/fixtures/attributed-orders.ts";
import { type Breakdown, type BreakdownFigures, BREAKDOWNS } from "../../domain/measurement/breakdown.ts";
import { assistedMinor, attributedMinor, givenMinor } from "../../domain/measurement/figures.ts";
import { type Visit, visitKey } from "../../domain/measurement/visit.ts";
import { bareNumber, type CustomerKey, gid, shopDomain } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { reportPeriod } from "../../domain/time/report-days.ts";
import { type Database, openDatabase } from "../../persistence/database/database.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readAssisted } from "../../persistence/measurement/assisted.ts";
import { readBreakdown } from "../../persistence/measurement/breakdown.ts";
import { readFigures } from "../../persistence/measurement/figures.ts";
import { saveOrderVisits } from "../../persistence/measurement/order-visits.ts";
import { describeOrders } from "../../persistence/orders/account-orders.ts";
import { findOrders } from "../../persistence/orders/orders.ts";
import { saveFetchedOrders } from "../../persistence/orders/save-orders.ts";
import { recordListings } from "../../persistence/publishing/listings.ts";
import { saveShop } from "../../persistence/shop/shops.ts";
import { attributeStoredOrders } from "./attribute-order.ts";

const SHOP = shopDomain("tea.myshopify.com");
const OTHER = shopDomain("books.myshopify.com");
const TIMEZONE = "Asia/Tokyo";
/** The first two days of the orders are before it. */
const PERIOD = reportPeriod("2026-10-30", "2026-11-04", TIMEZONE);
const FIRST_ORDER_AT = PERIOD.from - 2 * 86_400_000;
const SPAN = { from: new Date(PERIOD.from), to: new Date(PERIOD.to), currency: "JPY" };

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url);
  for (const shop of [SHOP, OTHER]) {
    await inShop(database, shop, async (tx) => {
      const facts = { shopifyId: "1", name: "Tea", currency: "JPY", currencies: ["JPY"], timezone: TIMEZONE };
      // Orders of before an installation may name offers of an earlier one.
      await saveShop(tx, { ...facts, installationId: "2", allOrders: true, givesCredit: false }, new Date(PERIOD.to));
      const listed = [{ code: "bt", number: 1, companion: LISTED }];
      await recordListings(tx, [{ product: gid("Product", TRIGGER), listed }], new Date(0));
    });
  }
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

/** An order with what decides about its groups. */
interface Sample {
  readonly fetched: FetchedOrder;
  readonly visit: Visit | null;
  readonly isTouched: boolean;
  readonly discountMinor: number;
}

function samples(): Sample[] {
  const [orders] = fc.sample(attributedOrders(FIRST_ORDER_AT, 60), { seed: 31, numRuns: 1 });
  return orders!.map((fetched, n): Sample => {
    const customerKey = n % 5 === 0 ? null : (`customer-${(n * 7) % 11}` as CustomerKey);
    const channel = (["online", "pos", "draft", "other"] as const)[n % 4]!;
    const order = { ...fetched.order, customerKey, channel, presentmentCurrency: n % 3 === 0 ? "EUR" : "JPY" };
    const visit: Visit = {
      device: (["phone", "tablet", "desktop", ""] as const)[n % 4]!,
      ...{
        source: n % 2 === 0 ? "letter" : "",
        medium: n % 2 === 0 ? "email" : "",
        campaign: ["", "spring", "summer"][n % 3]!,
      },
    };
    return {
      fetched: { ...fetched, order },
      visit: n % 4 === 3 ? null : visit,
      isTouched: n % 3 !== 1,
      discountMinor: n % 6,
    };
  });
}

async function store(all: readonly Sample[], shop = SHOP): Promise<void> {
  await database.pool.query(
    `TRUNCATE orders, order_lines, refund_lines, attributions, order_sales, sales_totals, first_orders, offer_discounts, offer_shipping, order_visits, order_touches`,
  );
  await inShop(database, shop, async (tx) => {
    const stored = await saveFetchedOrders(
      tx,
      all.map(({ fetched }) => fetched),
    );
    await attributeStoredOrders(tx, await findOrders(tx, [...stored]));
    const touch = { offerKey: "bt-1", surface: "cart", kind: "clicked", secondsBefore: 60 } as const;
    await saveOrderVisits(
      tx,
      all.flatMap(({ fetched: { order }, visit, isTouched }) =>
        visit === null && !isTouched
          ? []
          : { order: bareNumber(order.id), at: order.processedAt, visit, touches: isTouched ? [touch] : [] },
      ),
    );
  });
  const given = all.flatMap(({ fetched: { order }, discountMinor: minor }) => {
    const { id, processedAt, currency, test: isTest, cancelledAt } = order;
    const isCounted = minor > 0 && !isTest && cancelledAt === null;
    return isCounted ? { id: bareNumber(id), at: new Date(processedAt), minor, currency } : [];
  });
  await database.pool.query(
    `INSERT INTO offer_discounts (shop, line_id, kind, order_id, at, minor, kept_minor, currency)
     SELECT $1, id::bigint, 'goal', id::bigint, at, minor, minor, currency
     FROM jsonb_to_recordset($2::jsonb) AS r(id text, at timestamptz, minor bigint, currency text)`,
    [shop, JSON.stringify(given)],
  );
  await database.pool.query(
    `INSERT INTO offer_shipping (shop, order_id, kind, at, minor, currency)
     SELECT $1, id::bigint, 'goal', at, 7 * minor, currency
     FROM jsonb_to_recordset($2::jsonb) AS r(id text, at timestamptz, minor bigint, currency text)`,
    [shop, JSON.stringify(given.filter(({ minor }) => minor % 2 === 0))],
  );
  await inShop(database, shop, (tx) => describeOrders(tx, [...new Set(given.map(({ id }) => id))]));
}

const read = (by: Breakdown, shop = SHOP) => inShop(database, shop, (tx) => readBreakdown(tx, { ...SPAN, by }));

/** The figures of the whole shop, by the queries of the page. */
const whole = () =>
  inShop(database, SHOP, async (tx): Promise<BreakdownFigures> => {
    const { total } = await readFigures(tx, { ...SPAN, timezone: TIMEZONE, by: "day" });
    const { total: assisted } = await readAssisted(tx, SPAN, null);
    return {
      ...{ orders: total.sold.orders, units: total.sold.units, netMinor: total.sold.netMinor },
      ...{ attributedMinor: attributedMinor(total.earned), attributedOrders: total.earned.orders },
      ...{ refundedMinor: total.earned.refundedMinor, discountMinor: givenMinor(total.earned) },
      assistedMinor: assistedMinor(assisted),
    };
  });

/** The group of an order, by a plain look at all orders. */
function groupOf({ fetched: { order }, visit }: Sample, by: Breakdown, all: readonly Sample[]): string | null {
  if (by === "market") return order.presentmentCurrency;
  if (by === "channel") return order.channel;
  if (by !== "customer") return visit === null ? null : by === "device" ? visit.device || null : visitKey(visit, by);
  if (order.customerKey === null) return null;
  const isEarlier = ({ fetched: { order: other } }: Sample) =>
    other.processedAt < order.processedAt ||
    (other.processedAt === order.processedAt && BigInt(bareNumber(other.id)) < BigInt(bareNumber(order.id)));
  const own = all.filter(({ fetched: { order: other } }) => other.customerKey === order.customerKey && !other.test);
  return own.some(isEarlier) ? "returning" : "new";
}

test("groups of any kind add up to the whole, and each has the figures of a shop with its orders alone", async () => {
  const all = samples();
  await store(all);
  const wanted = await whole();
  expect(Math.min(...Object.values(wanted))).toBeGreaterThan(0);
  const found = new Map<Breakdown, Awaited<ReturnType<typeof read>>>();
  for (const by of BREAKDOWNS) {
    const groups = await read(by);
    found.set(by, groups);
    for (const name of Object.keys(wanted) as (keyof BreakdownFigures)[]) {
      expect([by, name, groups.reduce((sum, group) => sum + group[name], 0)]).toEqual([by, name, wanted[name]]);
    }
    expect((await read(by, OTHER)).length).toBe(0);
  }
  for (const by of ["market", "customer", "device", "source"] as const) {
    const keys = new Set(all.map((one) => groupOf(one, by, all)));
    expect(keys.size).toBeGreaterThan(1);
    for (const key of keys) {
      await store(all.filter((one) => groupOf(one, by, all) === key));
      const { key: _, ...figures } = found.get(by)!.find((group) => group.key === key) ?? { key, ...NOTHING };
      expect([by, key, figures]).toEqual([by, key, await whole()]);
    }
  }
});

const NOTHING: BreakdownFigures = {
  ...{ orders: 0, units: 0, netMinor: 0, attributedMinor: 0, attributedOrders: 0 },
  ...{ refundedMinor: 0, assistedMinor: 0, discountMinor: 0 },
};

test("an order that was a customer's first one stays it, in whichever order they are stored and whatever is cancelled later", async () => {
  const all = samples();
  await store(all);
  const before = await read("customer");
  await store(all.toReversed());
  const sorted = (groups: typeof before) => groups.toSorted((a, b) => (a.key ?? "").localeCompare(b.key ?? ""));
  expect(sorted(await read("customer"))).toEqual(sorted(before));
  const early = all.filter(
    ({ fetched }) => fetched.order.processedAt < PERIOD.from && fetched.order.customerKey !== null,
  );
  expect(early.length).toBeGreaterThan(3);
  const cancelled = all.map((one) =>
    early.includes(one)
      ? { ...one, fetched: { ...one.fetched, order: { ...one.fetched.order, cancelledAt: PERIOD.to } } }
      : one,
  );
  await store(cancelled);
  expect(sorted(await read("customer"))).toEqual(sorted(before));
});
