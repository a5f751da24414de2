import type { SurfaceFunnel } from "../domain/measurement/offer-funnel.ts";

/** What shoppers who allow analytics did with an offer; see `EventStore` for what is counted. */
export interface OfferFunnelView {
  /** How many days back the counts go. */
  days: number;
  /** Those where something happened. */
  surfaces: SurfaceFunnel[];
}
