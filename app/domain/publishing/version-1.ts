import type { UnreadEntry } from "./entry.ts";
import { record } from "./read-json.ts";

/**
 * What the release before this one published, read as version 2. A shopper's cached page and a shop that was not
 * published again yet still hold it; the next release deletes this file.
 */
const VERSION = 1;

/** The bought-together offer of a product. */
export function offersOfVersion1(json: Record<string, unknown>): UnreadEntry[] {
  const { version, id, ...offer } = json;
  return version === VERSION && typeof id === "string" && id !== "" ? [{ ...offer, type: "bought-together", id }] : [];
}

/** The goal as theme blocks, or checkout, read it: an object with `goal`, and `goalMinor` for theme blocks. */
export function goalOfVersion1(json: Record<string, unknown>): UnreadEntry[] | null {
  if (json.version !== VERSION) return null;
  const { goal, goalMinor } = json;
  return record(goal) === null ? [] : [{ type: "goal", id: "goal", goal, ...(goalMinor ? { goalMinor } : {}) }];
}
