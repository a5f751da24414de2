import type { OfferTypeName } from "../offers/offer-type-name.ts";
import { CLAIMED_SURFACES, type ClaimedSurface } from "../offers/surface.ts";
import { OFFER_EVENTS, type EventKind, type EventPlace, type OfferEvent } from "./shop-event.ts";

/** How often shoppers did what with an offer on one surface; each at most once a page view. */
export type SurfaceFunnel = { readonly surface: ClaimedSurface } & Readonly<Record<OfferEvent, number>>;

/** The part of an event total that a funnel needs. */
export interface FunnelTotal {
  readonly surface: EventPlace;
  readonly kind: EventKind;
  readonly events: number;
}

/** The funnel of one offer by surface, in the order of the surfaces; those where nothing happened are left out. */
export function offerFunnel(totals: readonly FunnelTotal[]): SurfaceFunnel[] {
  return CLAIMED_SURFACES.flatMap((surface) => {
    const here = totals.filter((total) => total.surface === surface);
    const count = (event: OfferEvent) =>
      here.reduce((sum, { kind, events }) => (kind === event ? sum + events : sum), 0);
    const counts = Object.fromEntries(OFFER_EVENTS.map((event) => [event, count(event)])) as Record<OfferEvent, number>;
    return OFFER_EVENTS.some((event) => counts[event] > 0) ? { surface, ...counts } : [];
  });
}

/** Types whose form on the product page is sent by the browser or the theme, not by our script. */
const ADDED_BY_THE_THEME: readonly OfferTypeName[] = ["quantity-breaks", "subscription", "upgrade"];

/** Whether additions of this type are counted on this surface. */
export function areAdditionsCounted(type: OfferTypeName, surface: ClaimedSurface): boolean {
  return surface !== "product" || !ADDED_BY_THE_THEME.includes(type);
}
