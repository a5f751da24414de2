import { gid, type ProductId } from "../../domain/ids.ts";
import type { Segment } from "../../domain/shoppers/shopper.ts";
import type { PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";

/** What a published offer holds for all shoppers, or for a segment that it names; best first. */
export function shownTo(offer: PublishedOffer, segment: Segment | null): ProductId[] {
  const own = offer.segments?.find(({ by, is }) => by === segment?.by && is === segment.is);
  return (own ?? offer).companions.map(({ product }) => gid("Product", product));
}
