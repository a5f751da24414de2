import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOfferToReplace } from "./material-change.ts";
import type { PublishedOffer } from "./published.ts";
import { LISTED_COMPANIONS, OFFER_COMPANIONS } from "../../../shoppers/list-lengths.ts";

const WEIGHTS = [0.5, 0.4, 0.3, 0.2, 0.18, 0.16, 0.14, 0.12, 0.06, 0.05, 0.04, 0.03];

function offer(
  weights: readonly number[] = WEIGHTS,
  change: Partial<PublishedOffer> = {},
  products: readonly number[] = weights.map((_, n) => n + 1),
): PublishedOffer {
  const companions = weights.map((weight, n) => ({ product: String(products[n]), weight }));
  return { type: "bought-together", id: "bt-99", discountBasisPoints: 500, set: 3, companions, ...change };
}
const any = () => true;
const toReplace = (before: PublishedOffer, after: PublishedOffer) => isOfferToReplace(before, after, any);
const swapped = (a: number, b: number) => WEIGHTS.map((_, n) => (n === a ? b + 1 : n === b ? a + 1 : n + 1));

test("leaves an offer whose weights drifted by a few percent as it is", () => {
  expect(toReplace(offer(), offer(WEIGHTS.map((weight, n) => weight * (n % 2 === 0 ? 1.08 : 0.93))))).toBe(false);
});

test("replaces it once a listed weight moved by more than a tenth, up or down", () => {
  for (const factor of [0.85, 1.15]) {
    expect(toReplace(offer(), offer(WEIGHTS.map((weight, n) => (n === 5 ? weight * factor : weight))))).toBe(true);
  }
  expect(toReplace(offer([0.5, 0]), offer([0.5, 0.02]))).toBe(true);
});

test("replaces it where what the set shows changes or stands in another order", () => {
  expect(toReplace(offer(), offer(WEIGHTS, {}, swapped(0, 1)))).toBe(true);
  expect(toReplace(offer(), offer(WEIGHTS, {}, swapped(2, 8)))).toBe(true);
});

test("replaces it where another product takes part in its discount, not where two of those change places", () => {
  expect(toReplace(offer(), offer(WEIGHTS, {}, swapped(7, 8)))).toBe(true);
  const even = WEIGHTS.map((weight, n) => (n === 5 ? 0.15 : n === 6 ? 0.15 : weight));
  expect(toReplace(offer(even), offer(even, {}, swapped(5, 6)))).toBe(false);
});

test("lets the tail come and go as long as it weighs little, and no longer", () => {
  expect(toReplace(offer(), offer(WEIGHTS.slice(0, -1)))).toBe(false);
  expect(toReplace(offer(), offer(WEIGHTS.slice(0, LISTED_COMPANIONS)))).toBe(false);
  const heavyTail = [...WEIGHTS.slice(0, LISTED_COMPANIONS), 0.12, 0.12, 0.12, 0.12];
  expect(toReplace(offer(heavyTail), offer(heavyTail.slice(0, LISTED_COMPANIONS)))).toBe(true);
});

test("replaces it where its discount, its set or its kind changes", () => {
  expect(toReplace(offer(), offer(WEIGHTS, { discountBasisPoints: 1000 }))).toBe(true);
  expect(toReplace(offer(), offer(WEIGHTS, { set: 2 }))).toBe(true);
  expect(toReplace(offer(), offer(WEIGHTS, { similar: true }))).toBe(true);
  expect(toReplace(offer(WEIGHTS, { similar: true }), offer(WEIGHTS, { viewed: true }))).toBe(true);
});

test("replaces it at once where it holds what must not be offered any more, even far down", () => {
  const gone = offer(WEIGHTS.slice(0, -1));
  expect(isOfferToReplace(offer(), gone, (product) => product !== "12")).toBe(true);
});

describe("a segment's list", () => {
  const withSegment = (weights: readonly number[], products = weights.map((_, n) => n + 40), is = "EUR") =>
    offer(WEIGHTS, {
      segments: [
        { by: "market", is, companions: weights.map((weight, n) => ({ product: String(products[n]), weight })) },
      ],
    });
  const own = [0.5, 0.4, 0.3, 0.2];

  test("that comes, goes or is another segment's replaces the offer", () => {
    expect(toReplace(offer(), withSegment(own))).toBe(true);
    expect(toReplace(withSegment(own), offer())).toBe(true);
    expect(toReplace(withSegment(own), withSegment(own, undefined, "JPY"))).toBe(true);
  });

  test("replaces it where others are shown or take part, or a weight moved much, not where weights drift", () => {
    expect(toReplace(withSegment(own), withSegment(own.map((weight) => weight * 1.05)))).toBe(false);
    expect(toReplace(withSegment(own), withSegment([0.5, 0.4, 0.3, 0.1]))).toBe(true);
    expect(toReplace(withSegment(own), withSegment(own, [41, 40, 42, 43]))).toBe(true);
    expect(toReplace(withSegment(own), withSegment(own, [40, 41, 42, 50]))).toBe(true);
  });

  test("replaces it at once where it holds what must not be offered any more", () => {
    const both = withSegment(own);
    expect(isOfferToReplace(both, both, (product) => product !== "43")).toBe(true);
  });
});

describe("numbers of orders that shoppers see", () => {
  const withOrders = (orders: (number | undefined)[], ordersUntil?: number) => {
    const plain = offer();
    const companions = plain.companions.map((companion, n) =>
      orders[n] === undefined ? companion : { ...companion, orders: orders[n] },
    );
    return { ...plain, companions, ...(ordersUntil === undefined ? {} : { ordersUntil }) };
  };

  test("wait for the night, with the end of their days", () => {
    expect(toReplace(withOrders([100, 40], 1000), withOrders([110, 35], 90_000))).toBe(false);
    expect(toReplace(withOrders([100], 1000), withOrders([100, 12], 90_000))).toBe(false);
  });

  test("replace an offer where one is no longer shown, or moved by more than a quarter", () => {
    expect(toReplace(withOrders([100, 12], 1000), withOrders([100], 2000))).toBe(true);
    expect(toReplace(withOrders([100], 1000), withOrders([74], 2000))).toBe(true);
    expect(toReplace(withOrders([100], 1000), withOrders([140], 2000))).toBe(true);
  });

  test("replace an offer where they are shown for the first time, or no longer", () => {
    expect(toReplace(withOrders([]), withOrders([100], 1000))).toBe(true);
    expect(toReplace(withOrders([100], 1000), withOrders([]))).toBe(true);
  });
});

test("an offer is never replaced by itself, and always by one that shows other products", () => {
  const companions = fc
    .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: OFFER_COMPANIONS })
    .chain((products) =>
      fc.tuple(
        fc.constant(products),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
          minLength: products.length,
          maxLength: products.length,
        }),
      ),
    );
  fc.assert(
    fc.property(companions, companions, ([products, weights], [others, theirs]) => {
      const [one, two] = [offer(weights, {}, products), offer(theirs, {}, others)];
      expect(toReplace(one, one)).toBe(false);
      if (String(products[0]) !== String(others[0])) expect(toReplace(one, two)).toBe(true);
    }),
  );
});
