import { writeSync } from "node:fs";
import { FEWEST_ORDERS_TOGETHER } from "../domain/mining/evidence/association.ts";
import { PairCounter, type InvertedBaskets } from "../domain/mining/evidence/pair-counts.ts";
import { NumberTexts } from "./number-texts.ts";
import { EvidenceColumns, itemsOf, type SharedStandard, type TestedPairs } from "./pair-evidence.ts";

/** What several threads write together: one file of pairs, in blocks of items. */
export interface SharedPairFile {
  readonly baskets: InvertedBaskets;
  readonly itemIds: readonly string[];
  readonly orders: number;
  readonly minTogether: number;
  /** Descriptor of the file. */
  readonly file: number;
  /** Where the first block begins in the file. */
  readonly from: number;
  /** The next block that has no place in the file yet. */
  readonly turn: Int32Array;
  /** Where the block whose turn it is begins in the file, counted from `from`. */
  readonly place: Float64Array;
}

/** Bytes of blocks that may wait in one thread for the blocks before them. */
const MOST_WAITING = 1 << 23;
/** More than the longest row without its ids: a count, seven measures, a grade, commas and a line break. */
const FIGURES_BYTES = 256;

/**
 * Writes the pairs that a thread tested as rows of CSV, each block at its place. Run by several threads on the same
 * {@link SharedPairFile}. Returns the number of pairs.
 */
export async function writePairRows(
  shared: SharedPairFile,
  tested: TestedPairs,
  standard: SharedStandard,
): Promise<number> {
  const { baskets, minTogether } = shared;
  const counter = new PairCounter(baskets, Math.min(minTogether, FEWEST_ORDERS_TOGETHER));
  const rows = new PairRows(shared, new EvidenceColumns(tested, standard, baskets.itemOrders, shared.orders));
  const blocks = new BlocksInTurn(shared);
  let pairs = 0;
  for (const block of tested.blocks) {
    const [from, to] = itemsOf(block, baskets);
    for (let item = from; item < to; item++) {
      const count = counter.count(item);
      pairs += rows.add(item, counter.partner, counter.together, count);
    }
    await blocks.write(block, rows.take());
  }
  await blocks.end();
  return pairs;
}

/** Rows of CSV as bytes; see `PairFileWriter`. */
class PairRows {
  readonly #itemOrders: Uint32Array;
  readonly #orders: number;
  readonly #ids: IdFields;
  readonly #numbers = new NumberTexts();
  readonly #evidence: EvidenceColumns;
  readonly #minTogether: number;
  #bytes = new DataView(new ArrayBuffer(1 << 20));
  #length = 0;

  constructor({ baskets, itemIds, orders, minTogether }: SharedPairFile, evidence: EvidenceColumns) {
    this.#evidence = evidence;
    this.#minTogether = minTogether;
    this.#itemOrders = baskets.itemOrders;
    this.#orders = orders;
    this.#ids = new IdFields(itemIds);
  }

  /** Adds the pairs of one item that were bought together often enough; returns how many. */
  add(item: number, partner: Uint32Array, together: Uint32Array, count: number): number {
    const bytes = this.#withRoom(count * (FIGURES_BYTES + 2 * this.#ids.longest));
    const ids = this.#ids;
    const numbers = this.#numbers;
    const orders = this.#orders;
    const ordersA = this.#itemOrders[item]!;
    let at = this.#length;
    let pairs = 0;
    for (let i = 0; i < count; i++) {
      const n = together[i]!;
      if (n < this.#minTogether) {
        this.#evidence.skip(n);
        continue;
      }
      pairs++;
      const ordersB = this.#itemOrders[partner[i]!]!;
      at = ids.write(item, bytes, at);
      at = ids.write(partner[i]!, bytes, at);
      at = numbers.write(n, bytes, at);
      bytes.setUint8(at++, COMMA);
      at = numbers.write(n / orders, bytes, at);
      bytes.setUint8(at++, COMMA);
      at = numbers.write(n / ordersA, bytes, at);
      bytes.setUint8(at++, COMMA);
      at = numbers.write(n / ordersB, bytes, at);
      bytes.setUint8(at++, COMMA);
      at = this.#evidence.write(item, partner[i]!, n, bytes, at);
      bytes.setUint8(at++, NEWLINE);
    }
    this.#length = at;
    return pairs;
  }

  /** The rows added since they were taken last; valid until more are added. */
  take(): Uint8Array {
    const rows = new Uint8Array(this.#bytes.buffer, 0, this.#length);
    this.#length = 0;
    return rows;
  }

  #withRoom(more: number): DataView {
    const bytes = this.#bytes;
    if (this.#length + more > bytes.byteLength) {
      const larger = new Uint8Array(2 * (this.#length + more));
      larger.set(new Uint8Array(bytes.buffer, 0, this.#length));
      this.#bytes = new DataView(larger.buffer);
    }
    return this.#bytes;
  }
}

/** Ids as CSV fields, each with the comma after it, kept so that four bytes are copied at a time. */
class IdFields {
  /** Bytes of the longest field, rounded up to whole words. */
  readonly longest: number;
  readonly #lengths: Uint32Array;
  /** Item -> its first word; length is items + 1. */
  readonly #start: Uint32Array;
  readonly #words: Uint32Array;

  constructor(ids: readonly string[]) {
    const utf8 = new TextEncoder();
    const fields = ids.map((id) => utf8.encode(`${csvField(id)},`));
    const start = new Uint32Array(ids.length + 1);
    fields.forEach(({ length }, item) => (start[item + 1] = start[item]! + Math.ceil(length / 4)));
    this.#lengths = Uint32Array.from(fields, ({ length }) => length);
    this.#start = start;
    this.#words = new Uint32Array(start[ids.length]!);
    const bytes = new Uint8Array(this.#words.buffer);
    fields.forEach((field, item) => bytes.set(field, start[item]! * 4));
    this.longest = this.#lengths.reduce((longest, length) => Math.max(longest, Math.ceil(length / 4) * 4), 0);
  }

  /** Writes the field of `item` at `at`; returns where it ends. Overwrites up to three bytes more. */
  write(item: number, target: DataView, at: number): number {
    const end = this.#start[item + 1]!;
    for (let word = this.#start[item]!, to = at; word < end; word++, to += 4) {
      target.setUint32(to, this.#words[word]!, true);
    }
    return at + this.#lengths[item]!;
  }
}

/** Gives each block of a thread its place in the file, which is known once all blocks before it have theirs. */
class BlocksInTurn {
  readonly #shared: SharedPairFile;
  #waiting: { block: number; bytes: Uint8Array }[] = [];
  #waitingBytes = 0;

  constructor(shared: SharedPairFile) {
    this.#shared = shared;
  }

  /** Takes the next block of this thread, and writes those whose place is known. */
  async write(block: number, bytes: Uint8Array): Promise<void> {
    this.#waiting.push({ block, bytes: bytes.slice() });
    this.#waitingBytes += bytes.length;
    while (this.#waiting.length > 0) {
      const turn = Atomics.load(this.#shared.turn, 0);
      if (turn === this.#waiting[0]!.block) this.#writeFirst();
      else if (this.#waitingBytes > MOST_WAITING) await this.#afterTurn(turn);
      else return;
    }
  }

  /** Writes all blocks that are left. */
  async end(): Promise<void> {
    while (this.#waiting.length > 0) {
      const turn = Atomics.load(this.#shared.turn, 0);
      if (turn === this.#waiting[0]!.block) this.#writeFirst();
      else await this.#afterTurn(turn);
    }
  }

  #writeFirst(): void {
    const { turn, place, file, from } = this.#shared;
    const { bytes } = this.#waiting.shift()!;
    this.#waitingBytes -= bytes.length;
    const at = from + place[0]!;
    place[0]! += bytes.length;
    Atomics.add(turn, 0, 1);
    Atomics.notify(turn, 0);
    for (let written = 0; written < bytes.length;)
      written += writeSync(file, bytes, written, bytes.length - written, at + written);
  }

  /** Waits without blocking the thread, so that it is notified when another one fails. */
  async #afterTurn(turn: number): Promise<void> {
    // A wait for shared memory alone does not keep a thread running.
    const running = setInterval(() => {}, 60_000);
    await Atomics.waitAsync(this.#shared.turn, 0, turn).value;
    clearInterval(running);
  }
}

const COMMA = 44;
const NEWLINE = 10;

function csvField(id: string): string {
  return /[",\r\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id;
}
