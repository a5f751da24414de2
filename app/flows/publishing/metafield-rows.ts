import { createHash } from "node:crypto";
import type { ProductEntry } from "../../domain/offers/product-metafields.ts";
import type { ProductId } from "../../domain/ids.ts";
import { PUBLISHED, type PublishedAddress } from "../../domain/publishing/addresses.ts";
import type { OfferEntryRow } from "../../persistence/publishing/offer-entries.ts";
import { REFUSED, type PublishedKey, type PublishedRow } from "../../persistence/publishing/published.ts";
import type { MetafieldInput } from "../../shopify/operations/metafields.ts";

/** A value at its address, as Shopify takes it. */
export function metafield(ownerId: string, address: PublishedAddress, value: string): MetafieldInput {
  const { namespace, key, type } = address;
  return { ownerId, namespace, key, type, value };
}

/** What is noted of a metafield that Shopify took. The value itself is kept of envelopes of offers alone. */
export function publishedRow({ ownerId, namespace, key, type, value }: MetafieldInput): PublishedRow {
  const kept = isEnvelope({ namespace, key }) ? value : null;
  return { ownerId, namespace, key, digest: digestOf(`${type}\n${value}`), value: kept };
}

/** Whether a metafield is the envelope of a product's offers. */
export function isEnvelope({ namespace, key }: Pick<PublishedKey, "namespace" | "key">): boolean {
  return namespace === PUBLISHED.offers.namespace && key === PUBLISHED.offers.key;
}

/** What is noted of a metafield that Shopify refused: it is not sent again before it is something else. */
export function refusedRow(metafield: MetafieldInput): PublishedRow {
  const row = publishedRow(metafield);
  return { ...row, digest: `${REFUSED}${row.digest}` };
}

/** What is noted of one offer's entry on a product. */
export function entryRow(product: ProductId, { offer, entry }: ProductEntry): OfferEntryRow {
  const value = JSON.stringify(entry);
  return { product, offerNumber: offer.number, digest: digestOf(value), value };
}

/** Tells metafields apart. */
export function nameOf({ ownerId, namespace, key }: PublishedKey): string {
  return `${ownerId} ${namespace} ${key}`;
}

export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
