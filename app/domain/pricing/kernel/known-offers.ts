import { BOUGHT_TOGETHER, PricedOffer } from "./offers.ts";
import { skipList } from "./read-partners.ts";
import { PERCENT } from "./rewards.ts";
import { TextReader } from "./text-reader.ts";

const SEMICOLON: i32 = 59;
/** A power of two. Offers that share a place are only read more often. */
const PLACES: i32 = 32;
const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** The offers of products that were read last, each with its text, which other products may carry as well. */
export class KnownOffers {
  /** Where the offer of each place stands in `kept`, from 1 on; 0 for none: a cart mostly has few. */
  private readonly places: Uint8Array = new Uint8Array(PLACES);
  private readonly kept: KnownOffer[] = [];

  /** Where an offer of a type and number is kept. */
  placeOf(type: i32, number: number): KnownOffer {
    // Of the letters of types these bits differ.
    const place: i32 = (((number as i32) << 3) + ((type >> 2) & 7)) & (PLACES - 1);
    if (this.places[place]! === 0) {
      this.kept.push(new KnownOffer());
      this.places[place] = this.kept.length;
    }
    return this.kept[this.places[place]! - 1]!;
  }
}

/** One offer that was read, and how its text goes on behind its number: what it is bought together with is not part of it. */
export class KnownOffer {
  /** Whether it has tests that the buyer meets, so that further offers of its type on the same product do not count. */
  isMet: boolean = false;
  /** Null where it is stopped, or its text was not understood. */
  private offer: PricedOffer | null = null;
  private hasList: boolean = false;
  private type: i32 = 0;
  private number: number = -1;
  private bytes: Uint8Array = NO_BYTES;
  private start: i32 = 0;
  private end: i32 = 0;

  /** Keeps an offer that was read, whose text goes on from a place: unless it is a whole set, of which all is its own. */
  keep(type: i32, number: number, offer: PricedOffer | null, isMet: boolean, reader: TextReader, start: i32): void {
    const hasList = type === BOUGHT_TOGETHER;
    if (hasList && (offer === null || offer.reward !== PERCENT)) return;
    if (!hasList) reader.skipTo(SEMICOLON);
    this.type = type;
    this.number = number;
    this.offer = offer;
    this.isMet = isMet;
    this.hasList = hasList;
    this.bytes = reader.bytes;
    this.start = start;
    this.end = offer !== null && hasList ? offer.listAt : reader.at;
  }

  /** Whether a text that names an offer by its type and number goes on as this one does, which is then behind. */
  isNext(type: i32, number: number, reader: TextReader): boolean {
    if (this.number !== number || this.type !== type) return false;
    if (!reader.isFollowedBy(this.bytes, this.start, this.end)) return false;
    const end = reader.at + this.end - this.start;
    if (!this.hasList && end < reader.end && reader.bytes[end]! !== SEMICOLON) return false;
    reader.at = end;
    return true;
  }

  /** The offer for another product, once {@link isNext} holds. Null where it has none. */
  onProduct(reader: TextReader, anchor: i32): PricedOffer | null {
    const offer = this.offer;
    if (offer === null || !this.hasList) return offer;
    const own = offer.onProduct(anchor);
    return skipList(reader, own) ? own : null;
  }
}
