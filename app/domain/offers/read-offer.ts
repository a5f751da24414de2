import type { OfferMode } from "../settings/modes.ts";
import type { Refusal } from "../shape/field.ts";
import { type Offer, offerWith } from "./offer.ts";
import { contentShape, offerType } from "./offer-types.ts";
import { isOfferTypeName } from "./offer-type-name.ts";

/** An offer as it is stored: what can be read of it depends on the release that reads. */
export interface OfferRow {
  readonly number: number;
  readonly type: string;
  readonly configVersion: number;
  readonly version: number;
  /** What a person decided, as it was stored. */
  readonly content: unknown;
}

/**
 * Why a stored offer is not used. `unknown-type` and `newer-version`: another release wrote it. `invalid`: its content is
 * refused by now, and the refusals say what of it.
 */
export type OfferFault =
  | { readonly code: "unknown-type" }
  | { readonly code: "newer-version" }
  | { readonly code: "invalid"; readonly refusals: readonly Refusal[] };

/**
 * Reads a stored offer, or says why it cannot be used. Never throws: whatever is wrong with one concerns no other.
 *
 * @param shopMode The mode of offers that have none of their own.
 */
export function readOffer(
  { number, type, configVersion, version, content }: OfferRow,
  shopMode: OfferMode,
): Offer | OfferFault {
  if (!isOfferTypeName(type)) return { code: "unknown-type" };
  if (configVersion > offerType(type).configVersion) return { code: "newer-version" };
  const { value, refusals } = contentShape(type).readStored(content);
  if (refusals.length > 0) return { code: "invalid", refusals };
  return offerWith(value, { number, type, version }, shopMode);
}

/** Tells what {@link readOffer} gives apart. */
export function isFault(read: Offer | OfferFault): read is OfferFault {
  return "code" in read;
}
