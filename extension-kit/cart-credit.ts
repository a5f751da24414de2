import { type AppMetafield, valueAt } from "./app-metafields.ts";
import { type CartLine, lineMinor, productOf } from "./cart.ts";
import type { CartArms } from "./cart-arms.ts";
import {
  gid,
  isCurrencyCode,
  money,
  type Money,
  offerKeyOf,
  promisedCredits,
  PUBLISHED,
  setCreditOutcomes,
} from "./domain.ts";

/**
 * The store credit that a cart earns with the whole sets in it, of each offer once and at most: a discount on the order or a
 * return lowers it. Null where there is none, and for shoppers whom an experiment keeps from all offers.
 */
export function creditOfCart(
  lines: readonly CartLine[],
  metafields: readonly AppMetafield[],
  { currency, arms }: { readonly currency: string; readonly arms: Pick<CartArms, "isHeldOut" | "hides"> },
): Money | null {
  if (arms.isHeldOut || !isCurrencyCode(currency)) return null;
  const products = [...new Set(lines.map(productOf))];
  const promised = products.flatMap((product) =>
    promisedCredits(gid("Product", product), valueAt(metafields, PUBLISHED.offers, product)),
  );
  const outcomes = setCreditOutcomes({
    currency,
    lines: lines.map((line) => ({ product: productOf(line), quantity: line.quantity, totalMinor: lineMinor(line) })),
    promised: promised.filter(({ offerNumber }) => !arms.hides(offerKeyOf("bought-together", offerNumber))),
  });
  const earnedMinor = [...outcomes.values()].reduce(
    (sum, outcome) => sum + (outcome.code === "earns-credit" ? outcome.creditMinor : 0),
    0,
  );
  return earnedMinor > 0 ? money(earnedMinor, currency) : null;
}
