import type { BareId } from "../ids.ts";
import type { BuyerFacts } from "../pricing/buyer-facts.ts";
import { freeDelivery } from "../pricing/price-delivery.ts";
import type { BoughtTogetherRules, FreeShippingReward } from "../pricing/rules.ts";
import type { LineMiss } from "./line-miss.ts";
import { type LineOffer, NOTHING_STOPPED, rulesOfOfferAlone, type SimulatedLine } from "./offer-in-cart.ts";
import type { DeliveryMethod, DeliveryOutcome } from "./simulate-delivery.ts";

/** A cart on its way, with what makes sets of it ship for free. */
export interface SetsToShip {
  readonly currency: string;
  /** ISO 3166 code; null where it is not known. */
  readonly country: string | null;
  /** Nothing is known of the buyer where it is absent. */
  readonly buyer?: BuyerFacts;
  readonly method: DeliveryMethod;
  readonly lines: readonly SimulatedLine[];
  /** Compact rules of each product, as they are published. */
  readonly rules: ReadonlyMap<BareId, string>;
  readonly shopRules: string;
  /** Offers whose reward of a whole set is free shipping. */
  readonly offers: readonly LineOffer[];
}

/** What became of a set that ships for free. */
export type SetShippingOutcome =
  DeliveryOutcome | Extract<LineMiss, { code: "subscriptions-only" | "products-missing" }>;

/** Whether a whole set of the offer ships for free: then it changes no price. */
export function shipsForFree({ rules }: LineOffer): boolean {
  return [...rules.values()].some((one) => one.type === "bought-together" && one.reward.kind === "free-shipping");
}

/** What became of each offer, by its number, and what is missing where its set does not ship for free. */
export function setShippingOutcomes(cart: SetsToShip): ReadonlyMap<number, SetShippingOutcome> {
  return new Map(cart.offers.map((offer) => [offer.number, outcomeOf(offer, cart)]));
}

function outcomeOf(offer: LineOffer, cart: SetsToShip): SetShippingOutcome {
  const alone = { ...cart, rules: rulesOfOfferAlone(offer), shopRules: NOTHING_STOPPED };
  const free = (changed: Partial<SetsToShip>) => isFree({ ...alone, ...changed });
  if (free({})) return { code: isFree(cart) ? "free-delivery" : "stopped" };
  if (!cart.lines.some(({ requiresShipping }) => requiresShipping)) return { code: "nothing-ships" };
  const bought = cart.lines.map((line) => ({ ...line, subscription: false }));
  if (free({ lines: bought })) return { code: "subscriptions-only" };
  const products = fewestMissing(offer, cart.lines);
  const whole = [...bought, ...products.map((product) => unitOf(product))];
  if (free({ lines: whole })) return { code: "products-missing", products };
  const countries = countriesOf(offer);
  if (countries !== null && !countries.includes(cart.country ?? "")) return { code: "other-countries", countries };
  return { code: free({ lines: whole, method: "SHIPPING" }) ? "other-method" : "never-free" };
}

function isFree({ currency, country, buyer, method, lines, rules, shopRules }: SetsToShip): boolean {
  const options = [{ handle: "chosen", method, costMinor: 1 }];
  const groups = [{ country, options }];
  const delivered = lines.map((line) => ({ ...line, totalMinor: line.quantity * line.unitPriceMinor }));
  const worth = {
    valueMinor: delivered.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  };
  const known = { ...(buyer && { buyer }), ...worth };
  const cart = { currency, country, ...known, shopRules, productRules: rules, lines: delivered, groups };
  return freeDelivery(cart).length > 0;
}

function setsOf({ rules }: LineOffer): BoughtTogetherRules[] {
  return [...rules.values()].filter((one) => one.type === "bought-together");
}

/** What the cart lacks of the set that it lacks least of. */
function fewestMissing(offer: LineOffer, lines: readonly SimulatedLine[]): BareId[] {
  const has = new Set(lines.map(({ product }) => product));
  const missing = setsOf(offer).map(({ listed }) => listed.filter((product) => !has.has(product)));
  return missing.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function countriesOf(offer: LineOffer): readonly string[] | null {
  const [first] = setsOf(offer);
  return first === undefined ? null : (first.reward as FreeShippingReward).countries;
}

function unitOf(product: BareId): SimulatedLine {
  return {
    ...{ id: `added ${product}`, product, variant: null, quantity: 1, unitPriceMinor: 1 },
    ...{ subscription: false, requiresShipping: true },
  };
}
