import type { MoneyView } from "../../../views/money-view.ts";

/** Units of one product that are sold together with others. */
export interface CostedUnits {
  readonly units: number;
  /** Of one unit; null where it is not known. */
  readonly cost: MoneyView | null;
}

/** What shoppers pay for some units, which cost the shop more. */
export interface Loss {
  readonly paid: MoneyView;
  readonly cost: MoneyView;
}

/** The loss on units that are sold together for `paid`; null where there is none, or a cost is not known. */
export function lossOn(paid: MoneyView, sold: readonly CostedUnits[]): Loss | null {
  const costs = sold.map(({ units, cost }) => (cost === null ? null : cost.amountMinor * units));
  if (costs.includes(null)) return null;
  const amountMinor = costs.reduce<number>((sum, cost) => sum + cost!, 0);
  return amountMinor > paid.amountMinor ? { paid, cost: { amountMinor, currency: paid.currency } } : null;
}

/** The largest of some losses; undefined for none. */
export function largest<L extends Loss>(losses: readonly (L | null)[]): L | undefined {
  const lostMinor = ({ paid, cost }: L) => cost.amountMinor - paid.amountMinor;
  return losses.flatMap((one) => one ?? []).toSorted((a, b) => lostMinor(b) - lostMinor(a))[0];
}
