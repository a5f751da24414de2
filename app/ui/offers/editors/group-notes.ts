import { chosenPriceMinor } from "../../../domain/offers/types/mix-and-match/published.ts";
import { amountOff } from "../../../domain/pricing/kernel/amounts.ts";
import { FIXED_PRICE, PERCENT } from "../../../domain/pricing/kernel/rewards.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import type { NamedProduct } from "../use-product-titles.ts";
import { largest, lossOn } from "./below-cost.ts";
import type { TypedReward } from "./typed-reward.ts";

/** What staff should know about the price of a group before they save it. */
export type GroupNote =
  /** So many units of the cheapest product cost so much on their own. */
  | { readonly code: "apart"; readonly title: string; readonly amount: MoneyView }
  /** The same, and that is no more than the price that was set. */
  | { readonly code: "notCheaper"; readonly title: string; readonly amount: MoneyView }
  /** No choice at all costs more than the price that was set. */
  | { readonly code: "neverCheaper"; readonly title: string; readonly amount: MoneyView }
  | { readonly code: "belowCost"; readonly title: string; readonly cost: MoneyView }
  | { readonly code: "repeated" };

/** The kinds that a group can have; null for what is not typed yet. */
export type GroupTerms = TypedReward<"percent" | "fixed-price"> | null;

/**
 * @param products Those to choose from.
 * @param reward In the currency of their prices; null for one that is not typed yet.
 */
export function groupNotes(choose: number, reward: GroupTerms, products: readonly NamedProduct[]): GroupNote[] {
  const priced = products.flatMap(({ title, price, cost }) => (price === null ? [] : [{ title, price, cost }]));
  const [cheapest, ...others] = priced.toSorted((a, b) => a.price.amountMinor - b.price.amountMinor);
  const repeated: GroupNote[] = products.length > 0 && products.length < choose ? [{ code: "repeated" }] : [];
  if (cheapest === undefined) return repeated;
  const dearest = others.at(-1) ?? cheapest;
  const apart = ({ title, price }: typeof cheapest) => ({
    title,
    amount: { ...price, amountMinor: price.amountMinor * choose },
  });
  if (reward === null) return [{ code: "apart", ...apart(cheapest) }, ...repeated];
  const isReached = (one: typeof cheapest) => reward.kind === "percent" || apart(one).amount.amountMinor > reward.value;
  if (!isReached(dearest)) return [{ code: "neverCheaper", ...apart(dearest) }, ...repeated];
  const paid = ({ price }: typeof cheapest) => {
    const units = Array<number>(choose).fill(price.amountMinor);
    const kind = reward.kind === "percent" ? PERCENT : FIXED_PRICE;
    const paidFor = (amount: number) => amount - amountOff(amount, kind, reward.value);
    return chosenPriceMinor(choose, units, reward.kind === "percent", paidFor);
  };
  const losses = priced.map((one) => {
    const { title, cost = null } = one;
    const loss = lossOn({ ...one.price, amountMinor: paid(one) }, [{ units: choose, cost }]);
    return loss && { title, each: cost!, ...loss };
  });
  const worst = largest(losses);
  return [
    { code: isReached(cheapest) ? "apart" : "notCheaper", ...apart(cheapest) },
    ...(worst === undefined ? [] : [{ code: "belowCost", title: worst.title, cost: worst.each } as const]),
    ...repeated,
  ];
}
