import { bareNumber, gid, type ProductId } from "../../../ids.ts";
import { isBasisPoints } from "../../../money/basis-points.ts";
import {
  LISTED_COMPANIONS,
  OFFER_COMPANIONS,
  OFFER_SEGMENTS,
  SEGMENT_COMPANIONS,
  SET_SIZE,
} from "../../../shoppers/list-lengths.ts";
import { offerId } from "../../offer-id.ts";
import type { SurfaceName } from "../../surface.ts";
import {
  listedProducts,
  type PublishedCompanion,
  type PublishedOffer,
  type PublishedSegment,
  type PublishedSetReward,
} from "./published.ts";

/** One companion before it is published. */
export interface CompanionDraft {
  readonly product: ProductId;
  readonly weight: number;
  /** Orders with both, where shoppers are to see them. */
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
  /** The offer's number in its shop; null in the ids of version 1. */
  readonly number?: number | null;
  readonly product: ProductId;
  /** 0 to 10,000. */
  readonly discountBasisPoints: number;
  /** What the whole set gets instead of a percentage; null for nothing. */
  readonly setReward?: PublishedSetReward | null;
  /** How many companions the set shows, 1 to 3. */
  readonly setSize: number;
  /** Whether the companions are those of similar products: nobody has bought them with this one yet. */
  readonly similar?: boolean;
  /** Whether shoppers view all of these together, while too few have bought them. */
  readonly viewed?: boolean;
  /** The surfaces that show it; absent where all do. */
  readonly on?: readonly SurfaceName[];
  /** Best first. Every one of them is worth showing: what must not be shown is not among them. */
  readonly companions: readonly CompanionDraft[];
  /** In the order in which they are tried. */
  readonly segments?: readonly SegmentDraft[];
  /** The end of the 90 days that `orders` are from. */
  readonly ordersUntil?: Date | null;
}

/**
 * Compiles one product's offer. The product itself and repeated companions are left out, then what exceeds 24
 * companions. A segment whose shoppers would see the default list is left out; the first four of the others stay. With a
 * reward for the whole set there are no segments, for it is one set; and no reward where a companion is missing for it.
 * Null where nothing is left to offer. The same draft gives the same offer. Throws for a discount or a set size out of
 * range.
 */
export function compileProductOffer(draft: ProductOfferDraft): PublishedOffer | null {
  if (!isBasisPoints(draft.discountBasisPoints)) throw new Error(`Not basis points: ${draft.discountBasisPoints}`);
  if (!Number.isInteger(draft.setSize) || draft.setSize < 1 || draft.setSize > SET_SIZE) {
    throw new Error(`Not a set size: ${draft.setSize}`);
  }
  const companions = distinctCompanions(draft, draft.companions);
  if (companions.length === 0) return null;
  const own = companions
    .slice(0, OFFER_COMPANIONS)
    .map((companion, place) => publishedCompanion(companion, place < LISTED_COMPANIONS));
  const setReward = own.length < draft.setSize ? null : (draft.setReward ?? null);
  const segments = (draft.setReward ? [] : segmentsThatDiffer(draft, companions))
    .slice(0, OFFER_SEGMENTS)
    .map(({ by, is, companions: theirs }) => ({
      by,
      is,
      companions: theirs.map((one) => publishedCompanion(one, true)),
    }));
  const showsOrders = [own, ...segments.map((one) => one.companions)].flat().some(({ orders }) => orders !== undefined);
  return {
    type: "bought-together",
    id: offerId("bought-together", draft.number ?? null, bareNumber(draft.product)),
    discountBasisPoints: draft.setReward ? 0 : draft.discountBasisPoints,
    ...(setReward === null ? {} : { setReward }),
    set: Math.min(draft.setSize, own.length),
    ...(draft.similar === true ? { similar: true } : {}),
    ...(draft.viewed === true ? { viewed: true } : {}),
    ...(draft.on === undefined ? {} : { on: draft.on }),
    companions: own,
    ...(segments.length === 0 ? {} : { segments }),
    ...(showsOrders && draft.ordersUntil ? { ordersUntil: Math.floor(draft.ordersUntil.getTime() / 1000) } : {}),
  };
}

/**
 * The same offer with one thing less: the last segment, or else the last companion. Null where only one companion is
 * left, or only the set that has a reward as a whole: it would be another set. The numbers of orders are dropped with the last companion that has one.
 */
export function smallerOffer(offer: PublishedOffer): PublishedOffer | null {
  const { segments = [], companions, ordersUntil, ...rest } = offer;
  const fewest = rest.setReward ? rest.set : 1;
  if (segments.length === 0 && companions.length <= fewest) return null;
  const fewer =
    segments.length > 0
      ? { companions, segments: segments.slice(0, -1) }
      : { companions: companions.slice(0, -1), segments };
  const all = [fewer.companions, ...fewer.segments.map((one) => one.companions)].flat();
  return {
    ...rest,
    set: Math.min(rest.set, fewer.companions.length),
    companions: fewer.companions,
    ...(fewer.segments.length === 0 ? {} : { segments: fewer.segments }),
    ...(ordersUntil !== undefined && all.some(({ orders }) => orders !== undefined) ? { ordersUntil } : {}),
  };
}

/** The products that Liquid has to resolve for an offer: its listed companions, and what only its segments list. */
export function referencesOf(offer: PublishedOffer): { companions: ProductId[]; segmentCompanions: ProductId[] } {
  const listed = offer.companions.slice(0, LISTED_COMPANIONS).map(({ product }) => product);
  const others = listedProducts(offer).filter((product) => !listed.includes(product));
  const ids = (products: readonly string[]) => products.map((product) => gid("Product", product));
  return { companions: ids(listed), segmentCompanions: ids(others) };
}

function distinctCompanions(draft: ProductOfferDraft, companions: readonly CompanionDraft[]): CompanionDraft[] {
  const distinct = new Map(companions.toReversed().map((companion) => [companion.product, companion]));
  distinct.delete(draft.product);
  return companions.filter((companion) => distinct.get(companion.product) === companion);
}
/**
 * A segment whose list is the default one stays where it keeps its shoppers from a later segment that they may be in as
 * well.
 */
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

/** Only those that a set can show tell in how many orders they were. */
function publishedCompanion({ product, weight, orders }: CompanionDraft, canBeShown: boolean): PublishedCompanion {
  return {
    product: bareNumber(product),
    weight: Number(Math.max(weight, 0).toPrecision(4)),
    ...(canBeShown && orders !== undefined ? { orders } : {}),
  };
}
