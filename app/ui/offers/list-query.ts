import { OFFER_STATUSES } from "../../domain/offers/offer.ts";
import type { OffersQuery } from "../../views/offers-view.ts";

/** The address of the list of offers. */
export const OFFERS = "/app/offers";

/** The page of one offer. */
export function offerAddress(number: number): string {
  return `${OFFERS}/${number}`;
}

/** What the list can be narrowed to; `in-use` for all that are not archived. */
export const OFFER_FILTERS = ["in-use", ...OFFER_STATUSES] as const;
export type OfferFilter = (typeof OFFER_FILTERS)[number];

/** The address's parameters of a part of the list; what is usual is left out. */
export function parametersOf({ search, status, type }: OffersQuery, page: number): Record<string, string> {
  return {
    ...(search === "" ? {} : { q: search }),
    ...(status === null ? {} : { show: status }),
    ...(type === null ? {} : { type }),
    ...(page === 1 ? {} : { page: String(page) }),
  };
}
