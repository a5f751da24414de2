import { bareNumber, type ProductId } from "../../../ids.ts";
import { isBasisPoints } from "../../../money/basis-points.ts";
import { offerId } from "../../offer-id.ts";
import { toHundredths } from "../../../money/hundredths.ts";
import { money } from "../../../money/money.ts";
import type { Listing } from "../../../publishing/listing-history.ts";
import {
  type GoalAmounts,
  OFFER_BYTES,
  type PolicyMessages,
  PUBLISHED_VERSION,
  type PublishedCheckout,
  type PublishedCompanion,
  type PublishedListings,
  type PublishedOffer,
  type PublishedPolicy,
  type PublishedSegment,
  type PublishedStorefront,
  SEGMENTED_OFFER_BYTES,
} from "../../../publishing/published.ts";
import {
  LISTED_COMPANIONS,
  OFFER_COMPANIONS,
  OFFER_SEGMENTS,
  SEGMENT_COMPANIONS,
  SET_SIZE,
} from "../../../shoppers/list-lengths.ts";

/** One companion before it is published. */
export interface CompanionDraft {
  readonly product: ProductId;
  readonly weight: number;
  /** Orders with both, where shoppers are to be told. */
  readonly orders?: number | undefined;
}

/** What one segment of shoppers is offered instead, best first. */
export interface SegmentDraft {
  readonly by: PublishedSegment["by"];
  readonly is: string;
  readonly companions: readonly CompanionDraft[];
}

/** An offer before it is published. */
export interface ProductOfferDraft {
  readonly product: ProductId;
  /** 0 to 10,000. */
  readonly discountBasisPoints: number;
  /** How many companions the set shows, 1 to 3. */
  readonly setSize: number;
  /** Whether the companions are those of similar products: nobody has bought them with this one yet. */
  readonly similar?: boolean;
  /** Best first. Every one of them is worth showing: what the gate refused is not among them. */
  readonly companions: readonly CompanionDraft[];
  /** In the order in which they are tried. */
  readonly segments?: readonly SegmentDraft[];
  /** The end of the 90 days that `orders` are from. */
  readonly ordersUntil?: Date | null;
}

/** The metafield values of one product, ready for `metafieldsSet`. */
export interface CompiledOffer {
  /** Value of the `companions` metafield: a JSON list of product ids. */
  readonly companions: string;
  /** Value of the `segment_companions` metafield; null where it is not needed. */
  readonly segmentCompanions: string | null;
  /** Value of the `offer` metafield. */
  readonly offer: string;
  /** Companions left out because of the limits. */
  readonly dropped: number;
}

/** What discounts are called at checkout, by language. */
export const POLICY_MESSAGES: Readonly<Record<string, PolicyMessages>> = {
  en: { set: "Bought together", shipping: "Free shipping" },
  ja: { set: "ついで買い割引", shipping: "送料無料" },
};

/**
 * Compiles one product's offer. The product itself and repeated companions are left out, then what exceeds 24
 * companions or 10,000 bytes is dropped from the tail. A segment whose shoppers would see the same as everybody is
 * left out; of the rest the first four stay, and of these the last go where the offer exceeds 2,400 bytes. Null where
 * nothing is left to offer: the metafields are then to be deleted. Throws for a discount or a set size out of range.
 */
export function compileProductOffer(draft: ProductOfferDraft): CompiledOffer | null {
  if (!isBasisPoints(draft.discountBasisPoints)) throw new Error(`Not basis points: ${draft.discountBasisPoints}`);
  if (!Number.isInteger(draft.setSize) || draft.setSize < 1 || draft.setSize > SET_SIZE) {
    throw new Error(`Not a set size: ${draft.setSize}`);
  }
  const worthy = distinctCompanions(draft, draft.companions);
  if (worthy.length === 0) return null;
  let kept = worthy.slice(0, OFFER_COMPANIONS);
  let segments = segmentsThatDiffer(draft, worthy).slice(0, OFFER_SEGMENTS);
  let offer = offerJson(draft, kept, segments);
  while (byteLength(offer) > SEGMENTED_OFFER_BYTES && segments.length > 0) {
    segments = segments.slice(0, -1);
    offer = offerJson(draft, kept, segments);
  }
  while (byteLength(offer) >= OFFER_BYTES) {
    kept = kept.slice(0, -1);
    offer = offerJson(draft, kept, segments);
  }
  const listed = kept.slice(0, LISTED_COMPANIONS).map(({ product }) => product);
  const others = segments
    .flatMap(({ companions }) => companions.map(({ product }) => product))
    .filter((product) => !listed.includes(product));
  return {
    companions: JSON.stringify(listed),
    segmentCompanions: others.length === 0 ? null : JSON.stringify([...new Set(others)]),
    offer,
    dropped: worthy.length - kept.length,
  };
}

function distinctCompanions(draft: ProductOfferDraft, companions: readonly CompanionDraft[]): CompanionDraft[] {
  const distinct = new Map(companions.toReversed().map((companion) => [companion.product, companion]));
  distinct.delete(draft.product);
  return companions.filter((companion) => distinct.get(companion.product) === companion);
}

/** A segment like everybody stays where it keeps its shoppers from a later segment that they may be in as well. */
function segmentsThatDiffer(draft: ProductOfferDraft, own: readonly CompanionDraft[]): SegmentDraft[] {
  const products = (companions: readonly CompanionDraft[]) =>
    companions
      .slice(0, SEGMENT_COMPANIONS)
      .map(({ product }) => product)
      .join();
  return (draft.segments ?? []).reduceRight<SegmentDraft[]>((later, segment) => {
    const companions = distinctCompanions(draft, segment.companions).slice(0, SEGMENT_COMPANIONS);
    if (companions.length === 0) return later;
    const isLikeAll = products(companions) === products(own);
    if (isLikeAll && later.every(({ by }) => by === segment.by)) return later;
    return [{ ...segment, companions }, ...later];
  }, []);
}

/** Value of the `listed` metafield: the history of one offer. */
export function compileListings(history: readonly Listing[]): string {
  const listings = history.map(({ companion, since, until }) => [companion, since, until ?? 0] as const);
  const published: PublishedListings = { version: PUBLISHED_VERSION, listings };
  return JSON.stringify(published);
}

/** The Function's policy. `goal` null: no free shipping. Throws for an amount that is no positive integer. */
export function compilePolicy(policy: {
  sets: boolean;
  goal: GoalAmounts | null;
  messages?: Readonly<Record<string, PolicyMessages>>;
}): string {
  const published: PublishedPolicy = {
    version: PUBLISHED_VERSION,
    sets: policy.sets,
    goal: checkedGoal(policy.goal),
    messages: policy.messages ?? POLICY_MESSAGES,
  };
  return JSON.stringify(published);
}

/** What theme blocks read. `enabled` false hides every block at once. */
export function compileStorefront(storefront: { enabled: boolean; goal: GoalAmounts | null }): string {
  const goalMinor = checkedGoal(storefront.goal);
  const goal = goalMinor && mapAmounts(goalMinor, (minor, currency) => toHundredths(money(minor, currency)));
  const published: PublishedStorefront = { version: PUBLISHED_VERSION, enabled: storefront.enabled, goal, goalMinor };
  return JSON.stringify(published);
}

/** What the checkout extension reads. `history` says whether customers' own histories count. */
export function compileCheckout(checkout: { goal: GoalAmounts | null; history?: boolean }): string {
  const history = checkout.history === true ? { history: true as const } : {};
  const published: PublishedCheckout = { version: PUBLISHED_VERSION, goal: checkedGoal(checkout.goal), ...history };
  return JSON.stringify(published);
}

function offerJson(
  draft: ProductOfferDraft,
  companions: readonly CompanionDraft[],
  segments: readonly SegmentDraft[],
): string {
  const own = companions.map((companion, place) => publishedCompanion(companion, place < LISTED_COMPANIONS));
  const others = segments.map((segment) => ({
    ...{ by: segment.by, is: segment.is },
    companions: segment.companions.map((companion) => publishedCompanion(companion, true)),
  }));
  const isTold = [...own, ...others.flatMap((segment) => segment.companions)].some(
    ({ orders }) => orders !== undefined,
  );
  const published: PublishedOffer = {
    version: PUBLISHED_VERSION,
    id: offerId("bought-together", null, bareNumber(draft.product)),
    discountBasisPoints: draft.discountBasisPoints,
    set: Math.min(draft.setSize, companions.length),
    ...(draft.similar === true ? { similar: true } : {}),
    companions: own,
    ...(others.length === 0 ? {} : { segments: others }),
    ...(isTold && draft.ordersUntil ? { ordersUntil: Math.floor(draft.ordersUntil.getTime() / 1000) } : {}),
  };
  return JSON.stringify(published);
}

/** Only those that a set can show tell in how many orders they were. */
function publishedCompanion({ product, weight, orders }: CompanionDraft, canBeShown: boolean): PublishedCompanion {
  return {
    product: bareNumber(product),
    weight: Number(Math.max(weight, 0).toPrecision(4)),
    ...(canBeShown && orders !== undefined ? { orders } : {}),
  };
}

/** Currencies in alphabetical order, so that the same goal compiles to the same text. */
function checkedGoal(goal: GoalAmounts | null): GoalAmounts | null {
  if (goal === null || Object.keys(goal).length === 0) return null;
  return mapAmounts(goal, (minor, currency) => {
    if (minor <= 0) throw new Error(`Not a goal amount: ${minor} ${currency}`);
    return money(minor, currency).amountMinor;
  });
}

function mapAmounts(amounts: GoalAmounts, change: (minor: number, currency: string) => number): GoalAmounts {
  return Object.fromEntries(
    Object.keys(amounts)
      .sort()
      .map((currency) => [currency, change(amounts[currency]!, currency)]),
  );
}

/** Ids, numbers and our own keys are ASCII, so every character of an offer is one byte. */
function byteLength(ascii: string): number {
  return ascii.length;
}
