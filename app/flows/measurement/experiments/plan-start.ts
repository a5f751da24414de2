import { placeInLayer, type SlotRange } from "../../../domain/measurement/experiments/split.ts";
import {
  areDiscountsEqual,
  discountsText,
  neverByArm,
} from "../../../domain/measurement/experiments/compared-discounts.ts";
import { armsOf, comparedPlaces, type ExperimentContent } from "../../../domain/measurement/experiments/experiment.ts";
import { DAYS_PER_WEEK, MOST_WEEKS, planExperiment } from "../../../domain/measurement/experiments/plan.ts";
import { reasonableDifference } from "../../../domain/measurement/experiments/planner-query.ts";
import { isSplitPublishable } from "../../../domain/measurement/experiments/published-split.ts";
import { SLOTS } from "../../../domain/measurement/experiments/slot.ts";
import { publishedCampaigns } from "../../../domain/offers/shopper-conditions/campaign.ts";
import { scheduleState } from "../../../domain/offers/schedule.ts";
import type { ShopTransaction } from "../../../persistence/database/in-shop.ts";
import { readBuyerSpending } from "../../../persistence/measurement/buyer-spending.ts";
import {
  type ExperimentRow,
  readExperiments,
  type StartedPlan,
} from "../../../persistence/measurement/experiment-rows.ts";
import { readSplit } from "../../../persistence/measurement/experiments.ts";
import { readOffers, type StoredOffer } from "../../../persistence/offers/offer-rows.ts";
import { readOfferTypes } from "../../../persistence/offers/offer-types.ts";
import { theShop } from "../../../persistence/shop/shops.ts";
import { PAST } from "../read-planner.ts";
import type { StartRefusal } from "../../../views/experiment-answer.ts";

/** What a draft would be started with. */
export interface PlannedStart {
  readonly plan: StartedPlan;
  /** Which shoppers take part. */
  readonly place: { readonly layer: string; readonly range: SlotRange };
}

/** What a draft would be started with now, from what the shop sells; or what stands in the way, the first thing alone. */
export async function planStart(
  tx: ShopTransaction,
  row: ExperimentRow,
  now: Date,
): Promise<PlannedStart | StartRefusal> {
  const offers = await readOffers(tx, row.content.offers);
  const refusal = (await offersRefusal(tx, row.content, offers, now)) ?? (await splitRefusal(tx, row));
  if (refusal !== null) return refusal;
  const place = await placeOf(tx, row);
  if ("reason" in place) return place;
  const plan = await planOf(tx, row.content, offers, now);
  return "reason" in plan ? plan : { plan, place };
}

async function offersRefusal(
  tx: ShopTransaction,
  { compares, offers: numbers }: ExperimentContent,
  offers: readonly StoredOffer[],
  now: Date,
): Promise<StartRefusal | null> {
  if (numbers.length < (compares === "nothing" ? 1 : 2)) return { reason: "few-offers" };
  const { timezone } = await theShop(tx);
  const shown = offers.flatMap(({ offer }) => {
    return offer?.status === "active" && scheduleState(offer.schedule, now, timezone) === "running" ? [offer] : [];
  });
  const hidden = numbers.filter((number) => shown.every((offer) => offer.number !== number));
  if (hidden.length > 0) return { reason: "offers-not-shown", offers: hidden };
  const forCampaigns = shown.filter(({ audience }) => publishedCampaigns([audience]).length > 0);
  if (forCampaigns.length > 0) return { reason: "for-campaigns", offers: forCampaigns.map(({ number }) => number) };
  const refused = areDiscountsEqual(shown) ? [] : neverByArm(shown);
  return refused.length === 0 ? null : { reason: "discounts-differ", offers: refused };
}

/** Every page carries the split, so it must stay short. */
async function splitRefusal(tx: ShopTransaction, { number, content }: ExperimentRow): Promise<StartRefusal | null> {
  const split = await readSplit(tx);
  const added = {
    ...{ id: String(number), layer: ownLayer(number), range: { from: 0, to: SLOTS }, arms: armsOf(content) },
    byArm: true,
  };
  const isShort = isSplitPublishable(
    { ...split, experiments: [...split.experiments, added] },
    await readOfferTypes(tx),
  );
  return isShort ? null : { reason: "split-full" };
}

/**
 * The shoppers who take part. Experiments without an offer in common are split independently; those with one share a layer,
 * so that no shopper is in both.
 */
async function placeOf(
  tx: ShopTransaction,
  { number, content }: ExperimentRow,
): Promise<{ layer: string; range: SlotRange } | StartRefusal> {
  const running = (await readExperiments(tx)).filter(({ status }) => status === "running");
  const related = running.filter((other) => other.content.offers.some((offer) => content.offers.includes(offer)));
  const experiments = related.map((other) => other.number);
  const layers = new Set(related.map(({ layer }) => layer));
  if (layers.size > 1) return { reason: "offers-busy", experiments };
  const layer = related[0]?.layer ?? ownLayer(number);
  const sharing = running.filter((other) => other.layer === layer);
  const taken = sharing.flatMap(({ range }) => range ?? []);
  const placed = placeInLayer(taken, (SLOTS * content.sharePercent) / 100);
  if ("range" in placed) return { layer, range: placed.range };
  const largestPercent = Math.floor((placed.largest * 100) / SLOTS);
  return { reason: "shoppers-busy", experiments: sharing.map((other) => other.number), largestPercent };
}

function ownLayer(number: number): string {
  return `e${number}`;
}

async function planOf(
  tx: ShopTransaction,
  content: ExperimentContent,
  offers: readonly StoredOffer[],
  now: Date,
): Promise<StartedPlan | StartRefusal> {
  const { currency } = await theShop(tx);
  const past = await readBuyerSpending(tx, now, PAST, currency);
  const { holdoutSlots } = await readSplit(tx);
  const arms = armsOf(content);
  const weights = comparedPlaces(content).map((place) => arms[place]!.weight);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const takingPart = (content.sharePercent / 100) * (1 - holdoutSlots / SLOTS);
  const difference = content.differencePercent;
  const compared = offers.flatMap(({ offer }) => offer ?? []);
  const planned = planExperiment({
    past,
    shares: weights.map((weight) => (weight / all) * takingPart),
    difference: difference === null ? (after) => reasonableDifference(after) / 100 : difference / 100,
  });
  if (planned.kind === "few-buyers") {
    return { reason: "few-buyers", buyers: planned.buyers, needed: planned.needed };
  }
  const days = (planned.weeks ?? MOST_WEEKS) * DAYS_PER_WEEK;
  return {
    weights,
    days,
    buyers: Math.max(1, Math.round(days * planned.buyersPerDay * takingPart)),
    worthwhile: planned.difference,
    currency,
    capMinor: past.capMinor,
    versions: Object.fromEntries(offers.map((offer) => [String(offer.number), offer.version])),
    ...(areDiscountsEqual(compared) ? {} : { discounts: discountsText(compared) }),
  };
}
