import { meetsTests, type ShopperFacts } from "../pricing/buyer-facts.ts";
import type { PublishedEntry } from "./entry.ts";

/**
 * The entries that a shopper is shown. Of the entries of one type with tests only the first that is met counts, and
 * nothing of the type behind it. Where it cannot be known whether one is met, nothing of its type from there on is shown:
 * checkout, which knows, may decide either way.
 */
export function entriesInForce<Entry extends PublishedEntry>(entries: readonly Entry[], facts: ShopperFacts): Entry[] {
  const decided = new Set<string>();
  return entries.filter(({ type, tests }) => {
    if (decided.has(type)) return false;
    if (tests === undefined) return true;
    const met = meetsTests(tests, facts);
    if (met !== false) decided.add(type);
    return met === true;
  });
}

/** The entries of the shop as a whole that a shopper is shown: all whose tests are surely met. */
export function shopEntriesInForce<Entry extends PublishedEntry>(
  entries: readonly Entry[],
  facts: ShopperFacts,
): Entry[] {
  return entries.filter(({ tests }) => tests === undefined || meetsTests(tests, facts) === true);
}
