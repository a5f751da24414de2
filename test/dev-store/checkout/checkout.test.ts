import { expect, test } from "vitest";
import { handleStorefront } from "../storefront/handle-storefront.ts";
import { buildContext, buildShop, publishOffer, setMetafield, Shopper } from "../storefront/sample-shop.ts";
import { EXTENSIONS_DIR } from "../functions/discount-cart.ts";
import { bundleExtension, findCheckoutExtension } from "./checkout-extension.ts";
import type { ExtensionState } from "./extension-state.ts";

const TEA = 40010;
const CUP = 40020;
const BLOCK = "purchase.checkout.block.render";
const THANK_YOU = "purchase.thank-you.block.render";

function openShop() {
  const shop = buildShop();
  publishOffer(shop);
  setMetafield(shop, "gid://shopify/Shop/60000000001", "$app", "checkout", "json", { version: 1, goal: { USD: 5000 } });
  setMetafield(shop, "gid://shopify/Product/8001", "$app", "secret", "json", { hidden: true });
  const context = buildContext(shop);
  return { shop, context, shopper: new Shopper((request) => handleStorefront(request, context)) };
}

async function stateAt(shopper: Shopper, path: string): Promise<ExtensionState> {
  const page = await (await shopper.ask(path)).text();
  return JSON.parse(/window\.__state = (.*?);<\/script>/s.exec(page)![1]!) as ExtensionState;
}

interface Called {
  state?: ExtensionState;
  error?: string;
}

const call = (shopper: Shopper, name: string, change: unknown, target = BLOCK) =>
  shopper.json<Called>(`/checkout/extension-api/${name}`, { target, change });

test("an empty cart goes back to the cart page", async () => {
  const { shopper } = openShop();
  expect((await shopper.ask("/checkout")).headers.get("location")).toBe("/cart");
});

test("shows lines, discounts, delivery and total, in both languages", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { items: [{ id: TEA }, { id: CUP }] });
  const english = await (await shopper.ask("/checkout")).text();
  for (const text of ["Bought together", "$29.20", "$6.00", "$35.20", "Pay now"]) expect(english).toContain(text);
  const japanese = await (await shopper.ask("/ja/checkout")).text();
  for (const text of ["セット割引", "今すぐ支払う", 'action="/ja/checkout"']) expect(japanese).toContain(text);
});

test("charges the delivery option that was chosen, and the standard one for an unknown choice", async () => {
  const { shop, shopper } = openShop();
  for (const [delivery, shippingMinor] of [
    ["express", 1200],
    ["teleport", 600],
  ] as const) {
    await shopper.send("/cart/add.js", { id: CUP });
    await shopper.submit("/checkout", { pay: "1", delivery });
    const order = [...shop.orders.values()].at(-1)!;
    expect([order.shippingMinor, order.shippingDiscounts]).toEqual([shippingMinor, undefined]);
  }
});

test("without JavaScript another delivery option is shown with its total before paying", async () => {
  const { shop, shopper } = openShop();
  await shopper.send("/cart/add.js", { id: CUP });
  const page = await (await shopper.submit("/checkout", { update: "1", delivery: "express" })).text();
  expect(page).toContain("$24.50");
  expect(shop.orders.size).toBe(0);
});

test("a cart that does not ship pays no delivery", async () => {
  const { shop, shopper } = openShop();
  await shopper.send("/cart/add.js", { id: 40060 });
  expect(await (await shopper.ask("/checkout")).text()).toContain("Nothing in this order is shipped.");
  await shopper.submit("/checkout", { pay: "1" });
  expect([...shop.orders.values()][0]).toMatchObject({ shippingMinor: 0 });
});

test("places the order in the shop's currency, whatever the shopper saw, with the rate and the properties", async () => {
  const { shop, shopper } = openShop();
  shopper.cookies.set("localization", "JP");
  const properties = { _tsuide: "bt-8001/product", Engraving: "Aki" };
  await shopper.send("/cart/add.js", { items: [{ id: TEA }, { id: CUP, properties }] });
  await shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  const [order] = [...shop.orders.values()];
  expect(order).toMatchObject({
    presentmentCurrency: "JPY",
    presentmentRate: 150,
    shippingMinor: 600,
    sourceName: "web",
  });
  expect(order!.lines[0]).toMatchObject({ unitPriceMinor: 1250, properties, discounts: [{ amountMinor: 125 }] });
  // And what the shopper paid in theirs.
  expect(order).toMatchObject({ paidShippingMinor: 900 });
  expect(order!.lines[0]).toMatchObject({ paidUnitPriceMinor: 1875, discounts: [{ paidMinor: 188 }] });
});

test("says so and charges nothing when something sold out meanwhile", async () => {
  const { shop, shopper } = openShop();
  await shopper.send("/cart/add.js", { id: CUP });
  shop.products.get("8002")!.variants[0]!.inventoryQuantity = 0;
  const refused = await shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("has sold out");
  expect(shop.orders.size).toBe(0);
});

test("an order is placed once: paying again finds an empty cart", async () => {
  const { shop, shopper } = openShop();
  await shopper.send("/cart/add.js", { id: CUP });
  await shopper.submit("/checkout", { pay: "1" });
  expect((await shopper.submit("/checkout", { pay: "1" })).headers.get("location")).toBe("/cart");
  expect(shop.orders.size).toBe(1);
});

test("somebody else's thank-you page is not found by guessing", async () => {
  expect((await openShop().shopper.ask("/checkout/thank-you/guess")).headers.get("location")).toBe("/");
});

test("gives the extension the cart, its texts and only the metafields that its manifest names", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { items: [{ id: TEA }] });
  const page = await (await shopper.ask("/checkout")).text();
  expect(page).toContain(`data-target="${BLOCK}"`);
  const state = await stateAt(shopper, `/ja/checkout/extension?target=${BLOCK}`);
  expect(state.texts.locale).toBe("ja");
  expect(state.live.lines).toMatchObject([
    {
      quantity: 1,
      cost: { totalAmount: { amount: 19.95, currencyCode: "USD" } },
      merchandise: { id: "gid://shopify/ProductVariant/40010", product: { id: "gid://shopify/Product/8001" } },
    },
  ]);
  const metafields = state.live.appMetafields as {
    target: { type: string };
    metafield: { key: string; valueType: string };
  }[];
  expect(metafields.map(({ target, metafield }) => `${target.type}.${metafield.key}`).sort()).toEqual([
    "product.offer",
    "shop.checkout",
  ]);
  expect(metafields[0]!.metafield.valueType).toBe("json_string");
  expect(state.live.instructions).toMatchObject({ lines: { canAddCartLine: true } });
});

test("the extension adds a line, and it is discounted, kept apart and paid for", async () => {
  const { shop, shopper } = openShop();
  await shopper.send("/cart/add.js", { id: TEA });
  const added = await call(shopper, "lines", {
    type: "addCartLine",
    merchandiseId: "gid://shopify/ProductVariant/40020",
    quantity: 1,
    attributes: [{ key: "_tsuide", value: "bt-8001/checkout" }],
  });
  const lines = added.state!.live.lines as { id: string; quantity: number }[];
  expect(added.state!.live.totalAmount).toEqual({ amount: 35.2, currencyCode: "USD" });
  const more = await call(shopper, "lines", { type: "updateCartLine", id: lines[0]!.id, quantity: 3 });
  expect((more.state!.live.lines as { quantity: number }[])[0]!.quantity).toBe(3);
  await call(shopper, "lines", { type: "removeCartLine", id: lines[0]!.id, quantity: 2 });
  const parts = await shopper.json<{ summary: string }>("/checkout/parts.json?delivery=standard");
  expect(parts.summary).toContain("Bought together");
  await shopper.submit("/checkout", { pay: "1" });
  expect([...shop.orders.values()][0]!.lines[0]).toMatchObject({
    productId: "8002",
    quantity: 1,
    properties: { _tsuide: "bt-8001/checkout" },
  });
});

test.each([
  ["sold out", { type: "addCartLine", merchandiseId: "gid://shopify/ProductVariant/40030", quantity: 1 }],
  ["unknown", { type: "addCartLine", merchandiseId: "gid://shopify/ProductVariant/1", quantity: 1 }],
  ["not in the cart", { type: "updateCartLine", id: "gid://shopify/CartLine/none", quantity: 2 }],
  ["no change at all", null],
])("a change of a line that is %s is refused and changes nothing", async (_why, change) => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { id: TEA });
  const refused = await call(shopper, "lines", change);
  expect(refused.error).toBeTypeOf("string");
  expect(await shopper.json("/cart.js")).toMatchObject({ item_count: 1 });
});

test("attributes and the note reach the cart", async () => {
  const { shopper } = openShop();
  await shopper.send("/cart/add.js", { id: TEA });
  await call(shopper, "attributes", { type: "updateAttribute", key: "gift", value: "yes" });
  await call(shopper, "note", { type: "updateNote", note: "Ring twice" });
  expect(await shopper.json("/cart.js")).toMatchObject({ attributes: { gift: "yes" }, note: "Ring twice" });
  await call(shopper, "attributes", { type: "removeAttribute", key: "gift" });
  expect(await shopper.json("/cart.js")).toMatchObject({ attributes: {} });
});

test("after the purchase the extension sees the order and can change nothing", async () => {
  const { shopper, shop } = openShop();
  await shopper.send("/cart/add.js", { id: TEA });
  const paid = await shopper.submit("/checkout", { pay: "1" });
  const token = paid.headers.get("location")!.split("/").at(-1)!;
  const state = await stateAt(shopper, `/checkout/extension?target=${THANK_YOU}&token=${token}`);
  expect(state.changes).toBeNull();
  expect(state.orderConfirmation).toMatchObject({ order: { id: "gid://shopify/OrderIdentity/1001" } });
  expect(state.live.lines).toHaveLength(1);
  expect(state.live.instructions).toMatchObject({ lines: { canAddCartLine: false } });
  expect(shop.orders.size).toBe(1);
});

test.each(["purchase.checkout.nothing.render", ""])(
  "a target %j that no extension has is not found",
  async (target) => {
    const { shopper } = openShop();
    expect((await shopper.ask(`/checkout/extension?target=${target}`)).status).toBe(404);
    expect((await shopper.send("/checkout/extension-api/lines", { target, change: {} })).status).toBe(404);
    expect((await shopper.send("/checkout/extension-api/other", { target: BLOCK })).status).toBe(404);
  },
);

test("without the app there is no frame, and checkout works", async () => {
  const { shopper, shop } = openShop();
  shop.installation.installed = false;
  await shopper.send("/cart/add.js", { id: TEA });
  expect(await (await shopper.ask("/checkout")).text()).not.toContain("<iframe");
  expect((await shopper.submit("/checkout", { pay: "1" })).status).toBe(302);
});

test.each([BLOCK, THANK_YOU])("bundles the shipped extension for %s", async (target) => {
  const extension = findCheckoutExtension(EXTENSIONS_DIR, target)!;
  const script = await bundleExtension(extension, target);
  expect(script.length).toBeGreaterThan(1000);
});

test("tells the extension who is logged in by their own metafields, what they allow, and whose order it was", async () => {
  const { shop, shopper } = openShop();
  setMetafield(shop, "gid://shopify/Customer/55", "$app", "history", "json", { version: 1 });
  setMetafield(shop, "gid://shopify/Customer/56", "$app", "history", "json", { version: 1 });
  await shopper.send("/cart/add.js", { id: TEA });
  const seen = async () => {
    const { live, customerPrivacy } = await stateAt(shopper, `/checkout/extension?target=${BLOCK}`);
    const targets = (live.appMetafields as { target: { type: string; id: string } }[]).map(({ target }) => target);
    const customers = targets.filter(({ type }) => type === "customer").map(({ id }) => id);
    return { customers, preferences: customerPrivacy.allowedProcessing.preferences, ...customerPrivacy };
  };
  expect(await seen()).toMatchObject({ customers: [], preferences: false, visitorConsent: {} });
  shopper.cookies.set("customer", "55");
  shopper.cookies.set("_tracking_consent", "granted");
  const everything = { preferences: true, saleOfData: true };
  const customers = ["gid://shopify/Customer/55"];
  expect(await seen()).toMatchObject({ customers, preferences: true, visitorConsent: everything });
  const paid = await shopper.submit("/checkout", { pay: "1" });
  expect([...shop.orders.values()][0]).toMatchObject({ customerId: "55" });
  // The answer to the banner counts on the page after paying as it is then.
  shopper.cookies.set("_tracking_consent", "denied");
  const token = paid.headers.get("location")!.split("/").at(-1)!;
  const after = await stateAt(shopper, `/checkout/extension?target=${THANK_YOU}&token=${token}`);
  expect(after.customerPrivacy.visitorConsent).toMatchObject({ preferences: false });
  expect(JSON.stringify(after.live.appMetafields)).toContain("gid://shopify/Customer/55");
});
