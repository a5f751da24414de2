import type { BareId } from "../../../ids.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { firstOfEachProduct, isBareId, list, record } from "../../../publishing/read-json.ts";

/** What surfaces read of an add-on offer. */

const TYPE = "add-on";
/** Most add-ons of one product. */
export const MOST_ADD_ONS = 3;

export interface PublishedAddOn {
  readonly product: BareId;
  /** One line of the merchant's words, by language tag. Absent where there are none. */
  readonly text?: Readonly<Record<string, string>>;
}

/** The add-ons of one product. */
export interface PublishedAddOns extends PublishedEntry {
  readonly type: typeof TYPE;
  /** Percent of the product's price that an add-on costs at most, 1 to 100. Pages compare prices as they are then. */
  readonly cap: number;
  /** At least one, at most {@link MOST_ADD_ONS}, in the merchant's order. */
  readonly addOns: readonly PublishedAddOn[];
}

/** Reads one entry of an envelope. Null for what has no readable add-on or cap; unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedAddOns | null {
  const { type, id, cap } = entry;
  if (type !== TYPE || typeof cap !== "number" || !Number.isInteger(cap) || cap < 1 || cap > 100) return null;
  const addOns = firstOfEachProduct(list(entry.addOns).flatMap((one) => addOnIn(one) ?? []));
  return addOns.length === 0 ? null : { type: TYPE, id, cap, addOns: addOns.slice(0, MOST_ADD_ONS) };
}

function addOnIn(value: unknown): PublishedAddOn | null {
  const { product, text } = record(value) ?? {};
  if (!isBareId(product)) return null;
  const written = Object.entries(record(text) ?? {}).flatMap(([language, words]): [string, string][] =>
    typeof words === "string" && words !== "" ? [[language, words]] : [],
  );
  return { product, ...(written.length === 0 ? {} : { text: Object.fromEntries(written) }) };
}
