import type { ConditionFacts } from "./conditions/condition.ts";
import { conditionsHold } from "./conditions/conditions.ts";
import type { Offer } from "./offer.ts";
import { areTestsPublishable, testsOf } from "./shopper-conditions/shopper-conditions.ts";
import { nextChange, scheduleState } from "./schedule.ts";

/**
 * The offers that are shown at a moment, those of higher priority first, then the earlier made. Offers with conditions on
 * shoppers that are more than the discount Function is given are left out: nothing may promise what it does not know.
 */
export function runningOffers(offers: readonly Offer[], now: Date, timezone: string): Offer[] {
  const running = offers
    .filter(({ status, schedule }) => status === "active" && scheduleState(schedule, now, timezone) === "running")
    .toSorted(byPriority);
  const tested = running.filter(({ audience }) => testsOf(audience) !== null);
  const fitting = tested.findIndex(
    (_, place) => !areTestsPublishable(tested.slice(0, place + 1).map(({ audience }) => audience)),
  );
  const left = new Set(fitting < 0 ? [] : tested.slice(fitting));
  return running.filter((offer) => !left.has(offer));
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

/**
 * The offers that a product carries, of those that run, in their order: all whose conditions on products hold for it, up
 * to the first that is for every shopper. Each shopper is shown the first that is for them.
 */
export function applyingOffers<One extends Pick<Offer, "conditions" | "audience">>(
  running: readonly One[],
  facts: ConditionFacts,
): One[] {
  const fitting = running.filter(({ conditions }) => conditionsHold(conditions, facts) === true);
  const forAll = fitting.findIndex(({ audience }) => testsOf(audience) === null);
  return forAll < 0 ? fitting : fitting.slice(0, forAll + 1);
}
