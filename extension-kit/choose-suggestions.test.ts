import fc from "fast-check";
import { expect, test } from "vitest";
import type { CartLine } from "./cart.ts";
import { chooseSuggestions, distinct, unlikeTheOrder } from "./choose-suggestions.ts";
import { isNearIdentical, listedProducts, parseProductOffer, rankForCart } from "./domain.ts";
import type { SuggestedProduct } from "./product-details.ts";

/** Product numbers with what they are called: of each kind several makes. */
const CATALOGUE = new Map(
  ["Cup", "Strainer", "Tray", "Scoop"].flatMap((kind, k) =>
    ["Moss", "Indigo", "Cherry"].map((make, m) => [
      String(10 * k + m),
      { title: `${make} ${kind}`, productType: "Teaware" },
    ]),
  ) as [string, { title: string; productType: string }][],
);
const numbers = [...CATALOGUE.keys()];

const line = (product: string): CartLine => ({
  quantity: 1,
  cost: { totalAmount: { amount: 50, currencyCode: "USD" } },
  merchandise: {
    title: CATALOGUE.get(product)!.title,
    requiresShipping: true,
    product: { id: `gid://shopify/Product/${product}`, productType: "Teaware" },
  },
});
const suggested = (product: string, amountMinor = 500): SuggestedProduct => ({
  ...{ product, weight: 1, offerId: "bt-1-1", discountBasisPoints: 0, again: false },
  ...CATALOGUE.get(product)!,
  ...{ requiresShipping: true, url: null, handle: product, imageUrl: null, variantId: product, variantTitle: null },
  price: { amountMinor, currency: "USD" },
});

const SHIPS = { id: "goal-1", fromMinor: 9_000, gap: 25, kind: "ships" } as const;

/** Lists of companions for the products of a cart. */
const carts = fc.dictionary(
  fc.constantFrom(...numbers),
  fc.uniqueArray(fc.constantFrom(...numbers), { minLength: 1, maxLength: 8 }),
  { minKeys: 1, maxKeys: 4 },
);
const offersOf = (cart: Record<string, string[]>) =>
  new Map(
    Object.entries(cart).map(([product, listed]) => [
      product,
      parseProductOffer({
        version: 1,
        id: `bt-${product}`,
        discountBasisPoints: 1000,
        set: 3,
        companions: listed.map((companion, place) => ({ product: companion, weight: 1 / (place + 1) })),
      }),
    ]),
  );

test("shows nothing that is in the cart, and no two products that are one thing in different makes", () =>
  fc.assert(
    fc.property(carts, fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: null }), (cart, gapMinor) => {
      const offers = offersOf(cart);
      const lines = Object.keys(cart).map(line);
      const found = rankForCart(offers).map((suggestion) => ({ ...suggested(suggestion.product), ...suggestion }));
      const amount = (amountMinor: number) => ({ amountMinor, currency: "USD" });
      const goal =
        gapMinor === null
          ? null
          : {
              ...{ code: "progress" as const, rewards: [SHIPS], reached: [false], next: SHIPS, percent: 1 },
              remaining: amount(gapMinor),
            };
      const shown = chooseSuggestions(found, { lines, offers, goal, shareBasisPoints: 2_500 });
      for (const [place, one] of shown.entries()) {
        expect(Object.keys(cart)).not.toContain(one.product);
        for (const other of shown.slice(place + 1)) expect(isNearIdentical(one, other)).toBe(false);
        for (const [product, offer] of offers) {
          if (listedProducts(offer!).includes(one.product)) continue;
          expect(isNearIdentical(one, CATALOGUE.get(product)!)).toBe(false);
        }
      }
    }),
  ));

test("lets another make of what is in the cart through only where that product's own offer lists it", () => {
  const order = (listed: string[]) => ({ lines: [line("0")], offers: offersOf({ "0": listed }) });
  expect(unlikeTheOrder([suggested("1")], order(["1"]))).toHaveLength(1);
  expect(unlikeTheOrder([suggested("1")], order(["20"]))).toEqual([]);
});

test("keeps the first of each kind, and three at most", () => {
  const found = ["0", "1", "10", "11", "20", "30"].map((product) => suggested(product));
  expect(distinct(found).map(({ product }) => product)).toEqual(["0", "10", "20"]);
});
