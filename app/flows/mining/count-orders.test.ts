import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { LARGEST_BASKET } from "../../domain/baskets/basket.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import type { OrderLine } from "../../domain/orders/order.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { readAssociations, readBasketCounts } from "../../persistence/mining/counts/associations.ts";
import { readBasketMargins } from "../../persistence/mining/counts/basket-margins.ts";
import { basketRow, correctBaskets } from "../../persistence/mining/counts/baskets.ts";
import { readChosenPairs } from "../../persistence/offers/choices.ts";
import { readListedPairs } from "../../persistence/mining/lists/companion-lists.ts";
import { openDatabase, type Database } from "../../persistence/database/database.ts";
import { inShop, streamInShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { deleteOrder, findOrder, readOrders } from "../../persistence/orders/orders.ts";
import { saveFetchedOrders } from "../../persistence/orders/save-orders.ts";
import { forgetCustomer } from "../../persistence/customers/redactions.ts";
import { saveShop } from "../../persistence/shop/shops.ts";
import { countOrders } from "./count-orders.ts";
import { lockCounts, mergeDeltas, readUnmergedBaskets, type UnmergedBaskets } from "./merge-deltas.ts";
import { recountFromOrders } from "./recount-associations.ts";

const SHOP = shopDomain("counts.myshopify.com");

let own: TestDatabase;
let database: Database;
let version = 0;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url);
  const facts = { shopifyId: "1", name: "Counts", currency: "USD", currencies: ["USD"], timezone: "UTC" };
  const rest = { installationId: "1", allOrders: true, givesCredit: false };
  await inShop(database, SHOP, (tx) => saveShop(tx, { ...facts, ...rest }, new Date(0)));
});
beforeEach(empty);
afterAll(async () => {
  await database.close();
  await own.drop();
});

async function empty(): Promise<void> {
  const ofOrders = "orders, order_lines, refund_lines, baskets, basket_news";
  await database.pool.query(`TRUNCATE ${ofOrders}, associations, companion_lists, segment_lists, choices`);
  await database.pool.query("UPDATE shops SET basket_margins = NULL");
}

interface Change {
  order: number;
  /** Products; null takes the order away. */
  products: number[] | null;
  /** Second. */
  at: number;
  cancelled?: boolean;
}

function fetchedOrder({ order, products, at, cancelled = false }: Change): FetchedOrder {
  const lines = (products ?? []).map((product, n): OrderLine => ({
    ...{ id: gid("LineItem", order * 100_000 + n), productId: gid("Product", product), variantId: null },
    ...{ title: "Tea", quantity: 1, currentQuantity: 1, isGiftCard: false, unitPriceMinor: 100, discountMinor: 0 },
    ...{ groupId: null, offer: null },
  }));
  return {
    order: {
      ...{ id: gid("Order", order), name: `#${order}`, createdAt: at * 1000, processedAt: at * 1000 },
      ...{ updatedAt: ++version * 1000, cancelledAt: cancelled ? 1 : null, test: false, currency: "USD" },
      ...{ channel: "online", channelSource: "web", customerKey: null },
      ...{ presentmentCurrency: "USD", netMinor: 0, refundedMinor: 0 },
    },
    lines,
    refunds: [],
  };
}

async function applyIn(tx: ShopTransaction, change: Change): Promise<boolean> {
  const id = gid("Order", change.order);
  if (change.products === null) await deleteOrder(tx, id);
  else await saveFetchedOrders(tx, [fetchedOrder(change)]);
  return countOrders(tx, new Map([[id, await findOrder(tx, id)]]));
}

/** What a webhook's job does with an order. Says whether the counts changed. */
const apply = (change: Change) => inShop(database, SHOP, (tx) => applyIn(tx, change));

const readUnmerged = () => streamInShop(database, SHOP, readUnmergedBaskets, { asOfNow: true });

/** What learning does with the counts. Says whether it was in time. */
function store(unmerged: UnmergedBaskets, then = async () => {}): Promise<boolean> {
  return streamInShop(database, SHOP, async (tx) => {
    if (!(await lockCounts(tx, unmerged))) return false;
    await mergeDeltas(tx, unmerged, [await readListedPairs(tx), await readChosenPairs(tx)], []);
    await then();
    return true;
  });
}

const merge = async () => store(await readUnmerged());
const recount = () => recountFromOrders(database, SHOP);

/** All that is read of the counts of products 1 to 200. */
function read() {
  const products = Array.from({ length: 200 }, (_, n) => gid("Product", n + 1));
  return inShop(database, SHOP, async (tx) => ({
    counts: [...(await readAssociations(tx, products)).values()].sort(byProduct),
    baskets: [...(await readBasketCounts(tx))].sort(),
    margins: await readMargins(tx),
  }));
}

async function readMargins(tx: ShopTransaction) {
  const { sizes, orders } = await readBasketMargins(tx);
  return { sizes: [...sizes].sort(), orders: [...orders].sort() };
}

const byProduct = (a: { productId: string }, b: { productId: string }) => Number(a.productId) - Number(b.productId);

async function waitingDeltas(): Promise<number> {
  return (await database.pool.query("SELECT 1 FROM basket_news")).rowCount!;
}

const change: fc.Arbitrary<Change> = fc.record({
  order: fc.integer({ min: 1, max: 5 }),
  products: fc.option(fc.uniqueArray(fc.integer({ min: 8, max: 12 }), { maxLength: 4 }), { freq: 5 }),
  at: fc.integer({ min: 1, max: 9 }),
  cancelled: fc.boolean(),
});

test("counting order by order equals counting all orders from scratch, whatever changes, merged or not", async () => {
  const steps = fc.array(fc.option(change, { nil: "merge" as const, freq: 4 }), { minLength: 1, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      await empty();
      for (const one of steps) await (one === "merge" ? merge() : apply(one));
      const orderByOrder = await read();
      await merge();
      expect(await read()).toEqual(orderByOrder);
      expect(await waitingDeltas()).toBe(0);
      await recount();
      expect(await read()).toEqual(orderByOrder);
    }),
    { numRuns: 15 },
  );
});

test("companions in few orders may be left out, but not where an order since says something else", async () => {
  for (const order of [1, 2, 3]) await apply({ order, products: [8, 9, ...(order > 2 ? [10] : [])], at: order });
  await merge();
  const often = async (product: number) => {
    const ids = [gid("Product", product)];
    const counts = await inShop(database, SHOP, (tx) => readAssociations(tx, ids, 2));
    return counts.get(ids[0]!)!.companions.map(({ productId, together }) => [productId, together]);
  };
  expect([await often(8), await often(10)]).toEqual([[["9", 3]], []]);
  await apply({ order: 4, products: [8, 10], at: 4 });
  expect([await often(8), await often(10), await often(9)]).toEqual([
    [
      ["9", 3],
      ["10", 2],
    ],
    [
      ["8", 2],
      ["9", 1],
    ],
    [["8", 3]],
  ]);
});

test("orders that came in another order give the same counts", async () => {
  const orders = [
    { order: 1, products: [8, 9], at: 3 },
    { order: 2, products: [8, 9, 10], at: 1 },
    { order: 3, products: [10, 9], at: 2 },
  ];
  for (const one of orders) await apply(one);
  const before = await read();
  await empty();
  for (const one of orders.toReversed()) await apply(one);
  expect(await read()).toEqual(before);
});

test("of a product that meets more companions than are kept, listed and chosen pairs are exact and no count is too small", async () => {
  const others = (from: number, many: number) => Array.from({ length: many }, (_, step) => from + step);
  const some = fc.uniqueArray(fc.integer({ min: 2, max: 130 }), { minLength: 1, maxLength: 20 });
  const later = fc.record({ order: fc.integer({ min: 1, max: 15 }), products: fc.option(some, { freq: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(later, { minLength: 1, maxLength: 6 }), async (changes) => {
      await empty();
      // Product 1 is in every order, and the first orders bring it together with 125 others.
      for (const n of others(0, 5)) await apply({ order: n + 11, products: [1, ...others(2 + 25 * n, 25)], at: n });
      await database.pool.query(
        `INSERT INTO companion_lists (shop, product_id, ranker, companions, weights)
         VALUES ($1, 1, 'x', '{126}', '{1}')`,
        [SHOP],
      );
      await database.pool.query("INSERT INTO segment_lists VALUES ($1, 1, 'customer', 'new', 0, '{129}', '{1}')", [
        SHOP,
      ]);
      await merge();
      await database.pool.query("INSERT INTO choices VALUES ($1, 1, 125, 'pin', now()), ($1, 1, 128, 'block', now())", [
        SHOP,
      ]);
      for (const { order, products } of changes) {
        await apply({ order, products: products === null ? null : [1, ...products], at: order });
      }
      const counted = (await read()).counts[0]!;
      const { rows } = await database.pool.query<{ id: string; together: number }>(
        `SELECT other::text AS id, count(*)::int AS together FROM baskets, unnest(products) AS other
         WHERE 1 = ANY(products) GROUP BY 1`,
      );
      const exact = new Map(rows.map(({ id, together }) => [id, together]));
      expect(counted.baskets).toBe(exact.get("1"));
      const togetherOf = new Map(counted.companions.map(({ productId, together }) => [productId, together]));
      for (const [companion, together] of togetherOf)
        expect([companion, together]).toEqual([companion, exact.get(companion)]);
      for (const wanted of ["125", "126", "128", "129"]) expect(togetherOf.get(wanted)).toBe(exact.get(wanted));
      await merge();
      const merged = await read();
      await recount();
      expect(await read()).toEqual(merged);
    }),
    { numRuns: 6 },
  );
});

test("removing an order undoes it, before and after merging", async () => {
  await apply({ order: 1, products: [8, 9, 10], at: 1 });
  await apply({ order: 2, products: [8, 9], at: 2 });
  const before = await read();
  for (const merged of [false, true]) {
    await apply({ order: 3, products: [8, 10, 11], at: 3 });
    if (merged) await merge();
    expect(await read()).not.toEqual(before);
    await apply({ order: 3, products: null, at: 3 });
    expect(await read()).toEqual(before);
  }
});

test("a second delivery of the same order adds no delta", async () => {
  const order = { order: 1, products: [8, 9], at: 1 };
  expect(await apply(order)).toBe(true);
  expect(await apply(order)).toBe(false);
  expect(await waitingDeltas()).toBe(1);
});

test("an order of another time keeps its counts and moves the times, also where it was the first or the last", async () => {
  await apply({ order: 1, products: [8, 9], at: 1 });
  await apply({ order: 2, products: [8, 9], at: 5 });
  await merge();
  await apply({ order: 1, products: [8, 9], at: 7 });
  const [first] = (await read()).counts;
  expect(first).toMatchObject({ baskets: 2, firstAt: 5000, lastAt: 7000 });
  expect(first!.companions).toEqual([{ productId: "9", together: 2, firstAt: 5000, lastAt: 7000 }]);
});

test("orders that come or go while deltas are merged are added to or removed from the new counts", async () => {
  await apply({ order: 1, products: [8, 9], at: 1 });
  await apply({ order: 2, products: [8, 9, 10], at: 2 });
  const unmerged = await readUnmerged();
  await apply({ order: 3, products: [9, 10], at: 3 });
  await apply({ order: 2, products: null, at: 2 });
  const expected = await read();
  expect(await store(unmerged)).toBe(true);
  expect(await waitingDeltas()).toBe(2);
  expect(await read()).toEqual(expected);
  await recount();
  expect(await read()).toEqual(expected);
});

test("counts of earlier baskets never take the place of those of later ones", async () => {
  await apply({ order: 1, products: [8, 9], at: 1 });
  const earlier = await readUnmerged();
  await apply({ order: 2, products: [8, 9], at: 2 });
  const expected = await read();
  await merge();
  expect(await store(earlier)).toBe(false);
  expect(await read()).toEqual(expected);
});

test("a merge that ends half-way changes nothing, and the next one makes up for it", async () => {
  await apply({ order: 1, products: [8, 9], at: 1 });
  const expected = await read();
  const killed = () => Promise.reject(new Error("killed"));
  await expect(store(await readUnmerged(), killed)).rejects.toThrow("killed");
  expect([await waitingDeltas(), await read()]).toEqual([1, expected]);
  await merge();
  expect([await waitingDeltas(), await read()]).toEqual([0, expected]);
});

test("orders that are stored at once are counted once each, also where they are the same one", async () => {
  const changes = Array.from({ length: 40 }, (_, n) => ({
    order: 1 + (n % 10),
    products: [8, 9, 10 + (n % 3)],
    at: n,
  }));
  const deletions = [3, 4].map((order) => ({ order, products: null, at: 0 }));
  await Promise.all([...changes, ...deletions, ...changes].map(apply).concat([merge(), merge()]));
  const counted = await read();
  await recount();
  expect(await read()).toEqual(counted);
});

test("orders never wait for a recount or a merge, nor these for orders", async () => {
  await apply({ order: 1, products: [8, 9], at: 1 });
  await apply({ order: 2, products: [8], at: 2 });
  // As if an import had stored the orders without their baskets.
  await database.pool.query("DELETE FROM baskets");
  await inShop(database, SHOP, async (tx) => {
    await applyIn(tx, { order: 1, products: [8, 10], at: 3 });
    await applyIn(tx, { order: 3, products: [8, 11], at: 3 });
    expect(await recount()).toMatchObject({ orders: 2, baskets: 1 });
    expect(await merge()).toBe(true);
  });
  const { counts } = await read();
  expect(counts.map(({ productId, baskets }) => [productId, baskets])).toEqual([
    ["8", 3],
    ["10", 1],
    ["11", 1],
  ]);
  await streamInShop(database, SHOP, async (tx) => {
    expect(await lockCounts(tx, await readUnmerged())).toBe(true);
    expect(await apply({ order: 4, products: [8], at: 4 })).toBe(true);
  });
  const orderByOrder = await read();
  await recount();
  expect(await read()).toEqual(orderByOrder);
});

test("a recount heals what went wrong with baskets, and takes away those without an order", async () => {
  await apply({ order: 1, products: [8, 9], at: 1 });
  await apply({ order: 2, products: [9], at: 2 });
  await merge();
  const expected = await read();
  await database.pool.query("UPDATE baskets SET products = '{8,12}' WHERE order_id = 1");
  await database.pool.query("UPDATE baskets SET order_id = 7 WHERE order_id = 2");
  expect(await recount()).toEqual({ orders: 2, baskets: 2, products: 2, pairs: 1, leftOut: [] });
  expect([await waitingDeltas(), await read()]).toEqual([0, expected]);
  await database.pool.query("UPDATE orders SET cancelled_at = now() WHERE order_id = 2");
  expect(await recount()).toMatchObject({ orders: 2, baskets: 1, products: 2, pairs: 1 });
});

test("a customer who is redacted during a recount stays redacted", async () => {
  await apply({ order: 1, products: [8, 9], at: 1 });
  await database.pool.query("UPDATE orders SET customer_key = 'known'; DELETE FROM baskets");
  await streamInShop(database, SHOP, async (tx) => {
    const { orders, upTo } = await readOrders(tx, "0", 10);
    await inShop(database, SHOP, (other) => forgetCustomer(other, "known"));
    const baskets = orders.map(({ order, mark }) => ({ ...basketRow(order, [gid("Product", 8)]), mark }));
    expect(baskets[0]!.customerKey).toBe("known");
    await correctBaskets(tx, { after: "0", upTo }, baskets);
  });
  const keys = async () => (await database.pool.query("SELECT customer_key AS key FROM baskets")).rows;
  expect(await keys()).toEqual([]);
  await recount();
  expect(await keys()).toEqual([{ key: null }]);
});

test("an order of 10,000 lines is counted as any other as far as it is a basket, and taken off again", async () => {
  const lines = (products: number) => Array.from({ length: 10_000 }, (_, n) => (n % products) + 1);
  await apply({ order: 1, products: [8, 9], at: 1 });
  await merge();
  const before = await read();
  await apply({ order: 2, products: lines(LARGEST_BASKET), at: 2 });
  const { counts, baskets } = await read();
  expect(baskets.length).toBe(LARGEST_BASKET);
  expect(counts[7]).toMatchObject({ productId: "8", baskets: 2, lastAt: 2000 });
  expect(counts[7]!.companions).toEqual([{ productId: "9", together: 2, firstAt: 1000, lastAt: 2000 }]);
  await apply({ order: 2, products: lines(10_000), at: 2 });
  expect(await read()).toEqual(before);
});
