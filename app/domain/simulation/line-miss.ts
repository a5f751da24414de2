import type { BareId } from "../ids.ts";
import { priceCart } from "../pricing/price-cart.ts";
import {
  currenciesOf,
  type LineOffer,
  NOTHING_STOPPED,
  rulesOfOfferAlone,
  type SimulatedLine,
} from "./offer-in-cart.ts";

/** Why an offer that products of the cart carry takes nothing off, found by trying what would make it. */
export type LineMiss =
  /** The shop has stopped it: it would take something off. */
  | { readonly code: "stopped" }
  | { readonly code: "subscriptions-only" }
  | { readonly code: "other-currencies"; readonly currencies: readonly string[] }
  /** So many more units of a line. */
  | { readonly code: "more-units"; readonly line: string; readonly units: number }
  /** One unit of each of these. */
  | { readonly code: "products-missing"; readonly products: readonly BareId[] }
  /** The units cost no more than the offer asks for them, or nothing. */
  | { readonly code: "price-not-lower" }
  | { readonly code: "nothing-to-take-off" };

/** As many more units as are tried. */
const MOST_UNITS = 1_000;
/** Far more than a price that an offer sets. */
const DEARER = 1_000;

interface Tried {
  readonly currency: string;
  readonly lines: readonly SimulatedLine[];
}

/** What is missing for an offer to take something off a cart: the first that suffices of what a shopper or staff could change. */
export function lineMiss(offer: LineOffer, cart: Tried): LineMiss {
  const rules = rulesOfOfferAlone(offer);
  const saves = (tried: Partial<Tried>) => savesAnything({ ...cart, ...tried }, rules);
  if (saves({ lines: cart.lines.map((line) => ({ ...line, subscription: false })) })) {
    return { code: "subscriptions-only" };
  }
  const currencies = currenciesOf([...offer.rules.values()]);
  if (currencies.length > 0 && !currencies.includes(cart.currency)) return { code: "other-currencies", currencies };
  const units = unitsMissing(cart.lines, (lines) => saves({ lines }));
  if (units !== null) return { code: "more-units", ...units };
  const products = productsMissing(offer, cart.lines, (lines) => saves({ lines }));
  if (products.length > 0) return { code: "products-missing", products };
  const dearer = cart.lines.map((line) => ({ ...line, unitPriceMinor: Math.max(1, line.unitPriceMinor) * DEARER }));
  return { code: saves({ lines: dearer }) ? "price-not-lower" : "nothing-to-take-off" };
}

function savesAnything({ currency, lines }: Tried, rules: ReadonlyMap<BareId, string>): boolean {
  const priced = lines.map((line) => ({ ...line, rules: (line.product && rules.get(line.product)) ?? null }));
  return priceCart({ currency, shopRules: NOTHING_STOPPED, lines: priced }).discounts.length > 0;
}

/** The line of which the fewest more units suffice; null where none does. More units never lose a discount. */
function unitsMissing(
  lines: readonly SimulatedLine[],
  saves: (lines: readonly SimulatedLine[]) => boolean,
): { line: string; units: number } | null {
  let best: { line: string; units: number } | null = null;
  for (const { id, product, subscription } of lines) {
    if (product === null || subscription) continue;
    const suffices = (units: number) =>
      saves(lines.map((line) => (line.id === id ? { ...line, quantity: line.quantity + units } : line)));
    const units = fewest(suffices, (best?.units ?? MOST_UNITS + 1) - 1);
    if (units !== null) best = { line: id, units };
  }
  return best;
}

/** The least whole number from 1 to `most` that suffices, where every larger one does as well; null for none. */
export function fewest(suffices: (units: number) => boolean, most: number): number | null {
  let enough = 1;
  while (enough < most && !suffices(enough)) enough *= 2;
  enough = Math.min(enough, most);
  if (enough < 1 || !suffices(enough)) return null;
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (suffices(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** Products that suffice together, none of which can be left out; the best of the offer stay. */
function productsMissing(
  { adds }: LineOffer,
  lines: readonly SimulatedLine[],
  saves: (lines: readonly SimulatedLine[]) => boolean,
): BareId[] {
  const inCart = new Set(lines.map(({ product }) => product));
  let kept = adds.filter(({ product }) => !inCart.has(product));
  const suffice = (some: typeof kept) => saves([...lines, ...some.map(addedLine)]);
  if (kept.length === 0 || !suffice(kept)) return [];
  for (const one of kept.toReversed()) {
    const fewer = kept.filter((other) => other !== one);
    if (fewer.length > 0 && suffice(fewer)) kept = fewer;
  }
  return kept.map(({ product }) => product);
}

function addedLine({ product, unitPriceMinor }: LineOffer["adds"][number]): SimulatedLine {
  const line = { id: `added ${product}`, product, variant: null, quantity: 1, unitPriceMinor };
  return { ...line, subscription: false, requiresShipping: true };
}
