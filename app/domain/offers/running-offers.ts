import type { ConditionFacts } from "./conditions/condition.ts";
import { conditionsHold } from "./conditions/conditions.ts";
import type { Offer } from "./offer.ts";
import { nextChange, scheduleState } from "./schedule.ts";

/** The offers that are shown at a moment, those of higher priority first, then the earlier made. */
export function runningOffers(offers: readonly Offer[], now: Date, timezone: string): Offer[] {
  return offers
    .filter(({ status, schedule }) => status === "active" && scheduleState(schedule, now, timezone) === "running")
    .toSorted(byPriority);
}

/** When the next of the offers begins or ends by its schedule; null where none does. */
export function nextScheduledChange(offers: readonly Offer[], now: Date, timezone: string): Date | null {
  const changes = offers
    .filter(({ status }) => status === "active")
    .flatMap(({ schedule }) => nextChange(schedule, now, timezone) ?? []);
  return changes.length === 0 ? null : new Date(Math.min(...changes.map((change) => change.getTime())));
}

function byPriority(a: Offer, b: Offer): number {
  return b.priority - a.priority || a.number - b.number;
}

/** The offer that is shown with a product: of those that run, in their order, the first whose conditions hold for it. */
export function applyingOffer<One extends Pick<Offer, "conditions">>(
  running: readonly One[],
  facts: ConditionFacts,
): One | null {
  return running.find(({ conditions }) => conditionsHold(conditions, facts) === true) ?? null;
}
