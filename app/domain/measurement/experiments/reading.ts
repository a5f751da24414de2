import { ratioOf } from "../../statistics/ratio.ts";
import { sampleRatioPValue } from "../../statistics/sample-ratio.ts";
import { type GuardBreach, guardBreaches } from "./guards.ts";
import type { Interruption } from "./interruption.ts";
import type { ArmOutcome, Outcomes } from "./outcomes.ts";
import { type ExperimentPlan, type Gain, gainsAt, lookAt, type Verdict, verdictOf } from "./verdict.ts";

/** What staff see of an arm. Amounts are in the smallest unit of the currency and not whole; rates are shares. */
export interface ArmReading {
  readonly units: number;
  readonly buyers: number;
  /** After refunds, up to the cap. */
  readonly revenuePerVisitor: number;
  readonly orderValue: number | null;
  readonly checkoutRate: number;
  readonly refundRate: number | null;
}

/** What an experiment shows at one look, as it is stored. Arms are in the order in which they are compared. */
export interface ExperimentReading {
  /** Days on which shoppers came. */
  readonly days: number;
  readonly isFinal: boolean;
  readonly arms: readonly ArmReading[];
  /** Of each variant beside the control; null where nothing can be said of it. */
  readonly gains: readonly (Gain | null)[];
  /** Of the units per arm, against the planned split. */
  readonly splitPValue: number;
  readonly breaches: readonly GuardBreach[];
  readonly leftOut: Outcomes["leftOut"];
  readonly verdict: Verdict;
}

/** Reads what came out so far. */
export function readingOf(
  plan: ExperimentPlan,
  outcomes: Outcomes,
  interruption: Interruption | null,
): ExperimentReading {
  const look = lookAt(plan, outcomes);
  const units = outcomes.arms.map((arm) => arm.units);
  // A mean of nobody is none.
  const isEmpty = units.some((n) => n === 0);
  const gains = isEmpty ? [] : gainsAt(outcomes.arms, look);
  return {
    days: outcomes.days,
    isFinal: look.isFinal,
    arms: outcomes.arms.map(armReading),
    gains: outcomes.arms.slice(1).map((_, place) => gains.find(({ arm }) => arm === place + 1)?.gain ?? null),
    splitPValue: sampleRatioPValue(units, plan.weights),
    breaches: isEmpty ? [] : guardBreaches(outcomes.arms, look),
    leftOut: outcomes.leftOut,
    verdict: verdictOf(plan, outcomes, interruption),
  };
}

function armReading({ units, buyers, revenue, orderValue, checkouts, refunds }: ArmOutcome): ArmReading {
  return {
    units,
    buyers,
    revenuePerVisitor: revenue.meanY,
    orderValue: ratioOf(orderValue)?.ratio ?? null,
    checkoutRate: checkouts.meanY,
    refundRate: ratioOf(refunds)?.ratio ?? null,
  };
}

/** Whether the reading of a running experiment is its last: a verdict that is kept for ever. */
export function isLastReading({ isFinal, verdict }: ExperimentReading): boolean {
  return isFinal || verdict.kind === "interrupted";
}
