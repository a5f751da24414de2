import type { Offer } from "../../offer.ts";
import type { ShopCompiledType, ShopPublishFacts } from "../../compiled-type.ts";
import { offerId } from "../../offer-id.ts";
import { checkoutEntry } from "./at-checkout.ts";
import type { GoalConfig } from "./config.ts";
import { isFreeByRates } from "./own-rates.ts";
import { giftsOf, type GoalAmounts, storefrontEntry } from "./published.ts";
import { tierRules } from "./tiers.ts";

/** The goal, as publishing sees it. */
export const compiledGoal: ShopCompiledType<GoalConfig> = {
  anchor: "shop",
  compile(offer, facts) {
    const amounts = promisedAmounts(offer, facts);
    // Shopify's own rates give nothing but free shipping.
    const tiers = facts.discountIsActive ? offer.config.tiers : [];
    const ships = Object.keys(amounts).length > 0;
    if (!ships && tiers.length === 0) return null;
    const { countries, localDelivery, pickUp } = offer.config;
    const { number, priority } = offer;
    const { closesGap, closesGapAt } = offer.config;
    const terms = { amounts, countries, tiers, gap: closesGap ? closesGapAt : null };
    const id = offerId("goal", number, null);
    const goal = { type: "goal", number, priority, amounts, countries, localDelivery, pickUp } as const;
    return {
      storefront: offer.surfaces.includes("cart") ? storefrontEntry(id, terms) : null,
      checkout: offer.surfaces.includes("checkout") ? checkoutEntry(id, terms) : null,
      rules: [
        ...(ships && offer.reward !== null ? [goal] : []),
        ...tiers.flatMap((tier) => tierRules(tier, { number, priority }) ?? []),
      ],
      gifts: giftsOf(tiers),
    };
  },
};

/** Where our discount does not make shipping free, only the amounts from which the shop's own rates ship for free. */
function promisedAmounts(offer: Offer<GoalConfig>, { discountIsActive, ownRates }: ShopPublishFacts): GoalAmounts {
  const { config, reward } = offer;
  if (discountIsActive && reward !== null) return config.amounts;
  const isOwnRate = ([currency, amountMinor]: [string, number]) =>
    isFreeByRates({ currency, amountMinor }, config.countries, ownRates);
  return Object.fromEntries(Object.entries(config.amounts).filter(isOwnRate));
}
