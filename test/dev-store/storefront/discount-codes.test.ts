import { expect, test } from "vitest";
import { buildNativeDiscount, setNativeDiscounts } from "../shop/native-discounts.ts";
import type { DevNativeDiscount } from "../shop/state.ts";
import { standardEventData } from "../theme/engine/standard-event-data.ts";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, publishOffer, Shopper } from "./sample-shop.ts";

/** At 19.95 and 12.50; together the app's set takes 10 % off both, and delivery for 6.00 is free from 50 dollars. */
const TEA = 40010;
const CUP = 40020;
const CUP_PRODUCT = "8002";
const GIFT_CARD = 40060;

interface Cart {
  items: {
    id: number;
    final_line_price: number;
    line_level_discount_allocations: { amount: number; discount_application: { type: string; title: string } }[];
  }[];
  total_price: number;
  total_discount: number;
  discount_codes: { code: string; applicable: boolean }[];
  cart_level_discount_applications: { type: string; title: string; total_allocated_amount: number }[];
}

const EVERYTHING = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
const code = (id: string, name: string, given: Partial<DevNativeDiscount> = {}) =>
  buildNativeDiscount(id, { code: name, combinesWith: EVERYTHING, ...given });

async function openShop(discounts: DevNativeDiscount[], items: object[] = [{ id: TEA }, { id: CUP }]) {
  const shop = buildShop();
  publishOffer(shop);
  setNativeDiscounts(shop, discounts);
  const context = buildContext(shop);
  const shopper = new Shopper((request) => handleStorefront(request, context));
  await shopper.json("/cart/add.js", { items });
  const enter = (discount: string) => shopper.json<Cart>("/cart/update.js", { discount });
  return { shop, shopper, enter };
}

const lineOf = (cart: Cart, id: number) => {
  const { final_line_price, line_level_discount_allocations: given } = cart.items.find((line) => line.id === id)!;
  return [final_line_price, ...given.map(({ discount_application: { title } }) => title)];
};

test("takes a code off the order after the set's discount, where each allows the other", async () => {
  const { shopper, enter } = await openShop([code("1", "TEN")]);
  const cart = await enter("ten");
  expect(lineOf(cart, TEA)).toEqual([1795, "Bought together"]);
  expect(lineOf(cart, CUP)).toEqual([1125, "Bought together"]);
  expect(cart).toMatchObject({
    total_price: 2628,
    discount_codes: [{ code: "ten", applicable: true }],
    cart_level_discount_applications: [{ type: "discount_code", title: "TEN", total_allocated_amount: 292 }],
  });
  expect(await shopper.json("/cart/update.js", { discount: "" })).toMatchObject({
    total_price: 2920,
    discount_codes: [],
  });
});

test("applies whichever saves more where one does not allow the other", async () => {
  const combinesWith = { ...EVERYTHING, productDiscounts: false };
  const { enter } = await openShop([
    code("1", "TEN", { combinesWith }),
    code("2", "HALF", { combinesWith, off: { percent: 50 } }),
  ]);
  const small = await enter("TEN");
  // Ten percent of the order save as much as the set does: the automatic discount stays.
  expect([small.total_price, small.discount_codes]).toEqual([2920, [{ code: "TEN", applicable: false }]]);
  const large = await enter("HALF");
  expect([large.total_price, large.discount_codes]).toEqual([1622, [{ code: "HALF", applicable: true }]]);
  expect(lineOf(large, TEA)).toEqual([1995]);
  const both = await enter("TEN,HALF");
  expect(both.discount_codes).toEqual([
    { code: "TEN", applicable: true },
    { code: "HALF", applicable: true },
  ]);
});

test("gives each line the larger of two discounts on products", async () => {
  const { enter } = await openShop([code("1", "CUPS", { off: { percent: 20 }, products: [CUP_PRODUCT] })]);
  const cart = await enter("CUPS");
  expect(lineOf(cart, TEA)).toEqual([1795, "Bought together"]);
  expect(lineOf(cart, CUP)).toEqual([1000, "CUPS"]);
});

test("never makes a cart cost less than nothing, and leaves gift cards alone", async () => {
  const given = { off: { minor: 100_000, each: false } };
  const { enter } = await openShop([code("1", "ALL", given), code("2", "MORE", given)]);
  expect(await enter("ALL,MORE")).toMatchObject({ total_price: 0, total_discount: 3245 });
  const cards = await openShop([code("1", "ALL", given)], [{ id: GIFT_CARD }]);
  expect(await cards.enter("ALL")).toMatchObject({
    total_price: 2500,
    discount_codes: [{ code: "ALL", applicable: false }],
  });
});

test("converts the merchant's amounts to the shopper's currency", async () => {
  const { shopper, enter } = await openShop([code("1", "TWO", { off: { minor: 200, each: false } })], [{ id: CUP }]);
  shopper.cookies.set("localization", "JP");
  expect(await enter("TWO")).toMatchObject({ total_price: 157_500 });
});

test("takes five codes and one for shipping", async () => {
  const names = ["A", "B", "C", "D", "E", "F"];
  const { enter } = await openShop([
    ...names.map((name, index) => code(String(index), name, { off: { percent: 1 } })),
    ...["POST", "MAIL"].map((name, index) => code(`9${index}`, name, { off: "free-shipping" })),
  ]);
  const { discount_codes: codes } = await enter([...names, "POST", "MAIL"].join());
  const applied = codes.filter(({ applicable }) => applicable).map((each) => each.code);
  expect(applied).toEqual(["A", "B", "C", "D", "E", "POST"]);
});

test("enters a code by a link, by a permalink and by Shopify's own action", async () => {
  const { shopper } = await openShop([code("1", "TEN")]);
  const link = await shopper.ask("/discount/TEN?redirect=/products/tea-cup");
  expect([link.status, link.headers.get("location")]).toEqual([302, "/products/tea-cup"]);
  expect(await shopper.json("/cart.js")).toMatchObject({ discount_codes: [{ code: "TEN", applicable: true }] });
  const action = await shopper.json("/__standard-actions", { discountCodes: ["TEN", "NONE"] });
  expect(action).toMatchObject({
    cart: {
      discountCodes: [
        { code: "TEN", applicable: true },
        { code: "NONE", applicable: false },
      ],
    },
  });
  await shopper.ask(`/cart/${CUP}:1?discount=TEN`);
  expect(await shopper.json("/cart.js")).toMatchObject({ total_price: 1125, item_count: 1 });
});

test("themes are given what became of codes with the view of a cart", async () => {
  const { shop, shopper, enter } = await openShop([code("1", "TEN")]);
  await enter("TEN,NONE");
  const cart = await shopper.json<Cart>("/cart.js");
  const { discountCodes } = (
    JSON.parse(standardEventData(cart, "view", undefined, shop.currency)) as { cart: { discountCodes: object[] } }
  ).cart;
  expect(discountCodes).toEqual(cart.discount_codes);
});

const summaryOf = (page: string) => page.slice(page.indexOf('<div id="summary"'));
const alertOf = (page: string) => /role="alert">([^<]*)</.exec(page)?.[1];

test("says at checkout why a code is not taken, and keeps none of these", async () => {
  const { shopper } = await openShop([
    code("1", "TEN", { combinesWith: { ...EVERYTHING, productDiscounts: false } }),
    code("2", "DEAR", { minimum: { subtotalMinor: 10_000 } }),
    code("3", "MANY", { minimum: { quantity: 3 }, products: [CUP_PRODUCT] }),
    code("4", "OVER", { endsAt: 1 }),
    code("5", "FIVE", { off: { percent: 5 } }),
  ]);
  const answers: Record<string, string> = {
    TEN: "TEN couldn’t be used with your existing discounts.",
    DEAR: "DEAR cannot be used for this order: the order does not meet its conditions.",
    MANY: "MANY cannot be used for this order: the order does not meet its conditions.",
    OVER: "OVER is not a valid discount code.",
    "<NO>": "&#60;NO&#62; is not a valid discount code.",
  };
  for (const [entered, said] of Object.entries(answers)) {
    const response = await shopper.submit("/checkout", { apply: "1", code: entered });
    expect([response.status, alertOf(await response.text())]).toEqual([422, said]);
  }
  expect(await shopper.json("/cart.js")).toMatchObject({ discount_codes: [], total_price: 2920 });
  const japanese = await shopper.submit("/ja/checkout", { apply: "1", code: "TEN" });
  expect(alertOf(await japanese.text())).toBe("「TEN」は、適用中のディスカウントと併用できません。");
  const taken = await shopper.submit("/checkout", { apply: "1", code: "five" });
  expect(summaryOf(await taken.text())).toContain('data-code="five" data-state="applied"');
  const without = await shopper.submit("/checkout", { remove: "five" });
  expect(summaryOf(await without.text())).not.toContain("data-code");
});

test("says at checkout what became of a code that a link entered", async () => {
  const { shopper } = await openShop([code("1", "TEN", { combinesWith: { ...EVERYTHING, productDiscounts: false } })]);
  await shopper.ask("/discount/TEN");
  const page = summaryOf(await (await shopper.ask("/checkout")).text());
  expect(page).toContain("TEN couldn’t be used with your existing discounts.");
});

test("compares free shipping with what it does not combine with, delivery included", async () => {
  const alone = { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false };
  const post = code("1", "POST", { off: "free-shipping", combinesWith: alone });
  const { shopper, enter } = await openShop([post]);
  // Free shipping saves 6.00, the set 3.25.
  expect(await enter("POST")).toMatchObject({
    total_price: 3245,
    discount_codes: [{ code: "POST", applicable: true }],
  });
  const page = await (await shopper.ask("/checkout")).text();
  expect(page).toContain("<span data-total>$32.45</span>");
  // From 50 dollars the app's own discount makes delivery free beside the set.
  await shopper.json("/cart/update.js", { updates: { [TEA]: 2, [CUP]: 2 } });
  expect(await shopper.json("/cart.js")).toMatchObject({ discount_codes: [{ code: "POST", applicable: false }] });
});

test("orders say what each discount took off, by its title or by its code", async () => {
  const { shop, shopper, enter } = await openShop([
    code("1", "TEN"),
    code("2", "POST", { off: "free-shipping" }),
    buildNativeDiscount("3", { ...{ title: "Two off", combinesWith: EVERYTHING }, off: { minor: 200, each: false } }),
  ]);
  await enter("TEN,POST");
  await shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  const [order] = [...shop.orders.values()];
  expect(order!.lines.map(({ discounts }) => discounts)).toEqual([
    [
      { title: "Bought together", amountMinor: 125, paidMinor: 125 },
      { title: "Two off", amountMinor: 77, paidMinor: 77, ofOrder: true },
      { title: "TEN", code: "TEN", amountMinor: 113, paidMinor: 113, ofOrder: true },
    ],
    [
      { title: "Bought together", amountMinor: 200, paidMinor: 200 },
      { title: "Two off", amountMinor: 123, paidMinor: 123, ofOrder: true },
      { title: "TEN", code: "TEN", amountMinor: 179, paidMinor: 179, ofOrder: true },
    ],
  ]);
  expect(order!.shippingDiscounts).toEqual([{ title: "POST", code: "POST", amountMinor: 600, paidMinor: 600 }]);
});
