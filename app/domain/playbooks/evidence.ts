import type { ProductId } from "../ids.ts";
import type { Month } from "../mining/lists/seasons.ts";

/** A companion that the orders support for a product, before any decision of a person. */
export interface PairEvidence {
  readonly companion: ProductId;
  /** Orders with both, of the whole history and of its latest 90 days. */
  readonly together: number;
  readonly recent: number;
  /** Orders with the product, and with the companion. */
  readonly orders: number;
  readonly companionOrders: number;
  /** Of two grades of evidence that are enough, the better one. */
  readonly strong: boolean;
}

/** A product with its companions in the order in which its set shows them. */
export interface ProductPairs {
  readonly product: ProductId;
  readonly companions: readonly PairEvidence[];
}

/** Two products that are bought together in some months only. */
export interface SeasonEvidence {
  readonly product: ProductId;
  readonly companion: ProductId;
  /** In the order in which they follow each other: [11, 12, 1]. */
  readonly months: readonly Month[];
  /** Times both were bought, and how many of these in the season. */
  readonly together: number;
  readonly inSeason: number;
  /** Years in which the season shows by itself. */
  readonly years: number;
  /** How many companions of the product the set shows before this one, while the season lasts. */
  readonly before: number;
}

/** How many units of a product an order takes. */
export interface QuantityEvidence {
  readonly product: ProductId;
  /** Orders of the last year by the units that they took, ascending: [[1, 80], [2, 30]]. */
  readonly ordersByUnits: readonly (readonly [units: number, orders: number])[];
}

/** A product that its customers buy again. */
export interface RepeatEvidence {
  readonly product: ProductId;
  readonly customers: number;
  /** Share of its customers of long enough ago who bought it again, and after how many days as a rule. */
  readonly repeatShare: number;
  readonly medianDays: number;
}

/** A product that sells less than it did, and one that sells well and was bought with it. */
export interface SlowEvidence {
  readonly product: ProductId;
  readonly partner: ProductId;
  readonly together: number;
  /** Orders of the latest 90 days, and as many as its earlier orders would give. */
  readonly recent: number;
  readonly expected: number;
  readonly partnerRecent: number;
}

/** A product that customers of another one moved on to. */
export interface UpgradeEvidence {
  readonly product: ProductId;
  readonly upgrade: ProductId;
  readonly customers: number;
}

/** What orders of the last year cost, in the shop's currency. */
export interface OrderValues {
  readonly orders: number;
  /** In minor units, ascending, from the smallest order to the largest in steps of 5 %: 21 values. */
  readonly quantiles: readonly number[];
}

/** What ready-made offers rest on. Gathered now and then; lists are bounded, the best of each first. */
export interface PlaybookEvidence {
  /** Orders that all figures but those of the last year are of. */
  readonly orders: number;
  readonly pairs: readonly ProductPairs[];
  readonly seasons: readonly SeasonEvidence[];
  readonly quantities: readonly QuantityEvidence[];
  readonly repeats: readonly RepeatEvidence[];
  readonly slow: readonly SlowEvidence[];
  readonly upgrades: readonly UpgradeEvidence[];
  /** Null where no order of the last year was in the shop's currency. */
  readonly orderValues: OrderValues | null;
}
