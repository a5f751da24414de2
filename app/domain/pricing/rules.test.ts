import fc from "fast-check";
import { expect, test } from "vitest";
import { Buyer } from "./kernel/buyer.ts";
import { Cart } from "./kernel/cart.ts";
import { packCountry, type PricedOffer } from "./kernel/offers.ts";
import { PERCENT } from "./kernel/rewards.ts";
import { readPartners } from "./kernel/read-partners.ts";
import { RulesReader } from "./kernel/read-rules.ts";
import { Stopped } from "./kernel/stopped.ts";
import { packLetters, TextReader } from "./kernel/text-reader.ts";
import { encodeProductRules, encodeShopRules, type ProductRules } from "./rules.ts";

const packed = (code: string) => packLetters(code.charCodeAt(0), code.charCodeAt(1), code.charCodeAt(2));

/** Reads rules as the Function does, for a cart with one line of each product; the first of them carries the rules. */
function read(
  rules: string,
  products: readonly number[],
  { currency = "USD", anchor = 0, stopped = new Stopped(new Buyer()) } = {},
) {
  const cart = new Cart(products.length, packed(currency));
  for (const product of products) cart.add(0, product, product * 10, 1, 100, true);
  const bytes = new TextEncoder().encode(rules);
  const offers: PricedOffer[] = [];
  const reader = new RulesReader(cart.products, cart.currency, stopped, offers);
  reader.read(new TextReader(bytes, 0, bytes.length), anchor, 1_000_000);
  return offers.map((offer) => {
    if (offer.reward === PERCENT) readPartners(offer, cart.products);
    const { partners, partnerCount, ...more } = offer;
    /** Minor units that tiers take off a price of 1,000. */
    const tierOff = (units: number) => offer.tiers?.amountOff(units, 1_000) ?? 0;
    return { ...more, partners: [...partners.subarray(0, partnerCount)], tierOff };
  });
}

const percent = (basisPoints: number) => ({ kind: "percent", basisPoints }) as const;

test("a bought-together offer reads back with the listed products that the cart has", () => {
  const rules = encodeProductRules([
    {
      type: "bought-together",
      number: 12,
      priority: 3,
      reward: percent(1000),
      listed: ["9007199254740991", "30", "7"],
    },
  ])!;
  expect(rules).toBe("2;b12,3,p1000,3.H????????F????????V^~~~~~~~`");
  const [offer] = read(rules, [5, 30, 9007199254740991]);
  expect(offer).toMatchObject({ number: 12, priority: 3, value: 1000, partners: [1, 2] });
});

test("numbers of products survive packing, whatever they are", () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 50 }),
      (listed) => {
        const offer = { type: "bought-together", number: 0, priority: 0, reward: percent(500) } as const;
        const rules = encodeProductRules([{ ...offer, listed: listed.map(String) }])!;
        const [read1] = read(rules, [1, ...listed]);
        expect(read1!.partners.toSorted((a, b) => a - b)).toEqual(listed.map((_, i) => i + 1));
        expect(JSON.parse(JSON.stringify(rules))).toHaveLength(Buffer.byteLength(rules));
      },
    ),
  ));

test("the largest bought-together offer that is published takes at most 320 bytes", () => {
  const numbers = Array.from({ length: 40 }, (_, i) => String(6_500_000_000_000 + i * 70_000_000_000));
  const offer = { type: "bought-together", number: 1, priority: 0, reward: percent(1000) } as const;
  expect(encodeProductRules([{ ...offer, listed: numbers }])!.length).toBeLessThanOrEqual(320);
});

test("a reward for a whole set needs all its products in the cart, and an amount in the cart's currency", () => {
  const rules = encodeProductRules([
    {
      type: "bought-together",
      number: 4,
      priority: 0,
      reward: { kind: "fixed-price", amounts: { USD: 9900, JPY: 15000 } },
      listed: ["2", "3"],
    },
  ])!;
  expect(read(rules, [1, 2, 3])).toMatchObject([{ value: 9900, partners: [1, 2] }]);
  expect(read(rules, [1, 2, 3], { currency: "JPY" })).toMatchObject([{ value: 15000 }]);
  expect(read(rules, [1, 2, 3], { currency: "EUR" })).toEqual([]);
  expect(read(rules, [1, 2])).toEqual([]);
});

test("quantity breaks read back tier by tier; one without an amount in the cart's currency takes nothing off", () => {
  const rules = encodeProductRules([
    {
      type: "quantity-breaks",
      number: 7,
      priority: 1,
      together: true,
      tiers: [
        { least: 2, reward: percent(500) },
        { least: 3, reward: { kind: "amount-off", amounts: { JPY: 100 } } },
        { least: 10, reward: { kind: "fixed-price", amounts: { EUR: 800, USD: 900 } } },
      ],
    },
  ])!;
  expect(rules).toBe("2;q7,1,t,2p500,3aJPY100,10uEUR800.USD900");
  const [offer] = read(rules, [1]);
  expect(offer!.together).toBe(true);
  expect([1, 2, 3, 9, 10].map(offer!.tierOff)).toEqual([0, 50, 50, 50, 100]);
});

test("a goal reads back with its countries and its choices", () => {
  const rules = encodeShopRules([
    {
      type: "goal",
      number: 2,
      priority: 0,
      amounts: { USD: 7500 },
      countries: ["US", "CA"],
      localDelivery: true,
      pickUp: false,
    },
    {
      type: "goal",
      number: 3,
      priority: 0,
      amounts: { USD: 9000 },
      countries: null,
      localDelivery: false,
      pickUp: true,
    },
    {
      type: "goal",
      number: 4,
      priority: 0,
      amounts: { JPY: 8000 },
      countries: null,
      localDelivery: false,
      pickUp: false,
    },
  ]);
  expect(rules).toBe("2;g2,0,1,USD7500,USCA;g3,0,2,USD9000,*;g4,0,0,JPY8000,*");
  expect(read(rules, [1], { anchor: -1 })).toMatchObject([
    { number: 2, amount: 7500, everywhere: false, countries: [0x5553, 0x4341], localDelivery: true, pickUp: false },
    { number: 3, amount: 9000, everywhere: true, countries: [], localDelivery: false, pickUp: true },
  ]);
});

test("what a shop has stopped is skipped on its products", () => {
  const stopped = new Stopped(new Buyer());
  read(
    encodeShopRules(
      [],
      [
        { type: "bought-together", number: 3 },
        { type: "quantity-breaks", number: null },
      ],
    ),
    [1],
    {
      anchor: -1,
      stopped,
    },
  );
  const of = (number: number): ProductRules[] => [
    { type: "bought-together", number, priority: 0, reward: percent(1000), listed: ["2"] },
    { type: "quantity-breaks", number, priority: 0, together: true, tiers: [{ least: 2, reward: percent(500) }] },
  ];
  const rules = encodeProductRules([...of(3), ...of(4)])!;
  expect(read(rules, [1, 2], { stopped })).toMatchObject([{ number: 4, value: 1000 }]);
  expect(read(rules, [1, 2])).toHaveLength(4);
});

/**
 * Offers of four types, numbered by their place; what they are bought together with differs from product to product, and
 * so do the zeros in front of priorities, which change nothing.
 */
const pool = (place: number, product: number, zeros: string): string =>
  [
    `q${place},${zeros}1,v,2p500,${place + 2}aUSD30`,
    `y${place},${zeros}1,2,1,0,p1000,=`,
    `m${place},${zeros}1,3,uEUR900`,
    `b${place},${zeros}1,p1000,1.@????????${String.fromCharCode(64 + product)}`,
  ][place % 4]!;

test("texts of offers that several products carry read as if no two were alike", () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      fc.array(
        fc.record({
          head: fc.nat(2),
          tail: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 2 }),
          cut: fc.nat(40),
        }),
        { minLength: 2, maxLength: 12 },
      ),
      fc.constantFrom("2", "2;xq4", "2;xq8,cUS;xy5,cJP", "2;xq4,cUS;xm2,cUS"),
      (heads, products, shopRules) => {
        const readAll = (areAlike: boolean) => {
          const cart = new Cart(products.length, packed("USD"));
          products.forEach((_, place) => cart.add(0, place + 1, 1, (place % 4) + 1, 100, true));
          const offers: PricedOffer[] = [];
          const buyer = new Buyer();
          buyer.country = packCountry(0x55, 0x53);
          const reader = new RulesReader(cart.products, cart.currency, new Stopped(buyer), offers);
          const read = (text: string, anchor: number) => {
            const bytes = new TextEncoder().encode(text);
            reader.read(new TextReader(bytes, 0, bytes.length), anchor, (anchor % 4) + 1);
          };
          read(shopRules, -1);
          products.forEach(({ head, tail, cut }, place) => {
            const zeros = "0".repeat(areAlike ? 0 : place + 1);
            const own = [...heads[head % heads.length]!, ...tail].map((one) => pool(one, place, zeros));
            const text = ["2", ...own].join(";");
            // A few texts are broken off.
            read(cut < 4 ? text.slice(0, -cut - 1) : text, place);
          });
          return offers.map(({ text, listAt, ...offer }) => ({ ...offer, list: text.slice(listAt, listAt + 9) }));
        };
        expect(readAll(true)).toEqual(readAll(false));
      },
    ),
    { numRuns: 2_000 },
  ));

test("an offer whose text begins like one that was read, or is part of it, is read for itself", () => {
  const cart = new Cart(3, packed("USD"));
  [1, 2, 3].forEach((product) => cart.add(0, product, 1, 9, 1_000, true));
  const offers: PricedOffer[] = [];
  const reader = new RulesReader(cart.products, cart.currency, new Stopped(new Buyer()), offers);
  ["2;q1,1,t,2p500", "2;q1,1,t,2p5000", "2;q1,1,t,2p50;q2,1,t,2p70"].forEach((rules, anchor) => {
    const bytes = new TextEncoder().encode(rules);
    reader.read(new TextReader(bytes, 0, bytes.length), anchor, 9);
  });
  expect(offers.map(({ tiers }) => tiers!.amountOff(9, 1_000))).toEqual([50, 500, 5, 7]);
});

test("text that ends in the middle of an offer hides nothing of the next one", () => {
  for (const broken of [
    "q1,1",
    "q1,1,",
    "q1,1,t,2",
    "q1,1,t,2u",
    "q1,1,t,2uU",
    "q1,1,t,2uUSD5.",
    "y",
    "m3,1,2,",
    "b7,1,",
  ]) {
    const bought = read(`2;${broken};b1,0,p1000,1.@????????A`, [1, 2]).filter(({ type }) => type === 98);
    expect([broken, bought.length]).toEqual([broken, 1]);
  }
});

test("offers that change no price are not published", () => {
  expect(
    encodeProductRules([{ type: "bought-together", number: 1, priority: 0, reward: percent(0), listed: ["2"] }]),
  ).toBeNull();
  expect(encodeProductRules([])).toBeNull();
  expect(encodeShopRules([])).toBe("2");
});

test.each(["", "1;b1,0,p1000,1.@????????A", "2;z9,0,???;b1,0,p1000,1.@????????A", "2;b1,0,p1000,1.@????????A;b,,"])(
  "of %j, what is understood counts and the rest is skipped",
  (rules) => expect(read(rules, [1, 2])).toHaveLength(rules.startsWith("2") ? 1 : 0),
);

test("no text makes reading fail, and what is read is within bounds", () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."2;,.bqgxptvau019*AZUSD?@~"), maxLength: 60 }), (text) => {
      for (const offer of read(`2;${text}`, [1, 2, 3])) {
        expect(offer.value).toBeGreaterThanOrEqual(0);
        for (const partner of offer.partners) expect(partner).toBeLessThan(3);
        expect(offer.tierOff(1_000_000)).toBeGreaterThanOrEqual(0);
        expect(offer.tierOff(1_000_000)).toBeLessThanOrEqual(1_000);
      }
    }),
    { numRuns: 2000 },
  ));
