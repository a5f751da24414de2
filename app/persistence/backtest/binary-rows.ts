/** The length that stands for a null. */
const NULL = -1;
/** The header of a binary COPY: its signature, flags and the length of an extension, which is empty. */
const HEADER_BYTES = 19;
const TWO_32 = 2 ** 32;
const YEAR_2000_MS = Date.UTC(2000, 0, 1);

/** Reads the rows of a binary COPY field by field, in the order of its columns. Nulls are 0, unless said otherwise. */
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

  /** A bigint that is not null. */
  bigint(): bigint {
    this.#at += 12;
    return this.#view.getBigInt64(this.#at - 8);
  }

  /** A bigint as a double; 0 for one that a double does not hold exactly. */
  number(): number {
    if (this.#passNull()) return 0;
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

  int(ofNull = 0): number {
    if (this.#passNull()) return ofNull;
    this.#at += 8;
    return this.#view.getInt32(this.#at - 4);
  }

  /** A timestamp that is not null, as milliseconds since 1970 UTC. PostgreSQL sends microseconds since 2000. */
  moment(): number {
    return this.number() / 1_000 + YEAR_2000_MS;
  }

  /** Null for a null. */
  text(): string | null {
    if (this.#passNull()) return null;
    const length = this.#view.getInt32(this.#at);
    const from = this.#at + 4;
    this.#at = from + length;
    return this.#bytes.toString("latin1", from, this.#at);
  }

  #passNull(): boolean {
    const isNull = this.#view.getInt32(this.#at) === NULL;
    if (isNull) this.#at += 4;
    return isNull;
  }
}
