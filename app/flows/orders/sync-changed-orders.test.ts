import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { DevOrder, DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { bareNumber, gid } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { noteChangedOrders } from "../../persistence/orders/changed-orders.ts";
import { OperationRefused } from "../../shopify/client/errors.ts";
import type { Operation } from "../../shopify/operations/operation.ts";
import { ORDERS } from "../../shopify/operations/order.ts";
import { installShop } from "../shop/install-shop.ts";
import { syncChangedOrders } from "./sync-changed-orders.ts";
import { syncOrder } from "./sync-order.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const PRODUCTS = Array.from({ length: 30 }, (_, n) => String(101 + n));

let app: WiredApp;
let shop: DevShop;
let requests = 0;
let refused: Operation<never, unknown> | null = null;

beforeAll(async () => {
  shop = smallShop(PRODUCTS);
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(async () => {
  shop.orders.clear();
  const tables = "orders, order_lines, refund_lines, baskets, basket_news, attributions, unread_orders, changed_orders";
  await app.context.database.pool.query(`TRUNCATE ${tables}, notices`);
  requests = 0;
  refused = null;
  const { client } = app.context.gateway;
  vi.restoreAllMocks();
  const query = client.query.bind(client);
  vi.spyOn(client, "query").mockImplementation((...args: Parameters<typeof query>) => {
    requests++;
    if (args[1] === refused) throw new OperationRefused("Too dear", ["MAX_COST_EXCEEDED"]);
    // The clock stands still: what a query costs does not come back by itself.
    app.store.shops.get(shop.domain)!.bucket.drainTo(2_000);
    return query(...args);
  });
});

const note = (ids: readonly string[]) =>
  inShop(app.context.database, app.shop, (tx) =>
    noteChangedOrders(
      tx,
      ids.map((id) => gid("Order", id)),
    ),
  );
const read = () =>
  app.context.gateway.orders(
    app.shop,
    [...shop.orders.keys()].map((id) => gid("Order", id)),
  );

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await app.context.database.pool.query<Record<string, unknown>>(sql)).rows;
}

/** Everything that follows from the orders, but for what only tells one run from another. */
async function stored() {
  const tables = ["orders", "order_lines", "refund_lines", "baskets", "attributions"];
  return Promise.all(tables.map((table) => rows(`SELECT t.* FROM ${table} t ORDER BY t::text`)));
}

function order(id: string, products: readonly string[], change: Partial<DevOrder> = {}): DevOrder {
  const small = smallOrder(id, products, NOW - HOUR);
  // Ids of the same length for all lines of an order: "1" + "11" would be "11" + "1".
  const made = { ...small, lines: small.lines.map((line, n) => ({ ...line, id: `${id}${100 + n}` })), ...change };
  shop.orders.set(id, made);
  return made;
}

/** Orders of every kind: one line and many, refunded, cancelled, claimed by an offer, without a customer. */
function manyOrders(): string[] {
  for (let n = 1; n <= 60; n++) {
    const made = order(String(n), PRODUCTS.slice(n % 7, (n % 7) + 1 + ((n * 5) % 23)), {
      cancelledAt: n % 11 === 0 ? NOW : null,
      customerId: n % 5 === 0 ? null : String(n % 4),
    });
    if (n % 6 === 0) made.lines[0]!.properties._tsuide = `bt-${PRODUCTS[1]}/product`;
    if (n % 3 === 0) {
      const lines = made.lines.map(({ id }) => ({ lineId: id, quantity: 1 }));
      app.store.shops.get(shop.domain)!.refund(String(n), lines);
    }
  }
  return [...shop.orders.keys()];
}

test("orders read together are the orders read one by one, in a tenth of the queries", async () => {
  const ids = manyOrders().map((id) => gid("Order", id));
  const oneByOne = [];
  for (const id of ids) oneByOne.push({ id, fetched: await app.context.gateway.order(app.shop, id) });
  requests = 0;
  const { gateway } = app.context;
  expect(await gateway.orders(app.shop, ids)).toEqual(oneByOne);
  const furtherPages = oneByOne.filter(({ fetched }) => fetched!.lines.length > 10).length;
  const refundPages = oneByOne.filter(({ fetched }) => fetched!.refunds.length > 5).length;
  expect(requests).toBe(Math.ceil(ids.length / 8) + furtherPages + refundPages);
});

test("changed orders taken in together leave what taking them in one by one leaves", async () => {
  const ids = manyOrders();
  for (const id of ids) await syncOrder(app.shop, gid("Order", id), app.context);
  const oneByOne = await stored();
  await app.context.database.pool.query(
    "TRUNCATE orders, order_lines, refund_lines, baskets, basket_news, attributions",
  );
  await note(ids);
  await syncChangedOrders(app.shop, app.context);
  expect(await stored()).toEqual(oneByOne);
  expect(oneByOne[4]!.length).toBe(0);
  expect(await rows("SELECT 1 FROM changed_orders")).toEqual([]);
});

test("an order that is gone, one that cannot be read and one that cannot be stored hold up no other", async () => {
  const ids = Array.from({ length: 12 }, (_, n) => String(n + 1));
  for (const id of ids) order(id, PRODUCTS.slice(0, 2));
  await note(ids);
  await syncChangedOrders(app.shop, app.context);
  shop.orders.delete("3");
  shop.orders.set("5", { ...shop.orders.get("5")!, name: "#five", processedAt: Date.UTC(1700, 0) });
  for (const id of ["1", "2", "8"])
    shop.orders.set(id, { ...shop.orders.get(id)!, name: `#new-${id}`, updatedAt: NOW });
  await rows("ALTER TABLE orders ADD CONSTRAINT refused CHECK (name <> '#new-8')");
  try {
    await note(["1", "2", "3", "5", "8"]);
    await syncChangedOrders(app.shop, app.context);
  } finally {
    await rows("ALTER TABLE orders DROP CONSTRAINT refused");
  }
  const names = (await rows("SELECT name FROM orders ORDER BY order_id")).map(({ name }) => name);
  expect(names).toEqual(["#new-1", "#new-2", "#4", "#5", "#6", "#7", "#8", "#9", "#10", "#11", "#12"]);
  expect(await rows("SELECT order_id::int AS id, name FROM unread_orders")).toEqual([{ id: 5, name: "#five" }]);
  expect(await rows("SELECT order_id::int AS id, attempts FROM changed_orders")).toEqual([{ id: 8, attempts: 1 }]);
  await rows("UPDATE changed_orders SET due_at = now() - interval '1 second'");
  await syncChangedOrders(app.shop, app.context);
  expect(await rows("SELECT name FROM orders WHERE order_id = 8")).toEqual([{ name: "#new-8" }]);
});

test("a change that comes while its order is read is read again", async () => {
  order("1", PRODUCTS.slice(0, 2));
  await note(["1"]);
  const { gateway } = app.context;
  const orders = gateway.orders.bind(gateway);
  const spy = vi.spyOn(gateway, "orders").mockImplementationOnce(async (...args) => {
    const before = await orders(...args);
    order("1", PRODUCTS.slice(0, 3), { updatedAt: NOW });
    await note(["1"]);
    return before;
  });
  await syncChangedOrders(app.shop, app.context);
  expect(spy).toHaveBeenCalledTimes(2);
  expect(await rows("SELECT 1 FROM order_lines")).toHaveLength(3);
});

test("where Shopify refuses a query of many orders, each is asked for on its own", async () => {
  for (const id of ["1", "2", "3"]) order(id, [PRODUCTS[0]!]);
  refused = ORDERS;
  expect((await read()).map((one) => ("fetched" in one ? bareNumber(one.fetched!.order.id) : one.failure))).toEqual([
    ...["1", "2", "3"],
  ]);
});
