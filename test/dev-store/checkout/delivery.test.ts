import { expect, test } from "vitest";
import { encodeShopRules, type GoalRules } from "../../../app/domain/pricing/rules.ts";
import { handleStorefront } from "../storefront/handle-storefront.ts";
import { buildContext, buildShop, publishOffer, setMetafield, Shopper } from "../storefront/sample-shop.ts";

/* Which ways to deliver a goal makes free: Shopify's methods, through the Function that is shipped. */

const CUP = 40020;
const DISCOUNT = "gid://shopify/DiscountAutomaticNode/900";
const GOAL: GoalRules = {
  ...{ type: "goal", number: 1, priority: 0, amounts: { USD: 5000 } },
  ...{ countries: null, localDelivery: false, pickUp: false },
};

/** A shop in the United States that also ships to Australia, with a cart of $62.50 for one country. */
async function openCart(goal: Partial<GoalRules>, country = "US", quantity = 5) {
  const shop = buildShop({
    markets: [
      { id: "1", handle: "us", name: "US", countries: ["US", "AU"], currency: "USD", rate: 1, locales: ["en"] },
    ],
    shipping: { flatMinor: 600, freeFromMinor: null, localMinor: 900, pickUpMinor: 200 },
  });
  publishOffer(shop);
  const rules = encodeShopRules([{ ...GOAL, ...goal }]);
  setMetafield(shop, DISCOUNT, "$app", "policy", "json", { version: 2, rules, messages: {} });
  const context = buildContext(shop);
  const shopper = new Shopper((request) => handleStorefront(request, context));
  await shopper.submit("/localization", { country_code: country });
  await shopper.send("/cart/add.js", { items: [{ id: CUP, quantity }] });
  return { shop, shopper };
}

/** What each delivery method costs on the checkout page, as the buyer reads it. */
async function pricesAt(shopper: Shopper, path = "/checkout"): Promise<Record<string, string>> {
  const page = await (await shopper.ask(path)).text();
  const options = page.matchAll(/<label class="option">.*?value="([^"]+)".*?<strong>([^<]+)<\/strong>/gs);
  return Object.fromEntries([...options].map(([, handle, price]) => [handle!, price!]));
}

const FULL = { standard: "$6.00", express: "$12.00", local: "$9.00", "pick-up": "$2.00" };

test.each([
  ["no more than shipping", {}, {}],
  ["local delivery as well", { localDelivery: true }, { local: "Free" }],
  ["pick-up as well", { pickUp: true }, { "pick-up": "Free" }],
  ["both as well", { localDelivery: true, pickUp: true }, { local: "Free", "pick-up": "Free" }],
])("a goal for %s makes just that free", async (_what, goal, free) => {
  const { shopper } = await openCart(goal);
  expect(await pricesAt(shopper)).toEqual({ ...FULL, standard: "Free", ...free });
});

test("a goal that is not reached makes nothing free", async () => {
  const { shopper } = await openCart({ localDelivery: true, pickUp: true }, "US", 3);
  expect(await pricesAt(shopper)).toEqual(FULL);
});

test("a goal for the United States makes no shipping to Australia free", async () => {
  const goal = { countries: ["US"], localDelivery: true, pickUp: true };
  const atHome = await openCart(goal);
  expect(await pricesAt(atHome.shopper)).toMatchObject({ standard: "Free" });
  const abroad = await openCart(goal, "AU");
  // Another country is offered neither local delivery nor pick-up.
  expect(await pricesAt(abroad.shopper)).toEqual({ standard: "$6.00", express: "$12.00" });
  await abroad.shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  expect([...abroad.shop.orders.values()]).toMatchObject([{ shippingMinor: 600 }]);
  expect([...abroad.shop.orders.values()][0]).not.toHaveProperty("shippingDiscounts");
});

test("pick-up that a goal makes free is paid for with nothing", async () => {
  const { shop, shopper } = await openCart({ pickUp: true });
  await shopper.submit("/checkout", { pay: "1", delivery: "pick-up" });
  expect([...shop.orders.values()]).toMatchObject([
    { shippingMinor: 200, shippingDiscounts: [{ amountMinor: 200, title: "Tsuide" }] },
  ]);
});

test("the delivery methods have their names in Japanese", async () => {
  const { shopper } = await openCart({ pickUp: true });
  const page = await (await shopper.ask("/ja/checkout")).text();
  for (const text of ["通常配送", "お急ぎ便", "ローカルデリバリー", "店舗受取"]) expect(page).toContain(text);
});
