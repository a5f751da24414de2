import type { Listing } from "../../domain/publishing/listing-history.ts";
import { namedBy } from "../../domain/offers/types/bought-together/published.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { parseListings } from "../../domain/publishing/published-listings.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import type { ShopStream } from "../../persistence/database/in-shop.ts";
import { recordFoundListings } from "../../persistence/publishing/listings.ts";
import { recordFound } from "../../persistence/publishing/published.ts";
import type { OwnMetafields } from "../../shopify/readers/bulk-nodes.ts";

/** What a product's offer is made of at Shopify. */
const OF_AN_OFFER = [PUBLISHED.offer, PUBLISHED.companions, PUBLISHED.segmentCompanions];

/**
 * Takes note of what an earlier install, or one whose database was lost, left published with products: which companions
 * its offers listed when, so that orders of that time earn what they did; and that it is there, so that publishing
 * replaces or deletes it. What this database knows itself stays.
 */
export async function recordOwnMetafields(
  tx: ShopStream,
  found: readonly OwnMetafields[],
  version: number,
): Promise<void> {
  await recordFoundListings(
    tx,
    found.map((own) => ({ product: own.product, history: historyOf(own) })),
  );
  const live = found.filter(({ offer }) => offer !== null);
  const held = live.flatMap(({ product: ownerId, offer }) =>
    OF_AN_OFFER.map(({ namespace, key }) => ({
      ownerId,
      namespace,
      key,
      value: key === PUBLISHED.offer.key ? offer : null,
    })),
  );
  await recordFound(tx, held, new Date(version));
}

/** The history that was kept, and what the offer lists beyond it: nobody knows since when. */
function historyOf({ offer, listings }: OwnMetafields): Listing[] {
  const history = parseListings(listings);
  const current = parseProductOffer(offer);
  const open = new Set(history.filter(({ until }) => until === null).map(({ companion }) => companion));
  const others = current === null ? [] : namedBy(current).filter((companion) => !open.has(companion));
  return [...history, ...others.map((companion) => ({ companion, since: 0, until: null }))];
}
