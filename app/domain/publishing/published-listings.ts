import type { BareId } from "../ids.ts";
import { keptListings, type Listing } from "./listing-history.ts";
import { isBareId, isPositiveInteger, list, objectIn } from "./read-json.ts";

/** What a product's offers have listed and when, kept with the product so that it outlives an uninstall. */

const VERSION = 1;
/** That of bought together. */
const FIRST_CODE = "bt";
const CODE = /^[a-z]{1,10}$/;
const LARGEST_NUMBER = 2_147_483_647;

interface PublishedListings {
  readonly version: typeof VERSION;
  /**
   * Product, since and until in seconds since 1970 UTC (since also as in `Listing`, until 0 while it is listed), code of the
   * offer's type and its number. Releases before numbers were kept left the number out, and the code of bought together,
   * whose listings were the first to be kept.
   */
  readonly listings: readonly (readonly [
    product: BareId,
    since: number,
    until: number,
    code?: string,
    number?: number,
  ])[];
}

/** The text of a product's `listed` metafield. */
export function compileListings(history: readonly Listing[]): string {
  const listings = history.map(({ code, number, companion, since, until }) => {
    const stretch = [companion, since, until ?? 0] as const;
    if (number !== null) return [...stretch, code, number] as const;
    return code === FIRST_CODE ? stretch : ([...stretch, code] as const);
  });
  const published: PublishedListings = { version: VERSION, listings };
  return JSON.stringify(published);
}

/** Reads what an offer has listed, from a metafield's text or its parsed JSON. Empty for anything else. */
export function parseListings(value: unknown): Listing[] {
  const json = objectIn(value);
  if (json?.version !== VERSION) return [];
  const isTime = (time: unknown): time is number => Number.isSafeInteger(time) && (time as number) >= 0;
  const listings = list(json.listings).flatMap((entry): Listing[] => {
    const [companion, since, until, code = FIRST_CODE, number = null] = list(entry);
    if (!isBareId(companion) || !isTime(since) || !isTime(until)) return [];
    if (typeof code !== "string" || !CODE.test(code)) return [];
    if (number !== null && !(isPositiveInteger(number) && number <= LARGEST_NUMBER)) return [];
    return [{ code, number, companion, since, until: until === 0 ? null : until }];
  });
  return keptListings(listings);
}
