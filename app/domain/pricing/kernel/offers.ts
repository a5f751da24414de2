import { packLetters } from "./text-reader.ts";
import { Tiers } from "./tiers.ts";

/** Letters that begin an offer in compact rules. */
export const BOUGHT_TOGETHER: i32 = 98; // b
export const BUY_X_GET_Y: i32 = 121; // y
export const MIX_AND_MATCH: i32 = 109; // m
export const QUANTITY_BREAKS: i32 = 113; // q
export const GOAL: i32 = 103; // g
/** Further tiers of a goal, each by itself. */
export const ORDER_REWARD: i32 = 111; // o
export const GIFT: i32 = 102; // f
/** In a shop's rules: what follows is stopped, whatever products still carry. */
export const STOPPED: i32 = 120; // x

/** Stand for lists that an offer of another type does not have: nothing is ever added to them. */
const NONE: Int32Array = /* @__PURE__ */ new Int32Array(0);
const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);
const NO_INTEGERS: i32[] = [];

/** One offer with its rules, as far as a cart's currency and products need them. */
export class PricedOffer {
  type: i32 = 0;
  /** Its number in its shop; 0 where its entry is older than numbers. */
  number: number = 0;
  /** Of offers with equal savings the one of higher priority is taken. */
  priority: number = 0;
  /** The product that carries it, as the cart has placed it; -1 for an offer of the whole shop. */
  anchor: i32 = -1;
  /** Bought together, buy X get Y, mix and match, order reward. */
  reward: i32 = 0;
  /** Basis points, or minor units of the cart's currency. */
  value: number = 0;
  /** How many products its text lists, and with how many digits each but the first; 0 where `partners` are known without. */
  listed: i32 = 0;
  stepDigits: i32 = 0;
  /** The text, and where the list begins in it. */
  text: Uint8Array = NO_BYTES;
  listAt: i32 = 0;
  /**
   * Bought together: those of its listed products that the cart has, only for as long as they are used where the reward is a
   * percentage; all of them for a reward of a whole set. Buy X get Y: those of the products to get that the cart has.
   */
  partners: Int32Array = NONE;
  partnerCount: i32 = 0;
  /**
   * Buy X get Y: units of a group that are bought, and that are got for less; and groups at most, 0 for any number. Mix and
   * match: `buy` units are a group.
   */
  buy: i32 = 0;
  get: i32 = 0;
  mostTimes: i32 = 0;
  /** Buy X get Y, mix and match: all products that carry it, for they count together; `anchor` is the first. */
  anchors: i32[] = NO_INTEGERS;
  /** Buy X get Y: whether the products that are bought are also those that are got. */
  sameProducts: boolean = false;
  /** Quantity breaks: null for every other type. */
  tiers: Tiers | null = null;
  /** Quantity breaks: whether variants of the product count together. */
  together: boolean = false;
  /** Goal, order reward, gift: from which amount on, in minor units of the cart's currency. */
  amount: number = 0;
  /** Gift: the number of the product of which one unit is free. */
  giftProduct: number = 0;
  /** Goal, free shipping: the countries that it is good for, two letters each, packed; `everywhere` without such a list. */
  everywhere: boolean = false;
  countries: i32[] = NO_INTEGERS;
  localDelivery: boolean = false;
  pickUp: boolean = false;

  /** The same offer on another product: for bought together and quantity breaks. The products that it lists are not taken over. */
  onProduct(anchor: i32): PricedOffer {
    const offer = new PricedOffer();
    offer.type = this.type;
    offer.number = this.number;
    offer.priority = this.priority;
    offer.anchor = anchor;
    offer.reward = this.reward;
    offer.value = this.value;
    offer.listed = this.listed;
    offer.stepDigits = this.stepDigits;
    offer.tiers = this.tiers;
    offer.together = this.together;
    return offer;
  }

  /** Makes room for so many partners, and forgets those that it has. */
  reservePartners(most: i32): void {
    if (this.partners.length < most) this.partners = new Int32Array(most);
    this.partnerCount = 0;
  }

  /** Adds a product of the cart, unless it is the anchor itself; there must be room. */
  addPartner(place: i32): void {
    if (place === this.anchor) return;
    this.partners[this.partnerCount] = place;
    this.partnerCount += 1;
  }
}

/** The type that stops an offer: a goal is stopped with all of its tiers. */
export function stoppedAs(type: i32): i32 {
  return type === ORDER_REWARD || type === GIFT ? GOAL : type;
}

/** Two letters as one number, as a country is kept. */
export function packCountry(first: i32, second: i32): i32 {
  return packLetters(0, first, second);
}
