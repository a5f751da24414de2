import { type ArmResult, ALPHA, isEnoughToLook, type Look, resultsAtLook } from "../../statistics/planned-looks.ts";
import { meansAdjusted } from "../../statistics/pre-period.ts";
import { isSplitWrong } from "../../statistics/sample-ratio.ts";
import { type GuardBreach, guardBreaches } from "./guards.ts";
import type { Interruption } from "./interruption.ts";
import type { ArmOutcome, Outcomes } from "./outcomes.ts";

/** What was set before the start and does not change. */
export interface ExperimentPlan {
  readonly weights: readonly number[];
  /** Whole weeks, in days. */
  readonly days: number;
  /** Buyers of all arms together that the last look needs. */
  readonly buyers: number;
  /** Differences below this share of the control's revenue per visitor are not worth having. */
  readonly worthwhile: number;
}

/** With fewer buyers than planned an experiment goes on, at most for this many times the days planned. */
export const LONGEST_FACTOR = 2;

/** A difference in revenue per visitor as a share of the control's: 0.03 is 3 % more. */
export interface Gain {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * What an experiment says. `arm`: the place of the arm; 0 is the control. "better" names the best variant that does no
 * harm, "worse" is said where all variants earn less (of which it names the one that loses least), "harm" where a variant
 * breaks a guard and none is better.
 */
export type Verdict =
  | { readonly kind: "wrong-split"; readonly planned: readonly number[]; readonly seen: readonly number[] }
  | { readonly kind: "harm"; readonly breach: GuardBreach }
  | { readonly kind: "better"; readonly arm: number; readonly gain: Gain }
  | { readonly kind: "worse"; readonly arm: number; readonly gain: Gain }
  | { readonly kind: "no-worthwhile-difference"; readonly worthwhile: number }
  | { readonly kind: "interrupted"; readonly reason: Interruption["reason"]; readonly at: number }
  /** The last look was taken and leaves it open; `gain` is null where nothing can be said of it. */
  | { readonly kind: "open"; readonly gain: Gain | null }
  | { readonly kind: "not-enough"; readonly daysLeft: number };

/**
 * The verdict at a look. The last look is taken on the first day on which the planned days have passed and the planned
 * buyers have come, or after {@link LONGEST_FACTOR} times the days. Whoever calls this keeps the verdict of that day:
 * a later one would use up the chance of a false claim again.
 */
export function verdictOf(plan: ExperimentPlan, outcomes: Outcomes, interruption: Interruption | null): Verdict {
  const { arms, days } = outcomes;
  const units = arms.map((arm) => arm.units);
  if (isSplitWrong(units, plan.weights)) {
    return { kind: "wrong-split", planned: sharesOf(plan.weights), seen: sharesOf(units) };
  }
  const look = lookAt(plan, outcomes);
  const claim = isEnoughToLook(
    days,
    arms.map((arm) => arm.buyers),
  )
    ? claimAt(arms, look, plan.worthwhile)
    : null;
  if (claim !== null) return claim;
  if (interruption !== null) return { kind: "interrupted", reason: interruption.reason, at: interruption.at };
  if (!look.isFinal) return { kind: "not-enough", daysLeft: daysLeft(plan, days, look.buyers) };
  return { kind: "open", gain: bestGain(arms, look) };
}

/** The look that is taken of these outcomes. */
export function lookAt(plan: ExperimentPlan, { arms, days }: Outcomes): Look {
  const buyers = arms.reduce((sum, arm) => sum + arm.buyers, 0);
  return { isFinal: isLastLook(plan, days, buyers), buyers, plannedBuyers: plan.buyers };
}

/** True from the day of the last look on. */
export function isLastLook(plan: ExperimentPlan, days: number, buyers: number): boolean {
  return (days >= plan.days && buyers >= plan.buyers) || days >= LONGEST_FACTOR * plan.days;
}

/** Days until the last look if buyers come as they did so far; at least 1. */
function daysLeft(plan: ExperimentPlan, days: number, buyers: number): number {
  const forBuyers = buyers === 0 ? Infinity : ((plan.buyers - buyers) * days) / buyers;
  const left = Math.min(Math.max(plan.days - days, forBuyers), LONGEST_FACTOR * plan.days - days);
  return Math.max(1, Math.ceil(left));
}

function claimAt(arms: readonly ArmOutcome[], look: Look, worthwhile: number): Verdict | null {
  const breaches = guardBreaches(arms, look);
  const isHarmed = (arm: number) => breaches.some((breach) => breach.arm === arm);
  const gains = gainsAt(arms, look);
  const claimed = gains.filter(({ isClaimed }) => isClaimed).sort((a, b) => b.gain.estimate - a.gain.estimate);
  const better = claimed.find(({ arm, gain }) => gain.estimate > 0 && !isHarmed(arm));
  if (better !== undefined) return { kind: "better", arm: better.arm, gain: better.gain };
  const worse = claimed.filter(({ gain }) => gain.estimate < 0);
  const isComplete = gains.length === arms.length - 1;
  if (isComplete && worse.length === gains.length) return { kind: "worse", arm: worse[0]!.arm, gain: worse[0]!.gain };
  if (breaches.length > 0) return { kind: "harm", breach: breaches[0]! };
  const isSmall = ({ gain }: { gain: Gain }) => gain.low > -worthwhile && gain.high < worthwhile;
  return isComplete && gains.every(isSmall) ? { kind: "no-worthwhile-difference", worthwhile } : null;
}

/** The gain of each variant of which anything can be said. */
export function gainsAt(arms: readonly ArmOutcome[], look: Look) {
  return resultsOf(arms, look).flatMap(({ pValue, estimate, relative }, place) =>
    relative === null ? [] : { arm: place + 1, isClaimed: pValue <= ALPHA, gain: { estimate, ...relative } },
  );
}

/** As `resultsAtLook`, with the difference as a share of the control's. */
function resultsOf([control, ...variants]: readonly ArmOutcome[], look: Look): (ArmResult & { estimate: number })[] {
  if (control === undefined) return [];
  const compared = variants.map((variant) => meansAdjusted(control.revenue, variant.revenue));
  return resultsAtLook(compared, look).map((result, place) => ({
    ...result,
    estimate: result.difference / compared[place]!.control,
  }));
}

function bestGain(arms: readonly ArmOutcome[], look: Look): Gain | null {
  const gains = gainsAt(arms, look).map(({ gain }) => gain);
  return gains.sort((a, b) => b.estimate - a.estimate)[0] ?? null;
}

function sharesOf(parts: readonly number[]): number[] {
  const all = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (all === 0 ? 0 : part / all));
}
