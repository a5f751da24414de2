import type { ShopperFacts } from "../../domain/pricing/buyer-facts.ts";
import { numberOfTag } from "../../domain/pricing/customer-tags.ts";
import type { SimulatedLine } from "../../domain/simulation/offer-in-cart.ts";
import type { SimulatedQuery } from "../../domain/simulation/simulated-query.ts";

/** Stand for a country and a language that nobody chose: no condition names them. */
const NO_COUNTRY = "ZZ";
const NO_LANGUAGE = "zz";

/** Who buys, as the query says, and what the cart costs. */
export function shopperOf(
  { country, language, orders, tags, business, counter, arm }: SimulatedQuery,
  currency: string,
  lines: readonly SimulatedLine[],
): ShopperFacts {
  return {
    ...{ country: country ?? NO_COUNTRY, language: language ?? NO_LANGUAGE, currency, counter, orders },
    ...{ signedIn: orders !== null, business: orders !== null && business, arms: arm ?? "" },
    tags: orders === null ? [] : tags.map(numberOfTag),
    valueMinor: lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0),
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}
