import type { ConditionFacts } from "./conditions/condition.ts";
import { conditionsHold } from "./conditions/conditions.ts";
import type { Offer } from "./offer.ts";
import { isCredit } from "./rewards/rewards.ts";
import { areCampaignsPublishable, publishedCampaigns } from "./shopper-conditions/campaign.ts";
import { areTestsPublishable, type Audience, testsOf } from "./shopper-conditions/shopper-conditions.ts";
import { nextChange, scheduleState } from "./schedule.ts";

/** What of a shop decides about its running offers. */
export interface OfferingShop {
  /** IANA name. */
  readonly timezone: string;
  /** Whether the merchant lets the app give store credit. */
  readonly givesCredit: boolean;
}

/**
 * The offers that are shown at a moment, those of higher priority first, then the earlier made. Nothing may promise what is
 * not given: offers with conditions on shoppers that are more than the discount Function is given, or than pages can carry, are
 * left out, and store credit that the app is not allowed to give is no reward.
 */
export function runningOffers(offers: readonly Offer[], now: Date, { timezone, givesCredit }: OfferingShop): Offer[] {
  const running = offers
    .filter(({ status, schedule }) => status === "active" && scheduleState(schedule, now, timezone) === "running")
    .toSorted(byPriority);
  const tested = running.filter(({ audience }) => testsOf(audience) !== null);
  const fitting = tested.findIndex(
    (_, place) => !areAudiencesPublishable(tested.slice(0, place + 1).map(({ audience }) => audience)),
  );
  const left = new Set(fitting < 0 ? [] : tested.slice(fitting));
  const kept = running.filter((offer) => !left.has(offer));
  return givesCredit ? kept : kept.map((offer) => (isCredit(offer.reward) ? { ...offer, reward: null } : offer));
}

function areAudiencesPublishable(audiences: readonly Audience[]): boolean {
  return areTestsPublishable(audiences) && areCampaignsPublishable(publishedCampaigns(audiences));
}

/** When the next of the offers begins or ends by its schedule; null where none does. */
export function nextScheduledChange(offers: readonly Offer[], now: Date, timezone: string): Date | null {
  const changes = offers
    .filter(({ status }) => status === "active")
    .flatMap(({ schedule }) => nextChange(schedule, now, timezone) ?? []);
  return changes.length === 0 ? null : new Date(Math.min(...changes.map((change) => change.getTime())));
}

function byPriority(a: Ranked, b: Ranked): number {
  return b.priority - a.priority || a.number - b.number;
}

type Ranked = Pick<Offer, "number" | "priority">;

/**
 * The offer, of those that run, that is shown in place of another one of its type wherever that could be: the first one for all
 * shoppers and all products that comes before it. Null where there is none.
 *
 * @param own `number` is null for an offer that is yet to be made.
 */
export function shownInsteadOf<One extends Ranked>(
  forAll: readonly One[],
  own: { readonly number: number | null; readonly priority: number },
): One | null {
  const at = { ...own, number: own.number ?? Infinity };
  const before = forAll.filter((one) => one.number !== own.number && byPriority(one, at) < 0);
  return before.toSorted(byPriority)[0] ?? null;
}

/** Whether an offer is for all shoppers and all products. */
export function isForAll({ conditions, audience }: Pick<Offer, "conditions" | "audience">): boolean {
  return conditions.length === 0 && testsOf(audience) === null;
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
