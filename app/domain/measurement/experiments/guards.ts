import { anyLookPValue, tightestAt } from "../../statistics/any-look.ts";
import { type Comparison, differenceOf, meansCompared } from "../../statistics/comparison.ts";
import { holm } from "../../statistics/holm.ts";
import { INTERIM_ALPHA, type Look } from "../../statistics/planned-looks.ts";
import { ratiosCompared } from "../../statistics/ratio.ts";
import type { ArmOutcome } from "./outcomes.ts";

/** What must not get worse, whatever revenue does. */
export type GuardName = "refund-rate" | "checkout-rate";

/** An arm that does worse than the control. Rates are shares from 0 to 1. */
export interface GuardBreach {
  readonly guard: GuardName;
  /** The arm's place; 0 is the control. */
  readonly arm: number;
  readonly control: number;
  readonly variant: number;
}

/** Whether more is worse. */
const WORSE_WHEN: Readonly<Record<GuardName, 1 | -1>> = { "refund-rate": 1, "checkout-rate": -1 };

/**
 * The arms whose refunds take a larger share of what was sold, or whose shoppers start fewer checkouts, than the
 * control's. Valid at any look: all guards of all arms together raise a false alarm in at most 1 of 100 experiments.
 */
export function guardBreaches(arms: readonly ArmOutcome[], { buyers, plannedBuyers }: Look): GuardBreach[] {
  const [control, ...variants] = arms;
  if (control === undefined) return [];
  const looks = tightestAt(plannedBuyers, INTERIM_ALPHA);
  const asked = variants.flatMap((variant, place) => {
    const refunds = ratiosCompared(control.refunds, variant.refunds);
    const checkouts = meansCompared(control.checkouts, variant.checkouts);
    return [
      ...(refunds === null ? [] : [{ guard: "refund-rate" as const, arm: place + 1, compared: refunds }]),
      { guard: "checkout-rate" as const, arm: place + 1, compared: checkouts },
    ];
  });
  const corrected = holm(asked.map(({ compared }) => anyLookPValue(compared, buyers, looks)));
  return asked.flatMap(({ guard, arm, compared }, place) =>
    corrected[place]! <= INTERIM_ALPHA && isWorse(guard, compared)
      ? { guard, arm, control: compared.control, variant: compared.variant }
      : [],
  );
}

function isWorse(guard: GuardName, compared: Comparison): boolean {
  return differenceOf(compared) * WORSE_WHEN[guard] > 0;
}
