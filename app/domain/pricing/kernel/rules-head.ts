import { PricedOffer } from "./offers.ts";

/**
 * How a text of rules begins: with offers of many products, up to what the product is bought together with. Most products
 * of a cart have one of a few heads.
 */
export class RulesHead {
  /** The text that it was read from, which begins with it. */
  readonly bytes: Uint8Array;
  /** How many bytes it has, the semicolon behind it included. */
  readonly length: i32;
  readonly offers: PricedOffer[];
  /** One bit for each type of which the offer for this buyer is found. */
  readonly found: i32;

  constructor(bytes: Uint8Array, length: i32, offers: PricedOffer[], found: i32) {
    this.bytes = bytes;
    this.length = length;
    this.offers = offers;
    this.found = found;
  }

  /** Whether it is all of its text. */
  isAll(): boolean {
    return this.length === this.bytes.length;
  }

  /** Whether a text of so many bytes can begin with it: it does, if `length` bytes are the same. */
  mayBegin(bytes: i32): boolean {
    return this.isAll() ? bytes === this.length : bytes > this.length;
  }
}
