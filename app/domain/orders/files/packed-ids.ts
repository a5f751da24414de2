import { ByteInterner } from "./byte-interner.ts";

/** Ids of up to this many bytes fit the two 32-bit words that they are compared by. */
export const PACKED_BYTES = 8;
/** A high word that no packed id may have: it marks an id that is kept as bytes. */
const KEPT_AS_BYTES = -1;

/**
 * Numbers distinct ids in the order of their first arrival, as {@link ByteInterner} does, but compares ids of up to
 * eight bytes as two 32-bit words (big-endian, padded with zeros in front), which the reader puts together while it
 * looks for the end of the field. Stock-keeping units and item numbers are mostly that short.
 */
export class PackedIds {
  readonly #longer = new ByteInterner();
  #slots: Int32Array<ArrayBuffer> = new Int32Array(1 << 12);
  #low: Int32Array<ArrayBuffer> = new Int32Array(1 << 11);
  #high: Int32Array<ArrayBuffer> = new Int32Array(1 << 11);
  #longerIndex: Uint32Array<ArrayBuffer> = new Uint32Array(1 << 4);
  #size = 0;

  /** Number of distinct ids. */
  get size(): number {
    return this.#size;
  }

  /** The number of the id `bytes[from, to)`, whose last eight bytes are `high` and `low`. It holds no zero byte. */
  intern(low: number, high: number, bytes: Uint8Array, from: number, to: number): number {
    if (to - from > PACKED_BYTES || high === KEPT_AS_BYTES) return this.internBytes(bytes, from, to);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(low, high) & mask;
    for (;;) {
      const index = slots[slot]! - 1;
      if (index < 0) return this.#append(slot, low, high);
      if (this.#low[index] === low && this.#high[index] === high) return index;
      slot = (slot + 1) & mask;
    }
  }

  /** The id of a number, decoded as UTF-8. */
  text(index: number): string {
    return utf8.decode(this.bytes(index));
  }

  /** The bytes of a number's id; valid until the next id is added. */
  bytes(index: number): Uint8Array {
    const high = this.#high[index]!;
    const low = this.#low[index]!;
    if (high === KEPT_AS_BYTES) return this.#longer.bytes(low);
    const word = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
    return Uint8Array.from([...word(high), ...word(low)].filter((byte) => byte !== 0));
  }

  /** As {@link intern}, for an id that is compared as bytes whatever its length: it may hold zero bytes. */
  internBytes(bytes: Uint8Array, from: number, to: number): number {
    const known = this.#longer.size;
    const longer = this.#longer.intern(bytes, from, to);
    if (longer < known) return this.#longerIndex[longer]!;
    if (longer === this.#longerIndex.length) this.#longerIndex = copied(this.#longerIndex, new Uint32Array(longer * 2));
    return (this.#longerIndex[longer] = this.#push(longer, KEPT_AS_BYTES));
  }

  #append(slot: number, low: number, high: number): number {
    const index = this.#push(low, high);
    this.#slots[slot] = index + 1;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return index;
  }

  #push(low: number, high: number): number {
    const index = this.#size++;
    if (index === this.#low.length) {
      this.#low = copied(this.#low, new Int32Array(index * 2));
      this.#high = copied(this.#high, new Int32Array(index * 2));
    }
    this.#low[index] = low;
    this.#high[index] = high;
    return index;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let index = 0; index < this.#size; index++) {
      if (this.#high[index] === KEPT_AS_BYTES) continue;
      let slot = hashOf(this.#low[index]!, this.#high[index]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

const utf8 = new TextDecoder();

function copied<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
