import { amountOff } from "./amounts.ts";
import { Buyer, MET } from "./buyer.ts";
import { Products } from "./products.ts";
import { fiveDigits, LOW_BITS, LOW_DIGITS, TextReader } from "./text-reader.ts";
import { readValue } from "./read-amounts.ts";
import { readCountries, readShopOffer } from "./read-shop-offer.ts";
import {
  AMOUNT_OFF,
  BOUGHT_TOGETHER,
  BUY_X_GET_Y,
  FREE_SHIPPING,
  MIX_AND_MATCH,
  PERCENT,
  PricedOffer,
  QUANTITY_BREAKS,
  STOPPED,
  stoppedAs,
} from "./offers.ts";

/** The first byte of compact rules: their version, 2. */
const VERSION: i32 = 50;
/** The only byte of a bundle's rules. */
const CLOSED: i32 = 99;
const COMMA: i32 = 44;
const DOT: i32 = 46;
const SEMICOLON: i32 = 59;
const EQUALS: i32 = 61;
const TOGETHER: i32 = 116; // t
/** Digits of the first product number of a list: 54 bits. */
const FIRST_DIGITS: i32 = 9;
/** The lowest 30 bits. */
const LOW_MASK: i32 = 1073741823;
const MOST_PRODUCTS: number = 1000;
const MOST_UNITS: number = 1000;
/** More than an offer can have: see `offers/types/quantity-breaks`. */
const MOST_TIERS: i32 = 12;

/** What a shop's rules stop, whatever products still carry: for all shoppers, or for all who do not meet an offer's tests. */
export class Stopped {
  readonly buyer: Buyer;
  /** Offers that were read and may be carried by further products, for all of which they are read once. */
  readonly shared: PricedOffer[] = [];
  readonly types: i32[] = [];
  /** 0 for every offer of the type. */
  readonly numbers: number[] = [];
  /** Offers whose tests the buyer meets: each keeps out what follows it of its type on the same product. */
  readonly metTypes: i32[] = [];
  readonly metNumbers: number[] = [];

  constructor(buyer: Buyer) {
    this.buyer = buyer;
  }

  /** Whether an offer is stopped, by itself or with all of its type. */
  stops(type: i32, number: number): boolean {
    for (let i: i32 = 0; i < this.types.length; i++) {
      if (this.types[i]! !== type) continue;
      if (this.numbers[i]! === 0 || this.numbers[i]! === number) return true;
    }
    return false;
  }

  /** Whether an offer has tests, and the buyer meets them. */
  meets(type: i32, number: number): boolean {
    for (let i: i32 = 0; i < this.metTypes.length; i++) {
      if (this.metTypes[i]! === type && this.metNumbers[i]! === number) return true;
    }
    return false;
  }
}

/** Whether rules say that no line of their product takes a discount. */
export function closesProduct(rules: Uint8Array): boolean {
  return rules.length === 1 && rules[0]! === CLOSED;
}

/**
 * Reads compact rules, whose grammar is in `rules.ts`, and adds their offers to `into`. Offers keep the text: their tiers
 * and most lists are read when they are needed. What it does not understand it skips: text of another version, a type or
 * a reward that it does not know, an amount in no currency of the cart. Of the offers of one type that a product carries
 * none counts behind one whose tests are met.
 *
 * @param anchor Place of the product that carries the rules, -1 for the shop's own.
 * @param units Of that product in the cart: quantity breaks that ask for more are left out.
 * @param currency Of the cart, packed.
 */
export function readRules(
  reader: TextReader,
  anchor: i32,
  units: i32,
  products: Products,
  currency: i32,
  stopped: Stopped,
  into: PricedOffer[],
): void {
  if (reader.take() !== VERSION) return;
  // One bit for each type of which the offer for this buyer is found.
  let found: i32 = 0;
  while (reader.takes(SEMICOLON)) {
    const type = reader.take();
    if (type === STOPPED) readStopped(reader, stopped);
    else {
      const number = reader.digits();
      const isOut = found !== 0 && (found & (1 << (type & 31))) !== 0;
      if (number >= 0 && !isOut && !stopped.stops(stoppedAs(type), number)) {
        if (anchor >= 0 && stopped.meets(type, number)) found |= 1 << (type & 31);
        if (!isShared(type) || !joinShared(type, number, anchor, stopped)) {
          const offer = new PricedOffer();
          offer.anchor = anchor;
          offer.type = type;
          offer.number = number;
          if (readPriority(reader, offer) && readBody(reader, offer, units, products, currency)) {
            into.push(offer);
            if (isShared(type)) stopped.shared.push(offer);
          }
        }
      }
    }
    reader.skipBehind(SEMICOLON);
    reader.at -= 1;
  }
}

/** Tests behind the number say for whom the offer is not stopped. */
function readStopped(reader: TextReader, stopped: Stopped): void {
  const type = reader.take();
  const number = reader.digits();
  if (reader.takes(COMMA) && stopped.buyer.meets(reader) === MET) {
    stopped.metTypes.push(type);
    stopped.metNumbers.push(number);
    return;
  }
  stopped.types.push(type);
  stopped.numbers.push(number < 0 ? 0 : number);
}

/** Whether all products that carry an offer of a type count together. */
function isShared(type: i32): boolean {
  return type === BUY_X_GET_Y || type === MIX_AND_MATCH;
}

/** Whether an offer was read from another product: then the product joins those that carry it. */
function joinShared(type: i32, number: number, anchor: i32, stopped: Stopped): boolean {
  for (let i: i32 = 0; i < stopped.shared.length; i++) {
    if (stopped.shared[i]!.number !== number || stopped.shared[i]!.type !== type) continue;
    const anchors = stopped.shared[i]!.anchors;
    // A product that carries it twice is still one.
    if (anchors[anchors.length - 1]! !== anchor) anchors.push(anchor);
    return true;
  }
  return false;
}

function readPriority(reader: TextReader, offer: PricedOffer): boolean {
  if (!reader.takes(COMMA)) return false;
  offer.priority = reader.digits();
  return offer.priority >= 0 && reader.takes(COMMA);
}

function readBody(reader: TextReader, offer: PricedOffer, units: i32, products: Products, currency: i32): boolean {
  if (offer.anchor < 0) return readShopOffer(reader, offer, currency);
  if (offer.type === BOUGHT_TOGETHER) return readBoughtTogether(reader, offer, products, currency);
  if (offer.type === BUY_X_GET_Y) return readBuyXGetY(reader, offer, currency);
  if (offer.type === MIX_AND_MATCH) return readMixAndMatch(reader, offer, currency);
  return offer.type === QUANTITY_BREAKS && readQuantityBreaks(reader, offer, units);
}

/** Partners of a percentage are read when they are needed; those of a whole set at once, for it needs them all. */
function readBoughtTogether(reader: TextReader, offer: PricedOffer, products: Products, currency: i32): boolean {
  offer.reward = reader.take();
  if (offer.reward === FREE_SHIPPING) readCountries(reader, offer);
  else offer.value = readValue(reader, offer.reward, currency);
  if (offer.value < 0 || !reader.takes(COMMA)) return false;
  if (!readListHead(reader, offer)) return false;
  if (offer.reward === PERCENT) return offer.value > 0;
  return readPartners(offer, products) && offer.partnerCount > 0;
}

/** The products to get are read when they are needed: many products may carry the same offer. */
function readBuyXGetY(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  offer.anchors = [offer.anchor];
  offer.buy = readUnits(reader);
  offer.get = readUnits(reader);
  offer.mostTimes = readUnits(reader);
  if (offer.buy < 1 || offer.get < 1 || offer.mostTimes < 0) return false;
  offer.reward = reader.take();
  offer.value = readValue(reader, offer.reward, currency);
  if (offer.value < 0 || !reader.takes(COMMA)) return false;
  offer.sameProducts = reader.takes(EQUALS);
  return offer.sameProducts || readListHead(reader, offer);
}

/** An amount off is not understood: groups save most with the dearest units only where they have a price or a percentage. */
function readMixAndMatch(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  offer.anchors = [offer.anchor];
  offer.buy = readUnits(reader);
  offer.reward = reader.take();
  offer.value = readValue(reader, offer.reward, currency);
  if (offer.buy < 1 || offer.reward === AMOUNT_OFF) return false;
  return offer.reward === PERCENT ? offer.value > 0 : offer.value >= 0;
}

/** A number of units and the comma behind it; -1 where there is no such number. */
function readUnits(reader: TextReader): i32 {
  const units = reader.digits();
  return units > MOST_UNITS || !reader.takes(COMMA) ? -1 : (units as i32);
}

/**
 * Reads the head of a packed list of products into an offer, and moves behind the list.
 *
 * @returns Whether there is such a list, with as many digits as it says.
 */
function readListHead(reader: TextReader, offer: PricedOffer): boolean {
  const count = reader.digits();
  if (count < 1 || count > MOST_PRODUCTS || !reader.takes(DOT)) return false;
  const width = reader.take() - 63;
  if (width < 1 || width > FIRST_DIGITS) return false;
  offer.listed = count as i32;
  offer.stepDigits = width;
  offer.text = new TextReader(reader.bytes, reader.at, reader.end);
  reader.at += FIRST_DIGITS + (offer.listed - 1) * width;
  return reader.at <= reader.end;
}

/**
 * Reads the products that an offer lists and notes those that the cart has. Nothing where they are known already.
 *
 * @returns Whether the cart has all of them.
 */
export function readPartners(offer: PricedOffer, products: Products): boolean {
  const reader = offer.text;
  if (reader === null) return false;
  offer.reservePartners(offer.listed);
  const width = offer.stepDigits;
  const extra = width - LOW_DIGITS;
  const bytes = reader.bytes;
  let at = reader.at + FIRST_DIGITS;
  // Each number is the one before it and a step; in two parts, as the cart's products are looked up.
  const first = new TextReader(bytes, reader.at, reader.end).base64(FIRST_DIGITS);
  let high = Math.floor(first / LOW_BITS) as i32;
  let low = (first - high * LOW_BITS) as i32;
  let missing: i32 = 0;
  let left = offer.listed;
  while (true) {
    const place = products.placeOfParts(high, low);
    if (place < 0) missing += 1;
    else offer.addPartner(place);
    left -= 1;
    if (left === 0) return missing === 0;
    if (extra >= 0) {
      low += fiveDigits(bytes, at + extra);
      if (extra > 0) high += upperDigits(bytes, at, extra);
    } else low += upperDigits(bytes, at, width);
    at += width;
    high += low >> 30;
    low &= LOW_MASK;
  }
}

/** A few digits to base 64. */
function upperDigits(bytes: Uint8Array, at: i32, count: i32): i32 {
  let value: i32 = (bytes[at]! as i32) - 63;
  if (count === 1) return value;
  value = (value << 6) + bytes[at + 1]! - 63;
  for (let i: i32 = 2; i < count; i++) value = (value << 6) + bytes[at + i]! - 63;
  return value;
}

/** Notes where the tiers are, if the cart has units enough for the first, which asks for the fewest. */
function readQuantityBreaks(reader: TextReader, offer: PricedOffer, units: i32): boolean {
  offer.together = reader.take() === TOGETHER;
  offer.text = new TextReader(reader.bytes, reader.at, reader.end);
  if (!reader.takes(COMMA)) return false;
  const least = reader.digits();
  return least >= 1 && least <= units;
}

/**
 * What the tiers of a quantity-breaks offer take off each of so many units: of those that are reached, the one that saves
 * most.
 */
export function bestTier(offer: PricedOffer, units: i32, price: number, currency: i32): number {
  const text = offer.text;
  if (text === null) return 0;
  const reader = new TextReader(text.bytes, text.at, text.end);
  let best: number = 0;
  for (let tier: i32 = 0; tier < MOST_TIERS && reader.takes(COMMA); tier++) {
    const least = reader.digits();
    if (least > units) break;
    const reward = reader.take();
    const value = readValue(reader, reward, currency);
    const amount: number = least < 1 || value < 0 ? 0 : amountOff(price, reward, value);
    if (amount > best) best = amount;
  }
  return best;
}
