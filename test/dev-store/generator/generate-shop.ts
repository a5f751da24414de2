import { emptyShop } from "../shop/empty-shop.ts";
import { seededRandom } from "../shop/random.ts";
import type { DevNativeDiscount, DevShop } from "../shop/state.ts";
import { generateCatalogue } from "./generate-catalogue.ts";
import { generateOrders } from "./generate-orders.ts";
import { PLANTED_SETS } from "./planted.ts";

export interface GenerateOptions {
  locale: "en" | "ja";
  seed: number;
  /** The clock, ms: the last order is a little before it. */
  now: number;
  /** Orders from then on are still to come. By default none are. */
  until?: number;
  /** 20,000 by default; tests take fewer. */
  orders?: number;
  months?: number;
}

const DAY = 86_400_000;

const SETTINGS = {
  en: {
    domain: "tsuide-demo-en.myshopify.com",
    id: "60000000011",
    name: "Kettle & Whisk",
    currency: "USD",
    locale: "en" as const,
    timezone: "America/New_York",
    shipping: { flatMinor: 695, freeFromMinor: 7500, localMinor: 895, pickUpMinor: 200 },
    markets: [
      {
        id: "1",
        handle: "us",
        name: "United States",
        countries: ["US"],
        currency: "USD",
        rate: 1,
        locales: ["en", "ja"],
      },
      {
        id: "2",
        handle: "europe",
        name: "Europe",
        countries: ["DE", "FR", "NL"],
        currency: "EUR",
        rate: 0.92,
        locales: ["en"],
      },
      {
        id: "3",
        handle: "japan",
        name: "Japan",
        countries: ["JP"],
        currency: "JPY",
        rate: 148.35,
        locales: ["ja", "en"],
      },
      { id: "4", handle: "kuwait", name: "Kuwait", countries: ["KW"], currency: "KWD", rate: 0.3067, locales: ["en"] },
    ],
  },
  ja: {
    domain: "tsuide-demo-ja.myshopify.com",
    id: "60000000012",
    name: "茶と台所 ついで",
    currency: "JPY",
    locale: "ja" as const,
    timezone: "Asia/Tokyo",
    taxes: { included: true, basisPoints: 1_000 },
    shipping: { flatMinor: 660, freeFromMinor: 8000, localMinor: 880, pickUpMinor: 220 },
    markets: [
      { id: "1", handle: "jp", name: "日本", countries: ["JP"], currency: "JPY", rate: 1, locales: ["ja", "en"] },
      { id: "2", handle: "us", name: "アメリカ", countries: ["US"], currency: "USD", rate: 0.00674, locales: ["en"] },
      {
        id: "3",
        handle: "europe",
        name: "ヨーロッパ",
        countries: ["DE", "FR", "NL"],
        currency: "EUR",
        rate: 0.0062,
        locales: ["en"],
      },
      {
        id: "4",
        handle: "kuwait",
        name: "クウェート",
        countries: ["KW"],
        currency: "KWD",
        rate: 0.00207,
        locales: ["en"],
      },
    ],
  },
};

/** One of the two built-in shops: the same seed and clock make the same shop, to the last order line. */
export function generateShop(options: GenerateOptions): DevShop {
  const { locale, seed, now, until = now, orders = 20_000, months = 24 } = options;
  const settings = SETTINGS[locale];
  const from = now - Math.round(months * 30.4375) * DAY;
  const catalogue = generateCatalogue(settings, from);
  const { products, collections, metafields, metafieldDefinitions } = catalogue;
  const shop = emptyShop({ ...settings, products, collections, metafields, metafieldDefinitions });
  shop.truePairs = truePairs(catalogue.byKey);
  const all = generateOrders(shop, catalogue, { random: seededRandom(seed), from, now, until, orders });
  for (const order of all) if (order.createdAt < until) shop.orders.set(order.id, order);
  if (until < now) shop.upcoming = all.filter(({ createdAt }) => createdAt >= until);
  shop.customerTags = tagsOfRegulars(shop);
  shop.nativeDiscounts = new Map(CODES.map((each) => [each.id, each]));
  return shop;
}

const EVERYTHING = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
const NOTHING = { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false };
const ON_THE_ORDER = { products: null, minimum: null, startsAt: 0, endsAt: null };
/** The merchant's own codes: one that combines with all other discounts, and one with none. */
const CODES: DevNativeDiscount[] = [
  {
    ...{ id: "900001", title: "WELCOME10", code: "WELCOME10", off: { percent: 10 } },
    ...{ ...ON_THE_ORDER, combinesWith: EVERYTHING },
  },
  {
    ...{ id: "900002", title: "SOLO15", code: "SOLO15", off: { percent: 15 } },
    ...{ ...ON_THE_ORDER, combinesWith: NOTHING },
  },
];

/** Orders from which on the shop's staff tag a customer. */
const REGULAR_ORDERS = 8;

/** Staff have tagged the regulars, and sell wholesale to one in ten of them. */
function tagsOfRegulars(shop: DevShop): Record<string, string[]> {
  const orders = new Map<string, number>();
  for (const { customerId } of shop.orders.values()) {
    if (customerId !== null) orders.set(customerId, (orders.get(customerId) ?? 0) + 1);
  }
  const regulars = [...orders].filter(([, count]) => count >= REGULAR_ORDERS).map(([id]) => id);
  return Object.fromEntries(regulars.map((id, at) => [id, at % 10 === 0 ? ["VIP", "wholesale"] : ["VIP"]]));
}

/** Planted strongly enough to be found: the companion in at least three of ten of the anchor's set orders. */
function truePairs(byKey: ReadonlyMap<string, { id: string }>): [string, string][] {
  const idOf = (key: string) => {
    const product = byKey.get(key);
    if (product === undefined) throw new Error(`A planted set names ${key}, which the catalogue does not have.`);
    return product.id;
  };
  const pairs: [string, string][] = [];
  for (const { anchor, companions } of PLANTED_SETS) {
    for (const { key, chance } of companions) {
      const pair: [string, string] = [idOf(anchor), idOf(key)];
      if (chance >= 0.3) pairs.push(pair);
    }
  }
  return pairs;
}
