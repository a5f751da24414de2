import { ByteInterner } from "./byte-interner.ts";
import type { CsvRow } from "./csv-rows.ts";
import { hasHighBytes } from "./text-encoding.ts";

const QUOTE = 34;
const NONE = new Uint8Array(0);

/**
 * One column of a file while it is read: each distinct text is kept once, as bytes, and each row as the number of its
 * text. Texts are decoded when the whole file has been seen, since only then its encoding is known.
 */
export class TextColumn {
  readonly #interner = new ByteInterner();
  #at = new Uint32Array(1 << 10);
  #rows = 0;

  /** Number of distinct texts so far. */
  get size(): number {
    return this.#interner.size;
  }

  /** Number of the field's text. Take rows in turn; a row without the field has an empty text. */
  add(row: CsvRow, field: number): number {
    if (field < 0 || field >= row.fields) return this.addBytes(NONE, 0, 0);
    if (!row.isEscaped(field)) return this.addBytes(row.bytes, row.from[field]!, row.to[field]!);
    const bytes = unescaped(row.bytes.subarray(row.from[field], row.to[field]));
    return this.addBytes(bytes, 0, bytes.length);
  }

  addBytes(bytes: Uint8Array, from: number, to: number): number {
    return this.#push(this.#interner.intern(bytes, from, to));
  }

  /** Gives the next row the text of the row before. */
  repeat(): void {
    this.#push(this.#at[this.#rows - 1]!);
  }

  /** Takes back the last row. */
  takeBack(): void {
    this.#rows--;
  }

  /** Distinct texts with bytes above 127. */
  foreign(): Uint8Array[] {
    const found: Uint8Array[] = [];
    for (let index = 0; index < this.#interner.size; index++) {
      const bytes = this.#interner.bytes(index);
      if (hasHighBytes(bytes)) found.push(bytes);
    }
    return found;
  }

  /** The first row whose text `matches`; null for none. */
  firstRowWith(matches: (bytes: Uint8Array) => boolean): number | null {
    const wanted = new Set<number>();
    for (let index = 0; index < this.#interner.size; index++)
      if (matches(this.#interner.bytes(index))) wanted.add(index);
    if (wanted.size === 0) return null;
    for (let row = 0; row < this.#rows; row++) if (wanted.has(this.#at[row]!)) return row;
    return null;
  }

  /** The column as it stands at the end of the file. */
  finish(decode: (bytes: Uint8Array) => string): FileColumn {
    const texts = Array.from({ length: this.#interner.size }, (_, index) =>
      cleaned(decode(this.#interner.bytes(index))),
    );
    return { texts, at: this.#at.subarray(0, this.#rows) };
  }

  #push(index: number): number {
    if (this.#rows === this.#at.length) {
      const larger = new Uint32Array(this.#rows * 2);
      larger.set(this.#at);
      this.#at = larger;
    }
    return (this.#at[this.#rows++] = index);
  }
}

/** A column of a file that was read to its end. */
export interface FileColumn {
  readonly texts: readonly string[];
  /** Row -> number of its text. */
  readonly at: Uint32Array;
}

/** Trimmed, and without what spreadsheets put around a text to keep it from being a number: ="00123", '00123. */
function cleaned(text: string): string {
  const trimmed = text.trim();
  const formula = /^="(.*)"$/s.exec(trimmed);
  if (formula !== null) return formula[1]!.trim();
  return /^'\S/.test(trimmed) ? trimmed.slice(1) : trimmed;
}

function unescaped(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    out[length++] = bytes[at]!;
    if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE) at++;
  }
  return out.subarray(0, length);
}
