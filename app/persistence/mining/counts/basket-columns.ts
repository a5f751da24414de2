import type { BasketTable } from "../../../domain/baskets/basket-table.ts";
import { NumberedIds } from "../../database/numbered-ids.ts";

/** The header of a binary COPY: its signature, flags and the length of an extension, which is empty. */
const HEADER_BYTES = 19;
/** An array's own header: dimensions, nulls, type; and for each dimension its length and lower bound. */
const ARRAY_BYTES = 12;
/** PostgreSQL counts microseconds from the year 2000. */
const EPOCH_MS = 946_684_800_000;
const TWO_32 = 2 ** 32;

/**
 * Collects rows of (order id, time, customer key, product ids) from the bytes of a binary COPY, in pieces of any
 * length, and makes the canonical {@link BasketTable} of them. One row per order, whose products are distinct.
 */
export class BasketColumns {
  readonly #orderIds = new NumberedIds();
  readonly #products = new NumberedIds();
  readonly #customers = new Map<string, number>();
  #at = new Float64Array(1024);
  #customer = new Int32Array(1024);
  /** Order -> where its products end in `#items`. */
  #end = new Uint32Array(1024);
  #items = new Uint32Array(4096);
  #orders = 0;
  #lines = 0;
  #rest: Buffer = Buffer.alloc(0);
  #inHeader = true;

  /** Takes the next piece. */
  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    if (this.#inHeader) {
      if (bytes.length < HEADER_BYTES) return void (this.#rest = bytes);
      at = HEADER_BYTES;
      this.#inHeader = false;
    }
    for (;;) {
      const end = endOfRow(view, at);
      if (end < 0) break;
      this.#readRow(bytes, view, at + 2);
      at = end;
    }
    this.#rest = bytes.subarray(at);
  }

  /** The table of all rows taken. */
  table(): BasketTable {
    const items = this.#products.ranked();
    const customers = rankedTexts([...this.#customers.keys()]);
    const sequence = this.#sequence();
    const start = new Uint32Array(this.#orders + 1);
    const table = new Uint32Array(this.#lines);
    const at = new Float64Array(this.#orders);
    const customer = new Int32Array(this.#orders);
    let write = 0;
    sequence.forEach((order, to) => {
      const from = write;
      let ascends = true;
      for (let line = order === 0 ? 0 : this.#end[order - 1]!; line < this.#end[order]!; line++) {
        table[write] = items.rank[this.#items[line]!]!;
        ascends &&= write === from || table[write - 1]! < table[write]!;
        write++;
      }
      if (!ascends) table.subarray(from, write).sort();
      start[to + 1] = write;
      at[to] = this.#at[order]!;
      const who = this.#customer[order]!;
      customer[to] = who < 0 ? -1 : customers.rank[who]!;
    });
    return { itemIds: items.ids, customerIds: customers.ids, start, items: table, at, customer };
  }

  #readRow(bytes: Buffer, view: DataView, from: number): void {
    let at = from + 4;
    const order = this.#orders++;
    if (order === this.#end.length) this.#growOrders();
    this.#orderIds.add(view.getInt32(at), view.getUint32(at + 4));
    at += 12;
    this.#at[order] = (view.getInt32(at) * TWO_32 + view.getUint32(at + 4)) / 1000 + EPOCH_MS;
    at += 8;
    const length = view.getInt32(at);
    at += 4;
    if (length < 0) this.#customer[order] = -1;
    else {
      this.#customer[order] = this.#customerOf(bytes.toString("utf8", at, at + length));
      at += length;
    }
    at += 4;
    const products = view.getInt32(at) === 0 ? 0 : view.getInt32(at + ARRAY_BYTES);
    at += ARRAY_BYTES + 8;
    if (this.#lines + products > this.#items.length) this.#growItems(products);
    for (let left = products; left > 0; left--) {
      this.#items[this.#lines++] = this.#products.numberOf(view.getInt32(at + 4), view.getUint32(at + 8));
      at += 12;
    }
    this.#end[order] = this.#lines;
  }

  #customerOf(key: string): number {
    const known = this.#customers.get(key);
    if (known !== undefined) return known;
    this.#customers.set(key, this.#customers.size);
    return this.#customers.size - 1;
  }

  /** Orders by (time, id). Most are stored in that order already, which this sort is quick with. */
  #sequence(): number[] {
    const sequence = Array.from({ length: this.#orders }, (_, order) => order);
    return sequence.sort((a, b) => this.#at[a]! - this.#at[b]! || this.#orderIds.compare(a, b));
  }

  #growOrders(): void {
    const length = this.#end.length * 2;
    this.#at = copied(this.#at, new Float64Array(length));
    this.#customer = copied(this.#customer, new Int32Array(length));
    this.#end = copied(this.#end, new Uint32Array(length));
  }

  #growItems(more: number): void {
    this.#items = copied(this.#items, new Uint32Array(Math.max(this.#items.length * 2, this.#lines + more)));
  }
}

/** Where the row that begins at `from` ends; -1 where the bytes end before it does, or it is the end of all rows. */
function endOfRow(view: DataView, from: number): number {
  if (from + 2 > view.byteLength) return -1;
  const fields = view.getInt16(from);
  if (fields < 0) return -1;
  let at = from + 2;
  for (let field = 0; field < fields; field++) {
    if (at + 4 > view.byteLength) return -1;
    at += 4 + Math.max(0, view.getInt32(at));
  }
  return at <= view.byteLength ? at : -1;
}

function copied<Numbers extends Float64Array | Int32Array | Uint32Array>(from: Numbers, into: Numbers): Numbers {
  into.set(from);
  return into;
}

function rankedTexts(texts: readonly string[]): { ids: string[]; rank: Uint32Array } {
  const order = Array.from(texts, (_, index) => index).sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1));
  const rank = new Uint32Array(texts.length);
  order.forEach((index, place) => (rank[index] = place));
  return { ids: order.map((index) => texts[index]!), rank };
}
