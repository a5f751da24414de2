const SLOTS = 1 << 17;
/** Words of four bytes that the longest text of a positive double fits in, "0.0000012345678901234567". */
const SLOT_WORDS = 6;

/**
 * Writes numbers as ASCII, in the shortest form from which reading gives the very same double. Remembers what it wrote
 * lately, because measures of pairs repeat and formatting a double takes longer than the rest of a row.
 */
export class NumberTexts {
  readonly #values = new Float64Array(SLOTS);
  readonly #lengths = new Uint8Array(SLOTS);
  readonly #words = new Uint32Array(SLOTS * SLOT_WORDS);
  readonly #bytes = new Uint8Array(this.#words.buffer);
  readonly #value = new Float64Array(1);
  readonly #valueWords = new Uint32Array(this.#value.buffer);

  /** Writes `value`, a positive number, at `at`; returns where it ends. Overwrites up to 24 bytes. */
  write(value: number, target: DataView, at: number): number {
    this.#value[0] = value;
    const hash = Math.imul(this.#valueWords[0]! ^ Math.imul(this.#valueWords[1]!, 0x85ebca6b), 0x9e3779b1);
    const slot = hash >>> 15;
    if (this.#values[slot] !== value) this.#remember(slot, value);
    const words = this.#words;
    const word = slot * SLOT_WORDS;
    target.setUint32(at, words[word]!, true);
    target.setUint32(at + 4, words[word + 1]!, true);
    target.setUint32(at + 8, words[word + 2]!, true);
    target.setUint32(at + 12, words[word + 3]!, true);
    target.setUint32(at + 16, words[word + 4]!, true);
    target.setUint32(at + 20, words[word + 5]!, true);
    return at + this.#lengths[slot]!;
  }

  #remember(slot: number, value: number): void {
    const text = `${value}`;
    const from = slot * SLOT_WORDS * 4;
    this.#values[slot] = value;
    this.#lengths[slot] = text.length;
    for (let i = 0; i < text.length; i++) this.#bytes[from + i] = text.charCodeAt(i);
  }
}
