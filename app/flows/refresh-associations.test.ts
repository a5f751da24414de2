import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { gid, shopDomain } from "../domain/ids.ts";
import type { OrderLine } from "../domain/orders/order.ts";
import type { OrderNews } from "../domain/orders/order-news.ts";
import { openDatabase, type Database } from "../persistence/database.ts";
import { inShop, streamInShop } from "../persistence/in-shop.ts";
import { deleteOrder, findOrder, saveOrderNews } from "../persistence/orders.ts";
import { saveShop } from "../persistence/shops.ts";
import { recountFromOrders } from "./recount-associations.ts";
import { refreshAssociations } from "./refresh-associations.ts";

const SHOP = shopDomain("counts.myshopify.com");

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url);
  const facts = { shopifyId: "1", name: "Counts", currency: "USD", currencies: ["USD"], timezone: "UTC" };
  const rest = { installationId: "1", allOrders: true };
  await inShop(database, SHOP, (tx) => saveShop(tx, { ...facts, ...rest }, new Date(0)));
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

interface Change {
  order: number;
  /** Products; null takes the order away. */
  products: number[] | null;
  at: number;
  cancelled: boolean;
}

const change: fc.Arbitrary<Change> = fc.record({
  order: fc.integer({ min: 1, max: 5 }),
  products: fc.option(fc.uniqueArray(fc.integer({ min: 8, max: 12 }), { maxLength: 4 }), { freq: 5 }),
  at: fc.integer({ min: 1, max: 9 }),
  cancelled: fc.boolean(),
});

function news({ order, products, at, cancelled }: Change, version: number): OrderNews {
  const lines = (products ?? []).map((product): OrderLine => ({
    ...{ id: gid("LineItem", order * 1000 + product), productId: gid("Product", product), variantId: null },
    ...{ title: "Tea", quantity: 1, currentQuantity: 1, isGiftCard: false, unitPriceMinor: 100, discountMinor: 0 },
    ...{ groupId: null, offer: null },
  }));
  return {
    order: {
      ...{ id: gid("Order", order), name: `#${order}`, createdAt: at * 1000, processedAt: at * 1000 },
      ...{ updatedAt: version * 1000, cancelledAt: cancelled ? 1 : null, test: false, currency: "USD" },
      ...{ channel: "online", channelSource: "web", customerKey: null },
      ...{ presentmentCurrency: "USD", netMinor: 0, refundedMinor: 0 },
    },
    lines,
    refunds: [],
  };
}

async function apply(change: Change, version: number): Promise<void> {
  const id = gid("Order", change.order);
  await inShop(database, SHOP, async (tx) => {
    if (change.products === null) await deleteOrder(tx, id);
    else await saveOrderNews(tx, news(change, version));
    await refreshAssociations(tx, id, await findOrder(tx, id));
  });
}

/** Each product's list names two of the last ones, which are met least. */
async function listSome(products: number): Promise<void> {
  const companions = (product: number) => `{${products - (product % 3) - 1},${products - (product % 7) - 4}}`;
  for (let product = 1; product <= products; product++) {
    await database.pool.query(
      "INSERT INTO companion_lists (shop, product_id, ranker, companions, weights) VALUES ($1, $2, 'x', $3, '{1,1}')",
      [SHOP, product, companions(product)],
    );
  }
}

async function counts(): Promise<unknown> {
  const { rows } = await database.pool.query(
    `SELECT product_id, baskets, first_at, last_at, companions, together, first_together, last_together
     FROM associations ORDER BY product_id`,
  );
  const baskets = await database.pool.query("SELECT order_id, at, products FROM baskets ORDER BY order_id");
  return { rows, baskets: baskets.rows };
}

test("order by order gives exactly what counting all orders anew gives, whatever comes, changes and goes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      await database.pool.query("TRUNCATE orders, order_lines, refund_lines, baskets, associations, companion_lists");
      let version = 0;
      for (const one of changes) await apply(one, ++version);
      const incremental = await counts();
      await streamInShop(database, SHOP, recountFromOrders);
      // What the model lists is kept besides what is met most often; five products are all kept either way.
      expect(await counts()).toEqual(incremental);
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("so it does where a product meets more companions than are kept, and loses some of them again", async () => {
  // Product 1 is in every order, and the first orders bring it together with 125 others.
  const others = (from: number, many: number) => Array.from({ length: many }, (_, step) => from + step);
  const first = others(0, 5).map((order) => ({ order: order + 11, products: [1, ...others(2 + 25 * order, 25)] }));
  const some = fc.uniqueArray(fc.integer({ min: 2, max: 130 }), { minLength: 1, maxLength: 20 });
  const later = fc.record({
    order: fc.integer({ min: 1, max: 15 }),
    products: fc.option(
      some.map((products) => [1, ...products]),
      { freq: 2 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(later, { minLength: 3, maxLength: 10 }), async (changes) => {
      await database.pool.query("TRUNCATE orders, order_lines, refund_lines, baskets, associations, companion_lists");
      await listSome(130);
      let version = 0;
      for (const one of first) await apply({ ...one, at: 1, cancelled: false }, ++version);
      const { rowCount } = await database.pool.query("SELECT 1 FROM associations WHERE cardinality(companions) >= 100");
      expect(rowCount).toBe(1);
      for (const one of changes) await apply({ ...one, at: 1, cancelled: false }, ++version);
      const incremental = await counts();
      await streamInShop(database, SHOP, recountFromOrders);
      expect(await counts()).toEqual(incremental);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 60_000);

test("taking an order off again undoes it", async () => {
  await database.pool.query("TRUNCATE orders, order_lines, refund_lines, baskets, associations, companion_lists");
  const order = (number: number, products: number[]) => ({ order: number, products, at: number, cancelled: false });
  await apply(order(1, [8, 9, 10]), 1);
  await apply(order(2, [8, 9]), 2);
  const before = await counts();
  await apply(order(3, [8, 10, 11]), 3);
  expect(await counts()).not.toEqual(before);
  await apply({ ...order(3, []), products: null }, 4);
  expect(await counts()).toEqual(before);
});
