import type { Offer, OfferStatus } from "./offer.ts";
import { scheduleState } from "./schedule.ts";

/**
 * The state of an offer that staff see. `unusable`: this release cannot show it, and its fault says why.
 * `no-products`: every product that it names is gone.
 */
export type OfferState = "live" | "scheduled" | "ended" | "no-products" | "unusable" | Exclude<OfferStatus, "active">;

/** The state of an offer; `offer` is null where it cannot be used. */
export function offerState(
  status: OfferStatus,
  offer: Offer | null,
  at: { readonly now: Date; readonly timezone: string; readonly areProductsGone: boolean },
): OfferState {
  if (status !== "active") return status;
  if (offer === null) return "unusable";
  const schedule = scheduleState(offer.schedule, at.now, at.timezone);
  if (schedule !== "running") return schedule === "ahead" ? "scheduled" : "ended";
  return at.areProductsGone ? "no-products" : "live";
}
