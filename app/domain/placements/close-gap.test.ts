import fc from "fast-check";
import { expect, test } from "vitest";
import { listedProducts, type PublishedOffer } from "../offers/types/bought-together/published.ts";
import { boughtTogetherRules } from "../offers/types/bought-together/rules.ts";
import { priceCart } from "../pricing/price-cart.ts";
import { discountedPriceMinor } from "../pricing/price.ts";
import { encodeProductRules } from "../pricing/rules.ts";
import { addedToCart, closeGap, type Gap, GAP_CANDIDATES } from "./close-gap.ts";
import { rankForCart } from "./suggest-for-cart.ts";

/** Candidates that add what they cost, named by their places. */
const at = (...prices: number[]) =>
  prices.map((chargedMinor, place) => ({
    ...{ place, product: String(place), chargedMinor, addedMinor: chargedMinor },
    lowers: [] as string[],
  }));
const gap = (given: Partial<Gap> = {}): Gap => ({
  ...{ gapMinor: 1_000, cartMinor: 4_000, shareBasisPoints: 2_500, most: 2 },
  ...given,
});
const placesOf = (found: readonly { place: number }[]) => found.map(({ place }) => place);

test("is the cheapest product that covers the gap", () =>
  expect(placesOf(closeGap(at(1_400, 1_050, 400), gap()))).toEqual([1]));

test("is a better companion where a worse one saves little", () => {
  // 50 less is 5 % of the gap, two places 6 %, three places 9 %.
  expect(placesOf(closeGap(at(1_050, 400, 1_000), gap()))).toEqual([0]);
  expect(placesOf(closeGap(at(1_100, 400, 1_030), gap()))).toEqual([2]);
});

test("is two products where one would be much dearer, and one where two save little", () => {
  expect(placesOf(closeGap(at(500, 500, 1_400), gap()))).toEqual([0, 1]);
  expect(placesOf(closeGap(at(1_100, 500, 500), gap()))).toEqual([0]);
  expect(placesOf(closeGap(at(500, 500, 1_400), gap({ most: 1 })))).toEqual([2]);
});

test("is nothing much dearer than the gap, and nothing dearer than the cart", () => {
  expect(placesOf(closeGap(at(2_000), gap()))).toEqual([0]);
  expect(closeGap(at(2_001), gap())).toEqual([]);
  expect(placesOf(closeGap(at(900), gap({ gapMinor: 900, cartMinor: 900 })))).toEqual([0]);
  expect(closeGap(at(901), gap({ gapMinor: 900, cartMinor: 900 }))).toEqual([]);
});

test("takes the first of equal ones", () => {
  expect(placesOf(closeGap(at(1_060, 1_030, 1_000), gap()))).toEqual([0]);
  expect(placesOf(closeGap(at(400, 600, 600), gap()))).toEqual([0, 1]);
});

test("is the best of all sets, weighed as documented, in yen, cents and fils", () => {
  const price = fc.integer({ min: 1, max: 3_000 });
  const cart = fc.record({
    candidates: fc.array(
      fc.record({
        ...{ chargedMinor: price, lowered: fc.integer({ min: 0, max: 800 }) },
        lowers: fc.array(fc.nat(GAP_CANDIDATES).map(String), { maxLength: 2 }),
      }),
      { maxLength: GAP_CANDIDATES + 3 },
    ),
    gapMinor: fc.integer({ min: 1, max: 4_000 }),
    cartMinor: fc.integer({ min: 1, max: 8_000 }),
    shareBasisPoints: fc.integer({ min: 0, max: 100 }).map((percent) => percent * 100),
    most: fc.integer({ min: 1, max: 3 }),
    scale: fc.constantFrom(1, 100, 1_000),
  });
  fc.assert(
    fc.property(cart, ({ candidates, scale, ...given }) => {
      const priced = candidates.map(({ chargedMinor, lowered, lowers }, place) => ({
        ...{ place, product: String(place), lowers: lowers.filter((other) => other !== String(place)) },
        ...{ chargedMinor: chargedMinor * scale, addedMinor: (chargedMinor - lowered) * scale },
      }));
      const scaled = { ...given, gapMinor: given.gapMinor * scale, cartMinor: given.cartMinor * scale };
      expect(placesOf(closeGap(priced, scaled))).toEqual(placesOf(bestOfAll(priced, scaled)));
    }),
    { numRuns: 500 },
  );
});

type Priced = ReturnType<typeof at>[number];

/** The same by the words of the documentation: every subset, and a sort. */
function bestOfAll(candidates: readonly Priced[], { gapMinor, cartMinor, shareBasisPoints, most }: Gap): Priced[] {
  const open = candidates.filter(({ addedMinor }) => addedMinor > 0).slice(0, 12);
  const sets = Array.from({ length: 2 ** open.length }, (_, bits) => open.filter((_, place) => (bits >> place) & 1))
    .filter((set) => set.length >= 1 && set.length <= most)
    .filter((set) => !set.some(({ lowers }) => set.some(({ product }) => lowers.includes(product))))
    .map((set) => {
      const places = set.map((one) => open.indexOf(one));
      const price = set.reduce((sum, { chargedMinor }) => sum + chargedMinor, 0);
      const weight = places.reduce((sum, place) => sum + place, 0) * 0.03 + (set.length - 1) * 0.1;
      const added = set.reduce((sum, { addedMinor }) => sum + addedMinor, 0);
      return { set, places, price, added, weighed: price + gapMinor * weight };
    });
  const beyond = Math.floor((cartMinor * shareBasisPoints + 5_000) / 10_000);
  const sensible = sets.filter(
    ({ price, added }) => added >= gapMinor && price <= gapMinor + beyond && price <= cartMinor,
  );
  sensible.sort((a, b) => {
    const nearly = Math.abs(a.weighed - b.weighed) < 1e-6 ? 0 : a.weighed - b.weighed;
    const inList = a.places.map((place, index) => place - b.places[index]!).find((difference) => difference !== 0);
    return nearly || a.set.length - b.set.length || inList || 0;
  });
  return sensible[0]?.set ?? [];
}

const offer = (given: Partial<PublishedOffer> = {}): PublishedOffer => ({
  ...{ type: "bought-together", id: "bt-1", discountBasisPoints: 1_000, set: 3 },
  companions: [{ product: "2", weight: 0.5 }],
  ...given,
});
const listsIn = (of: PublishedOffer | null, product: string) =>
  of !== null && listedProducts(of).includes(product) ? of.discountBasisPoints : 0;
/** What a product of 30.00 adds to a line of 46.80, by the offers of both. */
const added = (of: PublishedOffer | null, product = "2", own: PublishedOffer | null = null) =>
  addedToCart(
    { product, priceMinor: 3_000, chargedMinor: discountedPriceMinor(3_000, listsIn(of, product)) },
    {
      lines: [{ product: "1", totalMinor: 4_680 }],
      offers: new Map([
        ["1", of],
        [product, own],
      ]),
    },
  );

test("a product adds its price, less what its discount takes off the cart", () => {
  expect(added(null)).toBe(3_000);
  expect(added(offer(), "3")).toBe(3_000);
  expect(added(offer())).toBe(2_700 - 468);
});

test("its own offer lowers it and the cart as well, and of two the larger discount counts", () => {
  const own = offer({ discountBasisPoints: 2_000, companions: [{ product: "1", weight: 0.5 }] });
  expect(added(null, "2", own)).toBe(2_400 - 936);
  expect(added(offer(), "2", own)).toBe(2_400 - 936);
});

test("two products that make each other cheaper are not proposed together", () => {
  const candidates = at(500, 600, 700).map((one) => (one.place === 0 ? { ...one, lowers: ["1"] } : one));
  expect(placesOf(closeGap(candidates, gap()))).toEqual([0, 2]);
});

test("a product of a set with a price of its own adds nothing for certain; free shipping of a set lowers no price", () => {
  const amounts = { USD: 500 };
  expect(added(offer({ discountBasisPoints: 0, setReward: { kind: "amount-off", amounts } }))).toBe(0);
  expect(added(offer({ discountBasisPoints: 0, setReward: { kind: "free-shipping", countries: null } }))).toBe(3_000);
});

const PRODUCTS = ["1", "2", "3", "4"] as const;

test("a product adds at least what is said of it, by what the discount Function takes off", () => {
  const carried = fc.option(
    fc.record({
      discountBasisPoints: fc.constantFrom(0, 500, 1_000, 3_333),
      companions: fc.subarray([...PRODUCTS], { minLength: 1 }),
    }),
  );
  const line = fc.record({
    ...{ product: fc.constantFrom(...PRODUCTS), quantity: fc.integer({ min: 1, max: 3 }) },
    ...{ unitPriceMinor: fc.integer({ min: 1, max: 2_000 }), subscription: fc.boolean() },
  });
  const prices = fc.integer({ min: 1, max: 2_000 });
  fc.assert(
    fc.property(
      fc.tuple(...PRODUCTS.map(() => carried)),
      fc.array(line, { maxLength: 4 }),
      prices,
      (all, cart, price) => {
        const offers = new Map(
          PRODUCTS.map((product, place) => {
            const { discountBasisPoints = 0, companions = [] } = all[place] ?? {};
            const listed = companions
              .filter((other) => other !== product)
              .map((other) => ({ product: other, weight: 0.5 }));
            return [product, listed.length === 0 ? null : offer({ discountBasisPoints, companions: listed })] as const;
          }),
        );
        const rulesOf = (product: (typeof PRODUCTS)[number]) => {
          const own = offers.get(product) ?? null;
          return own && encodeProductRules([boughtTogetherRules(own)]);
        };
        const totalsOf = (lines: typeof cart) => {
          const priced = lines.map((one, place) => ({
            id: `${place}`,
            variant: null,
            rules: rulesOf(one.product),
            ...one,
          }));
          const { discounts } = priceCart({ currency: "USD", shopRules: null, lines: priced });
          return lines.map(({ quantity, unitPriceMinor }, place) =>
            discounts
              .filter(({ lineId }) => lineId === `${place}`)
              .reduce((total, off) => total - off.quantity * off.amountOffMinor, quantity * unitPriceMinor),
          );
        };
        const sum = (lines: typeof cart) => totalsOf(lines).reduce((total, minor) => total + minor, 0);
        for (const { product, discountBasisPoints } of rankForCart(
          new Map(cart.map((one) => [one.product, offers.get(one.product)!])),
        )) {
          const said = addedToCart(
            { product, priceMinor: price, chargedMinor: discountedPriceMinor(price, discountBasisPoints) },
            {
              lines: totalsOf(cart).map((totalMinor, place) => ({ product: cart[place]!.product, totalMinor })),
              offers,
            },
          );
          const bought = { product: product as (typeof PRODUCTS)[number], quantity: 1, unitPriceMinor: price };
          expect(sum([...cart, { ...bought, subscription: false }]) - sum(cart)).toBeGreaterThanOrEqual(said);
        }
      },
    ),
    { numRuns: 500 },
  );
});
