import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { APP, buildLine, buildOrder, buildStore, DOMAIN, type TestStore } from "../test-store.ts";
import { orderPayload } from "./webhook-payloads.ts";

const REFUND = { orderId: "gid://shopify/Order/501", lines: [{ lineId: "50101", quantity: 1 }] };
const topics = ({ received }: TestStore) => received.map(({ headers }) => headers.get("x-shopify-topic"));

describe("a webhook", () => {
  test("goes to the app's own address, signed over the raw body, with the headers of Shopify", async () => {
    const store = buildStore();
    await store.control("order", { lines: [{ variantId: "111", quantity: 2 }], customerId: "901" });
    await store.store.settled();
    const [request] = store.received;
    expect(request?.url).toBe("https://app.test/webhooks");
    const body = (await request?.text()) ?? "";
    const signature = createHmac("sha256", APP.apiSecret).update(body).digest("base64");
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      "x-shopify-topic": "orders/create",
      "x-shopify-shop-domain": DOMAIN,
      "x-shopify-api-version": "2026-07",
      "x-shopify-hmac-sha256": signature,
      "x-shopify-webhook-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-shopify-event-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-shopify-triggered-at": "2026-11-20T09:00:00.000Z",
    });
    expect(JSON.parse(body)).toMatchObject({ admin_graphql_api_id: "gid://shopify/Order/1000001" });
  });

  test("carries no more than the fields that the app subscribed to", async () => {
    const store = buildStore();
    await store.control("order", { lines: [{ variantId: "111" }], customerId: "901" });
    await store.store.settled();
    const body = (await store.received[0]?.json()) as object;
    expect(Object.keys(body).sort()).toEqual(["admin_graphql_api_id", "created_at", "id", "updated_at"]);
  });

  test("is tried again until the app takes it, with the same ids", async () => {
    const answers = [503, 500, 200];
    const ids: (string | null)[] = [];
    const store = buildStore({
      deliver: async (request) => {
        ids.push(request.headers.get("x-shopify-webhook-id"));
        return new Response(null, { status: answers[ids.length - 1] ?? 200 });
      },
    });
    await store.control("refund", REFUND);
    await store.store.settled();
    const [first] = store.store.webhooks.deliveries();
    expect(first?.attempts.length).toBeGreaterThan(1);
    expect(first?.attempts.at(-1)?.status).toBe(200);
    expect(ids.filter((id) => id === first?.webhookId)).toHaveLength(first?.attempts.length ?? 0);
  });

  test("is given up after its retries where nobody answers", async () => {
    const store = buildStore();
    await store.control("app-down", { enabled: true });
    await store.control("refund", REFUND);
    await store.store.settled();
    expect(store.received).toEqual([]);
    const [delivery] = store.store.webhooks.deliveries();
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([null, null, null]);
  });

  test("comes once more when asked, unchanged", async () => {
    const store = buildStore();
    await store.control("refund", REFUND);
    await store.store.settled();
    expect(topics(store)).toEqual(["refunds/create", "orders/updated"]);
    expect(await (await store.control("deliver-again", { topic: "refunds/create" })).json()).toEqual({ delivered: 1 });
    const [first, , again] = store.received;
    expect(again?.headers.get("x-shopify-webhook-id")).toBe(first?.headers.get("x-shopify-webhook-id"));
    expect(await again?.text()).toBe(await first?.text());
  });

  test("is overtaken by a later one while reordering is on", async () => {
    const store = buildStore();
    await store.control("reorder", { enabled: true });
    await store.control("refund", REFUND);
    await store.store.settled();
    expect(topics(store)).toEqual(["orders/updated", "refunds/create"]);
  });

  test("goes to nobody where the app is not installed, except what the law asks for", async () => {
    const store = buildStore();
    await store.control("uninstall");
    await store.control("refund", REFUND);
    await store.control("shop-redact");
    await store.store.settled();
    expect(topics(store)).toEqual(["app/uninstalled", "shop/redact"]);
  });
});

test("every change of the shop has its topic", async () => {
  const store = buildStore();
  const commands: [string, object, string[]][] = [
    ["order", { lines: [{ variantId: "111" }] }, ["orders/create"]],
    ["refund", REFUND, ["refunds/create", "orders/updated"]],
    ["cancel", { orderId: "502" }, ["refunds/create", "orders/cancelled", "orders/updated"]],
    ["edit", { orderId: "501", lines: [{ lineId: "50101", quantity: 0 }] }, ["orders/edited", "orders/updated"]],
    ["product-update", { productId: "11", priceMinor: 999 }, ["products/update"]],
    ["product-delete", { productId: "13" }, ["products/delete"]],
    ["scopes", { scopes: ["read_products"] }, ["app/scopes_update"]],
    ["customer-redact", { customerId: "901" }, ["customers/redact"]],
    ["customer-data-request", { customerId: "901" }, ["customers/data_request"]],
  ];
  for (const [command, body, expected] of commands) {
    store.received.length = 0;
    expect((await store.control(command, body)).status).toBe(200);
    await store.store.settled();
    expect(topics(store)).toEqual(expected);
  }
});

test("a whole order payload has the personal fields of a real one, for tests that they are dropped", () => {
  const { shop } = buildStore();
  const order = shop.orders.get("501");
  if (order === undefined) throw new Error("The test shop has lost its order.");
  const payload = orderPayload(order, shop);
  const text = JSON.stringify(payload);
  for (const field of ["first_name", "last_name", "address1", "phone", "browser_ip", "zip"])
    expect(text).toContain(`"${field}"`);
  expect(payload.email).toMatch(/@example\.com$/);
  expect(payload).toMatchObject({ id: 501, subtotal_price: "40.00", total_price: "45.00", financial_status: "paid" });
});

test("an order's payload lists its discounts once, and what was taken off lines and shipping names them by place", () => {
  const { shop } = buildStore();
  const order = buildOrder("600", {
    lines: [
      buildLine("90", { discounts: [{ amountMinor: 100, title: "Set" }] }),
      buildLine("91", {
        discounts: [
          { amountMinor: 40, title: "Sale" },
          { amountMinor: 60, title: "Set" },
        ],
      }),
    ],
    shippingDiscounts: [{ amountMinor: 500, title: "Set" }],
  });
  const taken = (amount: string, index: number) =>
    expect.objectContaining({ amount, discount_application_index: index }) as object;
  expect(orderPayload(order, shop)).toMatchObject({
    discount_applications: [
      { type: "automatic", title: "Set", target_type: "line_item" },
      { type: "automatic", title: "Sale", target_type: "line_item" },
      { type: "automatic", title: "Set", target_type: "shipping_line" },
    ],
    line_items: [
      { discount_allocations: [taken("1.00", 0)] },
      { discount_allocations: [taken("0.40", 1), taken("0.60", 0)] },
    ],
    shipping_lines: [{ price: "5.00", discounted_price: "0.00", discount_allocations: [taken("5.00", 2)] }],
  });
  const atTheCounter = buildOrder("601", { sourceName: "pos", shippingMinor: 0 });
  expect(orderPayload(atTheCounter, shop)).toMatchObject({ shipping_lines: [], discount_applications: [] });
});
