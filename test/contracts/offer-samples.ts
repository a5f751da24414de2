import fc from "fast-check";
import { bareNumber, gid, type ProductId } from "../../app/domain/ids.ts";
import type { OfferContent } from "../../app/domain/offers/offer.ts";
import type { OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import { contentShape } from "../../app/domain/offers/offer-types.ts";
import type { ChosenOffer } from "../../app/domain/offers/types/bought-together/chosen-offer.ts";
import type { MadeBundle } from "../../app/domain/offers/types/fixed-bundle/published.ts";
import type { UpgradeChoice } from "../../app/domain/offers/types/upgrade/listed-upgrades.ts";

/** What the contract suite needs to know of a type: offers of all kinds, and what is chosen for a product, if anything is. */
interface OfferSamples {
  /** What is special about offers of the type; the rest is that of every type. */
  readonly content: fc.Arbitrary<Partial<OfferContent>>;
  /** The offer of the type with the most in it. */
  readonly largest: Partial<OfferContent>;
  /** What is chosen for a product among others; null for a type that needs no choice. */
  readonly chosen:
    ((product: ProductId, others: readonly ProductId[]) => ChosenOffer | MadeBundle | UpgradeChoice) | null;
}

const basisPoints = fc.integer({ min: 1, max: 5_000 });
const amounts = fc
  .record({ USD: fc.integer({ min: 1, max: 20_000 }), JPY: fc.integer({ min: 1, max: 20_000 }) })
  .map((all) => all as Record<string, number>);
const percent = (value: number) => ({ kind: "percent", basisPoints: value }) as const;

const creditTerms = {
  waitDays: fc.integer({ min: 0, max: 45 }),
  expiryDays: fc.option(fc.integer({ min: 1, max: 3_650 })),
  budget: amounts,
};

/** Rewards of one kind that never give less from tier to tier. */
const rewards = fc.oneof(
  fc.array(basisPoints, { minLength: 1, maxLength: 6 }).map((all) => all.toSorted((a, b) => a - b).map(percent)),
  fc
    .array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 6 })
    .map((all) =>
      all.toSorted((a, b) => a - b).map((USD) => ({ kind: "amount-off", amounts: { USD, JPY: USD } }) as const),
    ),
  fc
    .array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 6 })
    .map((all) =>
      all.toSorted((a, b) => b - a).map((USD) => ({ kind: "fixed-price", amounts: { USD, JPY: USD } }) as const),
    ),
);
/** Rising tiers of a goal, each with more than the one before it. */
const goalTiers = fc
  .array(
    fc.record({
      more: fc.integer({ min: 1, max: 9_000 }),
      kind: fc.constantFrom("percent", "amount-off", "gift"),
      currencies: fc.constantFrom(["USD"], ["USD", "JPY"]),
    }),
    { maxLength: 3 },
  )
  .map((steps) =>
    steps.map(({ kind, currencies }, place) => {
      const from = 100 + steps.slice(0, place + 1).reduce((sum, { more }) => sum + more, 0);
      const inAll = (amount: number) => Object.fromEntries(currencies.map((code) => [code, amount]));
      const reward =
        kind === "percent"
          ? percent(500 + place * 100)
          : kind === "gift"
            ? { kind, product: [product(2 + place)] }
            : { kind: "amount-off", amounts: inAll(50 + place) };
      return { from: inAll(from), reward };
    }),
  );

/** Amounts in so many currencies. */
const inCurrencies = (count: number) => {
  const code = (n: number) => `X${String.fromCharCode(65 + (n % 26), 65 + Math.floor(n / 26))}`;
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [code(n), 999_999]));
};

/** A language tag for each number up to 26. */
const language = (n: number) => `x${String.fromCharCode(97 + n)}`;

/** A choice of these companions, as many as there are, with two segments of its own. */
function chosenOf(product: ProductId, others: readonly ProductId[]): ChosenOffer {
  const companions = others.map((one, place) => ({ product: one, source: "mined", weight: 1 / (place + 1) }) as const);
  return {
    ...{ trigger: product, list: null, companions, considered: [], suggested: null, ordersMissing: () => null },
    segments: [
      { by: "customer", is: "returning", companions: companions.toReversed() },
      { by: "market", is: "EUR", companions: companions.slice(1) },
    ],
    ...{ ordersShown: new Map(others.map((one) => [one, 1_000])), refused: new Set(), nearIdentical: new Set() },
  };
}

/** What could be offered in place of a product: the others, each a little dearer than the one before. */
const variant = (place: number) => gid("ProductVariant", 45_000_000_000_000 + place);

function upgradesOf(product: ProductId, others: readonly ProductId[]): UpgradeChoice {
  const prices = new Map([product, ...others].map((one, place) => [one, 1_000 + place]));
  const better = [{ name: "Capacity", from: "0.8 L", to: "1.2 L" }, { to: "Dishwasher-safe" }];
  return {
    fitsInPlace: () => true,
    ...{ currency: "USD", priceMinor: 1_000, priceOf: (one: ProductId) => prices.get(one) ?? null },
    variants: Array.from({ length: 80 }, (_, place) => ({
      ...{ from: variant(place), to: variant(place + 1), step: `${place % 9}` },
      ...{ approved: place % 2 === 0, needsApproval: place % 3 === 0 },
    })),
    priceOfVariant: (one) => 1_000 + Number(bareNumber(one).slice(-3)),
    stepOfPair: (from, to) => `${from}>${to}`,
    candidates: others.map((one, place) => ({ product: one, approved: place < 3, better: better.slice(place % 3) })),
  };
}

/** Samples of every type. */
export const OFFER_SAMPLES = {
  "add-on": {
    content: fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 100 }), fc.constantFrom({}, { en: "Wrapped" }))
      .map(([count, cap, text]) => ({
        config: { cap, addOns: Array.from({ length: count }, (_, n) => ({ product: [product(2 + n)], text })) },
      })),
    largest: {
      config: {
        cap: 100,
        addOns: Array.from({ length: 3 }, (_, n) => ({
          product: [product(2 + n)],
          text: Object.fromEntries(Array.from({ length: 20 }, (_each, at) => [language(at), "長".repeat(120)])),
        })),
      },
    },
    chosen: null,
  },
  "bought-together": {
    content: fc.record({
      mode: fc.constantFrom("automatic", "review", "manual"),
      reward: fc.option(
        fc.oneof(
          basisPoints.map(percent),
          fc.record({ kind: fc.constantFrom("amount-off" as const, "fixed-price" as const), amounts }),
          fc.constant({ kind: "free-shipping" } as const),
          fc.record({ kind: fc.constant("credit-amount" as const), amounts, ...creditTerms }),
          fc.record({ kind: fc.constant("credit-percent" as const), basisPoints, most: amounts, ...creditTerms }),
        ),
      ),
      config: fc.record({
        setSize: fc.integer({ min: 1, max: 3 }),
        countries: fc.constantFrom(null, ["US"], ["JP", "DE"]),
      }),
    }),
    largest: { reward: percent(5_000), config: { setSize: 3 } },
    chosen: chosenOf,
  },
  "buy-x-get-y": {
    content: fc
      .record({
        buy: fc.integer({ min: 1, max: 3 }),
        get: fc.integer({ min: 1, max: 2 }),
        gets: fc.constantFrom("same", "others"),
        gotProducts: fc.uniqueArray(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 3 }),
        reward: fc.oneof(
          fc.integer({ min: 1, max: 10_000 }).map(percent),
          amounts.map((all) => ({ kind: "amount-off", amounts: all }) as const),
          amounts.map((all) => ({ kind: "fixed-price", amounts: all }) as const),
        ),
        most: fc.option(fc.integer({ min: 1, max: 3 })),
      })
      .map(({ gotProducts, ...config }) => ({ config: { ...config, gotProducts: gotProducts.map(product) } })),
    largest: {
      config: {
        ...{ buy: 20, get: 20, gets: "others", most: 100 },
        gotProducts: Array.from({ length: 10 }, (_, n) => product(n + 2)),
        reward: { kind: "fixed-price", amounts: inCurrencies(10) },
      },
    },
    chosen: null,
  },
  "fixed-bundle": {
    content: fc.record({
      reward: fc.constantFrom<OfferContent["reward"]>(null, percent(1_500), {
        kind: "fixed-price",
        amounts: { USD: 2_500, JPY: 3_800 },
      }),
      config: fc.record({
        title: fc.constantFrom("Tea for two", "はじめてのお茶セット"),
        components: fc.constantFrom(componentsOf([2, 1]), componentsOf([1, 3, 2])),
      }),
    }),
    largest: {
      reward: { kind: "fixed-price", amounts: inCurrencies(150) },
      config: { title: "長".repeat(100), components: componentsOf(Array.from({ length: 10 }, () => 100)) },
    },
    chosen: bundleOf,
  },
  goal: {
    content: fc.record({
      reward: fc.constant({ kind: "free-shipping" } as const),
      config: fc.record({
        amounts,
        countries: fc.option(fc.subarray(["US", "JP", "DE"], { minLength: 1 })),
        ...{ pickUp: fc.boolean(), localDelivery: fc.boolean(), tiers: goalTiers },
        ...{ closesGap: fc.boolean(), closesGapAt: fc.integer({ min: 0, max: 100 }) },
      }),
    }),
    largest: {
      reward: { kind: "free-shipping" },
      config: {
        ...{ amounts: inCurrencies(150), countries: null, pickUp: true, localDelivery: true },
        ...{ closesGap: true, closesGapAt: 100 },
        tiers: [1, 2, 3].map((place) => ({
          from: Object.fromEntries(Object.keys(inCurrencies(40)).map((code) => [code, 1_000_000 * place])),
          reward: {
            kind: "amount-off",
            amounts: Object.fromEntries(Object.keys(inCurrencies(40)).map((code) => [code, 9_000 * place])),
          },
        })),
      },
    },
    chosen: null,
  },
  "mix-and-match": {
    content: fc
      .record({
        choose: fc.integer({ min: 2, max: 4 }),
        reward: fc.oneof(
          basisPoints.map(percent),
          amounts.map((all) => ({ kind: "fixed-price", amounts: all }) as const),
        ),
      })
      .map((config) => ({ config, conditions: membersOf([1, 2, 3]) })),
    largest: {
      config: { choose: 24, reward: { kind: "fixed-price", amounts: inCurrencies(20) } },
      conditions: membersOf(Array.from({ length: 50 }, (_, n) => n + 1)),
    },
    chosen: null,
  },
  "quantity-breaks": {
    content: rewards.map((all) => ({
      config: {
        variants: all.length % 2 === 0 ? "together" : "apart",
        tiers: all.map((reward, place) => ({ quantity: place + 2, reward })),
      },
    })),
    largest: {
      config: {
        variants: "together",
        tiers: Array.from({ length: 6 }, (_, n) => ({
          quantity: 1_000 - 6 + n,
          reward: { kind: "fixed-price", amounts: inCurrencies(4) },
        })),
      },
    },
    chosen: null,
  },
  subscription: {
    content: fc.record({
      surfaces: fc.constantFrom<OfferContent["surfaces"]>(["product", "cart"], ["cart"]),
      config: fc.record({
        plan: fc.constantFrom("first", "cheapest"),
        leastSaving: fc.integer({ min: 0, max: 90 }),
        text: fc.constantFrom({}, { en: "Pause whenever you like", ja: "いつでも休止できます" }),
      }),
    }),
    largest: {
      surfaces: ["cart"],
      config: {
        ...{ plan: "cheapest", leastSaving: 90 },
        text: Object.fromEntries(Array.from({ length: 20 }, (_each, at) => [language(at), "長".repeat(120)])),
      },
    },
    chosen: null,
  },
  upgrade: {
    content: fc.record({
      mode: fc.constantFrom("automatic", "review"),
      surfaces: fc.constantFrom<OfferContent["surfaces"]>(["product", "cart"], ["cart"]),
      config: fc.record({
        upgradeCap: fc.integer({ min: 11_000, max: 100_000 }),
        priceBelow: fc.constantFrom({}, { USD: 1_001, JPY: 80_000 }),
        upgradesShown: fc.integer({ min: 1, max: 3 }),
        ownVariants: fc.boolean(),
        pairs: fc.constantFrom([], [pairOf(2, { en: "Hand-made\nLasts longer", ja: "手作り" })]),
        variantPairs: fc.constantFrom([], [variantPairOf(0, {})], [variantPairOf(3, { ja: "たっぷり使える" })]),
      }),
    }),
    largest: {
      config: {
        ...{ upgradeCap: 100_000, priceBelow: inCurrencies(150), upgradesShown: 3, ownVariants: true },
        pairs: [2, 3, 4].map((upgrade) => pairOf(upgrade, wordsIn(20))),
        variantPairs: Array.from({ length: 8 }, (_, place) => variantPairOf(place * 2, wordsIn(20))),
      },
    },
    chosen: upgradesOf,
  },
} as const satisfies Record<OfferTypeName, OfferSamples>;

/** Components of a bundle, each of so many units. */
function componentsOf(quantities: readonly number[]) {
  return quantities.map((quantity, place) => ({
    ...{ variant: [gid("ProductVariant", 45_000_000_000_000 + place)], quantity },
  }));
}

/** A bundle of a product and others. */
function bundleOf(of: ProductId, others: readonly ProductId[]): MadeBundle {
  const parts = [of, ...others.slice(1)].slice(0, 10).map((one, place) => ({
    ...{ product: bareNumber(one), variant: String(45_000_000_000_000 + place), quantity: place + 1 },
  }));
  return { product: bareNumber(others[0]!), variant: "45900000000001", parts };
}

/** Conditions that name products, and collections. */
function membersOf(numbers: readonly number[]): OfferContent["conditions"] {
  const collections = numbers.slice(0, 5).map((number) => gid("Collection", 400_000_000_000 + number));
  return [[{ condition: "products", products: numbers.map(product) }], [{ condition: "collections", collections }]];
}

/** A pair of the first product and an upgrade, with words about it. */
function pairOf(upgrade: number, better: Readonly<Record<string, string>>) {
  return { products: [product(1)], upgrade: [product(upgrade)], better };
}

/** A pair of neighbouring variants of the first product, with words about it. */
function variantPairOf(place: number, better: Readonly<Record<string, string>>) {
  return { variant: [variant(place)], betterVariant: [variant(place + 1)], better };
}

/** Three lines in so many languages, each as long as it may be. */
function wordsIn(count: number): Record<string, string> {
  const text = Array.from({ length: 3 }, () => "長".repeat(100)).join("\n");
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`x${String.fromCharCode(97 + n)}`, text]));
}

/** Offers of a type, complete enough to be shown. */
export function offersOfType(type: OfferTypeName): fc.Arbitrary<OfferContent> {
  const terms = fc.record({
    name: fc.constantFrom("", "Sets", "まとめ買い", "a".repeat(100)),
    priority: fc.integer({ min: 0, max: 1_000 }),
    schedule: fc.constantFrom(
      null,
      { from: "2026-11-27T00:00", to: "2026-12-01T12:30", yearly: false },
      { from: "2026-12-20T00:00", to: "2027-01-06T00:00", yearly: true },
    ),
    copy: fc.constantFrom<OfferContent["copy"]>({ discountName: {} }, { discountName: { en: "Deal", ja: "お得" } }),
  });
  const own: fc.Arbitrary<Partial<OfferContent>> = OFFER_SAMPLES[type].content;
  return fc.tuple(terms, own).map(([given, special]): OfferContent => ({
    ...contentShape(type).default,
    ...given,
    ...special,
    status: "active",
  }));
}

/** Products by number, as long as Shopify's numbers are. */
export function product(number: number): ProductId {
  return gid("Product", 9_000_000_000_000 + number);
}
