import { bareNumber, type ShopDomain } from "../ids.ts";
import { parseClaim, parseOfferId } from "../offers/offer-id.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import {
  OFFER_EVENTS,
  timeRefusal,
  type BrowsingEvent,
  type EventRefusal,
  type OfferEvent,
  type ShopEvent,
} from "./shop-event.ts";

/** What the web pixel sends, as JSON. */
export interface EventBatch {
  readonly v: 1;
  /** From the pixel's settings: says which shop it is, and that we gave it. */
  readonly token: string;
  readonly events: readonly SentEvent[];
}

/** One event as it is sent. */
export type SentEvent = {
  /** The same each time that the event is sent. */
  readonly id: string;
  /** Milliseconds since 1970 UTC, by the shopper's clock. */
  readonly at: number;
  /** What Shopify calls the browser. */
  readonly visitor?: string | undefined;
} & (
  | {
      readonly kind: OfferEvent;
      /** Offer id and surface, as in the `_tsuide` property of a line that is added from the offer. */
      readonly claim: string;
    }
  | {
      readonly kind: BrowsingEvent;
      /** Number of the product; absent for what is about none. */
      readonly product?: string | undefined;
    }
);

/** Events of one request; a browser that has more sends several. */
export const MOST_SENT_EVENTS = 50;
/** Bytes of one request. Browsers let no more than 64 KiB be under way when a page is left. */
export const LARGEST_SENT_BYTES = 32 * 1024;
/** What ids of events and browsers are made of. */
export const SENT_ID = /^[\w.:/-]{1,100}$/;

/** What is known of a shop, to decide which of its events can be true. */
export interface EventShop {
  readonly domain: ShopDomain;
  /** The type of each of the shop's offers, by number, those included that have ended: pages may be open for long. */
  readonly offers: ReadonlyMap<number, OfferTypeName>;
}

const ABOUT_OFFERS: ReadonlySet<string> = new Set(OFFER_EVENTS);

/**
 * Sorts sent events into those to store and those to refuse. An event about an offer that the shop does not have (another
 * shop's, say) is refused: the claim is written by whoever sends it.
 */
export function sortEvents(
  sent: readonly SentEvent[],
  shop: EventShop,
  context: { readonly now: number; readonly visitorOf: (visitor: string) => string },
): { events: ShopEvent[]; refused: Map<EventRefusal, number> } {
  const events: ShopEvent[] = [];
  const refused = new Map<EventRefusal, number>();
  for (const event of sent) {
    const about = timeRefusal(event.at, context.now) ?? subjectOf(event, shop);
    if (typeof about === "string") refused.set(about, (refused.get(about) ?? 0) + 1);
    else {
      const { id, kind, at, visitor = "" } = event;
      const pseudonym = visitor === "" ? "" : context.visitorOf(visitor);
      events.push({ shop: shop.domain, id, kind, at, visitor: pseudonym, ...about });
    }
  }
  return { events, refused };
}

function subjectOf(event: SentEvent, shop: EventShop): Pick<ShopEvent, "offer" | "surface" | "product"> | EventRefusal {
  if (!isAboutOffer(event)) return { offer: 0, surface: "", product: event.product ?? "0" };
  const claim = parseClaim(event.claim);
  const named = claim && parseOfferId(claim.offerId);
  if (claim === null || named === null) return "malformed";
  const product = named.product === null ? "0" : bareNumber(named.product);
  // What a customer buys again and again is suggested without an offer, and so are sets of earlier releases.
  const offer = named.kind === "offer" ? (named.number ?? 0) : 0;
  if (offer > 0 && named.kind === "offer" && shop.offers.get(offer) !== named.type) return "unknown-offer";
  return isStorable(product) ? { offer, surface: claim.surface, product } : "malformed";
}

function isAboutOffer(event: SentEvent): event is Extract<SentEvent, { readonly kind: OfferEvent }> {
  return ABOUT_OFFERS.has(event.kind);
}

const LARGEST_NUMBER = 2n ** 63n - 1n;

/** Whether a row of the database can hold the number of a product. */
export function isStorable(product: string): boolean {
  return /^\d{1,19}$/.test(product) && BigInt(product) <= LARGEST_NUMBER;
}
