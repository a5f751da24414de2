import type { DevDiscountNode, DevNativeDiscount, DevShop } from "./state.ts";

export type DiscountClass = DevDiscountNode["discountClasses"][number];

/** The class that a discount combines as: Shopify tells by what it is on. */
export function classOf({ off, products }: Pick<DevNativeDiscount, "off" | "products">): DiscountClass {
  if (off === "free-shipping") return "SHIPPING";
  return products === null ? "ORDER" : "PRODUCT";
}

/** The status that the clock gives; what is stored may be older. */
export function discountStatus(
  { startsAt, endsAt }: Pick<DevDiscountNode, "startsAt" | "endsAt">,
  now: number,
): DevDiscountNode["status"] {
  if (endsAt !== null && endsAt <= now) return "EXPIRED";
  return startsAt > now ? "SCHEDULED" : "ACTIVE";
}

/** The discount that a code stands for, in capitals or not, while it is on; null for none. */
export function discountOfCode(shop: DevShop, code: string, now: number): DevNativeDiscount | null {
  const found = [...(shop.nativeDiscounts?.values() ?? [])].find(
    (each) => each.code?.toLowerCase() === code.toLowerCase(),
  );
  return found !== undefined && discountStatus(found, now) === "ACTIVE" ? found : null;
}

/** Shopify takes so many codes off products and the order, and so many off shipping. */
const MOST_CODES = 5;
const MOST_SHIPPING_CODES = 1;

/** The merchant's own discounts that can take part in a cart: automatic ones, then those of the codes entered. */
export function discountsInPlay(shop: DevShop, codes: readonly string[], now: number): DevNativeDiscount[] {
  const automatic = [...(shop.nativeDiscounts?.values() ?? [])].filter(
    (each) => each.code === null && discountStatus(each, now) === "ACTIVE",
  );
  const entered = [...new Set(codes.flatMap((code) => discountOfCode(shop, code, now) ?? []))];
  const isShipping = (each: DevNativeDiscount) => classOf(each) === "SHIPPING";
  return [
    ...automatic,
    ...entered.filter((each) => !isShipping(each)).slice(0, MOST_CODES),
    ...entered.filter(isShipping).slice(0, MOST_SHIPPING_CODES),
  ];
}

const FORBIDDEN = { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false };

/** A discount for tests: ten percent off the order, on since ever, that combines with nothing. */
export function buildNativeDiscount(id: string, given: Partial<DevNativeDiscount> = {}): DevNativeDiscount {
  return {
    ...{ id, title: given.code ?? "Ten percent off", code: null, off: { percent: 10 }, products: null, minimum: null },
    ...{ combinesWith: FORBIDDEN, startsAt: 0, endsAt: null },
    ...given,
  };
}

/** Gives a shop these discounts of its merchant's and no others. */
export function setNativeDiscounts(shop: DevShop, discounts: readonly DevNativeDiscount[]): void {
  shop.nativeDiscounts = new Map(discounts.map((each) => [each.id, each]));
}
