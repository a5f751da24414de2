import { expect, test } from "vitest";
import { encodeShopRules } from "../../../app/domain/pricing/rules.ts";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, publishOffer, setMetafield, Shopper } from "./sample-shop.ts";

interface AjaxCart {
  total_price: number;
  original_total_price: number;
  item_count: number;
  currency: string;
  items: { key: string; quantity: number; final_line_price: number; properties: Record<string, string> }[];
}

function openShop() {
  const shop = buildShop();
  publishOffer(shop);
  const context = buildContext(shop);
  return { shop, context, shopper: new Shopper((request) => handleStorefront(request, context)) };
}

test("a product page shows the set that the app published, with no script needed", async () => {
  const { shopper } = openShop();
  const page = await (await shopper.ask("/products/green-tea")).text();
  expect(page).toContain("/products/tea-cup");
  expect(page).toContain("/products/tea-strainer");
  expect(page).not.toContain("Translation missing");
});

test("a set that is added at once is discounted in the cart and at checkout, and delivered free above the goal", async () => {
  const { shop, shopper } = openShop();
  const items = [
    { id: 40010, quantity: 2 },
    { id: 40020, quantity: 2, properties: { _tsuide: "bt-8001/product" } },
  ];
  expect((await shopper.send("/cart/add.js", { items })).status).toBe(200);
  const cart = await shopper.json<AjaxCart>("/cart.js");
  expect(cart).toMatchObject({ original_total_price: 6490, total_price: 5840, item_count: 4, currency: "USD" });
  const checkout = await (await shopper.ask("/checkout")).text();
  expect(checkout).toContain("Free shipping");
  const paid = await shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  expect(paid.status).toBe(302);
  const [order] = [...shop.orders.values()];
  expect(order).toMatchObject({
    shippingMinor: 600,
    shippingDiscounts: [{ amountMinor: 600, title: "Free shipping" }],
  });
  expect(order!.lines[0]).toMatchObject({
    productId: "8002",
    properties: { _tsuide: "bt-8001/product" },
    discounts: [{ amountMinor: 250, title: "Bought together" }],
  });
  const thanks = await shopper.ask(paid.headers.get("location")!);
  expect(await thanks.text()).toContain(order!.name);
  expect((await shopper.json<AjaxCart>("/cart.js")).item_count).toBe(0);
});

test("an offer that is edited or withdrawn while its products lie in a cart prices them by its terms of now", async () => {
  const { shop, shopper } = openShop();
  const properties = { _tsuide: "bt-8001/product" };
  await shopper.send("/cart/add.js", { items: [{ id: 40010 }, { id: 40020, properties }] });
  const costs = async () => {
    const checkout = await (await shopper.ask("/checkout")).text();
    const { total_price: total } = await shopper.json<AjaxCart>("/cart.js");
    expect(checkout).toContain(`$${(total / 100).toFixed(2)}`);
    return total;
  };
  const offer = (discountBasisPoints: number, product: string) =>
    setMetafield(shop, "gid://shopify/Product/8001", "$app", "offer", "json", {
      ...{ version: 1, id: "bt-8001", discountBasisPoints, set: 2 },
      companions: [{ product, weight: 0.5 }],
    });
  expect(await costs()).toBe(2_920);
  offer(2_000, "8002");
  expect(await costs()).toBe(2_596);
  offer(2_000, "8004");
  expect(await costs()).toBe(3_245);
});

test("a discount on the order is given in each market from its own amount on", async () => {
  const { shop, shopper } = openShop();
  const [discount] = [...shop.discounts.values()];
  discount!.discountClasses = ["PRODUCT", "ORDER"];
  const rules = encodeShopRules([
    {
      ...{ type: "order-reward", number: 1, priority: 0, amounts: { USD: 3_000, JPY: 5_000, KWD: 9_000 } },
      reward: { kind: "percent", basisPoints: 1_000 },
    },
  ]);
  setMetafield(shop, discount!.id, "$app", "policy", "json", { version: 2, rules, messages: {} });
  await shopper.send("/cart/add.js", { items: [{ id: 40010 }] });
  const saved = async (country: string) => {
    await shopper.submit("/localization", { country_code: country });
    const cart = await shopper.json<AjaxCart>("/cart.js");
    return [cart.currency, cart.original_total_price - cart.total_price];
  };
  expect([await saved("US"), await saved("JP"), await saved("KW")]).toEqual([
    ["USD", 0],
    ["JPY", 0],
    ["KWD", 0],
  ]);
  await shopper.send("/cart/add.js", { items: [{ id: 40010 }] });
  expect([await saved("US"), await saved("JP"), await saved("KW")]).toEqual([
    ["USD", 399],
    ["JPY", 59_900],
    ["KWD", 122.5],
  ]);
});
