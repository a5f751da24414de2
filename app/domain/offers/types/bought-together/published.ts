import type { BareId } from "../../../ids.ts";
import { isBasisPoints } from "../../../money/basis-points.ts";
import type { ShopperFacts } from "../../../pricing/buyer-facts.ts";
import { entriesInForce } from "../../../publishing/entries-in-force.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { entriesOfType, readEnvelope } from "../../../publishing/envelope.ts";
import {
  amountsByCurrency,
  firstOfEachProduct,
  isBareId,
  isPositiveInteger,
  list,
  record,
} from "../../../publishing/read-json.ts";
import { type CreditTerms, readCreditTerms, STORE_CREDIT } from "../../../store-credit/terms.ts";
import { LISTED_COMPANIONS, OFFER_SEGMENTS, SEGMENT_COMPANIONS, SET_SIZE } from "../../../shoppers/list-lengths.ts";
import type { SegmentedBy, Shopper } from "../../../shoppers/shopper.ts";
import { DAY_MS } from "../../../time/day.ts";
import { SURFACES, type SurfaceName } from "../../surface.ts";

/** What surfaces read of a bought-together offer, and what follows from it alone. */

const TYPE = "bought-together";
/** The smallest number of orders that shoppers see. */
export const LEAST_ORDERS_SHOWN = 10;
/** For so long after the end of the days that orders were counted in, they are shown as those of the last 90 days. */
export const SHOWN_FOR_MS = 7 * 86_400_000;

export interface PublishedCompanion {
  readonly product: BareId;
  /** How well it goes with the offer's product, in (0, 1]; 0 for a pin without evidence. Comparable across offers. */
  readonly weight: number;
  /**
   * Orders with both in the 90 days up to the offer's `ordersUntil`: at least {@link LEAST_ORDERS_SHOWN}. Absent where
   * there are fewer or the merchant does not show them.
   */
  readonly orders?: number;
}

/**
 * What a whole set gets, or what an order with it earns as store credit. By currency and never converted: minor units off, or minor units to pay. Or free shipping of the
 * order that it is part of, in some countries (ISO 3166 codes) or everywhere (null).
 */
export type PublishedSetReward =
  | { readonly kind: "amount-off" | "fixed-price"; readonly amounts: Readonly<Record<string, number>> }
  | { readonly kind: "free-shipping"; readonly countries: readonly string[] | null }
  | CreditTerms;

/** What one segment of shoppers is offered in place of the offer's own companions. */
export interface PublishedSegment {
  readonly by: SegmentedBy;
  /**
   * Of `customer`: "new" or "returning"; of `market`: the currency that is paid in ("EUR"); of `channel`: "online";
   * of `rank`: "A" to "D".
   */
  readonly is: string;
  /** Best first, 1 to {@link SEGMENT_COMPANIONS}; all of them take part in the offer's discount. */
  readonly companions: readonly PublishedCompanion[];
}

/** A bought-together offer of one product. */
export interface PublishedOffer extends PublishedEntry {
  readonly type: typeof TYPE;
  /** See `offer-id.ts`; the `_tsuide` line property names it. */
  readonly id: string;
  /** Off each unit of the product and of its listed companions while both are in the cart; 0 for none. */
  readonly discountBasisPoints: number;
  /**
   * What one of the product and one of each of its first `set` companions get together; then no percentage is taken off.
   * Absent where there is none.
   */
  readonly setReward?: PublishedSetReward;
  /** How many of the first companions the set shows, 1 to 3. */
  readonly set: number;
  /** True where nobody has bought these together yet: similar products are bought with them. Absent otherwise. */
  readonly similar?: true;
  /** True where shoppers view all of these together, while too few have bought them. Absent otherwise. */
  readonly viewed?: true;
  /** The surfaces that show it; absent where all do. Its discount holds wherever the products were added. */
  readonly on?: readonly SurfaceName[];
  /** Best first, at least one. */
  readonly companions: readonly PublishedCompanion[];
  /** At most {@link OFFER_SEGMENTS}; the first that a shopper is in counts. Absent where all shoppers see the same. */
  readonly segments?: readonly PublishedSegment[];
  /** Seconds since 1970: the end of the 90 days that the companions' `orders` were counted in. */
  readonly ordersUntil?: number;
}

/**
 * Reads the bought-together offer of a product from its envelope, or from what version 1 published: the first that is
 * readable, of those that are for the shopper where one is given, and that are not hidden. Null where there is none.
 */
export function parseProductOffer(
  value: unknown,
  shopper: ShopperFacts | null = null,
  isHidden: (id: string) => boolean = () => false,
): PublishedOffer | null {
  const entries = readEnvelope(value).filter(({ id }) => !isHidden(id));
  return entriesOfType(shopper === null ? entries : entriesInForce(entries, shopper), TYPE, readEntry)[0] ?? null;
}

/** Reads one entry of an envelope. Null for what is no bought-together offer; unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedOffer | null {
  const { id, discountBasisPoints, set } = entry;
  if (entry.type !== TYPE || !isBasisPoints(discountBasisPoints)) return null;
  const companions = companionsIn(entry.companions);
  if (companions.length === 0) return null;
  const shown = Number.isInteger(set) ? Math.min(Math.max(set as number, 1), SET_SIZE) : SET_SIZE;
  const segments = list(entry.segments).flatMap((one) => segmentIn(one) ?? []);
  const setReward = discountBasisPoints === 0 ? setRewardIn(entry.setReward) : null;
  return {
    ...{ type: TYPE, id, discountBasisPoints, set: shown },
    ...(setReward !== null && companions.length >= shown ? { setReward } : {}),
    ...(entry.similar === true ? { similar: true as const } : {}),
    ...(entry.viewed === true ? { viewed: true as const } : {}),
    ...(Array.isArray(entry.on) ? { on: SURFACES.filter((surface) => list(entry.on).includes(surface)) } : {}),
    companions,
    ...(segments.length === 0 ? {} : { segments: segments.slice(0, OFFER_SEGMENTS) }),
    ...(isPositiveInteger(entry.ordersUntil) ? { ordersUntil: entry.ordersUntil } : {}),
  };
}

function setRewardIn(value: unknown): PublishedSetReward | null {
  const { kind, amounts, countries } = record(value) ?? {};
  if (kind === "free-shipping") return countriesIn(countries);
  if (kind === STORE_CREDIT) return readCreditTerms(value);
  if (kind !== "amount-off" && kind !== "fixed-price") return null;
  const read = amountsByCurrency(amounts);
  return read && { kind, amounts: read };
}

const COUNTRY = /^[A-Z]{2}$/;

/** Free shipping where it can be read which countries it is for. */
function countriesIn(value: unknown): PublishedSetReward | null {
  if (value === null || value === undefined) return { kind: "free-shipping", countries: null };
  const isReadable = Array.isArray(value) && value.every((one) => typeof one === "string" && COUNTRY.test(one));
  return isReadable ? { kind: "free-shipping", countries: value as string[] } : null;
}

const SEGMENT_NAME = /^[\w-]{1,40}$/;
const SEGMENTED_BY: readonly SegmentedBy[] = ["customer", "market", "channel", "rank"];

function companionsIn(value: unknown): PublishedCompanion[] {
  return firstOfEachProduct(list(value).flatMap((one) => companionIn(one) ?? []));
}

function companionIn(value: unknown): PublishedCompanion | null {
  const { product, weight, orders } = record(value) ?? {};
  if (!isBareId(product)) return null;
  return {
    product,
    weight: typeof weight === "number" && weight > 0 && Number.isFinite(weight) ? weight : 0,
    ...(isPositiveInteger(orders) && orders >= LEAST_ORDERS_SHOWN ? { orders } : {}),
  };
}

function segmentIn(value: unknown): PublishedSegment | null {
  const { by, is, companions } = record(value) ?? {};
  const known = SEGMENTED_BY.find((one) => one === by);
  if (known === undefined || typeof is !== "string" || !SEGMENT_NAME.test(is)) return null;
  const read = companionsIn(companions);
  return read.length === 0 ? null : { by: known, is, companions: read.slice(0, SEGMENT_COMPANIONS) };
}

/** Whether shoppers meet an offer there. */
export function isShownOn({ on }: Pick<PublishedOffer, "on">, surface: SurfaceName): boolean {
  return on === undefined || on.includes(surface);
}

/**
 * The product numbers of an offer that take part in its discount, whoever the shopper is: the first
 * {@link LISTED_COMPANIONS} of its own and every segment's, or those of the one set that has a reward as a whole.
 */
export function listedProducts(offer: Pick<PublishedOffer, "companions" | "segments" | "set" | "setReward">): BareId[] {
  if (offer.setReward) return offer.companions.slice(0, offer.set).map(({ product }) => product);
  const listed = offer.companions.slice(0, LISTED_COMPANIONS);
  const ofSegments = (offer.segments ?? []).flatMap(({ companions }) => companions);
  return [...new Set([...listed, ...ofSegments].map(({ product }) => product))];
}

/** The store credit that an order with the product and all of these companions earns; null for none. */
export function creditOf({ setReward, companions, set }: PublishedOffer) {
  if (setReward?.kind !== STORE_CREDIT) return null;
  return { terms: setReward, companions: companions.slice(0, set).map(({ product }) => product) };
}

/** Every product that an offer names: a page, the cart or checkout can show any of them, whoever the shopper is. */
export function namedBy(offer: PublishedOffer): BareId[] {
  const all = [...offer.companions, ...(offer.segments ?? []).flatMap(({ companions }) => companions)];
  return [...new Set(all.map(({ product }) => product))];
}

/** The companions that an offer has for this shopper: those of the first segment the shopper is in, else its own. */
export function companionsFor(offer: PublishedOffer, shopper: Shopper): readonly PublishedCompanion[] {
  const segment = offer.segments?.find(({ by, is }) => is === (by === "market" ? shopper.currency : shopper[by]));
  return (segment ?? offer).companions;
}

/** Whether orders counted up to a moment can still be shown as those of the last 90 days; not where it lies ahead. */
export function isFreshToShow(until: Date, now: Date): boolean {
  const age = now.getTime() - until.getTime();
  return age >= -DAY_MS && age <= SHOWN_FOR_MS;
}
