import { ByteInterner } from "./byte-interner.ts";

/** More digits than a double holds exactly are not read as a number. */
const MAX_DIGITS = 15;
const ZERO = 48;
const NINE = 57;

/**
 * Numbers distinct order ids in the order of their first arrival, straight from a file's bytes.
 *
 * Order ids mostly run: "#1001", "#1002", ... up or down through the file. An id that goes beyond all before it is new
 * without a look, and one that does not is found by bisection, so that millions of orders need no hash table. Ids that
 * do not run (other prefix, leading zeros, out of turn) go to a {@link ByteInterner}.
 */
export class RunningIds {
  readonly #others = new ByteInterner();
  #otherIndex: Uint32Array<ArrayBuffer> = new Uint32Array(1 << 4);
  #prefix: Uint8Array = new Uint8Array(0);
  #numbers: Float64Array<ArrayBuffer>;
  #indexes: Uint32Array<ArrayBuffer>;
  #run = 0;
  #direction = 0;
  #size = 0;

  /** Room for `expected` ids is set aside; more are taken all the same. */
  constructor(expected = 1 << 10) {
    this.#numbers = new Float64Array(expected);
    this.#indexes = new Uint32Array(expected);
  }

  /** Number of distinct ids. */
  get size(): number {
    return this.#size;
  }

  /** The number of the id `bytes[from, to)`. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const number = this.#numberOf(bytes, from, to);
    if (number < 0) return this.#internOther(bytes, from, to);
    const run = this.#run;
    if (run === 0) return this.#append(number);
    const ahead = number - this.#numbers[run - 1]!;
    if (ahead === 0) return this.#indexes[run - 1]!;
    if (this.#direction === 0) this.#direction = Math.sign(ahead);
    if (ahead > 0 === this.#direction > 0) return this.#append(number);
    const found = this.#bisect(number);
    return found >= 0 ? this.#indexes[found]! : this.#internOther(bytes, from, to);
  }

  /** The running number that the id ends with, or -1 where it has none or another prefix than the first id. */
  #numberOf(bytes: Uint8Array, from: number, to: number): number {
    let start = to;
    let number = 0;
    let power = 1;
    while (start > from && to - start < MAX_DIGITS) {
      const byte = bytes[start - 1]!;
      if (byte < ZERO || byte > NINE) break;
      number += (byte - ZERO) * power;
      power *= 10;
      start--;
    }
    if (start === to || (bytes[start] === ZERO && to - start > 1)) return -1;
    if (this.#run === 0) this.#prefix = new Uint8Array(bytes.subarray(from, start));
    const prefix = this.#prefix;
    if (prefix.length !== start - from) return -1;
    for (let i = 0; i < prefix.length; i++) if (prefix[i] !== bytes[from + i]) return -1;
    return number;
  }

  #append(number: number): number {
    const run = this.#run++;
    if (run === this.#numbers.length) {
      this.#numbers = copied(this.#numbers, new Float64Array(run * 2));
      this.#indexes = copied(this.#indexes, new Uint32Array(run * 2));
    }
    this.#numbers[run] = number;
    return (this.#indexes[run] = this.#size++);
  }

  #bisect(number: number): number {
    let low = 0;
    let high = this.#run - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const ahead = (number - this.#numbers[middle]!) * this.#direction;
      if (ahead === 0) return middle;
      if (ahead > 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #internOther(bytes: Uint8Array, from: number, to: number): number {
    const known = this.#others.size;
    const other = this.#others.intern(bytes, from, to);
    if (other < known) return this.#otherIndex[other]!;
    if (other === this.#otherIndex.length) this.#otherIndex = copied(this.#otherIndex, new Uint32Array(other * 2));
    return (this.#otherIndex[other] = this.#size++);
  }
}

function copied<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
