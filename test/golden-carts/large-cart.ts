import { LISTED_COMPANIONS, OFFER_SEGMENTS, SEGMENT_COMPANIONS } from "../../app/domain/shoppers/list-lengths.ts";
import { DISCOUNT_NAMES } from "../../app/domain/offers/discount-names.ts";
import { offerId } from "../../app/domain/offers/offer-id.ts";
import { fitProductEntries, type ProductEntry, productMetafields } from "../../app/domain/offers/product-metafields.ts";
import type { PublishedOffer, PublishedSegment } from "../../app/domain/offers/types/bought-together/published.ts";
import type { PublishedBuyXGetY } from "../../app/domain/offers/types/buy-x-get-y/published.ts";
import type { PublishedMixAndMatch } from "../../app/domain/offers/types/mix-and-match/published.ts";
import type { PublishedQuantityBreaks } from "../../app/domain/offers/types/quantity-breaks/published.ts";
import { encodeShopRules, type ShopRules } from "../../app/domain/pricing/rules.ts";
import { PUBLISHED } from "../../app/domain/publishing/addresses.ts";
import type { GoldenCart } from "./golden-cart.ts";

/** What the products of a large cart carry. */
export const LARGE_CART_OFFERS = [
  ...["bought-together", "bought-together, few listed in the cart", "quantity-breaks", "goal"],
  ...["sets with a price", "sets with a price beside quantity-breaks"],
  ...["buy-x-get-y", "buy-x-get-y, other products", "buy-x-get-y beside quantity-breaks"],
  ...["mix-and-match", "mix-and-match, with a price", "mix-and-match, with a price beside quantity-breaks"],
  ...["all types", "all types, few listed in the cart", "all types, groups with a price", "version 1"],
] as const;
export type LargeCartOffers = (typeof LARGE_CART_OFFERS)[number];

/** Products that the largest bought-together offer lists: its own and those of every segment, all different. */
const LISTED = LISTED_COMPANIONS + OFFER_SEGMENTS * SEGMENT_COMPANIONS;
const TIERS = [2, 3, 5, 10, 20, 50];
const FIRST_PRODUCT = 7_000_000_000_000;
/** As far apart as lets everything be published that an offer has: were it further, sets would lose segments. */
const STEP = 20_000_003;

const productAt = (place: number) => String(FIRST_PRODUCT + place * STEP);

/**
 * A cart of so many lines, each of another product with the largest offers that are published: all that fits into the
 * rules of one product. What an offer lists is in the cart, as far as it has so many products, or only three of it are; no
 * two amounts off are equal. Line ids are as long as Shopify's.
 */
export function largeCart(lines: number, offers: LargeCartOffers, units = 2): GoldenCart {
  const places = Array.from({ length: lines }, (_, place) => place);
  const carries = (type: LargeCartOffers) =>
    offers.split(/, | beside /)[0] === type || offers.startsWith("all types") || offers.endsWith(`beside ${type}`);
  const goal = { type: "goal", number: 3, priority: 100, localDelivery: true, pickUp: true } as const;
  const goals = carries("goal")
    ? [{ ...goal, amounts: { USD: 5_000, CAD: 7_000, EUR: 4_500 }, countries: COUNTRIES }, ...TIERS_OF_GOAL]
    : [];
  return {
    ...{ name: `${lines} lines, ${offers}`, about: "", currency: "USD", language: "EN" },
    discountClasses: ["PRODUCT", "ORDER", "SHIPPING"],
    policy:
      offers === "version 1" ? POLICY_VERSION_1 : { version: 2, rules: encodeShopRules(goals), messages: MESSAGES },
    products: Object.fromEntries(
      places.map((place) => [
        productAt(place),
        offers === "version 1"
          ? { offer: offerOfVersion1(place, lines) }
          : { rules: rulesAt(place, lines, carries, offers) },
      ]),
    ),
    lines: places.map((place) => ({
      id: `gid://shopify/CartLine/${String(place).padStart(8, "0")}-cccc-4ccc-8ccc-cccccccccccc`,
      product: productAt(place),
      variant: String(42_000_000_000_000 + place),
      quantity: units,
      price: `${20 + place}.${String(10 + (place % 90))}`,
    })),
    lineOperations: [],
    deliveryOperations: [],
  };
}

/**
 * The same with so many lines of fewer products, as where each engraving or size is a line of its own. The dearest line of
 * a product comes last, and ids differ at their ends alone, so that nothing is in order already.
 */
export function largeCartOf(products: number, lines: number, offers: LargeCartOffers, units: number): GoldenCart {
  const cart = largeCart(products, offers, units);
  return {
    ...cart,
    name: `${lines} lines of ${products} products, ${offers}`,
    lines: Array.from({ length: lines }, (_, place) => ({
      ...cart.lines[place % products]!,
      id: `gid://shopify/CartLine/cccccccc-cccc-4ccc-8ccc-${String(lines - place).padStart(12, "0")}`,
      variant: String(42_000_000_000_000 + place),
      price: `${20 + place}.${String(10 + (place % 90))}`,
    })),
  };
}

/** Every further tier that a goal can have, of two goals. */
const TIERS_OF_GOAL = [3, 5].flatMap((number): ShopRules[] => [
  {
    type: "order-reward",
    number,
    priority: 100,
    amounts: { USD: 6_000 },
    reward: { kind: "percent", basisPoints: 500 },
  },
  { type: "gift", number, priority: 100, amounts: { USD: 7_000 }, product: productAt(number) },
  {
    type: "order-reward",
    number,
    priority: 100,
    amounts: { USD: 8_000 },
    reward: { kind: "amount-off", amounts: { USD: 900 } },
  },
]);
const COUNTRIES = ["US", "CA", "DE", "FR", "IT", "ES", "NL", "BE", "AT", "IE"];
const MESSAGES = DISCOUNT_NAMES;
const POLICY_VERSION_1 = {
  ...{ version: 1, sets: true, goal: null },
  messages: { en: { set: "Bought together", shipping: "Free shipping" } },
};

/** The rules of a product with the largest entries of these types, as far as publishing takes them. */
function rulesAt(
  place: number,
  lines: number,
  carries: (type: LargeCartOffers) => boolean,
  offers: LargeCartOffers,
): string | undefined {
  const isSparse = offers.endsWith("few listed in the cart");
  const listed = isSparse ? mostlyElsewhere(place, lines) : listedAt(place, lines);
  // Every second product is bought where others are got: those list the dearest of the cart.
  const got = offers.endsWith("other products") ? Array.from({ length: 10 }, (_, n) => productAt(2 * n + 1)) : null;
  const isBought = carries("buy-x-get-y") && (got === null || place % 2 === 0);
  const { entries } = fitProductEntries([
    ...(isBought ? [groupsOf(productAt(place), got)] : []),
    ...(carries("mix-and-match") ? [mixOf(productAt(place), offers)] : []),
    ...(carries("quantity-breaks") ? [breaksOf(productAt(place))] : []),
    ...(offers.startsWith("sets with a price") ? [pricedSetOf(productAt(place), listed)] : []),
    ...(carries("bought-together") ? [setsOf(productAt(place), listed)] : []),
  ]);
  const published = productMetafields(entries).find(({ address }) => address === PUBLISHED.rules);
  return published && (JSON.parse(published.value) as string);
}

function setsOf(product: string, listed: readonly string[]): ProductEntry {
  const companions = listed.map((one) => ({ product: one, weight: 0.1234 }));
  const segments = ["A", "B", "C", "D"].slice(0, OFFER_SEGMENTS).map((is, i): PublishedSegment => {
    const from = LISTED_COMPANIONS + i * SEGMENT_COMPANIONS;
    return { by: "rank", is, companions: companions.slice(from, from + SEGMENT_COMPANIONS) };
  });
  const entry: PublishedOffer = {
    ...{ type: "bought-together", id: offerId("bought-together", 1, product), discountBasisPoints: 1_000, set: 3 },
    ...{ companions: companions.slice(0, LISTED_COMPANIONS), segments },
  };
  return { offer: { type: "bought-together", number: 1, priority: 100 }, entry };
}

/** A set of four, in as many currencies as an editor accepts. */
function pricedSetOf(product: string, listed: readonly string[]): ProductEntry {
  const amounts = Object.fromEntries(["USD", "CAD", "EUR", "GBP", "AUD", "JPY"].map((code) => [code, 10_000]));
  const entry: PublishedOffer = {
    ...{ type: "bought-together", id: offerId("bought-together", 1, product), discountBasisPoints: 0, set: 3 },
    setReward: { kind: "fixed-price", amounts },
    companions: listed.slice(0, 3).map((one) => ({ product: one, weight: 0.1234 })),
  };
  return { offer: { type: "bought-together", number: 1, priority: 100 }, entry };
}

function breaksOf(product: string): ProductEntry {
  const entry: PublishedQuantityBreaks = {
    ...{ type: "quantity-breaks", id: offerId("quantity-breaks", 2, product), together: false },
    tiers: TIERS.map((from, i) => ({ from, reward: { kind: "percent", basisPoints: 500 + i * 100 } })),
  };
  return { offer: { type: "quantity-breaks", number: 2, priority: 100 }, entry };
}

function groupsOf(product: string, products: readonly string[] | null): ProductEntry {
  const entry: PublishedBuyXGetY = {
    ...{ type: "buy-x-get-y", id: offerId("buy-x-get-y", 4, product), buy: 2, get: 1, most: null, products },
    reward: { kind: "percent", basisPoints: 1_234 },
  };
  return { offer: { type: "buy-x-get-y", number: 4, priority: 100 }, entry };
}

function mixOf(product: string, offers: LargeCartOffers): ProductEntry {
  const entry: PublishedMixAndMatch = {
    ...{ type: "mix-and-match", id: offerId("mix-and-match", 5, product), choose: 3, products: [], collections: [] },
    reward: offers.includes("with a price")
      ? { kind: "fixed-price", amounts: { USD: 6_000 } }
      : { kind: "percent", basisPoints: 1_234 },
  };
  return { offer: { type: "mix-and-match", number: 5, priority: 100 }, entry };
}

/** Spread over the cart, and beyond its end where it is small. */
function listedAt(place: number, lines: number): string[] {
  const among = Math.max(lines, LISTED + 1);
  const step = Math.max(1, Math.floor(among / (LISTED + 1)));
  return Array.from({ length: LISTED }, (_, i) => productAt((place + (i + 1) * step) % among));
}

/** Three products of the cart, and as many others as there can be: all of them have to be looked for. */
function mostlyElsewhere(place: number, lines: number): string[] {
  const elsewhere = Array.from({ length: LISTED - 3 }, (_, i) => {
    return String(Number(productAt(Math.floor((i * lines) / LISTED))) + place + 1);
  });
  return [...listedAt(place, lines).slice(0, 3), ...elsewhere];
}

function offerOfVersion1(place: number, lines: number): unknown {
  const companions = listedAt(place, lines).map((product) => ({ product, weight: 0.1234 }));
  return {
    ...{ version: 1, id: `bt-${productAt(place)}`, discountBasisPoints: 1_000, set: 3 },
    companions: companions.slice(0, LISTED_COMPANIONS),
  };
}
