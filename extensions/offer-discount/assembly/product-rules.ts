import { closesProduct, RulesHead, RulesReader, TextReader } from "./domain.ts";
import { copyString, isString, lengthOf, Value } from "./host.ts";

/** Reads the texts of products' rules, one after the other: how several of them begin is read once. */
export class ProductRules {
  private readonly reader: RulesReader;

  constructor(reader: RulesReader) {
    this.reader = reader;
  }

  /** Reads a product's rules; nothing for what is no text. Returns whether they close the product. */
  read(json: Value, anchor: i32, units: i32): bool {
    if (!isString(json)) return false;
    const bytes = new Uint8Array(lengthOf(json));
    copyString(json, bytes.length, bytes, 0);
    if (closesProduct(bytes)) return true;
    const text = new TextReader(bytes, 0, bytes.length);
    const head = this.headOf(bytes);
    if (head) this.reader.readOn(head, text, anchor, units);
    else this.reader.read(text, anchor, units);
    return false;
  }

  /** The head that a text begins with; null where it is not known. */
  private headOf(bytes: Uint8Array): RulesHead | null {
    const heads = this.reader.heads;
    for (let i = heads.length - 1; i >= 0; i--) {
      const head = heads[i];
      if (!head.mayBegin(bytes.length)) continue;
      if (memory.compare(bytes.dataStart, head.bytes.dataStart, <usize>head.length) == 0) return head;
    }
    return null;
  }
}
