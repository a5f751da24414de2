import { Products } from "./products.ts";
import {
  AMOUNT_OFF,
  BOUGHT_TOGETHER,
  FIXED_PRICE,
  GOAL,
  packCountry,
  PERCENT,
  PricedOffer,
  QUANTITY_BREAKS,
  STOPPED,
} from "./offers.ts";
import { TextReader } from "./text-reader.ts";
import { base64Digit } from "./text-reader.ts";

/** The first byte of compact rules: their version, 2. */
const VERSION: i32 = 50;
const COMMA: i32 = 44;
const DOT: i32 = 46;
const SEMICOLON: i32 = 59;
const ASTERISK: i32 = 42;
const TOGETHER: i32 = 116; // t
/** Digits of the first product number of a list: 54 bits. */
const FIRST_DIGITS: i32 = 9;
const WHOLE_BASIS_POINTS: number = 10000;

/** What a shop's rules stop, whatever products still carry. */
export class Stopped {
  readonly types: i32[] = [];
  /** 0 for every offer of the type. */
  readonly numbers: number[] = [];

  /** Whether an offer is stopped, by itself or with all of its type. */
  stops(offer: PricedOffer): boolean {
    for (let i: i32 = 0; i < this.types.length; i++) {
      if (this.types[i]! !== offer.type) continue;
      if (this.numbers[i]! === 0 || this.numbers[i]! === offer.number) return true;
    }
    return false;
  }
}

/**
 * Reads compact rules (their grammar is in `rules.ts`) and adds their offers to `into`. What it does not understand it
 * skips: text of another version, a type or a reward that it does not know, an amount in no currency of the cart.
 *
 * @param anchor Place of the product that carries the rules, -1 for the shop's own.
 * @param currency Of the cart, packed.
 */
export function readRules(
  reader: TextReader,
  anchor: i32,
  products: Products,
  currency: i32,
  stopped: Stopped,
  into: PricedOffer[],
): void {
  if (reader.take() !== VERSION) return;
  while (reader.takes(SEMICOLON)) {
    const offer = new PricedOffer();
    offer.anchor = anchor;
    offer.type = reader.take();
    if (offer.type === STOPPED) readStopped(reader, stopped);
    else if (readHead(reader, offer) && readBody(reader, offer, products, currency) && !stopped.stops(offer)) {
      into.push(offer);
    }
    reader.skipBehind(SEMICOLON);
    reader.at -= 1;
  }
}

function readStopped(reader: TextReader, stopped: Stopped): void {
  stopped.types.push(reader.take());
  const number = reader.digits();
  stopped.numbers.push(number < 0 ? 0 : number);
}

function readHead(reader: TextReader, offer: PricedOffer): boolean {
  offer.number = reader.digits();
  if (offer.number < 0 || !reader.takes(COMMA)) return false;
  offer.priority = reader.digits();
  return offer.priority >= 0 && reader.takes(COMMA);
}

function readBody(reader: TextReader, offer: PricedOffer, products: Products, currency: i32): boolean {
  if (offer.type === GOAL) return offer.anchor < 0 && readGoal(reader, offer, currency);
  if (offer.anchor < 0) return false;
  if (offer.type === BOUGHT_TOGETHER) return readBoughtTogether(reader, offer, products, currency);
  return offer.type === QUANTITY_BREAKS && readQuantityBreaks(reader, offer, currency);
}

function readBoughtTogether(reader: TextReader, offer: PricedOffer, products: Products, currency: i32): boolean {
  offer.reward = reader.take();
  offer.value = readValue(reader, offer.reward, currency);
  if (offer.value < 0 || !reader.takes(COMMA)) return false;
  if (offer.reward === PERCENT) {
    readProducts(reader, offer.anchor, products, offer.partners);
    return offer.value > 0 && offer.partners.length > 0;
  }
  return readProducts(reader, offer.anchor, products, offer.members) && offer.members.length > 0;
}

/** Of a percentage its basis points; of amounts by currency the cart's own, -1 where it has none. */
function readValue(reader: TextReader, reward: i32, currency: i32): number {
  if (reward === PERCENT) {
    const basisPoints = reader.digits();
    return basisPoints > WHOLE_BASIS_POINTS ? -1 : basisPoints;
  }
  if (reward !== AMOUNT_OFF && reward !== FIXED_PRICE) return -1;
  return readAmount(reader, currency);
}

function readAmount(reader: TextReader, currency: i32): number {
  let own: number = -1;
  do {
    const letters = reader.letters();
    const amount = reader.digits();
    if (letters === currency) own = amount;
  } while (reader.takes(DOT));
  return own;
}

/**
 * Reads a packed list of product numbers and adds those that the cart has.
 *
 * @returns Whether the cart has all of them.
 */
function readProducts(reader: TextReader, anchor: i32, products: Products, into: i32[]): boolean {
  const width = reader.take() - 48;
  if (width < 1 || width > FIRST_DIGITS) return false;
  let number = readBase64(reader, FIRST_DIGITS);
  let hasAll = true;
  while (number >= 0) {
    const place = products.placeOf(number);
    if (place < 0) hasAll = false;
    else if (place !== anchor) into.push(place);
    const step = readBase64(reader, width);
    number = step < 0 ? -1 : number + step;
  }
  return hasAll;
}

/** A number of so many digits to base 64; -1 where another byte comes first. */
function readBase64(reader: TextReader, digits: i32): number {
  let value: number = 0;
  for (let i: i32 = 0; i < digits; i++) {
    const digit = base64Digit(reader.peek());
    if (digit < 0) return -1;
    reader.at += 1;
    value = value * 64 + digit;
  }
  return value;
}

function readQuantityBreaks(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  offer.together = reader.take() === TOGETHER;
  while (reader.takes(COMMA)) {
    const least = reader.digits();
    const reward = reader.take();
    const value = readValue(reader, reward, currency);
    if (least < 1 || least > 1000000 || value < 0) continue;
    offer.least.push(least as i32);
    offer.tierReward.push(reward);
    offer.tierValue.push(value);
  }
  return offer.least.length > 0;
}

function readGoal(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  const options = reader.take() - 48;
  if (options < 0 || options > 3 || !reader.takes(COMMA)) return false;
  offer.localDelivery = (options & 1) !== 0;
  offer.pickUp = (options & 2) !== 0;
  offer.amount = readAmount(reader, currency);
  if (offer.amount <= 0 || !reader.takes(COMMA)) return false;
  if (reader.takes(ASTERISK)) offer.everywhere = true;
  else {
    while (reader.peek() !== SEMICOLON && reader.peek() !== 0) {
      const first = reader.take();
      offer.countries.push(packCountry(first, reader.take()));
    }
  }
  return true;
}
