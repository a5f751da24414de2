/** Benefits of different classes never compete: Shopify applies them one class after the other. */
export type BenefitClass = "product" | "order" | "shipping";

/** So much off each of so many units of a cart line. */
export interface BenefitUnits {
  readonly line: string;
  /** At least 1. */
  readonly quantity: number;
  /** Minor units of the cart's currency, rounded once, at most the unit's price. */
  readonly amountOffMinor: number;
}

/** What an offer proposes for a cart. */
export interface Benefit {
  /** Id of the offer. */
  readonly offer: string;
  readonly class: BenefitClass;
  /** Of benefits with equal savings the one of higher priority is taken, then that of the offer whose id comes first. */
  readonly priority: number;
  readonly units: readonly BenefitUnits[];
  /** At most so many of its units in all; of a whole benefit, at most so often. Absent: all units; once. */
  readonly limit?: number;
  /** True for a set: all of its units are taken together, or none. */
  readonly whole?: boolean;
}

/** What became of one benefit, for the simulator, the order page and the log. */
export interface TracedBenefit<Of extends Benefit = Benefit> {
  readonly benefit: Of;
  /** What it would save by itself. */
  readonly proposedMinor: number;
  readonly savedMinor: number;
  /** Its units that were taken. */
  readonly taken: readonly BenefitUnits[];
  readonly outcome: "taken" | "partly-taken" | "lost";
  /** Ids of the offers that took units which it could have had; empty where it was taken. */
  readonly lostTo: readonly string[];
}
