import { bareNumber, type ShopDomain } from "../ids.ts";
import { claimedOffer, parseClaim, parseOfferId } from "../offers/offer-id.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import { areAdditionsCounted } from "./offer-funnel.ts";
import { isChoice, type Choice, type SentAnswer } from "./voice/answers.ts";
import {
  OFFER_EVENTS,
  timeRefusal,
  type BrowsingEvent,
  type EventRefusal,
  type ExperimentEvent,
  type OfferEvent,
  type ShopEvent,
  type ShownArm,
  type VisitEvent,
} from "./shop-event.ts";
import { keptVisit, type SentVisit } from "./visit.ts";

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
      /** Of what was seen or added: the visit that it was part of, where it is known. */
      readonly visit?: SentVisit | undefined;
    }
  | {
      readonly kind: VisitEvent;
      readonly visit: SentVisit;
    }
  | {
      readonly kind: BrowsingEvent;
      /** Number of the product; absent for what is about none. */
      readonly product?: string | undefined;
      /** Number of the order that a completed checkout became. */
      readonly order?: string | undefined;
    }
  | ({ readonly kind: ExperimentEvent } & ShownArm)
  | ({
      /** What a customer chose on the thank-you page. */
      readonly kind: "answered";
      /** The `_tsuide` property of the line that it is about. */
      readonly claim: string;
      /** Number of the order. */
      readonly order: string;
    } & Choice)
);

/** Events of one request; a browser that has more sends several. */
export const MOST_SENT_EVENTS = 50;
/** Bytes of one request. Browsers let no more than 64 KiB be under way when a page is left. */
export const LARGEST_SENT_BYTES = 32 * 1024;
/** More than a shop has experiments in its life, and an experiment has arms. */
export const LARGEST_EXPERIMENT = 1_000_000;
export const LARGEST_ARM = 99;
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
): { events: ShopEvent[]; answers: SentAnswer[]; refused: Map<EventRefusal, number> } {
  const events: ShopEvent[] = [];
  const answers: SentAnswer[] = [];
  const refused = new Map<EventRefusal, number>();
  for (const event of sent) {
    const about = timeRefusal(event.at, context.now) ?? aboutOf(event, shop);
    if (typeof about === "string") refused.set(about, (refused.get(about) ?? 0) + 1);
    else if ("question" in about) answers.push(about);
    else if (event.kind !== "answered") {
      const { id, kind, at, visitor = "" } = event;
      const pseudonym = visitor === "" ? "" : context.visitorOf(visitor);
      events.push({ shop: shop.domain, id, kind, at, visitor: pseudonym, ...about });
    }
  }
  return { events, answers, refused };
}

function aboutOf(event: SentEvent, shop: EventShop): Subject | SentAnswer | EventRefusal {
  return event.kind === "answered" ? answerOf(event, shop) : subjectOf(event, shop);
}

function answerOf(event: SentEvent & { kind: "answered" }, shop: EventShop): SentAnswer | EventRefusal {
  const { order, at, question, answer } = event;
  const claim = parseClaim(event.claim);
  const offer = claimedOffer(event.claim);
  if (claim === null || offer === null || !isChoice(event)) return "malformed";
  if (shop.offers.get(offer.number) !== offer.type) return "unknown-offer";
  return { order, at, question, answer, offerId: claim.offerId, offer: offer.number };
}

type Subject = Pick<ShopEvent, "offer" | "surface" | "product" | "shown" | "order" | "visit">;

const ABOUT_NOTHING = { offer: 0, surface: "", product: "0" } as const;

function subjectOf(event: Exclude<SentEvent, { kind: "answered" }>, shop: EventShop): Subject | EventRefusal {
  if (event.kind === "exposed") {
    // Whom nobody can find again cannot be counted once.
    if ((event.visitor ?? "") === "") return "malformed";
    return { ...ABOUT_NOTHING, shown: { experiment: event.experiment, arm: event.arm } };
  }
  if (event.kind === "visit-started") return { ...ABOUT_NOTHING, visit: keptVisit(event.visit) };
  if (!isAboutOffer(event)) {
    const { product = "0", order } = event;
    const isOrdered = event.kind === "checkout-completed" && order !== undefined;
    return { ...ABOUT_NOTHING, product, ...(isOrdered && { order }) };
  }
  const claim = parseClaim(event.claim);
  const named = claim && parseOfferId(claim.offerId);
  if (claim === null || named === null) return "malformed";
  const product = named.product === null ? "0" : bareNumber(named.product);
  // What a customer buys again and again is suggested without an offer, and so are sets of earlier releases.
  const offer = named.kind === "offer" ? (named.number ?? 0) : 0;
  if (offer > 0 && named.kind === "offer" && shop.offers.get(offer) !== named.type) return "unknown-offer";
  if (!isStorable(product)) return "malformed";
  const isCounted = named.kind !== "offer" || areAdditionsCounted(named.type, claim.surface);
  const isOfVisit = isCounted && (event.kind === "seen" || event.kind === "added") && event.visit !== undefined;
  return { offer, surface: claim.surface, product, ...(isOfVisit && { visit: keptVisit(event.visit!) }) };
}

function isAboutOffer(event: SentEvent): event is Extract<SentEvent, { readonly kind: OfferEvent }> {
  return ABOUT_OFFERS.has(event.kind);
}

const LARGEST_NUMBER = 2n ** 63n - 1n;

/** Whether a row of the database can hold the number of a product or of an order. */
export function isStorable(product: string): boolean {
  return /^\d{1,19}$/.test(product) && BigInt(product) <= LARGEST_NUMBER;
}
