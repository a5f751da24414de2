import type { OfferTypeName } from "./offer-type-name.ts";

/** What the discounts of each type are called in the cart and at checkout, by language. */
export const DISCOUNT_NAMES = {
  en: { "bought-together": "Bought together", goal: "Free shipping", "quantity-breaks": "Quantity discount" },
  ja: { "bought-together": "ついで買い割引", goal: "送料無料", "quantity-breaks": "まとめ買い割引" },
} as const satisfies Readonly<Record<string, Readonly<Record<OfferTypeName, string>>>>;
