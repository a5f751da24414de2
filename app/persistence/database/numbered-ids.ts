const TWO_32 = 2 ** 32;
/** Upper halves below this make numbers that a double holds exactly. */
const EXACT = 2 ** 21;

/**
 * Ids of 64 bits, given as two halves, numbered in the order in which they come. They compare as their decimal texts
 * do, which is the order of every id in the domain.
 */
export class NumberedIds {
  #high = new Int32Array(1024);
  #low = new Uint32Array(1024);
  #size = 0;
  /** Open addressing: number + 1, or 0 where the place is free. Never more than half full. */
  #places = new Int32Array(2048);

  /** Gives an id the next number without looking whether it has one. */
  add(high: number, low: number): number {
    if (this.#size === this.#high.length) this.#grow();
    this.#high[this.#size] = high;
    this.#low[this.#size] = low;
    return this.#size++;
  }

  /** The number of an id; the next one where it is new. Not to be mixed with {@link add}. */
  numberOf(high: number, low: number): number {
    let place = this.#placeOf(high, low);
    for (;;) {
      const number = this.#places[place]! - 1;
      if (number < 0) break;
      if (this.#low[number] === low && this.#high[number] === high) return number;
      place = (place + 1) & (this.#places.length - 1);
    }
    const number = this.add(high, low);
    this.#places[place] = number + 1;
    if (this.#size * 2 > this.#places.length) this.#rehash();
    return number;
  }

  /** Compares the ids of two numbers by their texts. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const [first, second] = [this.#high[a]!, this.#high[b]!];
    if (first >= 0 && second >= 0 && first < EXACT && second < EXACT) {
      const difference = first * TWO_32 + this.#low[a]! - (second * TWO_32 + this.#low[b]!);
      if (difference === 0) return 0;
      if (digitsOf(first * TWO_32 + this.#low[a]!) === digitsOf(second * TWO_32 + this.#low[b]!)) return difference;
    }
    const [textA, textB] = [this.text(a), this.text(b)];
    return textA < textB ? -1 : textA > textB ? 1 : 0;
  }

  text(number: number): string {
    const [high, low] = [this.#high[number]!, this.#low[number]!];
    if (high >= 0 && high < EXACT) return String(high * TWO_32 + low);
    return String(BigInt(high) * BigInt(TWO_32) + BigInt(low));
  }

  /** All ids ascending by text, and number -> place among them. */
  ranked(): { ids: string[]; rank: Uint32Array } {
    const order = Array.from({ length: this.#size }, (_, number) => number).sort((a, b) => this.compare(a, b));
    const rank = new Uint32Array(this.#size);
    order.forEach((number, place) => (rank[number] = place));
    return { ids: order.map((number) => this.text(number)), rank };
  }

  #placeOf(high: number, low: number): number {
    const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#places.length - 1);
  }

  #grow(): void {
    const high = new Int32Array(this.#high.length * 2);
    high.set(this.#high);
    this.#high = high;
    const low = new Uint32Array(this.#low.length * 2);
    low.set(this.#low);
    this.#low = low;
  }

  #rehash(): void {
    this.#places = new Int32Array(this.#places.length * 2);
    for (let number = 0; number < this.#size; number++) {
      let place = this.#placeOf(this.#high[number]!, this.#low[number]!);
      while (this.#places[place] !== 0) place = (place + 1) & (this.#places.length - 1);
      this.#places[place] = number + 1;
    }
  }
}

/** Decimal digits of a whole number from 0. */
function digitsOf(number: number): number {
  let digits = 1;
  for (let limit = 10; limit <= number; limit *= 10) digits++;
  return digits;
}
