/** Digits to base 64 that an `i32` holds, and 64 to the power of that. */
export const LOW_DIGITS: i32 = 5;
export const LOW_BITS: number = 1073741824;
/** What five digits "?" sum up to, each with its weight. */
const FIVE_ZEROS: i32 = 1073741823;

const SEMICOLON: i32 = 59;
/** Decimal digits that an `i32` holds, and that a number holds exactly. */
const SHORT_DIGITS: i32 = 9;
const MOST_DIGITS: i32 = 15;

/**
 * Reads ASCII text byte by byte. Past its end every byte reads as 0, so that broken text never throws. A semicolon ends
 * what is read: only {@link takes} and {@link skipTo} go beyond it.
 */
export class TextReader {
  bytes: Uint8Array;
  at: i32;
  end: i32;

  constructor(bytes: Uint8Array, start: i32, end: i32) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Begins to read another text. */
  restart(bytes: Uint8Array, start: i32, end: i32): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The next byte, which stays the next one. */
  peek(): i32 {
    return this.at < this.end ? this.bytes[this.at]! : 0;
  }

  /** The next byte; the one after it becomes the next, except behind a semicolon. */
  take(): i32 {
    const byte: i32 = this.at < this.end ? this.bytes[this.at]! : 0;
    if (byte !== SEMICOLON) this.at += 1;
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
    let value: i32 = 0;
    for (; at < end; at++) {
      // 0 to 9 for a digit, more for any other byte.
      const digit: i32 = bytes[at]! ^ 48;
      if (digit > 9) break;
      value = value * 10 + digit;
    }
    this.at = at;
    if (at - start > SHORT_DIGITS) return at - start > MOST_DIGITS ? -1 : longNumber(bytes, start, at);
    return at === start ? -1 : value;
  }

  /** Moves to the next such byte, or to the end. */
  skipTo(byte: i32): void {
    const bytes = this.bytes;
    const end = this.end;
    let at = this.at;
    while (at < end && bytes[at]! !== byte) at += 1;
    this.at = at;
  }

  /** Whether these bytes of another text follow. */
  isFollowedBy(bytes: Uint8Array, start: i32, end: i32): boolean {
    if (end - start > this.end - this.at) return false;
    for (let i = start; i < end; i++) if (bytes[i]! !== this.bytes[this.at + i - start]!) return false;
    return true;
  }

  /** Three letters as one number, as a currency is kept: see `packLetters`. 0 where there are none, which stay the next. */
  letters(): i32 {
    const bytes = this.bytes;
    const at = this.at;
    if (at + 3 > this.end) return 0;
    const first: i32 = bytes[at]!;
    const second: i32 = bytes[at + 1]!;
    const third: i32 = bytes[at + 2]!;
    if (first === SEMICOLON || second === SEMICOLON || third === SEMICOLON) return 0;
    this.at = at + 3;
    return packLetters(first, second, third);
  }
}

/** The number of more digits than an `i32` holds. */
function longNumber(bytes: Uint8Array, start: i32, end: i32): number {
  let value: number = 0;
  for (let i = start; i < end; i++) value = value * 10 + bytes[i]! - 48;
  return value;
}

/** The number of five digits to base 64, "?" for 0 to "~" for 63. */
export function fiveDigits(bytes: Uint8Array, at: i32): i32 {
  const three: i32 = ((((bytes[at]! as i32) << 6) + bytes[at + 1]!) << 6) + bytes[at + 2]!;
  return (((three << 6) + bytes[at + 3]!) << 6) + bytes[at + 4]! - FIVE_ZEROS;
}

/** A currency's three letters as one number, which is quicker to compare than text. */
export function packLetters(first: i32, second: i32, third: i32): i32 {
  return (first << 16) | (second << 8) | third;
}
