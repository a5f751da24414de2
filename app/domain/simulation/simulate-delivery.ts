import type { BareId } from "../ids.ts";
import type { BuyerFacts } from "../pricing/buyer-facts.ts";
import { type DeliveredLine, freeDelivery } from "../pricing/price-delivery.ts";
import { fewest } from "./line-miss.ts";
import { currenciesOf, type DeliveryOffer, shopRulesOfOfferAlone } from "./offer-in-cart.ts";

/** Ways to deliver that a simulation can be about, as Shopify names them. */
export const DELIVERY_METHODS = ["SHIPPING", "LOCAL", "PICK_UP"] as const;
export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

/** How a simulated cart is delivered. Amounts are minor units of its currency. */
export interface DeliveryToSimulate {
  readonly currency: string;
  /** ISO 3166 code; null where it is not known. */
  readonly country: string | null;
  /** Nothing is known of the buyer where it is absent. */
  readonly buyer?: BuyerFacts;
  /** What the cart costs before discounts, and its units; absent where nobody knows. */
  readonly valueMinor?: number;
  readonly units?: number;
  readonly method: DeliveryMethod;
  /** After discounts on lines. */
  readonly lines: readonly DeliveredLine[];
  readonly shopRules: string;
  /** Compact rules of the cart's products, as they are published. */
  readonly rules: ReadonlyMap<BareId, string>;
  readonly offers: readonly DeliveryOffer[];
}

/** What became of an offer of free delivery. */
export type DeliveryOutcome =
  | { readonly code: "free-delivery" }
  /** It would be free, and the shop has stopped it. */
  | { readonly code: "stopped" }
  | { readonly code: "nothing-ships" }
  | { readonly code: "other-currencies"; readonly currencies: readonly string[] }
  | { readonly code: "other-countries"; readonly countries: readonly string[] }
  /** Not for this way to deliver. */
  | { readonly code: "other-method" }
  | { readonly code: "amount-missing"; readonly missingMinor: number }
  | { readonly code: "never-free" };

export interface SimulatedDelivery {
  readonly free: boolean;
  /** By the number of the offer. */
  readonly outcomes: ReadonlyMap<number, DeliveryOutcome>;
}

const LARGEST_AMOUNT = 1e12;

/** Whether delivery is free, by the discount Function's own code, and what is missing where an offer does not make it so. */
export function simulateDelivery(cart: DeliveryToSimulate): SimulatedDelivery {
  return {
    free: isFree(cart, cart.shopRules, cart.rules),
    outcomes: new Map(cart.offers.map((offer) => [offer.number, outcomeOf(offer, cart)])),
  };
}

type Asked = Pick<DeliveryToSimulate, "currency" | "country" | "buyer" | "valueMinor" | "units" | "method" | "lines">;

/** The price of the way to deliver does not matter, as long as there is one. */
function isFree(
  { currency, country, buyer, valueMinor, units, method, lines }: Asked,
  shopRules: string,
  productRules: ReadonlyMap<BareId, string> = new Map(),
): boolean {
  const options = [{ handle: "chosen", method, costMinor: 1 }];
  const known = { ...(buyer && { buyer }), ...(units === undefined ? {} : { valueMinor: valueMinor ?? 0, units }) };
  const groups = [{ country, options }];
  return freeDelivery({ currency, country, ...known, shopRules, productRules, lines, groups }).length > 0;
}

function outcomeOf(offer: DeliveryOffer, cart: DeliveryToSimulate): DeliveryOutcome {
  const rules = shopRulesOfOfferAlone(offer);
  const free = (changed: Partial<Asked>) => isFree({ ...cart, ...changed }, rules);
  if (free({})) return { code: isFree(cart, cart.shopRules) ? "free-delivery" : "stopped" };
  if (!cart.lines.some(({ requiresShipping }) => requiresShipping)) return { code: "nothing-ships" };
  const currencies = currenciesOf(offer.rules);
  if (!currencies.includes(cart.currency)) return { code: "other-currencies", currencies };
  const enough = [...cart.lines, { requiresShipping: true, totalMinor: LARGEST_AMOUNT }];
  const { countries } = offer.rules;
  if (!free({ lines: enough })) {
    if (countries !== null && !countries.includes(cart.country ?? "")) return { code: "other-countries", countries };
    return { code: free({ lines: enough, method: "SHIPPING" }) ? "other-method" : "never-free" };
  }
  const missingMinor = fewest(
    (more) => free({ lines: [...cart.lines, { requiresShipping: true, totalMinor: more }] }),
    LARGEST_AMOUNT,
  );
  return { code: "amount-missing", missingMinor: missingMinor! };
}
