import type { PublishedEntry, UnreadEntry } from "./entry.ts";
import { entriesIn, ENVELOPE_VERSION } from "./envelope.ts";
import { objectIn } from "./read-json.ts";
import { goalOfVersion1 } from "./version-1.ts";

/** The envelopes of shop-wide offers: one for theme blocks, one for the checkout extension. */

/** What theme blocks read of the shop. */
export interface PublishedStorefront<Entry extends PublishedEntry = UnreadEntry> {
  /** False hides every block at once. */
  readonly enabled: boolean;
  readonly offers: readonly Entry[];
  /** Tags of customers by the number that stands for each in tests; absent where no offer asks for any. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the checkout extension reads of the shop. */
export interface PublishedCheckout<Entry extends PublishedEntry = UnreadEntry> {
  readonly offers: readonly Entry[];
  /**
   * Whether customers' own histories count. Switched off it takes effect at once, while what is published on each
   * customer is still being deleted.
   */
  readonly history: boolean;
  /** How shoppers are split, as `measurement/experiments/published-split.ts` reads it; absent where nobody is. */
  readonly split?: unknown;
}

/** The text of the metafield that theme blocks read. */
export function storefrontText({ enabled, offers, tags }: PublishedStorefront<PublishedEntry>): string {
  return JSON.stringify({ version: ENVELOPE_VERSION, enabled, offers, tags });
}

/** The text of the metafield that the checkout extension reads. */
export function checkoutText({ offers, history, split }: PublishedCheckout<PublishedEntry>): string {
  return JSON.stringify({ version: ENVELOPE_VERSION, offers, ...(history ? { history } : {}), split });
}

/** Reads what theme blocks read, of this release or the one before. Null for anything else. */
export function parseStorefront(value: unknown): PublishedStorefront | null {
  const json = objectIn(value);
  const offers = json && shopEntries(json);
  return offers && { enabled: json.enabled === true, offers };
}

/** Reads what the checkout extension reads, of this release or the one before. Null for anything else. */
export function parseCheckout(value: unknown): PublishedCheckout | null {
  const json = objectIn(value);
  const offers = json && shopEntries(json);
  return offers && { offers, history: json.history === true, split: json.split };
}

function shopEntries(json: Record<string, unknown>): UnreadEntry[] | null {
  return json.version === ENVELOPE_VERSION ? entriesIn(json.offers) : goalOfVersion1(json);
}
