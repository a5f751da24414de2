import { packLetters, TextReader } from "./text-reader.ts";

/** What the tests of shoppers come to. Where a fact is not known, a test that asks for it is neither met nor unmet. */
export const UNMET: i32 = 0;
export const MET: i32 = 1;
export const UNKNOWN: i32 = -1;

const NOT: i32 = 33; // !
const AND: i32 = 43; // +
const UNTIL: i32 = 45; // -
const DOT: i32 = 46;
const OR: i32 = 124; // |

/** Letters of tests. The grammar is in `rules.ts`. */
const BUSINESS: i32 = 98; // b
const COUNTRY: i32 = 99; // c
const ARM: i32 = 101; // e
const LANGUAGE: i32 = 108; // l
const CURRENCY: i32 = 109; // m
const UNITS: i32 = 110; // n
const ORDERS: i32 = 111; // o
const COUNTER: i32 = 112; // p
const SIGNED_IN: i32 = 115; // s
const TAGGED: i32 = 116; // t
const VALUE: i32 = 118; // v

/** Bytes of the arms that a cart names, at most: our script writes fewer, and whoever writes more is in none. */
export const LONGEST_ARMS: i32 = 200;

/** What is known of whoever buys, and of the cart as a whole, where conditions of offers are evaluated. */
export class Buyer {
  /** Packed, as a currency is kept; 0 where it is not known. */
  currency: i32 = 0;
  /** Two letters, packed; 0 where it is not known. */
  country: i32 = 0;
  /** A tag in lower case, "pt-br"; empty where it is not known. */
  language: Uint8Array = new Uint8Array(0);
  /** {@link MET}, {@link UNMET} or {@link UNKNOWN}: logged in; buys for a company; buys at a counter. */
  signedIn: i32 = UNKNOWN;
  business: i32 = UNKNOWN;
  counter: i32 = UNKNOWN;
  /** Orders that a customer who is logged in has placed; -1 where it is not known. */
  orders: number = -1;
  /** Numbers of the tags that a customer who is logged in has, and of those that they are known not to have. */
  readonly tags: i32[] = [];
  readonly otherTags: i32[] = [];
  /** Whether `tags` are all that the customer has. */
  hasAllTags: boolean = false;
  /** What the cart's lines cost before discounts, in minor units; -1 where it is not known. */
  value: number = -1;
  /** Units of all lines; -1 where it is not known. */
  units: number = -1;
  /** The arms of experiments that the cart names, "0.1-3.1"; whatever is no such pair names none. */
  arms: Uint8Array = new Uint8Array(0);

  /**
   * Whether the tests that follow in a text are met: all of one group. Reads up to the end of the tests, whatever they
   * come to. A test that is not understood is not met, neither by itself nor reversed.
   */
  meets(reader: TextReader): i32 {
    let any: i32 = UNMET;
    do {
      const group = this.meetsGroup(reader);
      if (group === MET || any === UNMET) any = group;
    } while (reader.takes(OR));
    return any;
  }

  private meetsGroup(reader: TextReader): i32 {
    let all: i32 = MET;
    do {
      const reversed = reader.takes(NOT);
      const one = this.meetsTest(reader.take(), reversed, reader);
      if (one === UNMET || all === MET) all = one;
      while (isWithinTest(reader.peek())) reader.at += 1;
    } while (reader.takes(AND));
    return all;
  }

  private meetsTest(kind: i32, reversed: boolean, reader: TextReader): i32 {
    if (kind === ARM) return answer(this.isInArm(reader), reversed);
    if (kind === COUNTRY) return answer(this.country === 0 ? UNKNOWN : this.isInCountry(reader), reversed);
    if (kind === CURRENCY) return answer(this.currency === 0 ? UNKNOWN : this.paysIn(reader), reversed);
    if (kind === LANGUAGE) return answer(this.language.length === 0 ? UNKNOWN : this.reads(reader), reversed);
    if (kind === SIGNED_IN) return answer(this.signedIn, reversed);
    if (kind === BUSINESS) return answer(this.business, reversed);
    if (kind === COUNTER) return answer(this.counter, reversed);
    if (kind === ORDERS) return answer(this.hasOrdered(reader), reversed);
    if (kind === TAGGED) return this.isTagged(reader, reversed);
    if (kind === UNITS) return this.reaches(this.units, reader.digits(), reversed);
    return kind === VALUE ? this.reaches(this.value, this.ownAmount(reader), reversed) : UNMET;
  }

  /** The last pair of an experiment counts: a cart that names two arms of it is in one. */
  private isInArm(reader: TextReader): i32 {
    const experiment = reader.digits();
    const arm: number = reader.takes(DOT) ? reader.digits() : -1;
    const length: i32 = this.arms.length > LONGEST_ARMS ? 0 : this.arms.length;
    const pairs = new TextReader(this.arms, 0, length);
    let own: number = -1;
    while (pairs.at < pairs.end) {
      const named = pairs.digits();
      const its: number = pairs.takes(DOT) ? pairs.digits() : -1;
      const isWhole = pairs.at === pairs.end || pairs.peek() === UNTIL;
      if (isWhole && named === experiment && its >= 0) own = its;
      pairs.skipTo(UNTIL);
      pairs.at += 1;
    }
    return arm >= 0 && own === arm ? MET : UNMET;
  }

  private isInCountry(reader: TextReader): i32 {
    let found: i32 = UNMET;
    do {
      const first = reader.take();
      if (packLetters(0, first, reader.take()) === this.country) found = MET;
    } while (reader.takes(DOT));
    return found;
  }

  private paysIn(reader: TextReader): i32 {
    let found: i32 = UNMET;
    do {
      if (reader.letters() === this.currency) found = MET;
    } while (reader.takes(DOT));
    return found;
  }

  /** "pt" is met by "pt" and by "pt-br"; "pt-br" only by "pt-br". */
  private reads(reader: TextReader): i32 {
    const own = this.language;
    let found: i32 = UNMET;
    do {
      let same = true;
      let at: i32 = 0;
      while (isOfTag(reader.peek())) {
        if (at >= own.length || own[at]! !== reader.peek()) same = false;
        at += 1;
        reader.at += 1;
      }
      if (same && at > 0 && (at === own.length || own[at]! === UNTIL)) found = MET;
    } while (reader.takes(DOT));
    return found;
  }

  /** Someone who is not logged in has no orders that could be counted, not even none. */
  private hasOrdered(reader: TextReader): i32 {
    const least = reader.digits();
    const most: number = reader.takes(UNTIL) ? reader.digits() : -1;
    if (this.signedIn !== MET) return this.signedIn;
    if (this.orders < 0) return UNKNOWN;
    return this.orders >= least && (most < 0 || this.orders <= most) ? MET : UNMET;
  }

  /** Someone who is not logged in has no tags. What Shopify was not asked about is not known. */
  private isTagged(reader: TextReader, reversed: boolean): i32 {
    let found: i32 = UNMET;
    do {
      const number = reader.digits();
      if (number < 0) return UNMET;
      const one = this.hasTag(number as i32);
      if (one === MET || found === UNMET) found = one;
    } while (reader.takes(DOT));
    return answer(this.signedIn === MET ? found : this.signedIn, reversed);
  }

  private hasTag(number: i32): i32 {
    if (isAmong(this.tags, number)) return MET;
    return this.hasAllTags || isAmong(this.otherTags, number) ? UNMET : UNKNOWN;
  }

  /** Without a limit, as in a currency that has no amount, neither "at least" nor "less than" is met. */
  private reaches(own: number, limit: number, reversed: boolean): i32 {
    if (limit < 0) return UNMET;
    return answer(own < 0 ? UNKNOWN : own >= limit ? MET : UNMET, reversed);
  }

  private ownAmount(reader: TextReader): number {
    if (this.currency === 0) return -1;
    let own: number = -1;
    do {
      const letters = reader.letters();
      const amount = reader.digits();
      if (letters === this.currency) own = amount;
    } while (reader.takes(DOT));
    return own;
  }
}

function isAmong(numbers: i32[], number: i32): boolean {
  const count: i32 = numbers.length;
  for (let i: i32 = 0; i < count; i++) if (numbers[i]! === number) return true;
  return false;
}

function answer(met: i32, reversed: boolean): i32 {
  return met === UNKNOWN || !reversed ? met : 1 - met;
}

/** Whether a byte belongs to a test: neither ends it nor the tests. */
function isWithinTest(byte: i32): boolean {
  return byte !== 0 && byte !== AND && byte !== OR && byte !== 59;
}

/** A small letter, a digit or a hyphen. */
function isOfTag(byte: i32): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte === UNTIL;
}
