import fc from "fast-check";
import { expect, test } from "vitest";
import {
  HEAD,
  MONTH,
  MONTHS,
  offerOf,
  pack,
  PRICE_OF,
  PRICES,
  RULES_AS_ENTRIES,
  type TestLine,
} from "../../../test/fixtures/past-orders.ts";
import { gid, type ProductId } from "../ids.ts";
import type { Offer } from "../offers/offer.ts";
import { testsOf } from "../offers/shopper-conditions/shopper-conditions.ts";
import { priceCart } from "../pricing/price-cart.ts";
import { freeDelivery } from "../pricing/price-delivery.ts";
import { encodeProductRules, encodeShopRules, type ProductRules, type ShopRules } from "../pricing/rules.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import { type PriceList, replayedByProducts, replayedByShop } from "./compile-replay.ts";
import { NO_TOTALS } from "./month-totals.ts";
import { joinReplays, replayOrders } from "./replay-orders.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

const PRODUCTS = [1, 2, 3, 4, 5];

const someProducts = fc.uniqueArray(fc.constantFrom(...PRODUCTS), { minLength: 1, maxLength: 3 });
const percent = fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ kind: "percent", basisPoints }) as const);
const fixed = fc
  .integer({ min: 0, max: 2_000 })
  .map((amount) => ({ kind: "fixed-price", amounts: { JPY: amount } }) as const);
const off = fc
  .integer({ min: 1, max: 1_000 })
  .map((amount) => ({ kind: "amount-off", amounts: { JPY: amount } }) as const);
const ship = fc.constant({ kind: "free-shipping", countries: ["JP"] } as const);

/** What some products carry of one offer. */
const carried: fc.Arbitrary<Map<number, ProductRules>> = fc.oneof(
  fc
    .record({
      of: someProducts,
      least: fc.integer({ min: 1, max: 4 }),
      reward: fc.oneof(percent, fixed, off),
      together: fc.boolean(),
    })
    .map(({ of, least, reward, together }) =>
      each(of, () => ({
        type: "quantity-breaks",
        ...HEAD,
        together,
        tiers: [
          { least, reward },
          { least: least + 2, reward },
        ],
      })),
    ),
  fc
    .record({ of: someProducts, choose: fc.integer({ min: 2, max: 4 }), reward: fc.oneof(percent, fixed) })
    .map(({ of, choose, reward }) => each(of, () => ({ type: "mix-and-match", ...HEAD, choose, reward }))),
  fc
    .record({
      of: someProducts,
      got: fc.option(someProducts),
      buy: fc.integer({ min: 1, max: 3 }),
      reward: fc.oneof(percent, fixed, off),
    })
    .map(({ of, got, buy, reward }) => {
      const listed = got?.filter((one) => !of.includes(one)).map(String) ?? null;
      if (listed?.length === 0) return new Map<number, ProductRules>();
      return each(of, () => ({ type: "buy-x-get-y", ...HEAD, buy, get: 1, most: null, reward, listed }));
    }),
  fc
    .record({
      lists: fc.array(someProducts, { minLength: 1, maxLength: 3 }),
      reward: fc.oneof(percent, fixed, off, ship),
    })
    .map(({ lists, reward }) =>
      each(
        lists.map((_, place) => place + 1),
        (product) => {
          const listed = lists[product - 1]!.filter((one) => one !== product).map(String);
          return { type: "bought-together", ...HEAD, reward, listed };
        },
      ),
    )
    .map((rules) => new Map([...rules].filter(([, one]) => one.type !== "bought-together" || one.listed.length > 0))),
);

function each(of: readonly number[], rules: (product: number) => ProductRules): Map<number, ProductRules> {
  return new Map(of.map((product) => [product, rules(product)]));
}

const lines = fc.array(
  fc.record({ product: fc.constantFrom(0, ...PRODUCTS), quantity: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 4 },
);
const cart = lines.map((of): TestLine[] => of.map((line) => ({ ...line, price: PRICE_OF[line.product] || 700 })));
const audience = fc.constantFrom<Partial<Offer["audience"]>>(
  {},
  { shoppers: [[{ shopper: "cart-value", compares: "at-least", worth: { JPY: 3_000 } }]] },
  { shoppers: [[{ shopper: "cart-units", compares: "at-least", unitCount: 4 }]] },
  { shoppers: [[{ shopper: "countries", matches: "any", inCountries: ["JP"] }]] },
);

/** What checkout takes off a whole cart, and whether it ships for free. */
function checkout(of: readonly TestLine[], rules: ReadonlyMap<number, ProductRules>, shopRules: string) {
  const texts = new Map([...rules].map(([product, one]) => [String(product), encodeProductRules([one]) ?? ""]));
  const valueMinor = of.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const units = of.reduce((sum, { quantity }) => sum + quantity, 0);
  const buyer = {
    country: "JP",
    language: null,
    signedIn: null,
    orders: null,
    tags: null,
    business: false,
    counter: false,
  };
  const priced = priceCart({
    ...{ currency: "JPY", buyer, shopRules },
    lines: of.map(({ product, quantity, price }, place) => ({
      ...{ id: String(place), product: product === 0 ? null : String(product), variant: null, quantity },
      ...{ unitPriceMinor: price, subscription: false, rules: texts.get(String(product)) ?? null },
    })),
  });
  const offOf = (id: string) =>
    priced.discounts
      .filter(({ lineId }) => lineId === id)
      .reduce((sum, one) => sum + one.quantity * one.amountOffMinor, 0);
  const delivered = of.map(({ product, quantity, price }, place) => ({
    ...{ product: String(product), requiresShipping: true },
    totalMinor: quantity * price - offOf(String(place)),
  }));
  const groups = [{ country: "JP", options: [{ handle: "x", method: "SHIPPING", costMinor: 1 }] }];
  const toShip = { currency: "JPY", country: "JP", buyer, valueMinor, units, shopRules, productRules: texts, groups };
  const offMinor =
    of.reduce((sum, _, place) => sum + offOf(String(place)), 0) +
    Math.max(0, ...priced.order.map(({ amountOffMinor }) => amountOffMinor));
  return { offMinor, ships: freeDelivery({ ...toShip, lines: delivered }).length > 0 };
}

/** Every cart with one thing more. */
function* withOneMore(
  of: readonly TestLine[],
  rules: ReadonlyMap<number, ProductRules>,
  amounts: readonly number[],
  prices: PriceList,
) {
  const has = new Set(of.map(({ product }) => product));
  for (const [place, { product }] of of.entries()) {
    if (rules.has(product))
      yield of.map((line, at) => (at === place ? { ...line, quantity: line.quantity + 1 } : line));
  }
  const names = (carrier: number, product: number) => {
    const own = rules.get(carrier);
    return own !== undefined && "listed" in own && own.listed?.includes(String(product)) === true;
  };
  for (const [id, { priceMinor: price }] of prices) {
    const product = Number(id);
    const isBeside = [...has].some((one) => names(one, product) || names(product, one));
    if (isBeside && !has.has(product)) yield [...of, { product, quantity: 1, price }];
  }
  for (const amount of amounts) yield [...of, { product: 0, quantity: 1, price: Math.floor(amount / 5) }];
}

function expectedOf(
  carts: readonly (readonly TestLine[])[],
  rules: ReadonlyMap<number, ProductRules>,
  shopRules: string,
  amounts: readonly number[],
  prices: PriceList = PRICES,
) {
  let [given, near, discountMinor, freeShipping] = [0, 0, 0, 0];
  for (const of of carts) {
    const { offMinor, ships } = checkout(of, rules, shopRules);
    discountMinor += offMinor;
    if (ships) freeShipping++;
    const gives = (some: readonly TestLine[]) => {
      const tried = checkout(some, rules, shopRules);
      return tried.offMinor > 0 || tried.ships;
    };
    if (offMinor > 0 || ships) given++;
    else if ([...withOneMore(of, rules, amounts, prices)].some(gives)) near++;
  }
  return { given, near, discountMinor, freeShipping };
}

function replayedOf(offer: ReplayedOffer, carts: readonly (readonly TestLine[])[]) {
  const { months } = replayOrders(offer, pack(carts), MONTHS);
  const { given, near, discountMinor, freeShipping } = months.get(MONTH) ?? NO_TOTALS;
  return { given, near, discountMinor, freeShipping };
}

function asEntries(rules: ReadonlyMap<number, ProductRules>): Map<ProductId, PublishedEntry> {
  return new Map([...rules].map(([product, one]) => [gid("Product", product), one as unknown as PublishedEntry]));
}

test("an offer of products gives past carts what checkout gives them whole", () =>
  fc.assert(
    fc.property(carried, fc.array(cart, { minLength: 1, maxLength: 8 }), audience, (rules, carts, changes) => {
      if (rules.size === 0) return;
      const [{ type }] = rules.values() as unknown as [ProductRules];
      const offer = offerOf(type, changes);
      const given = { currency: "JPY", prices: PRICES };
      const replayed = replayedByProducts(offer, RULES_AS_ENTRIES, asEntries(rules), given);
      const tests = testsOf(offer.audience);
      const shopRules = encodeShopRules([], [], tests === null ? [] : [{ type, number: 7, tests }]);
      const isWorth = changes.shoppers?.[0]?.[0]?.shopper === "cart-value";
      expect(replayedOf(replayed, carts)).toEqual(expectedOf(carts, rules, shopRules, isWorth ? [3_000] : []));
    }),
    { numRuns: 150 },
  ));

test("a unit of one product may bring a cart to what it has to cost for another one's price", () => {
  const audience = {
    shoppers: [[{ shopper: "cart-value" as const, compares: "at-least" as const, worth: { JPY: 3_000 } }]],
  };
  const reward = { kind: "amount-off", amounts: { JPY: 1 } } as const;
  const rules = each([2, 5], () => ({
    type: "quantity-breaks",
    ...HEAD,
    together: true,
    tiers: [{ least: 3, reward }],
  }));
  const offer = replayedByProducts(offerOf("quantity-breaks", audience), RULES_AS_ENTRIES, asEntries(rules), {
    ...{ currency: "JPY", prices: PRICES },
  });
  const carts = [
    [
      { product: 5, quantity: 4, price: 333 },
      { product: 2, quantity: 1, price: 900 },
    ],
  ];
  expect(replayedOf(offer, carts)).toEqual({ given: 0, near: 1, discountMinor: 0, freeShipping: 0 });
});

const manyProducts = Array.from({ length: 12 }, (_, n) => n + 1);
/** So cheap that rewards often take nothing off. */
const smallPrices = new Map(
  manyProducts.map((id) => [String(id), { priceMinor: [0, 4, 5, 9, 120][id % 5]!, costMinor: null }]),
);

test("sets of many products give past carts what checkout gives them whole", () => {
  const lists = fc.array(fc.uniqueArray(fc.constantFrom(...manyProducts), { maxLength: 4 }), { maxLength: 12 });
  const line = fc.record({
    ...{ product: fc.constantFrom(0, ...manyProducts), quantity: fc.integer({ min: 1, max: 3 }) },
    price: fc.constantFrom(0, 4, 5, 50, 120),
  });
  const anyReward = fc.oneof(
    fc.constantFrom(100, 1_000, 10_000).map((basisPoints) => ({ kind: "percent", basisPoints }) as const),
    fc.constantFrom(0, 8, 130).map((amount) => ({ kind: "fixed-price", amounts: { JPY: amount } }) as const),
    fc.constantFrom(1, 20).map((amount) => ({ kind: "amount-off", amounts: { JPY: amount } }) as const),
    ship,
  );
  const anyAudience = fc.constantFrom<Partial<Offer["audience"]>>(
    {},
    { shoppers: [[{ shopper: "cart-value", compares: "at-least", worth: { JPY: 200 } }]] },
    { shoppers: [[{ shopper: "cart-value", compares: "less-than", worth: { JPY: 200 } }]] },
    { shoppers: [[{ shopper: "cart-units", compares: "at-least", unitCount: 5 }]] },
  );
  const carts = fc.array(fc.array(line, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lists, carts, anyReward, anyAudience, (listed, of, reward, audience) => {
      const rules = new Map<number, ProductRules>();
      listed.forEach((named, place) => {
        const others = named.filter((one) => one !== place + 1).map(String);
        if (others.length === 0) return;
        rules.set(place + 1, { type: "bought-together", ...HEAD, reward, listed: others });
      });
      const given = { currency: "JPY", prices: smallPrices };
      const offer = offerOf("bought-together", audience);
      const tests = testsOf(offer.audience);
      const tested = tests === null ? [] : [{ type: "bought-together" as const, number: HEAD.number, tests }];
      const amounts = audience.shoppers?.[0]?.[0]?.shopper === "cart-value" ? [200] : [];
      const replayed = replayedByProducts(offer, RULES_AS_ENTRIES, asEntries(rules), given);
      expect(replayedOf(replayed, of)).toEqual(
        expectedOf(of, rules, encodeShopRules([], [], tested), amounts, smallPrices),
      );
    }),
    { numRuns: 400 },
  );
});

const goals: fc.Arbitrary<ShopRules[]> = fc
  .record({
    shipsFrom: fc.option(fc.integer({ min: 500, max: 6_000 })),
    offFrom: fc.option(fc.integer({ min: 500, max: 6_000 })),
    reward: fc.oneof(percent, off),
  })
  .map(({ shipsFrom, offFrom, reward }): ShopRules[] => [
    ...(shipsFrom === null
      ? []
      : [
          {
            type: "goal" as const,
            ...HEAD,
            amounts: { JPY: shipsFrom },
            countries: ["JP"],
            localDelivery: false,
            pickUp: false,
          },
        ]),
    ...(offFrom === null ? [] : [{ type: "order-reward" as const, ...HEAD, amounts: { JPY: offFrom }, reward }]),
  ])
  .filter((rules) => rules.length > 0);

test("a goal gives past carts what checkout gives them whole", () =>
  fc.assert(
    fc.property(goals, fc.array(cart, { minLength: 1, maxLength: 8 }), (rules, carts) => {
      const replayed = replayedByShop(offerOf("goal", {}), rules, { currency: "JPY", prices: PRICES });
      const amounts = [Math.min(...rules.map((one) => one.amounts.JPY!))];
      expect(replayedOf(replayed, carts)).toEqual(expectedOf(carts, new Map(), encodeShopRules(rules), amounts));
    }),
    { numRuns: 150 },
  ));

const gifts: fc.Arbitrary<ShopRules[]> = fc.array(
  fc
    .record({ product: fc.constantFrom(...PRODUCTS), from: fc.integer({ min: 500, max: 6_000 }) })
    .map(({ product, from }) => ({
      ...{ type: "gift" as const, ...HEAD, product: String(product), amounts: { JPY: from } },
    })),
  { minLength: 1, maxLength: 3 },
);

/** The cart with those gifts that checkout gives free when all are added; without the others, which nobody would pay for. */
function withFreeGifts(of: readonly TestLine[], rules: readonly ShopRules[], shopRules: string): TestLine[] {
  const wanted = new Set(rules.flatMap((one) => (one.type === "gift" ? Number(one.product) : [])));
  const missing = [...wanted].filter((product) => !of.some((line) => line.product === product));
  const lineOf = (product: number) => ({ product, quantity: 1, price: PRICE_OF[product]! });
  const whole = [...of, ...missing.map(lineOf)];
  const free = missing.filter((product) => {
    const without = whole.filter((line) => line.product !== product);
    const before = checkout(without, new Map(), shopRules).offMinor;
    return checkout(whole, new Map(), shopRules).offMinor > before;
  });
  return [...of, ...free.map(lineOf)];
}

test("gifts that past carts reach are added and counted as given away", () =>
  fc.assert(
    fc.property(gifts, fc.array(cart, { minLength: 1, maxLength: 8 }), (rules, carts) => {
      const shopRules = encodeShopRules(rules);
      const amounts = [Math.min(...rules.map((one) => one.amounts.JPY!))];
      const offer = replayedByShop(offerOf("goal", {}), rules, { currency: "JPY", prices: PRICES });
      const taken = carts.map((of) => withFreeGifts(of, rules, shopRules));
      const { given, discountMinor } = expectedOf(taken, new Map(), shopRules, amounts);
      const isNear = (of: readonly TestLine[]) =>
        checkout(withFreeGifts(of, rules, shopRules), new Map(), shopRules).offMinor === 0 &&
        checkout(
          withFreeGifts([...of, { product: 0, quantity: 1, price: Math.floor(amounts[0]! / 5) }], rules, shopRules),
          new Map(),
          shopRules,
        ).offMinor > 0;
      const near = carts.filter(isNear).length;
      expect(replayedOf(offer, carts)).toEqual({ given, near, discountMinor, freeShipping: 0 });
    }),
    { numRuns: 150 },
  ));

test("orders replayed in parts add up to the whole", () =>
  fc.assert(
    fc.property(goals, fc.array(cart, { minLength: 2, maxLength: 9 }), fc.nat(8), (rules, carts, at) => {
      const offer = replayedByShop(offerOf("goal", {}), rules, { currency: "JPY", prices: PRICES });
      const parts = [carts.slice(0, at), carts.slice(at)].map((part) => replayOrders(offer, pack(part), MONTHS));
      const months = (of: { months: unknown }) => of.months;
      expect(months(joinReplays(parts[0]!, parts[1]!))).toEqual(months(replayOrders(offer, pack(carts), MONTHS)));
    }),
  ));
