import type { PublishedEntry, UnreadEntry } from "./entry.ts";
import { list, objectIn, record } from "./read-json.ts";
import { offersOfVersion1 } from "./version-1.ts";

/**
 * The envelope of a product's offers: `{ "version": 2, "offers": [{ "type": ..., "id": ..., ... }] }`, the most
 * important first. What else an entry holds is its type's matter: `offers/types/<type>/published.ts`.
 */
export const ENVELOPE_VERSION = 2;

/** The text of an envelope. The same entries give the same text. */
export function envelopeOf(offers: readonly PublishedEntry[]): string {
  return JSON.stringify({ version: ENVELOPE_VERSION, offers });
}

/**
 * Reads an envelope from a metafield's text or from its parsed JSON. An entry without a type or an id is skipped, never
 * the envelope; entries of unknown types are kept, for the readers of the types to pass over. The single offer that
 * version 1 published is read as an envelope that holds it. Empty for anything else.
 */
export function readEnvelope(value: unknown): UnreadEntry[] {
  const json = objectIn(value);
  if (json === null) return [];
  return json.version === ENVELOPE_VERSION ? entriesIn(json.offers) : offersOfVersion1(json);
}

/** The entries of a list; what is no entry is skipped. */
export function entriesIn(value: unknown): UnreadEntry[] {
  return list(value).flatMap((one) => {
    const entry = record(one);
    const isEntry =
      typeof entry?.type === "string" &&
      typeof entry.id === "string" &&
      entry.id !== "" &&
      (entry.tests === undefined || typeof entry.tests === "string");
    return isEntry ? [entry as UnreadEntry] : [];
  });
}

/** The entries of one type, read by it; those that it does not understand are skipped. */
export function entriesOfType<Published>(
  entries: readonly UnreadEntry[],
  type: string,
  read: (entry: UnreadEntry) => Published | null,
): Published[] {
  return entries.filter((entry) => entry.type === type).flatMap((entry) => read(entry) ?? []);
}
