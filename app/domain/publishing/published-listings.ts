import type { BareId } from "../ids.ts";
import { KEPT_LISTINGS, type Listing } from "./listing-history.ts";
import { isBareId, list, objectIn } from "./read-json.ts";

/** What a product's offers have listed and when, kept with the product so that it outlives an uninstall. */

const VERSION = 1;
/** That of bought together. */
const FIRST_CODE = "bt";
const CODE = /^[a-z]{1,10}$/;

interface PublishedListings {
  readonly version: typeof VERSION;
  /**
   * Product, since and until in seconds since 1970 UTC; since 0 for unknown, until 0 while it is listed. The code of the
   * offers' type is left out for bought together, whose listings were the first to be kept.
   */
  readonly listings: readonly (readonly [product: BareId, since: number, until: number, code?: string])[];
}

/** The text of a product's `listed` metafield. */
export function compileListings(history: readonly Listing[]): string {
  const listings = history.map(({ code, companion, since, until }) =>
    code === FIRST_CODE ? ([companion, since, until ?? 0] as const) : ([companion, since, until ?? 0, code] as const),
  );
  const published: PublishedListings = { version: VERSION, listings };
  return JSON.stringify(published);
}

/** Reads what an offer has listed, from a metafield's text or its parsed JSON. Empty for anything else. */
export function parseListings(value: unknown): Listing[] {
  const json = objectIn(value);
  if (json?.version !== VERSION) return [];
  const isTime = (time: unknown): time is number => Number.isSafeInteger(time) && (time as number) >= 0;
  return list(json.listings)
    .flatMap((entry): Listing[] => {
      const [companion, since, until, code = FIRST_CODE] = list(entry);
      if (!isBareId(companion) || !isTime(since) || !isTime(until)) return [];
      if (typeof code !== "string" || !CODE.test(code)) return [];
      return [{ code, companion, since, until: until === 0 ? null : until }];
    })
    .slice(0, KEPT_LISTINGS);
}
