import { describe, expect, test } from "vitest";
import { buildLine, buildOrder, buildShop, buildStore } from "../test-store.ts";

describe("an order that is placed", () => {
  test("gets the next number and takes its items from stock", async () => {
    const { store, shop } = buildStore();
    const order = await store.context(shop.domain).placeOrder({
      lines: [{ ...buildLine("0"), quantity: 4 }],
      presentmentCurrency: "USD",
      presentmentRate: 1,
      shippingMinor: 0,
      cartToken: "c",
      checkoutToken: "k",
      sourceName: "web",
      customerId: null,
    });
    expect(order).toMatchObject({ name: "#1001", financialStatus: "PAID" });
    expect(order.lines[0]).toMatchObject({ quantity: 4, currentQuantity: 4 });
    expect(shop.products.get("11")?.variants[0]?.inventoryQuantity).toBe(6);
    expect(shop.orders.get(order.id)).toBe(order);
  });
});

test("a webhook is sent when an order sells a product out, and again when it comes back", async () => {
  const store = buildStore();
  const topics = async () => {
    await store.store.settled();
    return store.received.splice(0).map(({ headers }) => headers.get("x-shopify-topic"));
  };
  const ordered = await store.control("order", { lines: [{ variantId: "111", quantity: 10 }] });
  expect((await topics()).sort()).toEqual(["orders/create", "products/update"]);
  const { order } = await ordered.json();
  await store.control("refund", { orderId: order.id, lines: [{ lineId: order.lines[0].id, quantity: 1 }] });
  expect((await topics()).sort()).toEqual(["orders/updated", "products/update", "refunds/create"]);
  await store.control("order", { lines: [{ variantId: "121", quantity: 1 }] });
  expect(await topics()).toEqual(["orders/create"]);
});

test("an order of the past has its time, as what happens to it later has, and takes nothing from stock", async () => {
  const store = buildStore();
  const [placed, sentBack] = [Date.parse("2026-05-01T10:00:00Z"), Date.parse("2026-05-04T10:00:00Z")];
  const draft = {
    ...{ at: placed, priced: true, lines: [buildLine("0", { quantity: 2 })], cartToken: "c", checkoutToken: "k" },
    ...{ presentmentCurrency: "USD", presentmentRate: 1, shippingMinor: 0 },
    ...{ sourceName: "web", customerId: null },
  };
  const { orders } = await (await store.control("past-orders", { orders: [draft, draft] })).json();
  expect(orders).toMatchObject([{ createdAt: placed, processedAt: placed, updatedAt: placed }, { createdAt: placed }]);
  expect(store.shop.products.get("11")?.variants[0]?.inventoryQuantity).toBe(10);
  const lines = [{ lineId: orders[0].lines[0].id, quantity: 1 }];
  await store.control("refund", { orderId: orders[0].id, lines, at: sentBack });
  await store.control("cancel", { orderId: orders[1].id, at: sentBack });
  expect(store.shop.orders.get(orders[0].id)).toMatchObject({
    updatedAt: sentBack,
    refunds: [{ createdAt: sentBack }],
  });
  expect(store.shop.orders.get(orders[1].id)).toMatchObject({ cancelledAt: sentBack, updatedAt: sentBack });
});

describe("a refund", () => {
  test("of single units sums to what the line cost, and puts them back into stock", async () => {
    const shop = buildShop();
    const line = buildLine("90", {
      quantity: 3,
      currentQuantity: 3,
      unitPriceMinor: 334,
      discounts: [{ amountMinor: 2, title: "x" }],
    });
    shop.orders.set("600", buildOrder("600", { lines: [line] }));
    const { store } = buildStore({ shops: [shop] });
    const context = store.context(shop.domain);
    let sum = 0;
    for (let unit = 0; unit < 3; unit++) {
      const refund = await context.refund("600", [{ lineId: "90", quantity: 1 }]);
      sum += refund.lines[0]?.subtotalMinor ?? 0;
    }
    expect(sum).toBe(1000);
    expect(shop.orders.get("600")).toMatchObject({ financialStatus: "REFUNDED" });
    expect(shop.products.get("11")?.variants[0]?.inventoryQuantity).toBe(13);
  });

  test("is refused for what was not sold, and changes nothing then", async () => {
    const store = buildStore();
    for (const [body, message] of [
      [{ orderId: "999", lines: [{ lineId: "1", quantity: 1 }] }, "no order 999"],
      [{ orderId: "501", lines: [] }, "needs lines"],
      [{ orderId: "501", lines: [{ lineId: "1", quantity: 1 }] }, "no line 1"],
      [{ orderId: "501", lines: [{ lineId: "50101", quantity: 4 }] }, "3 can be refunded"],
      [{ orderId: "501", lines: [{ lineId: "50101", quantity: 0.5 }] }, "3 can be refunded"],
    ] as const) {
      const response = await store.control("refund", body);
      expect(response.status).toBe(422);
      expect((await response.json()).error).toContain(message);
    }
    expect(store.shop.orders.get("501")?.refunds).toEqual([]);
  });

  test("makes the order newer than before, even within one second", async () => {
    const { store, shop, clock } = buildStore();
    const before = shop.orders.get("501")?.updatedAt ?? 0;
    await store.context(shop.domain).refund("501", [{ lineId: "50101", quantity: 1 }]);
    const first = shop.orders.get("501")?.updatedAt ?? 0;
    await store.context(shop.domain).refund("501", [{ lineId: "50101", quantity: 1 }]);
    expect(first).toBe(Math.max(clock.now, before + 1000));
    expect(shop.orders.get("501")?.updatedAt).toBe(first + 1000);
  });
});

test("a cancelled order is refunded in full, once", async () => {
  const store = buildStore();
  expect((await store.control("cancel", { orderId: "501" })).status).toBe(200);
  const order = store.shop.orders.get("501");
  expect(order).toMatchObject({ cancelledAt: store.clock.now, financialStatus: "REFUNDED" });
  expect(order?.lines.every(({ currentQuantity }) => currentQuantity === 0)).toBe(true);
  expect((await store.control("cancel", { orderId: "501" })).status).toBe(422);
});

test("an edit takes units off and gives nothing back; more than there are cannot be left", async () => {
  const store = buildStore();
  const edit = (quantity: number) => store.control("edit", { orderId: "501", lines: [{ lineId: "50101", quantity }] });
  expect((await edit(1)).status).toBe(200);
  expect(store.shop.orders.get("501")).toMatchObject({ refunds: [], financialStatus: "PAID" });
  expect(store.shop.orders.get("501")?.lines[0]).toMatchObject({ quantity: 3, currentQuantity: 1 });
  expect((await edit(1)).status).toBe(422);
});

describe("the control API", () => {
  test("refuses unknown commands, shops and broken bodies", async () => {
    const store = buildStore();
    expect((await store.control("explode")).status).toBe(404);
    expect((await store.control("constructor")).status).toBe(404);
    expect((await store.control("refund", { shop: "other.myshopify.com" })).status).toBe(404);
    const broken = new Request("http://localhost:4000/__control/refund", { method: "POST", body: "{" });
    expect((await store.store.fetch(broken)).status).toBe(400);
    expect((await store.request("/__control/shop")).status).toBe(404);
  });

  test("tells what was asked of the store and what it sent", async () => {
    const store = buildStore();
    await store.graphql("query Name { shop { name } }");
    await store.control("refund", { orderId: "501", lines: [{ lineId: "50101", quantity: 1 }] });
    await store.store.settled();
    const response = await store.store.fetch(new Request("http://localhost:4000/__control/log"));
    const { requests, webhooks } = await response.json();
    expect(requests).toContainEqual(
      expect.objectContaining({ operation: "Name", status: 200, host: store.shop.domain }),
    );
    expect(webhooks[0]).toMatchObject({ topic: "refunds/create", attempts: [{ status: 200 }] });
  });
});

test("pictures are served, what nobody knows is 404", async () => {
  const { store } = buildStore({ storefront: async () => null });
  const picture = await store.fetch(new Request("http://localhost:4000/__images/11.svg"));
  expect(picture.headers.get("content-type")).toBe("image/svg+xml");
  expect((await store.fetch(new Request("http://localhost:4000/__images/99.svg"))).status).toBe(404);
  expect((await store.fetch(new Request("http://localhost:4000/nowhere"))).status).toBe(404);
});
