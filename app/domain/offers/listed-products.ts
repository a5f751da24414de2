import { type BareId, bareNumber } from "../ids.ts";
import type { Listed } from "../publishing/listing-history.ts";
import { entriesOfType, readEnvelope } from "../publishing/envelope.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import type { NamedProductType } from "./compiled-type.ts";
import { PRODUCT_TYPES } from "./compiled-types.ts";
import { OFFER_CODES } from "./offer-type-name.ts";

/** What the offers of a product's envelope let shoppers add, each once. Nothing for a value that is no envelope. */
export function listedProducts(envelope: unknown): Listed[] {
  const offers = readEnvelope(envelope);
  return PRODUCT_TYPES.flatMap(({ name, type }) => {
    const listed = entriesOfType(offers, name, type.read).flatMap((entry) => listedIn(entry, type));
    return [...new Set(listed)].map((companion) => ({ code: OFFER_CODES[name], companion }));
  });
}

function listedIn(entry: PublishedEntry, type: NamedProductType["type"]): readonly BareId[] {
  if (type.listed !== undefined) return type.listed(entry);
  const { companions, segmentCompanions } = type.references(entry);
  return [...companions, ...segmentCompanions].map(bareNumber);
}
