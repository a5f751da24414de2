import { expect, test } from "vitest";
import { extension, openCheckout, render, suggestions, text } from "./open-checkout.ts";
import { line, metafield } from "./published.ts";

openCheckout();

const TENTH = { kind: "store-credit", basisPoints: 1_000, waitDays: 14 };
/** A set of a product that earns store credit. */
const set = (product: number, companions: number[], setReward: object = TENTH, rest: object = {}) =>
  metafield("product", product, "offers", {
    version: 2,
    offers: [
      {
        ...{
          type: "bought-together",
          id: `bt-1-${product}`,
          discountBasisPoints: 0,
          set: companions.length,
          setReward,
        },
        companions: companions.map((companion) => ({ product: String(companion), weight: 0.5 })),
        ...rest,
      },
    ],
  });
const publishes = (...all: ReturnType<typeof metafield>[]) => (extension.shopify.appMetafields.value = all);

test("says what the cart's whole sets earn, each offer once by the set that costs most", async () => {
  publishes(set(1, [2]), set(2, [1]));
  await render();
  expect(text()).toBe("credit $10.00");
  expect(suggestions()).toEqual([]);
});

test("an amount is at most what the set costs", async () => {
  publishes(set(1, [2], { kind: "store-credit", amounts: { USD: 20_000 }, waitDays: 0 }));
  await render();
  expect(text()).toBe("credit $100.00");
});

test("of several units one counts", async () => {
  publishes(set(1, [2]));
  extension.shopify.lines.value = [{ ...line(1, 60), quantity: 3 }, line(2, 40)];
  await render();
  expect(text()).toBe("credit $6.00");
});

test.each([
  ["a product of the set is missing", [set(1, [9])]],
  ["the currency has no amount", [set(1, [2], { kind: "store-credit", amounts: { JPY: 500 }, waitDays: 0 })]],
  ["it is for some shoppers", [set(1, [2], TENTH, { tests: "cUS" })]],
  ["the set is at a lower price instead", [set(1, [2], { kind: "amount-off", amounts: { USD: 500 } })]],
])("says nothing where %s", async (_, published) => {
  publishes(...published);
  await render();
  expect(text()).toBe("");
});
