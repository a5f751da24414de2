import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { attributedOrders } from "../../../test/fixtures/attributed-orders.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import { shareMinor } from "../../domain/money/allocate.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { orderAccount } from "../../domain/orders/order-account.ts";
import { addUpSales } from "../../flows/orders/add-up-sales.ts";
import { type Database, openDatabase } from "../database/database.ts";
import { inShop, type ShopTransaction } from "../database/in-shop.ts";
import { readSales, type Sales } from "../measurement/sales-totals.ts";
import { mergeSalesTotals } from "./account-orders.ts";
import { deleteOrder } from "./orders.ts";
import { saveFetchedOrders, saveHistory } from "./save-orders.ts";

const SHOP = shopDomain("tea.myshopify.com");
const OTHER = shopDomain("other.myshopify.com");
const START = Date.UTC(2026, 9, 30);
const DAY = 86_400_000;
const DAYS = [0, 1, 2, 3, 4, 5, 6].map((day) => new Date(START + day * DAY));

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url);
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const inside = <T>(work: (tx: ShopTransaction) => Promise<T>) => inShop(database, SHOP, work);
const sales = (currency: string, shop = SHOP) =>
  inShop(database, shop, (tx) =>
    readSales(tx, { currency, from: DAYS[0]!, to: new Date(START + 7 * DAY), days: DAYS }),
  );

/** What an order counts for, worked out from the account of its lines. */
function expectedSales({ order, lines }: FetchedOrder): Sales {
  const accounts = orderAccount(lines, new Map(), 0);
  const sum = (of: "netMinor" | "netTaxMinor", giftCards: boolean) =>
    accounts.reduce((all, account, place) => all + (lines[place]!.isGiftCard === giftCards ? account[of] : 0), 0);
  const [goods, giftCards] = [sum("netMinor", false), sum("netMinor", true)];
  const left = giftCards === 0 ? order.netMinor : shareMinor(order.netMinor, goods, goods + giftCards);
  const tax =
    order.taxesIncluded && goods > 0 ? shareMinor(sum("netTaxMinor", false), Math.min(left, goods), goods) : 0;
  const units = lines.reduce((all, line) => all + (line.isGiftCard ? 0 : line.currentQuantity), 0);
  return {
    ...{ placedOrders: 1, orders: lines.some(({ currentQuantity }) => currentQuantity > 0) ? 1 : 0, units },
    ...{ netMinor: left - tax, leftMinor: order.netMinor },
    discountUnknownOrders: lines.some((line) => line.automaticDiscounts === undefined && line.discountMinor > 0)
      ? 1
      : 0,
  };
}

async function expectSalesOf(stored: ReadonlyMap<string, FetchedOrder>): Promise<void> {
  const counted = [...stored.values()].filter(({ order }) => !order.test && order.cancelledAt === null);
  for (const currency of ["JPY", "USD"]) {
    const { days, total, otherCurrencyOrders } = await sales(currency);
    const own = counted.filter(({ order }) => order.currency === currency);
    const sumOf = (orders: readonly FetchedOrder[]) => {
      const each = orders.map(expectedSales);
      return Object.fromEntries(
        (Object.keys(total) as (keyof Sales)[]).map((name) => [name, each.reduce((sum, one) => sum + one[name], 0)]),
      );
    };
    const dayOf = ({ order }: FetchedOrder) => Math.floor((order.processedAt - START) / DAY);
    expect(days).toEqual(DAYS.map((_, place) => sumOf(own.filter((one) => dayOf(one) === place))));
    expect(total).toEqual(sumOf(own));
    expect(otherCurrencyOrders).toBe(counted.length - own.length);
  }
}

/** What can happen to the orders of a shop, by their places among the generated ones. */
const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom("store", "store", "store", "store", "delete", "import", "add-up", "merge"),
    places: fc.uniqueArray(fc.nat(39), { minLength: 1, maxLength: 8 }),
  }),
  { minLength: 6, maxLength: 12 },
);

test("totals follow every change of orders, and equal what the accounts of their lines add up to", async () => {
  const generated = attributedOrders(START, 40);
  await fc.assert(
    fc.asyncProperty(generated, generated, happenings, async (first, second, happened) => {
      await database.pool.query("TRUNCATE orders, order_lines, refund_lines, order_sales, sales_totals");
      const stored = new Map<string, FetchedOrder>();
      let version = START + 30 * DAY;
      for (const { kind, places } of happened) {
        // An order that changes can have another time, currency and lines, be cancelled, or be no longer so.
        const from = version % 2 === 0 ? first : second;
        version++;
        const orders = places.map((place) => {
          const { order, ...rest } = from[place]!;
          return { order: { ...order, updatedAt: version }, ...rest };
        });
        const lines = orders.flatMap(({ order, lines }) => lines.map((line) => ({ orderId: order.id, line, version })));
        const heads = orders.map(({ order }) => order);
        if (kind === "store") await inside((tx) => saveFetchedOrders(tx, orders));
        if (kind === "delete") for (const { id } of heads) await inside((tx) => deleteOrder(tx, id));
        if (kind === "import") {
          for (const { id } of heads) await inside((tx) => deleteOrder(tx, id));
          // Most lines come in a part after their orders.
          await inside((tx) => saveHistory(tx, heads, lines.slice(0, 3)));
          await inside((tx) => saveHistory(tx, [], lines.slice(3)));
        }
        if (kind === "import" || kind === "add-up") await addUpSales(SHOP, { database });
        if (kind === "merge") await inside(mergeSalesTotals);
        for (const one of kind === "store" || kind === "import" ? orders : []) stored.set(one.order.id, one);
        for (const { id } of kind === "delete" ? heads : []) stored.delete(id);
      }
      await expectSalesOf(stored);
      await addUpSales(SHOP, { database });
      await expectSalesOf(stored);
      const { rows } = await database.pool.query<{ most: number }>(
        "SELECT count(*)::int AS most FROM sales_totals GROUP BY at, currency ORDER BY 1 DESC LIMIT 1",
      );
      expect(rows[0]?.most ?? 1).toBe(1);
    }),
    { numRuns: 8, seed: 21 },
  );
});

test("orders that change at once are each counted once", async () => {
  await database.pool.query("TRUNCATE orders, order_lines, refund_lines, order_sales, sales_totals");
  const [first, second] = fc.sample(attributedOrders(START, 30), { seed: 5, numRuns: 2 });
  const later = second!.map(({ order, ...rest }) => ({ order: { ...order, updatedAt: START + 40 * DAY }, ...rest }));
  const halves = [first!, later].flatMap((orders) => [orders.slice(0, 20), orders.slice(10)]);
  await Promise.all([
    ...halves.map((orders) => inside((tx) => saveFetchedOrders(tx, orders))),
    ...[1, 2, 3].map(() => addUpSales(SHOP, { database })),
  ]);
  await expectSalesOf(new Map(later.map((one) => [one.order.id, one])));
});

test("an order of impossible amounts is stored like any other, and no other shop has it", async () => {
  await database.pool.query("TRUNCATE orders, order_lines, refund_lines, order_sales, sales_totals");
  const [[made]] = fc.sample(attributedOrders(START, 1), { seed: 3, numRuns: 1 }) as [[FetchedOrder]];
  const line = { ...made.lines[0]!, quantity: 2_000_000_000, currentQuantity: 2_000_000_000, isGiftCard: false };
  const huge = {
    ...line,
    unitPriceMinor: Number.MAX_SAFE_INTEGER,
    discountMinor: 0,
    taxMinor: Number.MAX_SAFE_INTEGER,
  };
  const order = {
    ...made.order,
    test: false,
    cancelledAt: null,
    currency: "JPY",
    netMinor: 5_000,
    taxesIncluded: true,
  };
  await inside((tx) => saveFetchedOrders(tx, [{ order, lines: [huge], refunds: [] }]));
  expect((await sales("JPY")).total).toMatchObject({ orders: 1, units: 2_000_000_000, leftMinor: 5_000 });
  expect((await sales("JPY", OTHER)).total.placedOrders).toBe(0);
  await inside((tx) => deleteOrder(tx, gid("Order", order.id)));
  expect((await sales("JPY")).total.placedOrders).toBe(0);
});
