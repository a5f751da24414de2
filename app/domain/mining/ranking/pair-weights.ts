import { sharedFloat32, sharedFloat64, sharedUint32 } from "./shared-arrays.ts";
import { orderWeights } from "./training-baskets.ts";
import type { OrderWeighting, TrainingBaskets } from "./training-baskets.ts";

/**
 * Weighted counts of items bought together, the matrix G = X' W X of the baskets X with order weights W, as compressed
 * sparse rows: both halves are kept, so that a row is all that is bought with an item.
 */
export interface PairWeights {
  /** Item -> position of its first partner; length is items + 1. */
  readonly start: Uint32Array;
  /** Partners, ascending within each row. */
  readonly partner: Uint32Array;
  readonly weight: Float32Array;
  /** Summed weights of the item's own orders, G[i][i]. */
  readonly own: Float64Array;
}

/** Entries kept; beyond this the lightest pairs are dropped, so that memory stays bounded. 8 bytes an entry. */
const MOST_ENTRIES = 40_000_000;

/** The rows of the items `from` to `to`, as one thread makes them. */
export interface PairRows {
  readonly from: number;
  readonly to: number;
  /** Row -> its length. */
  readonly length: Uint32Array;
  readonly partner: Uint32Array;
  readonly weight: Float32Array;
  readonly own: Float64Array;
  /** Weights up to this were dropped. */
  readonly floor: number;
}

/** All rows at once, by one thread; `mostEntries` counts a pair twice. */
export function pairWeights(
  baskets: TrainingBaskets,
  weighting: OrderWeighting,
  mostEntries: number = MOST_ENTRIES,
): PairWeights {
  return joinPairRows(
    baskets.itemCount,
    [pairRows(baskets, weighting, 0, baskets.itemCount, mostEntries)],
    mostEntries,
  );
}

/**
 * The rows of some items. Sums run over orders in ascending order, so that they depend neither on arrival nor on which
 * thread makes which row.
 */
export function pairRows(
  baskets: TrainingBaskets,
  weighting: OrderWeighting,
  from: number,
  to: number,
  mostEntries: number = MOST_ENTRIES,
): PairRows {
  const { itemCount, start, items, ordersStart, ordersWith } = baskets;
  const orderWeight = orderWeights(baskets, weighting);
  const together = new Float64Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const own = new Float64Array(to - from);
  const rows = new Rows(to - from, mostEntries);
  for (let item = from; item < to; item++) {
    let count = 0;
    let sum = 0;
    const lastOrder = ordersStart[item + 1]!;
    for (let k = ordersStart[item]!; k < lastOrder; k++) {
      const order = ordersWith[k]!;
      const weight = orderWeight[order]!;
      if (weight === 0) continue;
      sum += weight;
      const end = start[order + 1]!;
      for (let line = start[order]!; line < end; line++) {
        const other = items[line]!;
        if (together[other] === 0) touched[count++] = other;
        together[other]! += weight;
      }
    }
    own[item - from] = sum;
    if (sum > 0) together[item] = 0;
    rows.add(item - from, ascending(touched, count, together), together);
  }
  return { from, to, own, ...rows.finished() };
}

/** The items that were touched, in ascending order: by a look at all of them where that is cheaper than sorting. */
function ascending(touched: Uint32Array, count: number, together: Float64Array): Uint32Array {
  if (count * 16 < together.length) return touched.subarray(0, count).sort();
  let write = 0;
  for (let item = 0; item < together.length; item++) if (together[item] !== 0) touched[write++] = item;
  return touched.subarray(0, write);
}

/**
 * Rows made apart, put together over shared memory. Where they are too many in all, the floor is raised for all of
 * them alike, to the same height at which one thread would have stopped.
 */
export function joinPairRows(
  itemCount: number,
  pieces: readonly PairRows[],
  mostEntries: number = MOST_ENTRIES,
): PairWeights {
  let floor = Math.max(0, ...pieces.map((piece) => piece.floor));
  while (entriesAbove(pieces, floor) > mostEntries) floor = raised(floor);
  const start = sharedUint32(itemCount + 1);
  const entries = entriesAbove(pieces, floor);
  const partner = sharedUint32(entries);
  const weight = sharedFloat32(entries);
  const own = sharedFloat64(itemCount);
  let write = 0;
  for (const piece of pieces) {
    own.set(piece.own, piece.from);
    let read = 0;
    for (let item = piece.from; item < piece.to; item++) {
      for (const end = read + piece.length[item - piece.from]!; read < end; read++) {
        if (piece.weight[read]! <= floor) continue;
        partner[write] = piece.partner[read]!;
        weight[write++] = piece.weight[read]!;
      }
      start[item + 1] = write;
    }
  }
  return { start, partner, weight, own };
}

function entriesAbove(pieces: readonly PairRows[], floor: number): number {
  let entries = 0;
  for (const { weight } of pieces) for (let k = 0; k < weight.length; k++) if (weight[k]! > floor) entries++;
  return entries;
}

function raised(floor: number): number {
  return floor === 0 ? 2 ** -10 : floor * 2;
}

/** The items cut into ranges that cost about the same to count: each item costs the lines of its orders. */
export function evenRanges(baskets: TrainingBaskets, pieces: number): { from: number; to: number }[] {
  const { itemCount, start, ordersStart, ordersWith } = baskets;
  const cost = new Float64Array(itemCount + 1);
  for (let item = 0; item < itemCount; item++) {
    let lines = 1;
    for (let k = ordersStart[item]!; k < ordersStart[item + 1]!; k++) {
      lines += start[ordersWith[k]! + 1]! - start[ordersWith[k]!]!;
    }
    cost[item + 1] = cost[item]! + lines;
  }
  const edges = Array.from({ length: pieces + 1 }, (_, piece) => (piece * cost[itemCount]!) / pieces);
  const places = edges.map((edge) => cost.findIndex((sum) => sum >= edge));
  return Array.from({ length: pieces }, (_, piece) => ({ from: places[piece]!, to: places[piece + 1]! }));
}

/** Catalogues up to this size are looked up in a square of 64 MB at most; larger ones by search in the rows. */
const SQUARE_ITEMS = 4096;

/**
 * A function that writes the weights of the pairs (item, others[0]), (item, others[1]) ... (item, others[count - 1])
 * into `into` from `offset` on; 0 for pairs that never occurred. The others ascend.
 */
export function pairLookup(pairs: PairWeights): PairLookup {
  return pairs.own.length <= SQUARE_ITEMS ? squareLookup(pairs) : searchLookup(pairs);
}

export type PairLookup = (item: number, others: Uint32Array, count: number, into: Float64Array, offset: number) => void;

function squareLookup({ start, partner, weight, own }: PairWeights): PairLookup {
  const itemCount = own.length;
  const square = new Float32Array(itemCount * itemCount);
  for (let item = 0; item < itemCount; item++) {
    for (let e = start[item]!; e < start[item + 1]!; e++) square[item * itemCount + partner[e]!] = weight[e]!;
  }
  return (item, others, count, into, offset) => {
    const row = item * itemCount;
    for (let k = 0; k < count; k++) into[offset + k] = square[row + others[k]!]!;
  };
}

/** Others ascend, and so do the rows: each search goes on where the one before it stopped. */
function searchLookup({ start, partner, weight }: PairWeights): PairLookup {
  return (item, others, count, into, offset) => {
    const end = start[item + 1]!;
    let low = start[item]!;
    for (let k = 0; k < count; k++) {
      const other = others[k]!;
      let high = end;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (partner[middle]! < other) low = middle + 1;
        else high = middle;
      }
      into[offset + k] = low < end && partner[low] === other ? weight[low]! : 0;
    }
  };
}

/** Rows in arrays that grow; raises its floor and thins out when they are full. */
class Rows {
  readonly #length: Uint32Array;
  readonly #mostEntries: number;
  #partner = sharedUint32(1 << 16);
  #weight = sharedFloat32(1 << 16);
  #entries = 0;
  #floor = 0;

  constructor(rows: number, mostEntries: number) {
    this.#length = new Uint32Array(rows);
    this.#mostEntries = mostEntries;
  }

  /** Takes a row's partners, ascending, and clears `together` at them. */
  add(row: number, partners: Uint32Array, together: Float64Array): void {
    this.#makeRoom(partners.length);
    const before = this.#entries;
    for (let k = 0; k < partners.length; k++) {
      const other = partners[k]!;
      if (together[other]! > this.#floor) {
        this.#partner[this.#entries] = other;
        this.#weight[this.#entries++] = together[other]!;
      }
      together[other] = 0;
    }
    this.#length[row] = this.#entries - before;
    while (this.#entries > this.#mostEntries) this.#thinOut(row);
  }

  finished(): Pick<PairRows, "length" | "partner" | "weight" | "floor"> {
    const partner = this.#partner.subarray(0, this.#entries);
    const weight = this.#weight.subarray(0, this.#entries);
    return { length: this.#length, partner, weight, floor: this.#floor };
  }

  #thinOut(lastRow: number): void {
    this.#floor = raised(this.#floor);
    let write = 0;
    let read = 0;
    for (let row = 0; row <= lastRow; row++) {
      const before = write;
      for (const end = read + this.#length[row]!; read < end; read++) {
        if (this.#weight[read]! <= this.#floor) continue;
        this.#partner[write] = this.#partner[read]!;
        this.#weight[write++] = this.#weight[read]!;
      }
      this.#length[row] = write - before;
    }
    this.#entries = write;
  }

  #makeRoom(more: number): void {
    if (this.#entries + more <= this.#partner.length) return;
    const size = Math.max(this.#partner.length * 2, this.#entries + more);
    const partner = sharedUint32(size);
    const weight = sharedFloat32(size);
    partner.set(this.#partner.subarray(0, this.#entries));
    weight.set(this.#weight.subarray(0, this.#entries));
    this.#partner = partner;
    this.#weight = weight;
  }
}
