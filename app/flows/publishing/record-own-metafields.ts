import { type Listed, type Listing, SINCE_FOUND, SINCE_UNKNOWN } from "../../domain/publishing/listing-history.ts";
import { listedProducts } from "../../domain/offers/listed-products.ts";
import { PUBLISHED, type PublishedAddress } from "../../domain/publishing/addresses.ts";
import { parseListings } from "../../domain/publishing/published-listings.ts";
import type { ShopStream } from "../../persistence/database/in-shop.ts";
import { recordFoundListings } from "../../persistence/publishing/listings.ts";
import { recordFound } from "../../persistence/publishing/published.ts";
import type { OwnMetafields } from "../../shopify/readers/bulk-nodes.ts";

/** What else a product carries besides its envelope, in version 2 and in version 1. */
const BESIDE_OFFERS = [PUBLISHED.rules, PUBLISHED.companions, PUBLISHED.segmentCompanions];

/**
 * Notes what an earlier install, or one whose database was lost, left published on products: which companions its offers
 * listed when, so that orders of that time are attributed as they were; and that it is there, so that publishing replaces
 * or deletes it. What this database knows itself stays.
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
  const held = found.flatMap(({ product, offers, offer }) => {
    if (offers === null && offer === null) return [];
    const row = ({ namespace, key }: PublishedAddress, value: string | null) => ({
      ownerId: product,
      namespace,
      key,
      value,
    });
    return [
      ...(offers === null ? [] : [row(PUBLISHED.offers, offers)]),
      ...(offer === null ? [] : [row(PUBLISHED.offer, offer)]),
      ...BESIDE_OFFERS.map((address) => row(address, null)),
    ];
  });
  await recordFound(tx, held, new Date(version));
}

/** The history that was kept, and what the offers list beyond it: it is known which offer lists it, but not since when. */
function historyOf({ offers, offer, listings }: OwnMetafields): Listing[] {
  const history = parseListings(listings).map((one) => (one.since === SINCE_UNKNOWN ? found(one, one.until) : one));
  const isOpen = ({ code, number, companion }: Listed) =>
    history.some(
      (one) =>
        one.until === null &&
        one.code === code &&
        one.companion === companion &&
        (one.number === null || one.number === number),
    );
  const others = listedProducts(offers ?? offer).filter((one) => !isOpen(one));
  return [...history, ...others.map((one) => found(one, null))];
}

function found(one: Listed, until: number | null): Listing {
  return { ...one, since: one.number === null ? SINCE_UNKNOWN : SINCE_FOUND, until };
}
