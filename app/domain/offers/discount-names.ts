import type { Offer } from "./offer.ts";
import { PRICED_TYPES, type PricedTypeName } from "../pricing/rules.ts";

/** What has a name of its own: each type that changes prices, and the further tiers of a goal. */
type Names = Readonly<Record<PricedTypeName | "gift" | "order-reward", string>>;
const NAMED_TYPES = Object.keys(PRICED_TYPES) as PricedTypeName[];

/** What the discounts of each type that changes prices are called in the cart and at checkout, by language. */
export const DISCOUNT_NAMES = {
  en: {
    "bought-together": "Bought together",
    "buy-x-get-y": "Buy more, get more",
    gift: "Free gift",
    goal: "Free shipping",
    "mix-and-match": "Mix and match",
    "order-reward": "Order discount",
    "quantity-breaks": "Quantity discount",
  },
  ja: {
    "bought-together": "ついで買い割引",
    "buy-x-get-y": "まとめ買い特典",
    gift: "プレゼント",
    goal: "送料無料",
    "mix-and-match": "よりどり割引",
    "order-reward": "ご購入金額割引",
    "quantity-breaks": "まとめ買い割引",
  },
} as const satisfies Readonly<Record<string, Names>>;

/**
 * The names as the merchant words them, by lower-case language tag: of each type those of its first running offer. Where
 * nothing is written for a language that others have, its own or the English name stands.
 */
export function discountNames(running: readonly Pick<Offer, "type" | "copy">[]): Readonly<Record<string, Names>> {
  const names: Record<string, Names> = { ...DISCOUNT_NAMES };
  for (const type of NAMED_TYPES) {
    const written = running.find((offer) => offer.type === type)?.copy.discountName ?? {};
    for (const [tag, name] of Object.entries(written)) {
      const language = tag.toLowerCase();
      if (name.trim() !== "") names[language] = { ...(names[language] ?? DISCOUNT_NAMES.en), [type]: name.trim() };
    }
  }
  return names;
}
