import { countsTowardsGoal } from "./kernel/goal.ts";

/**
 * The basis of free shipping from an amount, stated once. The goal bar (Liquid and its script repeat it, and a test
 * compares them), the checkout block and the discount Function all go by it:
 *
 * - What ships counts, gift cards that ship included. Services, and gift cards that are sent by mail, do not.
 * - A product that a goal gives free never counts, however many units of it are bought.
 * - Lines count after discounts on lines and before discounts on the whole order.
 * - A goal is good for the countries that it names, or everywhere: see {@link isGoalGoodFor}.
 */
export interface GoalLine {
  readonly requiresShipping: boolean;
  /** Minor units, after discounts on the line. */
  readonly totalMinor: number;
  /** Whether a goal gives its product free. Absent for no. */
  readonly gift?: boolean;
}

export interface GoalBasis {
  readonly countedMinor: number;
  readonly lines: number;
  readonly countedLines: number;
}

/** What of a cart counts towards its goal. */
export function goalBasis(lines: readonly GoalLine[]): GoalBasis {
  const counted = lines.filter(({ requiresShipping, gift }) => countsTowardsGoal(requiresShipping, gift === true));
  return {
    countedMinor: counted.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    lines: lines.length,
    countedLines: counted.length,
  };
}

/**
 * Whether a goal is good where a cart is delivered to.
 *
 * @param countries ISO 3166 codes; null for everywhere.
 * @param country Null where it is not known: then only a goal that is good everywhere is.
 */
export function isGoalGoodFor(countries: readonly string[] | null, country: string | null): boolean {
  return countries === null || (country !== null && countries.includes(country));
}
