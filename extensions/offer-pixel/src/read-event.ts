import {
  isChoice,
  LARGEST_ARM,
  LARGEST_EXPERIMENT,
  OFFER_EVENTS,
  SENT_ID,
  type OfferEvent,
  type SentEvent,
} from "./domain.ts";
import type { PixelEvent } from "./shopify-pixel.ts";
import type { VisitOfEvent } from "./visit-keeper.ts";

/** Offers that one event may be about: a page has no more. Others are left out. */
const MOST_CLAIMS = 40;
const LONGEST_CLAIM = 80;
/** Experiments of one page view: a shop has no more that run. */
const MOST_EXPERIMENTS = 20;
/** Products of one order that are sent; longer orders say no more about what is viewed and then bought. */
const MOST_BOUGHT = 40;
const PREFIX = "tsuide:";

type Sent = Pick<SentEvent, "id" | "at" | "visitor">;
type Read = (event: PixelEvent, sent: Sent, visit: VisitOfEvent | null) => SentEvent[];

/** What is sent of each event that the pixel hears, by Shopify's name of it. */
export const EVENT_READERS: Readonly<Record<string, Read>> = {
  ...Object.fromEntries(OFFER_EVENTS.map((kind) => [PREFIX + kind, ofOffer(kind)])),
  [`${PREFIX}exposed`]: (event, sent) => exposures(event.customData, sent),
  [`${PREFIX}answered`]: (event, sent) => answered(event.customData, sent),
  page_viewed: (_, sent, of) => [
    ...(of?.isStarted ? [{ ...sent, id: `${sent.id}:v`, kind: "visit-started" as const, visit: of.visit }] : []),
    { ...sent, kind: "page-viewed" },
  ],
  product_viewed: (event, sent) => [
    { ...sent, kind: "product-viewed", product: productAt(event.data, "productVariant") },
  ],
  cart_viewed: (_, sent) => [{ ...sent, kind: "cart-viewed" }],
  product_added_to_cart: (event, sent) => [{ ...sent, kind: "product-added", product: productOfLine(event) }],
  product_removed_from_cart: (event, sent) => [{ ...sent, kind: "product-removed", product: productOfLine(event) }],
  checkout_started: (_, sent) => [{ ...sent, kind: "checkout-started" }],
  checkout_completed: (event, sent) => [checkoutCompleted(event, sent), ...productsBought(event, sent)],
};

/**
 * What is to be sent of an event and of the visit that it is part of; nothing for one that cannot be read. Never throws: pages
 * publish what they like.
 */
export function readEvent(event: PixelEvent, visit: VisitOfEvent | null): SentEvent[] {
  const at = Date.parse(event.timestamp);
  if (!SENT_ID.test(event.id) || !Number.isSafeInteger(at)) return [];
  const { clientId } = event;
  const visitor = typeof clientId === "string" && SENT_ID.test(clientId) ? clientId : undefined;
  const sent = { id: event.id, at, ...(visitor !== undefined && { visitor }) };
  return EVENT_READERS[event.name]?.(event, sent, visit) ?? [];
}

function ofOffer(kind: OfferEvent): Read {
  return (event, sent, of) => {
    const visit = of !== null && (kind === "seen" || kind === "added") ? { visit: of.visit } : {};
    return claimsOf(event.customData).map((claim, place) => ({
      ...{ ...sent, id: `${sent.id}:${place}`, kind, claim },
      ...visit,
    }));
  };
}

function claimsOf(published: unknown): string[] {
  const claims = at(published, "claims");
  if (!Array.isArray(claims)) return [];
  const texts = claims.filter((claim): claim is string => typeof claim === "string" && claim.length <= LONGEST_CLAIM);
  return [...new Set(texts)].slice(0, MOST_CLAIMS);
}

/** The arms that a page was shown by, an event for each experiment. Without a visitor nobody could be counted once. */
function exposures(published: unknown, sent: Sent): SentEvent[] {
  const pairs = at(published, "arms");
  if (!Array.isArray(pairs) || sent.visitor === undefined) return [];
  const seen = new Set<number>();
  return pairs.slice(0, MOST_EXPERIMENTS).flatMap((pair: unknown): SentEvent[] => {
    const [experiment, arm]: readonly unknown[] = Array.isArray(pair) ? pair : [];
    if (!isUpTo(LARGEST_EXPERIMENT, experiment) || !isUpTo(LARGEST_ARM, arm) || seen.has(experiment)) return [];
    seen.add(experiment);
    return [{ ...sent, id: `${sent.id}:x${experiment}`, kind: "exposed", experiment, arm }];
  });
}

/** What a buyer chose on the thank-you page. */
function answered(published: unknown, sent: Sent): SentEvent[] {
  const choice = { question: at(published, "question"), answer: at(published, "answer") };
  const [claim, order] = [at(published, "claim"), numberIn(at(published, "order"))];
  if (!isChoice(choice) || order === undefined || typeof claim !== "string" || claim.length > LONGEST_CLAIM) return [];
  return [{ ...sent, kind: "answered", claim, order, ...choice }];
}

function isUpTo(most: number, value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

function checkoutCompleted(event: PixelEvent, sent: Sent): SentEvent {
  const order = numberIn(at(at(at(event.data, "checkout"), "order"), "id"));
  return { ...sent, kind: "checkout-completed", ...(order !== undefined && { order }) };
}

function productsBought(event: PixelEvent, sent: Sent): SentEvent[] {
  const lines = at(at(event.data, "checkout"), "lineItems");
  if (!Array.isArray(lines)) return [];
  const products = new Set(lines.flatMap((line) => productAt(line, "variant") ?? []));
  return [...products]
    .slice(0, MOST_BOUGHT)
    .map((product) => ({ ...sent, id: `${sent.id}:p${product}`, kind: "product-bought", product }));
}

function productOfLine(event: PixelEvent): string | undefined {
  return productAt(at(event.data, "cartLine"), "merchandise");
}

/** The number of the product of the variant that stands at a name. */
function productAt(source: unknown, variant: string): string | undefined {
  return numberIn(at(at(at(source, variant), "product"), "id"));
}

/** The number in an id, which Shopify writes bare or as a global id. */
function numberIn(id: unknown): string | undefined {
  return typeof id === "string" || typeof id === "number" ? /(\d{1,19})$/.exec(String(id))?.[1] : undefined;
}

function at(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null ? (source as Record<string, unknown>)[name] : undefined;
}
