import type { OfferStatus } from "../domain/offers/offer.ts";
import type { OfferState } from "../domain/offers/offer-state.ts";
import type { OfferFault } from "../domain/offers/read-offer.ts";
import type { Schedule } from "../domain/offers/schedule.ts";
import type { SurfaceName } from "../domain/offers/surface.ts";
import type { FailingView } from "./failing-view.ts";
import type { ProposalsView } from "./proposals-view.ts";

/** What the list of offers shows. */
export interface OffersView {
  offers: OfferRowView[];
  /** How many there are in all, and which page of them this is; pages count from 1. */
  total: number;
  page: number;
  pageCount: number;
  query: OffersQuery;
  /** Everything is off the storefront, by a person's word. */
  paused: boolean;
  timezone: string;
  /** Ready-made offers that the orders support. */
  proposals: ProposalsView;
}

export interface OffersQuery {
  search: string;
  /** Null for all that are not archived. */
  status: OfferStatus | null;
  type: string | null;
}

export interface OfferRowView {
  number: number;
  /** An `OfferTypeName`, or one that this release does not know. */
  type: string;
  name: string;
  status: OfferStatus;
  state: OfferState;
  version: number;
  /** Empty where the offer cannot be used. */
  surfaces: SurfaceName[];
  schedule: Schedule | null;
  /** ISO time of the latest change. */
  changedAt: string;
  canUndo: boolean;
  /** Why the offer cannot be used; null where it can. */
  fault: OfferFault | null;
  /** That customers dislike it or send it back; null where they do not. */
  failing: FailingView | null;
}
