import { LISTED_COMPANIONS, OFFER_SEGMENTS, SEGMENT_COMPANIONS } from "../../app/domain/shoppers/list-lengths.ts";
import { encodeProductRules, encodeShopRules, type ProductRules } from "../../app/domain/pricing/rules.ts";
import type { GoldenCart } from "./golden-cart.ts";

/** What the products of a large cart carry. */
export const LARGE_CART_OFFERS = [
  ...["bought-together", "bought-together, few listed in the cart", "quantity-breaks", "goal"],
  ...["all types", "all types, few listed in the cart", "version 1"],
] as const;
export type LargeCartOffers = (typeof LARGE_CART_OFFERS)[number];

/** Products that the largest bought-together offer lists: its own and those of every segment, all different. */
const LISTED = LISTED_COMPANIONS + OFFER_SEGMENTS * SEGMENT_COMPANIONS;
const TIERS = [2, 3, 5, 10, 20, 50];
const FIRST_PRODUCT = 7_000_000_000_000;
/** Far apart, as products are that were made over years: the numbers in compact rules are as long as they get. */
const STEP = 70_000_000_003;

const productAt = (place: number) => String(FIRST_PRODUCT + place * STEP);

/**
 * A cart of so many lines, each of another product that carries the largest offer of each type; all types together exceed
 * what publishing allows a product. The products that a set lists are in the cart, as far as the cart has so many, or only
 * three of them are. No two amounts off are equal. Line ids are as long as Shopify's.
 */
export function largeCart(lines: number, offers: LargeCartOffers): GoldenCart {
  const places = Array.from({ length: lines }, (_, place) => place);
  const carries = (type: LargeCartOffers) => offers.split(", ")[0] === type || offers.startsWith("all types");
  const goal = { type: "goal", number: 3, priority: 100, localDelivery: true, pickUp: true } as const;
  const goals = carries("goal")
    ? [{ ...goal, amounts: { USD: 5_000, CAD: 7_000, EUR: 4_500 }, countries: COUNTRIES }]
    : [];
  return {
    ...{ name: `${lines} lines, ${offers}`, about: "", currency: "USD", language: "EN" },
    discountClasses: ["PRODUCT", "SHIPPING"],
    policy:
      offers === "version 1" ? POLICY_VERSION_1 : { version: 2, rules: encodeShopRules(goals), messages: MESSAGES },
    products: Object.fromEntries(
      places.map((place) => [
        productAt(place),
        offers === "version 1"
          ? { offer: offerOfVersion1(place, lines) }
          : { rules: rulesAt(place, lines, carries, offers.endsWith("few listed in the cart")) },
      ]),
    ),
    lines: places.map((place) => ({
      id: `gid://shopify/CartLine/${String(place).padStart(8, "0")}-cccc-4ccc-8ccc-cccccccccccc`,
      product: productAt(place),
      variant: String(42_000_000_000_000 + place),
      quantity: 2,
      price: `${20 + place}.${String(10 + (place % 90))}`,
    })),
    lineOperations: [],
    deliveryOperations: [],
  };
}

const COUNTRIES = ["US", "CA", "DE", "FR", "IT", "ES", "NL", "BE", "AT", "IE"];
const MESSAGES = {
  en: { "bought-together": "Bought together", goal: "Free shipping", "quantity-breaks": "Quantity discount" },
};
const POLICY_VERSION_1 = {
  ...{ version: 1, sets: true, goal: null },
  messages: { en: { set: "Bought together", shipping: "Free shipping" } },
};

function rulesAt(
  place: number,
  lines: number,
  carries: (type: LargeCartOffers) => boolean,
  isSparse: boolean,
): string | undefined {
  const rules: ProductRules[] = [];
  if (carries("bought-together")) {
    const reward = { kind: "percent", basisPoints: 1_000 } as const;
    const listed = isSparse ? mostlyElsewhere(place, lines) : listedAt(place, lines);
    rules.push({ type: "bought-together", number: 1, priority: 100, reward, listed });
  }
  if (carries("quantity-breaks")) {
    const tiers = TIERS.map((least, i) => ({
      least,
      reward: { kind: "percent", basisPoints: 500 + i * 100 } as const,
    }));
    rules.push({ type: "quantity-breaks", number: 2, priority: 100, together: false, tiers });
  }
  return encodeProductRules(rules) ?? undefined;
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
