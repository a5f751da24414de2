import type { BareId } from "../ids.ts";
import { shareMinor } from "../money/allocate.ts";
import type { PromisedCredit } from "../offers/promised-credits.ts";
import { creditFor } from "../store-credit/terms.ts";
import type { LineMiss } from "./line-miss.ts";

/** A cart with its prices after discounts, and what its products promise as store credit. */
export interface CartWithCredits {
  readonly currency: string;
  readonly lines: readonly {
    readonly product: BareId | null;
    readonly quantity: number;
    readonly totalMinor: number;
  }[];
  readonly promised: readonly PromisedCredit[];
}

/** What became of an offer that gives store credit. */
export type SetCreditOutcome =
  | { readonly code: "earns-credit"; readonly creditMinor: number; readonly waitDays: number }
  | Extract<LineMiss, { code: "products-missing" }>
  | { readonly code: "no-credit" };

/** What became of each such offer, by its number: the most that one of its sets earns, or the fewest products that are missing. */
export function setCreditOutcomes(cart: CartWithCredits): ReadonlyMap<number, SetCreditOutcome> {
  const byOffer = Map.groupBy(cart.promised, ({ offerNumber }) => offerNumber);
  return new Map([...byOffer].map(([number, promised]) => [number, outcomeOf(promised, cart)]));
}

function outcomeOf(promised: readonly PromisedCredit[], { currency, lines }: CartWithCredits): SetCreditOutcome {
  const units = new Map<BareId, number>();
  for (const { product, quantity, totalMinor } of lines) {
    if (product !== null)
      units.set(product, Math.max(units.get(product) ?? 0, quantity < 1 ? 0 : shareMinor(totalMinor, 1, quantity)));
  }
  const sets = promised.map((one) => ({ ...one, missing: one.companions.filter((product) => !units.has(product)) }));
  const whole = sets.filter(({ missing }) => missing.length === 0);
  const earned = whole.map(({ product, companions, terms }) => {
    const amountMinor = [product, ...companions].reduce((sum, one) => sum + (units.get(one) ?? 0), 0);
    return { creditMinor: creditFor(terms, { amountMinor, currency }), waitDays: terms.waitDays };
  });
  const [best] = earned.toSorted((a, b) => b.creditMinor - a.creditMinor);
  if (best !== undefined) return best.creditMinor > 0 ? { code: "earns-credit", ...best } : { code: "no-credit" };
  const products = sets.toSorted((a, b) => a.missing.length - b.missing.length)[0]!.missing;
  return { code: "products-missing", products };
}
