import { closesProduct, RulesReader, TextReader } from "./domain.ts";
import { copyString, isString, lengthOf, Value } from "./host.ts";
import { SCRATCH } from "./text.ts";

/** Room for the texts of many products. */
const ROOM: i32 = 10240;

/** Reads the texts of products' rules, one after the other. */
export class ProductRules {
  private readonly reader: RulesReader;
  /** Texts, one behind the other: offers read their lists when they are needed. */
  private bytes: Uint8Array = new Uint8Array(ROOM);
  private end: i32 = 0;
  private readonly text: ProductText = new ProductText(SCRATCH, 0, 0);

  constructor(reader: RulesReader) {
    this.reader = reader;
  }

  /** Reads a product's rules; nothing for what is no text. Returns whether they close the product. */
  read(json: Value, anchor: i32, units: i32): bool {
    if (!isString(json)) return false;
    const length = lengthOf(json);
    const start = this.placeFor(length);
    copyString(json, length, this.bytes, start);
    this.text.restart(this.bytes, start, this.end);
    if (closesProduct(this.text)) return true;
    this.reader.read(this.text, anchor, units);
    return false;
  }

  /** Where the next text goes, of so many bytes. */
  private placeFor(length: i32): i32 {
    if (this.end + length > this.bytes.length) {
      this.bytes = new Uint8Array(max(length, ROOM));
      this.end = 0;
    }
    this.end += length;
    return this.end - length;
  }
}

/** A text that compares eight bytes at a time. */
class ProductText extends TextReader {
  isFollowedBy(bytes: Uint8Array, start: i32, end: i32): boolean {
    if (end - start > this.end - this.at) return false;
    if (end - start < 8) return super.isFollowedBy(bytes, start, end);
    let other = bytes.dataStart + <usize>start;
    let own = this.bytes.dataStart + <usize>this.at;
    const last = bytes.dataStart + <usize>end - 8;
    for (; other < last; other += 8) {
      if (load<u64>(own) != load<u64>(other)) return false;
      own += 8;
    }
    // The last eight, some of which may have been compared.
    return load<u64>(own - (other - last)) == load<u64>(last);
  }
}
