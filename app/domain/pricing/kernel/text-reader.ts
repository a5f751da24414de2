/** Digits to base 64 that an `i32` holds, and 64 to the power of that. */
export const LOW_DIGITS: i32 = 5;
export const LOW_BITS: number = 1073741824;
/** What five digits "?" sum up to, each with its weight. */
const FIVE_ZEROS: i32 = 1073741823;

/** Reads ASCII text byte by byte. Past its end every byte reads as 0, so that broken text never throws. */
export class TextReader {
  readonly bytes: Uint8Array;
  at: i32;
  readonly end: i32;

  constructor(bytes: Uint8Array, start: i32, end: i32) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The next byte, which stays the next one. */
  peek(): i32 {
    return this.at < this.end ? this.bytes[this.at]! : 0;
  }

  /** The next byte; the one after it becomes the next. */
  take(): i32 {
    const byte: i32 = this.at < this.end ? this.bytes[this.at]! : 0;
    this.at += 1;
    return byte;
  }

  /** Whether the next byte is this one, which is then behind. */
  takes(byte: i32): boolean {
    if (this.peek() !== byte) return false;
    this.at += 1;
    return true;
  }

  /** The decimal digits that follow, as a number of at most 2^53; -1 where there are none or more than that. */
  digits(): number {
    const bytes = this.bytes;
    const start = this.at;
    const end = this.end;
    let at = start;
    let value: number = 0;
    for (; at < end; at++) {
      const digit: i32 = (bytes[at]! as i32) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.at = at;
    return at === start || at - start > 15 ? -1 : value;
  }

  /** A number of so many digits to base 64, "?" for 0 to "~" for 63, at most 9. There must be so many bytes. */
  base64(digits: i32): number {
    const bytes = this.bytes;
    const end = this.at + digits;
    const split: i32 = digits > LOW_DIGITS ? end - LOW_DIGITS : this.at;
    let high: i32 = 0;
    let low: i32 = 0;
    for (let i = this.at; i < split; i++) high = (high << 6) + bytes[i]! - 63;
    for (let i = split; i < end; i++) low = (low << 6) + bytes[i]! - 63;
    this.at = end;
    return high * LOW_BITS + low;
  }

  /** Moves behind the next such byte, or to the end. */
  skipBehind(byte: i32): void {
    const bytes = this.bytes;
    const end = this.end;
    let at = this.at;
    while (at < end && bytes[at]! !== byte) at += 1;
    this.at = at + 1;
  }

  /** Three letters as one number, as a currency is kept: see `packLetters`. */
  letters(): i32 {
    const first = this.take();
    const second = this.take();
    return packLetters(first, second, this.take());
  }
}

/** The number of five digits to base 64: as {@link TextReader.base64}, but much quicker. */
export function fiveDigits(bytes: Uint8Array, at: i32): i32 {
  const three: i32 = ((((bytes[at]! as i32) << 6) + bytes[at + 1]!) << 6) + bytes[at + 2]!;
  return (((three << 6) + bytes[at + 3]!) << 6) + bytes[at + 4]! - FIVE_ZEROS;
}

/** A currency's three letters as one number, which is quicker to compare than text. */
export function packLetters(first: i32, second: i32, third: i32): i32 {
  return (first << 16) | (second << 8) | third;
}
