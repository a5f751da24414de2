/**
 * Numbers distinct byte strings in the order of their first arrival, straight from a file's bytes: text is decoded
 * once for each distinct string, not for each line. An open-addressing table over one arena of bytes.
 */
export class ByteInterner {
  #slots = new Int32Array(1 << 10);
  #hashes = new Int32Array(1 << 9);
  #ends = new Uint32Array(1 << 9);
  #arena = new Uint8Array(1 << 12);
  #size = 0;
  #last = -1;

  /** Number of distinct strings. */
  get size(): number {
    return this.#size;
  }

  /** The number of the string `bytes[from, to)`. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    if (this.#last >= 0 && this.#equals(this.#last, bytes, from, to)) return this.#last;
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const index = this.#slots[slot]! - 1;
      if (index < 0) return (this.#last = this.#append(slot, hash, bytes, from, to));
      if (this.#hashes[index] === hash && this.#equals(index, bytes, from, to)) return (this.#last = index);
      slot = (slot + 1) & mask;
    }
  }

  /** The string of a number, decoded as UTF-8. */
  text(index: number): string {
    return utf8.decode(this.bytes(index));
  }

  /** The bytes of a number's string: a view, valid until the next string is added. */
  bytes(index: number): Uint8Array {
    return this.#arena.subarray(index === 0 ? 0 : this.#ends[index - 1]!, this.#ends[index]!);
  }

  #equals(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const arena = this.#arena;
    const start = index === 0 ? 0 : this.#ends[index - 1]!;
    if (this.#ends[index]! - start !== to - from) return false;
    for (let i = start, at = from; at < to; i++, at++) if (arena[i] !== bytes[at]) return false;
    return true;
  }

  #append(slot: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const index = this.#size++;
    const start = index === 0 ? 0 : this.#ends[index - 1]!;
    const end = start + to - from;
    if (index === this.#ends.length) {
      this.#ends = copied(this.#ends, new Uint32Array(index * 2));
      this.#hashes = copied(this.#hashes, new Int32Array(index * 2));
    }
    if (end > this.#arena.length)
      this.#arena = copied(this.#arena, new Uint8Array(Math.max(end, this.#arena.length * 2)));
    for (let i = start, at = from; at < to; i++, at++) this.#arena[i] = bytes[at]!;
    this.#ends[index] = end;
    this.#hashes[index] = hash;
    this.#slots[slot] = index + 1;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return index;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let index = 0; index < this.#size; index++) {
      let slot = this.#hashes[index]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
    this.#slots = slots;
  }
}

const utf8 = new TextDecoder();

function copied<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
