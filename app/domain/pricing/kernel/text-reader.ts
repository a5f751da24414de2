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
    const start = this.at;
    let value: number = 0;
    while (this.at < this.end) {
      const digit: i32 = this.bytes[this.at]! - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.at += 1;
    }
    return this.at === start || this.at - start > 15 ? -1 : value;
  }

  /** Moves behind the next such byte, or to the end. */
  skipBehind(byte: i32): void {
    while (this.at < this.end && this.bytes[this.at] !== byte) this.at += 1;
    this.at += 1;
  }

  /** Three letters as one number, as a currency is kept: see `packLetters`. */
  letters(): i32 {
    const first = this.take();
    const second = this.take();
    return packLetters(first, second, this.take());
  }
}

/** A currency's three letters as one number, which is quicker to compare than text. */
export function packLetters(first: i32, second: i32, third: i32): i32 {
  return (first << 16) | (second << 8) | third;
}

/** The value of a digit to base 64 (A-Z, a-z, 0-9, -, _); -1 for any other byte. */
export function base64Digit(byte: i32): i32 {
  if (byte >= 97) return byte <= 122 ? byte - 71 : -1;
  if (byte >= 65) return byte <= 90 ? byte - 65 : byte === 95 ? 63 : -1;
  if (byte >= 48) return byte <= 57 ? byte + 4 : -1;
  return byte === 45 ? 62 : -1;
}
