import { gid, type ProductId } from "../ids.ts";
import { offerKeyOf } from "../offers/offer-id.ts";
import { OFFER_ANCHORS, OFFER_CODES, type OfferTypeName } from "../offers/offer-type-name.ts";
import type { ClaimedSurface } from "../offers/surface.ts";
import { NOTED_WITHIN_SECONDS, wasAnythingListed, type Listing } from "../publishing/listing-history.ts";
import { KEPT_TOUCH_DAYS } from "../settings/assistance.ts";
import { DAY_MS } from "../time/day.ts";

/** What a shopper can do with an offer that may lead to an order, the weakest first. */
export const TOUCH_KINDS = ["seen", "clicked", "added"] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

/** The last time before an order at which its visitor did something with an offer, as events say. */
export interface VisitorTouch {
  /** Number of the offer. */
  readonly offer: number;
  readonly surface: ClaimedSurface;
  /** Number of the product that the offer stands on; "0" for offers of the whole shop. */
  readonly product: string;
  readonly kind: TouchKind;
  /** Milliseconds since 1970 UTC, by the visitor's clock. */
  readonly at: number;
}

/** A touch as figures keep it: once for each offer, surface and kind. */
export interface OrderTouch {
  readonly offerKey: string;
  readonly surface: ClaimedSurface;
  readonly kind: TouchKind;
  /** Whole seconds from the touch to the order. */
  readonly secondsBefore: number;
}

/** An offer of the shop that has been switched on. `createdAt`: milliseconds since 1970 UTC. */
export interface TouchableOffer {
  readonly type: OfferTypeName;
  readonly createdAt: number;
}

/** What has to be known of a shop to decide which touches can be true. */
export interface Touchable {
  /** By number. */
  readonly offers: ReadonlyMap<number, TouchableOffer>;
  /** What the offers of a product have listed, and when. */
  readonly listings: ReadonlyMap<ProductId, readonly Listing[]>;
}

/** Types whose offers list no product that can be added from them: only that the shop had the offer can be known. */
export const LISTS_NOTHING: ReadonlySet<OfferTypeName> = new Set(["goal", "quantity-breaks"]);

/**
 * The touches of an order's visitor that can be true, the last one of each offer, surface and kind. Browsers can send what
 * they like: an offer on a product counts only where it listed something there by then, and one that lists nothing only
 * where the shop had it. Where the history has only the type, any offer of that type will do. Times are those of one browser
 * throughout, so a clock that is wrong is wrong in all of them alike.
 *
 * `orderedAt`: when the visitor's browser completed the order.
 */
export function orderTouches(orderedAt: number, touches: readonly VisitorTouch[], known: Touchable): OrderTouch[] {
  const last = new Map<string, OrderTouch>();
  for (const touch of touches) {
    const before = orderedAt - touch.at;
    const offer = known.offers.get(touch.offer);
    if (offer === undefined || before < 0 || before > KEPT_TOUCH_DAYS * DAY_MS || !isTrue(touch, offer, known))
      continue;
    const { surface, kind } = touch;
    const offerKey = offerKeyOf(offer.type, touch.offer);
    const place = `${offerKey}/${surface}/${kind}`;
    const secondsBefore = Math.floor(before / 1000);
    if (secondsBefore < (last.get(place)?.secondsBefore ?? Infinity)) {
      last.set(place, { offerKey, surface, kind, secondsBefore });
    }
  }
  return [...last.values()];
}

function isTrue(touch: VisitorTouch, { type, createdAt }: TouchableOffer, { listings }: Touchable): boolean {
  if ((OFFER_ANCHORS[type] === "product") !== (touch.product !== "0")) return false;
  const seconds = Math.floor(touch.at / 1000);
  if (LISTS_NOTHING.has(type)) return seconds >= createdAt / 1000 - NOTED_WITHIN_SECONDS;
  const history = listings.get(gid("Product", touch.product)) ?? [];
  return wasAnythingListed(history, { code: OFFER_CODES[type], number: touch.offer }, seconds);
}
