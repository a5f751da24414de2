import { PricedOffer } from "./offers.ts";
import { Products } from "./products.ts";
import { fiveDigits, LOW_DIGITS, TextReader } from "./text-reader.ts";

const DOT: i32 = 46;
/** Digits of the first product number of a list: 54 bits. */
const FIRST_DIGITS: i32 = 9;
/** 2^30: the lower part of a number is below. */
const LOW_LIMIT: i32 = 1073741824;
/** A list has at most so many products. */
export const MOST_PRODUCTS: i32 = 1000;

/** Reads the head of a packed list of products into an offer. Whether there is one. */
export function readListHead(reader: TextReader, offer: PricedOffer): boolean {
  const count = reader.digits();
  if (count < 1 || count > MOST_PRODUCTS || !reader.takes(DOT)) return false;
  const width = reader.take() - 63;
  if (width < 1 || width > FIRST_DIGITS) return false;
  offer.listed = count as i32;
  offer.stepDigits = width;
  return true;
}

/** Notes that the list of an offer follows its head, and moves behind it. Whether it has as many digits as its head says. */
export function skipList(reader: TextReader, offer: PricedOffer): boolean {
  offer.text = reader.bytes;
  offer.listAt = reader.at;
  reader.at += FIRST_DIGITS + (offer.listed - 1) * offer.stepDigits;
  return reader.at <= reader.end;
}

/**
 * Reads the products that an offer lists and notes those that the cart has. Nothing where they are known already.
 *
 * @returns Whether the cart has all of them.
 */
export function readPartners(offer: PricedOffer, products: Products): boolean {
  if (offer.listed === 0) return false;
  offer.reservePartners(offer.listed);
  const width = offer.stepDigits;
  const above = width - LOW_DIGITS;
  const bytes = offer.text;
  let at = offer.listAt + FIRST_DIGITS;
  const end = at + (offer.listed - 1) * width;
  // Each number is the one before it and a step; in two parts, as the cart's products are looked up.
  let high = fewDigits(bytes, offer.listAt, FIRST_DIGITS - LOW_DIGITS);
  let low = fiveDigits(bytes, at - LOW_DIGITS);
  let found: i32 = 0;
  while (true) {
    if (products.mayHave(low)) {
      const place = products.placeOfParts(high, low);
      if (place >= 0) {
        offer.addPartner(place);
        found += 1;
      }
    }
    if (at >= end) return found === offer.listed;
    if (above === 0) low += fiveDigits(bytes, at);
    else if (above < 0) low += fewDigits(bytes, at, width);
    else {
      high += fewDigits(bytes, at, above);
      low += fiveDigits(bytes, at + above);
    }
    at += width;
    if (low >= LOW_LIMIT) {
      low -= LOW_LIMIT;
      high += 1;
    }
  }
}

/** A few digits to base 64. */
function fewDigits(bytes: Uint8Array, at: i32, count: i32): i32 {
  let value: i32 = (bytes[at]! as i32) - 63;
  if (count === 1) return value;
  value = (value << 6) + bytes[at + 1]! - 63;
  for (let i: i32 = 2; i < count; i++) value = (value << 6) + bytes[at + i]! - 63;
  return value;
}
