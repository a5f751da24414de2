import { tierPriceMinor } from "../../../domain/offers/types/quantity-breaks/published.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import type { NamedProduct } from "../use-product-titles.ts";
import { largest, lossOn } from "./below-cost.ts";
import type { TypedReward } from "./typed-reward.ts";

/** Units that an offer makes cheaper, and those at their own price that are bought with them. */
export interface RewardedUnits {
  readonly reward: TypedReward;
  readonly units: number;
  /** Of the same product; 0 for none. */
  readonly fullPrice: number;
}

/** What staff should know about a reward of single units before they save it. */
export type UnitNote =
  /** The product costs no more than the price that was set; `never` says the same of all products. */
  | { readonly code: "notCheaper" | "neverCheaper"; readonly title: string; readonly amount: MoneyView }
  /** The amount off is at least the product's price. */
  | { readonly code: "free"; readonly title: string; readonly amount: MoneyView }
  | {
      readonly code: "belowCost";
      readonly title: string;
      readonly units: number;
      readonly paid: MoneyView;
      readonly cost: MoneyView;
    };

/** @param products Those that the offer makes cheaper, with prices in the currency of the rewards. */
export function unitNotes(given: readonly RewardedUnits[], products: readonly NamedProduct[]): UnitNote[] {
  const priced = products
    .flatMap(({ title, price, cost }) => (price === null ? [] : [{ title, price, cost: cost ?? null }]))
    .toSorted((a, b) => a.price.amountMinor - b.price.amountMinor);
  const [cheapest] = priced;
  if (cheapest === undefined || given.length === 0) return [];
  return [...savingNotes(given, cheapest, priced.at(-1)!), ...costNotes(given, priced)];
}

type Priced = Pick<NamedProduct, "title"> & { readonly price: MoneyView; readonly cost: MoneyView | null };

/** Rewards that save nothing, or all of a price. */
function savingNotes(given: readonly RewardedUnits[], cheapest: Priced, dearest: Priced): UnitNote[] {
  const ofKind = (kind: TypedReward["kind"]) =>
    given.flatMap(({ reward }) => (reward.kind === kind ? reward.value : []));
  const prices = ofKind("fixed-price");
  const note = (code: "notCheaper" | "neverCheaper" | "free", { title, price: amount }: Priced): UnitNote[] => [
    { code, title, amount },
  ];
  if (prices.length > 0 && dearest.price.amountMinor <= Math.min(...prices)) return note("neverCheaper", dearest);
  if (cheapest.price.amountMinor <= Math.max(...prices)) return note("notCheaper", cheapest);
  return cheapest.price.amountMinor <= Math.max(...ofKind("amount-off")) ? note("free", cheapest) : [];
}

/** The product of which the shop loses most, if any. */
function costNotes(given: readonly RewardedUnits[], priced: readonly Priced[]): UnitNote[] {
  const losses = priced.flatMap(({ title, price, cost }) =>
    given.map(({ reward, units: rewarded, fullPrice }) => {
      const each = tierPriceMinor([{ from: 1, ...reward }], 1, price.amountMinor);
      const units = rewarded + fullPrice;
      const paid = { ...price, amountMinor: rewarded * each + fullPrice * price.amountMinor };
      const loss = lossOn(paid, [{ units, cost }]);
      return loss && ({ code: "belowCost", title, units, ...loss } as const);
    }),
  );
  const worst = largest(losses);
  return worst === undefined ? [] : [worst];
}
