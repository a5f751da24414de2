import type { LineId, OfferId, ProductId } from "../ids.ts";
import { shareMinor } from "../money/allocate.ts";
import type { DISCOUNT_NAMES } from "../offers/discount-names.ts";
import { offerKey, offerKeyOf, parseOfferId } from "../offers/offer-id.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import type { ClaimedSurface } from "../offers/surface.ts";
import type { Order, UtcMs } from "../orders/order.ts";
import { DAY_MS } from "../time/day.ts";

/** What our discount is given for: a type of offer, or a tier of a goal. */
export type DiscountKind = keyof typeof DISCOUNT_NAMES.en;

/** A name under which orders can know our discounts. */
export interface DiscountName {
  readonly name: string;
  /** Null for the title of the discount itself, which says nothing about the kind. */
  readonly kind: DiscountKind | null;
  readonly since: UtcMs;
  /** Whether another automatic discount of the shop has the same name. */
  readonly isShared: boolean;
}

/** What one kind of our discounts took off a line. */
export interface OwnDiscount {
  readonly lineId: LineId;
  readonly productId: ProductId | null;
  /** Null where its name does not say. */
  readonly kind: DiscountKind | null;
  /** Off all units ordered. */
  readonly minor: number;
  /** Off those that are still sold: units share it evenly, rounded as their prices are. */
  readonly keptMinor: number;
}

/** What one kind of our discounts took off the shipping of an order. */
export interface ShippingGiven {
  /** Null where its name does not say. */
  readonly kind: DiscountKind | null;
  readonly minor: number;
}

/** What our discount takes something off shipping for. Both are types of offers. */
export const SHIPPING_KINDS = ["goal", "bought-together"] as const satisfies readonly (DiscountKind & OfferTypeName)[];

/** A publish that broke off after Shopify had taken a name is noted by the next one: within a day. */
const NOTED_WITHIN_MS = DAY_MS;

/**
 * What our own discounts took off the lines of an order. An automatic discount is ours where it has a name that we had
 * published by then and that no other automatic discount of the shop has; codes and staff's own discounts never are.
 * Test and cancelled orders cost nothing.
 */
export function ownDiscounts(order: Order, names: readonly DiscountName[]): OwnDiscount[] {
  if (order.test || order.cancelledAt !== null) return [];
  return order.lines.flatMap((line) => {
    const byKind = new Map<DiscountKind | null, number>();
    for (const { title, minor } of line.automaticDiscounts ?? []) {
      const kind = kindOf(title, names, order.processedAt);
      if (kind !== "not-ours") byKind.set(kind, (byKind.get(kind) ?? 0) + minor);
    }
    const kept = Math.min(Math.max(line.currentQuantity, 0), line.quantity);
    return Array.from(byKind, ([kind, minor]) => ({
      ...{ lineId: line.id, productId: line.productId, kind, minor },
      keptMinor: line.quantity <= 0 ? 0 : minor - shareMinor(minor, line.quantity - kept, line.quantity),
    }));
  });
}

/**
 * What our own discounts took off the shipping of an order, by the same rules; and only where the shop had an offer by then
 * that can have given it (`offers`), since a merchant's own free shipping is likely to have the name of ours. What was given
 * stays given when something is sent back.
 */
export function shippingGiven(
  order: Order,
  names: readonly DiscountName[],
  offers: readonly { readonly type: string }[],
): ShippingGiven[] {
  if (order.test || order.cancelledAt !== null) return [];
  const given = SHIPPING_KINDS.filter((kind) => offers.some(({ type }) => type === kind));
  const byKind = new Map<DiscountKind | null, number>();
  for (const { title, minor } of order.shippingDiscounts ?? []) {
    const kind = kindOf(title, names, order.processedAt, SHIPPING_KINDS);
    if (kind === "not-ours" || !given.some((one) => kind === null || one === kind)) continue;
    byKind.set(kind, (byKind.get(kind) ?? 0) + minor);
  }
  return Array.from(byKind, ([kind, minor]) => ({ kind, minor }));
}

/** Whether an automatic discount of an order that was placed at a time is ours, by its title: see {@link ownDiscounts}. */
export function isOwnName(title: string, names: readonly DiscountName[], at: UtcMs): boolean {
  return kindOf(title, names, at) !== "not-ours";
}

/** The kind that a name of ours stands for, among those that are `possible`; null where it does not say. */
function kindOf(
  title: string,
  names: readonly DiscountName[],
  at: UtcMs,
  possible?: readonly DiscountKind[],
): DiscountKind | null | "not-ours" {
  const published = names.filter(({ name, since }) => name === title && at >= since - NOTED_WITHIN_MS);
  const known = published.filter(({ kind }) => kind === null || (possible?.includes(kind) ?? true));
  if (known.length === 0 || published.some(({ isShared }) => isShared)) return "not-ours";
  // The discount's own title can be the name of a kind as well, as in Japanese; each discount that it gives has a name.
  const kinds = [...new Set(known.flatMap(({ kind }) => kind ?? []))];
  return kinds.length === 1 ? kinds[0]! : null;
}

/** The offer type that a kind of discount belongs to. */
export function typeOfKind(kind: DiscountKind): OfferTypeName {
  return kind === "gift" || kind === "order-reward" ? "goal" : kind;
}

/** An offer that gave a discount, as figures keep it, and where shoppers met it on that line. */
export interface DiscountSource {
  readonly offerKey: string | null;
  readonly surface: ClaimedSurface | null;
}

/**
 * Which offer gave a discount: the one that the line came through (`lineId` null: it was taken off shipping); else the only
 * one of its type that other lines of the order came through; else the only one of its type that the shop had by then. Where
 * none of these says which, the type alone; where not even the type is known, null.
 */
export function sourceOfDiscount(
  { lineId, kind }: { readonly lineId: LineId | null; readonly kind: DiscountKind | null },
  attributed: readonly { readonly lineId: LineId; readonly offerId: OfferId; readonly surface: ClaimedSurface }[],
  offers: readonly { readonly type: string; readonly number: number }[],
): DiscountSource {
  const type = kind === null ? null : typeOfKind(kind);
  const isOfType = ({ offerId }: { readonly offerId: OfferId }) => {
    const named = parseOfferId(offerId);
    return type === null || (named?.kind === "offer" && named.type === type);
  };
  const own = attributed.find((line) => line.lineId === lineId && isOfType(line));
  if (own !== undefined) return { offerKey: offerKey(own.offerId), surface: own.surface };
  if (type === null) return { offerKey: null, surface: null };
  const keys = new Set(attributed.filter(isOfType).map(({ offerId }) => offerKey(offerId)));
  if (keys.size === 1) return { offerKey: [...keys][0]!, surface: null };
  return { offerKey: offerKeyOf(type, onlyOffer(type, offers)), surface: null };
}

/** The number of the only offer of a type; null where there is none or more than one. */
export function onlyOffer(
  type: OfferTypeName,
  offers: readonly { readonly type: string; readonly number: number }[],
): number | null {
  const ofType = offers.filter((offer) => offer.type === type);
  return ofType.length === 1 ? ofType[0]!.number : null;
}
