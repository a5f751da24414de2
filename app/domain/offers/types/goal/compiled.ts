import type { Offer } from "../../offer.ts";
import type { ShopCompiledType, ShopPublishFacts } from "../../compiled-type.ts";
import { offerId } from "../../offer-id.ts";
import type { GoalConfig } from "./config.ts";
import { isFreeByRates } from "./own-rates.ts";
import { checkoutEntry, type GoalAmounts, storefrontEntry } from "./published.ts";

/** The goal, as publishing sees it. */
export const compiledGoal: ShopCompiledType<GoalConfig> = {
  anchor: "shop",
  compile(offer, facts) {
    const amounts = promisedAmounts(offer, facts);
    if (Object.keys(amounts).length === 0) return null;
    const { countries, localDelivery, pickUp } = offer.config;
    const { number, priority } = offer;
    const terms = { amounts, countries };
    const id = offerId("goal", number, null);
    return {
      storefront: offer.surfaces.includes("cart") ? storefrontEntry(id, terms) : null,
      checkout: offer.surfaces.includes("checkout") ? checkoutEntry(id, terms) : null,
      rules: { type: "goal", number, priority, amounts, countries, localDelivery, pickUp },
    };
  },
};

/** Without our discount, only the amounts from which the shop's own rates ship for free. */
function promisedAmounts({ config }: Offer<GoalConfig>, { discountIsActive, ownRates }: ShopPublishFacts): GoalAmounts {
  if (discountIsActive) return config.amounts;
  const isOwnRate = ([currency, amountMinor]: [string, number]) =>
    isFreeByRates({ currency, amountMinor }, config.countries, ownRates);
  return Object.fromEntries(Object.entries(config.amounts).filter(isOwnRate));
}
