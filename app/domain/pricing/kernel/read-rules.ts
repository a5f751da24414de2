import { KnownOffers } from "./known-offers.ts";
import { readListHead, readPartners, skipList } from "./read-partners.ts";
import { Products } from "./products.ts";
import { TextReader } from "./text-reader.ts";
import { readValue } from "./read-amounts.ts";
import { readCountries, readShopOffer } from "./read-shop-offer.ts";
import { bitOf, Stopped } from "./stopped.ts";
import { Tiers } from "./tiers.ts";
import {
  BOUGHT_TOGETHER,
  BUY_X_GET_Y,
  MIX_AND_MATCH,
  PricedOffer,
  QUANTITY_BREAKS,
  STOPPED,
  stoppedAs,
} from "./offers.ts";
import { AMOUNT_OFF, FREE_SHIPPING, PERCENT } from "./rewards.ts";

/** The first byte of compact rules: their version, 2. */
const VERSION: i32 = 50;
/** The only byte of a bundle's rules. */
const CLOSED: i32 = 99;
const COMMA: i32 = 44;
const SEMICOLON: i32 = 59;
const EQUALS: i32 = 61;
const TOGETHER: i32 = 116; // t
const MOST_UNITS: number = 1000;

/** Whether rules say that no line of their product takes a discount. */
export function closesProduct(rules: TextReader): boolean {
  return rules.end - rules.at === 1 && rules.peek() === CLOSED;
}

/**
 * Reads compact rules, whose grammar is in `rules.ts`: of a shop, or of a cart's products one after the other. Offers keep
 * the text: most lists are read when they are needed. What it does not understand it skips: text of another version, a
 * type or a reward that it does not know, an amount in no currency of the cart. Of the offers of one type that a product
 * carries none counts behind one whose tests are met. The text of an offer that many products carry is read once.
 */
export class RulesReader {
  private readonly products: Products;
  private readonly currency: i32;
  private readonly stopped: Stopped;
  private readonly into: PricedOffer[];
  /** Offers that further products may carry, for all of which they are read once. */
  private readonly shared: PricedOffer[] = [];
  private readonly known: KnownOffers = new KnownOffers();

  /**
   * @param currency Of the cart, packed.
   * @param into Takes the offers.
   */
  constructor(products: Products, currency: i32, stopped: Stopped, into: PricedOffer[]) {
    this.products = products;
    this.currency = currency;
    this.stopped = stopped;
    this.into = into;
  }

  /**
   * Reads a text.
   *
   * @param anchor Place of the product that carries the rules, -1 for the shop's own.
   * @param units Of that product in the cart: quantity breaks that ask for more are left out.
   */
  read(reader: TextReader, anchor: i32, units: i32): void {
    if (reader.take() !== VERSION) return;
    // One bit for each type of which the offer for this buyer is found.
    let found: i32 = 0;
    while (reader.takes(SEMICOLON)) {
      const type = reader.take();
      // A product's rules stop nothing.
      if (type === STOPPED && anchor < 0) this.stopped.read(reader);
      else if ((found & bitOf(type)) === 0 && this.readNext(reader, type, anchor, units)) found |= bitOf(type);
      reader.skipTo(SEMICOLON);
    }
  }

  /** Reads the offer that follows its type. Returns whether further ones of the type do not count. */
  private readNext(reader: TextReader, type: i32, anchor: i32, units: i32): boolean {
    const number = reader.digits();
    if (number < 0) return false;
    if (anchor < 0) {
      this.carry(this.readOffer(reader, type, number, anchor), anchor, units);
      return false;
    }
    const known = this.known.placeOf(type, number);
    if (known.isNext(type, number, reader)) {
      this.carry(known.onProduct(reader, anchor), anchor, units);
      return known.isMet;
    }
    const start = reader.at;
    const offer = this.readOffer(reader, type, number, anchor);
    this.carry(offer, anchor, units);
    const isMet = this.stopped.isMet(type, number);
    known.keep(type, number, offer, isMet, reader, start);
    return isMet;
  }

  /** The offer that follows, which may be one that an earlier product carries; null where it is stopped or not understood. */
  private readOffer(reader: TextReader, type: i32, number: number, anchor: i32): PricedOffer | null {
    if (this.stopped.stops(stoppedAs(type), number)) return null;
    if (isShared(type)) {
      for (let i: i32 = 0; i < this.shared.length; i++) {
        if (this.shared[i]!.number === number && this.shared[i]!.type === type) return this.shared[i]!;
      }
    }
    const offer = new PricedOffer();
    offer.anchor = anchor;
    offer.type = type;
    offer.number = number;
    const isUnderstood = readPriority(reader, offer) && readBody(reader, offer, this.products, this.currency);
    return isUnderstood ? offer : null;
  }

  /** Has a product carry an offer, if there is one. */
  private carry(offer: PricedOffer | null, anchor: i32, units: i32): void {
    if (offer === null) return;
    if (isShared(offer.type)) {
      const anchors = offer.anchors;
      if (anchors.length === 0) {
        this.shared.push(offer);
        this.into.push(offer);
      }
      // A product that carries it twice is still one.
      if (anchors.length === 0 || anchors[anchors.length - 1]! !== anchor) anchors.push(anchor);
      return;
    }
    const tiers = offer.tiers;
    if (tiers === null) this.into.push(offer);
    else if (tiers.areReachedBy(units)) this.into.push(offer.anchor === anchor ? offer : offer.onProduct(anchor));
  }
}

/** Whether all products that carry an offer of a type count together. */
function isShared(type: i32): boolean {
  return type === BUY_X_GET_Y || type === MIX_AND_MATCH;
}

function readPriority(reader: TextReader, offer: PricedOffer): boolean {
  if (!reader.takes(COMMA)) return false;
  offer.priority = reader.digits();
  return offer.priority >= 0 && reader.takes(COMMA);
}

function readBody(reader: TextReader, offer: PricedOffer, products: Products, currency: i32): boolean {
  if (offer.anchor < 0) return readShopOffer(reader, offer, currency);
  if (offer.type === BOUGHT_TOGETHER) return readBoughtTogether(reader, offer, products, currency);
  if (offer.type === BUY_X_GET_Y) return readBuyXGetY(reader, offer, currency);
  if (offer.type === MIX_AND_MATCH) return readMixAndMatch(reader, offer, currency);
  return offer.type === QUANTITY_BREAKS && readQuantityBreaks(reader, offer, currency);
}

/** Partners of a percentage are read when they are needed; those of a whole set at once, for it needs them all. */
function readBoughtTogether(reader: TextReader, offer: PricedOffer, products: Products, currency: i32): boolean {
  offer.reward = reader.take();
  if (offer.reward === FREE_SHIPPING) readCountries(reader, offer);
  else offer.value = readValue(reader, offer.reward, currency);
  if (offer.value < 0 || !reader.takes(COMMA)) return false;
  if (!readListHead(reader, offer) || !skipList(reader, offer)) return false;
  if (offer.reward === PERCENT) return offer.value > 0;
  return readPartners(offer, products) && offer.partnerCount > 0;
}

/** The products to get are read when they are needed: many products may carry the same offer. */
function readBuyXGetY(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  offer.anchors = [];
  offer.buy = readUnits(reader);
  offer.get = readUnits(reader);
  offer.mostTimes = readUnits(reader);
  if (offer.buy < 1 || offer.get < 1 || offer.mostTimes < 0) return false;
  offer.reward = reader.take();
  offer.value = readValue(reader, offer.reward, currency);
  if (offer.value < 0 || !reader.takes(COMMA)) return false;
  offer.sameProducts = reader.takes(EQUALS);
  return offer.sameProducts || (readListHead(reader, offer) && skipList(reader, offer));
}

/** An amount off is not understood: groups save most with the dearest units only where they have a price or a percentage. */
function readMixAndMatch(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  offer.anchors = [];
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

function readQuantityBreaks(reader: TextReader, offer: PricedOffer, currency: i32): boolean {
  offer.together = reader.take() === TOGETHER;
  const tiers = new Tiers();
  tiers.read(reader, currency);
  offer.tiers = tiers;
  return true;
}
