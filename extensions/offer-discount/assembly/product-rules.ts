import { closesProduct, RulesReader, TextReader } from "./domain.ts";
import { copyString, isString, lengthOf, Value } from "./host.ts";

/** Reads the texts of products' rules, one after the other; what a text begins with as the one before it is read once. */
export class ProductRules {
  private readonly reader: RulesReader;
  private last: Uint8Array = new Uint8Array(0);

  constructor(reader: RulesReader) {
    this.reader = reader;
  }

  /** Reads a product's rules; nothing for what is no text. Returns whether they close the product. */
  read(json: Value, anchor: i32, units: i32): bool {
    if (!isString(json)) return false;
    const bytes = new Uint8Array(lengthOf(json));
    copyString(json, bytes.length, bytes, 0);
    if (closesProduct(bytes)) return true;
    const reader = this.reader;
    const text = new TextReader(bytes, 0, bytes.length);
    const readsOn =
      reader.mayReadOn(bytes.length) &&
      memory.compare(bytes.dataStart, this.last.dataStart, <usize>reader.headLength) == 0;
    if (readsOn) reader.readOn(text, anchor, units);
    else reader.read(text, anchor, units);
    this.last = bytes;
    return false;
  }
}
