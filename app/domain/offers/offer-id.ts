import { type BareId, joinOfferId, type OfferId, parseGid, type ProductId } from "../ids.ts";
import { OFFER_ANCHORS, OFFER_CODES, OFFER_TYPE_NAMES, type OfferTypeName } from "./offer-type-name.ts";
import { CLAIMED_SURFACES, type ClaimedSurface } from "./surface.ts";

/** The property of cart and order lines that holds a claim. The theme's script and blocks write it as well. */
export const CLAIM_PROPERTY = "_tsuide";

/**
 * How offers are named in published entries and in the `_tsuide` property of cart and order lines:
 *
 *     line property = offer id "/" surface
 *     offer id      = code "-" offer number                      an offer of the whole shop: "goal-2"
 *                   | code "-" offer number "-" product number   the entry of one product: "bt-1-632910392"
 *                   | "bt-" product number                       the same, as releases before offers had numbers wrote it
 *                   | "again-" product number                    what a customer buys again and again; no offer stands behind it
 *
 * Buyers can write whatever they like into a line property: what is read here is a claim, and authorises nothing.
 */
const OFFER = /^([a-z]{1,10})-([0-9]{1,20})(?:-([0-9]{1,20}))?$/;
const AGAIN = "again";
const LARGEST_NUMBER = 2_147_483_647;

/** For queries over ids that were parsed before they were stored: regular expressions of PostgreSQL, and a beginning. */
export const STORED_OFFER_ID = {
  /** Captures the number. */
  number: "^[a-z]+-([0-9]{1,9})(?:-|$)",
  /** Ids whose second part is a product: old ones of sets, and what is bought again. Others have it third, or none. */
  productSecond: `^(${OFFER_CODES["bought-together"]}|${AGAIN})-[0-9]+$`,
  againStart: `${AGAIN}-`,
} as const;

/** What an offer id says. */
export type NamedOffer =
  | {
      readonly kind: "offer";
      readonly type: OfferTypeName;
      /** The offer's number within its shop; null in ids of releases before offers had numbers. */
      readonly number: number | null;
      /** The product whose entry it is; null for an offer of the whole shop. */
      readonly product: ProductId | null;
    }
  | { readonly kind: "again"; readonly product: ProductId };

/**
 * The id of an offer of the whole shop (`product` null), or of its entry on one product. `number` null: as releases
 * before offers had numbers wrote it.
 */
export function offerId(type: OfferTypeName, number: number | null, product: BareId | null): OfferId {
  return joinOfferId(OFFER_CODES[type], number, product);
}

/** The id under which a product is suggested that its customer buys again and again. */
export function againOfferId(product: BareId): OfferId {
  return joinOfferId(AGAIN, null, product);
}

/** Reads an offer id; null for anything else. */
export function parseOfferId(text: string): NamedOffer | null {
  const [, code, first = "", second] = OFFER.exec(text) ?? [];
  if (code === AGAIN) {
    const product = second === undefined ? parseGid("Product", first) : null;
    return product === null ? null : { kind: "again", product };
  }
  const type = OFFER_TYPE_NAMES.find((name) => OFFER_CODES[name] === code);
  if (type === undefined) return null;
  if (OFFER_ANCHORS[type] === "shop") {
    return second === undefined && isNumber(first)
      ? { kind: "offer", type, number: Number(first), product: null }
      : null;
  }
  if (second !== undefined && !isNumber(first)) return null;
  if (second === undefined && type !== "bought-together") return null;
  const product = parseGid("Product", second ?? first);
  return product && { kind: "offer", type, number: second === undefined ? null : Number(first), product };
}

function isNumber(digits: string): boolean {
  const number = Number(digits);
  return number >= 1 && number <= LARGEST_NUMBER;
}

/**
 * What figures of one offer are kept under, whichever products carry it: "goal-2", "bt-1"; "bt" for ids of before offers
 * had numbers, "again" for what customers buy again and again. Null for what is no offer id.
 */
export function offerKey(id: string): string | null {
  const named = parseOfferId(id);
  if (named === null) return null;
  return named.kind === "again" ? AGAIN : offerKeyOf(named.type, named.number);
}

/** {@link offerKey} of an offer by its type and number. */
export function offerKeyOf(type: OfferTypeName, number: number | null): string {
  return joinOfferId(OFFER_CODES[type], number, null);
}

/** Reads an offer's key: its type and number; "again" for what customers buy again and again; null for anything else. */
export function parseOfferKey(
  key: string,
): { readonly type: OfferTypeName; readonly number: number | null } | "again" | null {
  if (key === AGAIN) return AGAIN;
  const [, code, digits] = /^([a-z]+)(?:-([0-9]+))?$/.exec(key) ?? [];
  const type = OFFER_TYPE_NAMES.find((name) => OFFER_CODES[name] === code);
  if (type === undefined || (digits !== undefined && !isNumber(digits))) return null;
  return { type, number: digits === undefined ? null : Number(digits) };
}

/**
 * The product whose entry an id names, with the code of its type and the offer's number (null in ids of before offers had
 * numbers); null for an offer of the whole shop or none at all.
 */
export function carrierOfOffer(
  id: string,
): { readonly code: string; readonly number: number | null; readonly product: ProductId } | null {
  const named = parseOfferId(id);
  if (named?.kind !== "offer" || named.product === null) return null;
  return { code: OFFER_CODES[named.type], number: named.number, product: named.product };
}

/** The product that an id suggests because its customer buys it again and again; null for any other id. */
export function boughtAgain(id: string): ProductId | null {
  const named = parseOfferId(id);
  return named?.kind === "again" ? named.product : null;
}

/** Reads a `_tsuide` line property. Null for anything else. */
export function parseClaim(property: string): { offerId: OfferId; surface: ClaimedSurface } | null {
  const slash = property.indexOf("/");
  const surface = CLAIMED_SURFACES.find((known) => known === property.slice(slash + 1));
  const id = property.slice(0, Math.max(slash, 0));
  return surface === undefined || parseOfferId(id) === null ? null : { offerId: id as OfferId, surface };
}

/** The offer that a `_tsuide` line property names; null for anything else, and for what no offer stands behind. */
export function claimedOffer(property: string): { readonly number: number; readonly type: OfferTypeName } | null {
  const claim = parseClaim(property);
  const named = claim && parseOfferId(claim.offerId);
  return named?.kind === "offer" && named.number !== null ? { number: named.number, type: named.type } : null;
}

/** The `_tsuide` property of a line that was added from an offer. */
export function claimOf(id: string, surface: ClaimedSurface): string {
  return `${id}/${surface}`;
}
