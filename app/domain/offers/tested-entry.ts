import type { PublishedEntry, UnreadEntry } from "../publishing/entry.ts";
import { type Audience, testsOf } from "./shopper-conditions/shopper-conditions.ts";

/** An entry with the tests that say for whom its offer is; without any where it is for all shoppers. */
export function testedEntry<Entry extends PublishedEntry>({ tests: _, ...entry }: Entry, audience: Audience): Entry {
  const tests = testsOf(audience);
  return (tests === null ? entry : { ...entry, tests }) as Entry;
}

/** Reads a stored entry of a type, with the tests that it carries; null for what this release does not understand. */
export function readTested<Entry extends PublishedEntry>(
  type: { read(entry: UnreadEntry): Entry | null },
  unread: UnreadEntry,
): Entry | null {
  const entry = type.read(unread);
  return entry === null || unread.tests === undefined ? entry : { ...entry, tests: unread.tests };
}
