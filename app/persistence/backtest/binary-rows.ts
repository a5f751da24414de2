/** The header of a binary COPY: its signature, flags and the length of an extension, which is empty. */
const HEADER_BYTES = 19;
const TWO_32 = 2 ** 32;

/** Reads the rows of a binary COPY field by field, in the order of its columns. None of them may be null. */
export class BinaryRows {
  readonly #view: DataView;
  readonly #bytes: Buffer;
  #at = HEADER_BYTES;

  /** @param bytes All that the COPY gave. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Moves to the next row; false after the last. */
  next(): boolean {
    const fields = this.#view.getInt16(this.#at);
    this.#at += 2;
    return fields >= 0;
  }

  bigint(): bigint {
    this.#at += 12;
    return this.#view.getBigInt64(this.#at - 8);
  }

  /** A bigint as a double; 0 for one that a double does not hold exactly. */
  number(): number {
    this.#at += 12;
    const value = this.#view.getInt32(this.#at - 8) * TWO_32 + this.#view.getUint32(this.#at - 4);
    return Number.isSafeInteger(value) ? value : 0;
  }

  /** Where the next field begins: see {@link bigintAt}. */
  get position(): number {
    return this.#at;
  }

  /** Passes a bigint by, which is read later by where it begins, if at all. */
  passBigint(): void {
    this.#at += 12;
  }

  bigintAt(position: number): bigint {
    return this.#view.getBigInt64(position + 4);
  }

  int(): number {
    this.#at += 8;
    return this.#view.getInt32(this.#at - 4);
  }

  double(): number {
    this.#at += 12;
    return this.#view.getFloat64(this.#at - 8);
  }

  text(): string {
    const length = this.#view.getInt32(this.#at);
    const from = this.#at + 4;
    this.#at = from + length;
    return this.#bytes.toString("latin1", from, this.#at);
  }
}
