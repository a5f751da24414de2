import { ByteInterner } from "./byte-interner.ts";
import type { CsvRow } from "./csv-rows.ts";
import { parseDecimal } from "./field-values.ts";

/** Beyond this many distinct texts a column is taken for free text, which is decoded anew each time. */
const MOST_TEXTS = 1 << 18;

const ZERO = 48;
const NINE = 57;
const POINT = 46;
/** Up to this many digits, digits / 10^n is the very number that the text means. */
const EXACT_DIGITS = 15;

/** Texts of a column whose values repeat through the file, trimmed: each is decoded once. */
export class RepeatingTexts {
  readonly #interner = new ByteInterner();
  readonly #texts: string[] = [];

  text(row: CsvRow, field: number): string {
    if (field < 0 || field >= row.fields) return "";
    if (row.isEscaped(field) || this.#texts.length >= MOST_TEXTS) return row.text(field).trim();
    const index = this.#interner.intern(row.bytes, row.from[field]!, row.to[field]!);
    return (this.#texts[index] ??= this.#interner.text(index).trim());
  }
}

/** Values of a column that mostly repeats the row before, as order ids and times do: each run is read once. */
export class RunningValues<Value> {
  readonly #read: (text: string) => Value;
  #bytes = new Uint8Array(64);
  #length = -1;
  #value: Value;

  constructor(read: (text: string) => Value) {
    this.#read = read;
    this.#value = read("");
  }

  value(row: CsvRow, field: number): Value {
    if (field < 0 || field >= row.fields) return this.#read("");
    const from = row.from[field]!;
    const length = row.to[field]! - from;
    if (row.isEscaped(field) || length > this.#bytes.length) return this.#read(row.text(field).trim());
    if (length === this.#length && this.#isSame(row.bytes, from)) return this.#value;
    for (let i = 0; i < length; i++) this.#bytes[i] = row.bytes[from + i]!;
    this.#length = length;
    return (this.#value = this.#read(row.text(field).trim()));
  }

  #isSame(bytes: Uint8Array, from: number): boolean {
    for (let i = 0; i < this.#length; i++) if (bytes[from + i] !== this.#bytes[i]) return false;
    return true;
  }
}

/** A decimal number, as {@link parseDecimal} reads it; plain digits with a point are read from the bytes. */
export function decimalField(row: CsvRow, field: number): number {
  if (field < 0 || field >= row.fields) return NaN;
  const { bytes } = row;
  const to = row.to[field]!;
  const from = row.from[field]!;
  let digits = 0;
  let scale = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) {
      digits = digits * 10 + byte - ZERO;
      scale *= 10;
    } else if (byte === POINT && scale === 0 && at > from) scale = 1;
    else return parseDecimal(row.text(field));
  }
  if (to === from) return NaN;
  if (to - from > EXACT_DIGITS) return parseDecimal(row.text(field));
  return scale === 0 ? digits : digits / scale;
}
