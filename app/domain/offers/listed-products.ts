import { type BareId, bareNumber } from "../ids.ts";
import type { Listed } from "../publishing/listing-history.ts";
import { entriesOfType, readEnvelope } from "../publishing/envelope.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import type { NamedProductType } from "./compiled-type.ts";
import { PRODUCT_TYPES } from "./compiled-types.ts";
import { parseOfferId } from "./offer-id.ts";
import { OFFER_CODES } from "./offer-type-name.ts";

/** What each offer of a product's envelope lets shoppers add, each once. Nothing for a value that is no envelope. */
export function listedProducts(envelope: unknown): Listed[] {
  const offers = readEnvelope(envelope);
  return PRODUCT_TYPES.flatMap(({ name, type }) =>
    entriesOfType(offers, name, type.read).flatMap((entry): Listed[] => {
      const named = parseOfferId(entry.id);
      const number = named?.kind === "offer" ? named.number : null;
      return [...new Set(listedIn(entry, type))].map((companion) => ({ code: OFFER_CODES[name], number, companion }));
    }),
  );
}

function listedIn(entry: PublishedEntry, type: NamedProductType["type"]): readonly BareId[] {
  if (type.listed !== undefined) return type.listed(entry);
  const { companions, segmentCompanions } = type.references(entry);
  return [...companions, ...segmentCompanions].map(bareNumber);
}
