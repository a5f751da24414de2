import type { BareId } from "../../../ids.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { isPositiveInteger, list, record } from "../../../publishing/read-json.ts";

/** What surfaces read of a bundle. Prices and stock are not in it: Liquid has them, as they are then. */

const TYPE = "fixed-bundle";
/** No config has more. */
const MOST_PARTS = 10;
const NUMBER = /^[1-9][0-9]{0,19}$/;

/** One component; ids are bare numbers. */
export interface BundlePart {
  readonly product: BareId;
  readonly variant: BareId;
  /** Units in each bundle, at least 1. */
  readonly quantity: number;
}

/** The bundle's own product, and what it is made of. */
export interface MadeBundle {
  readonly product: BareId;
  readonly variant: BareId;
  readonly parts: readonly BundlePart[];
}

/** The bundle on the page of a component, or on its own. */
export interface PublishedFixedBundle extends PublishedEntry, MadeBundle {
  readonly type: typeof TYPE;
}

/** Reads one entry of an envelope. Null for what cannot be offered; unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedFixedBundle | null {
  const { type, id, product, variant } = entry;
  if (type !== TYPE || !isNumber(product) || !isNumber(variant)) return null;
  const read = list(entry.parts).map(partIn);
  const parts = read.filter((part) => part !== null);
  // A bundle of which a part is not understood would be shown as less than it is.
  if (parts.length === 0 || parts.length < read.length || parts.length > MOST_PARTS) return null;
  return { type: TYPE, id, product, variant, parts };
}

function partIn(value: unknown): BundlePart | null {
  const { product, variant, quantity } = record(value) ?? {};
  if (!isNumber(product) || !isNumber(variant) || !isPositiveInteger(quantity)) return null;
  return { product, variant, quantity };
}

function isNumber(value: unknown): value is BareId {
  return typeof value === "string" && NUMBER.test(value);
}
