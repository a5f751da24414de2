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

/** Weights kept; beyond this the lightest pairs are dropped, so that memory stays bounded. */
const MOST_WEIGHTS = 40_000_000;

/** The rows of the items `from` to `to`, as one thread makes them, under one or more weightings of the orders. */
export interface PairRows {
  readonly from: number;
  readonly to: number;
  /** Row -> its length. */
  readonly length: Uint32Array;
  readonly partner: Uint32Array;
  /** Weighting -> weights beside the partners. */
  readonly weights: readonly Float32Array[];
  /** Weighting -> summed weights of each row's own orders. */
  readonly own: readonly Float64Array[];
  /** Pairs whose weight under the first weighting is up to this were dropped. */
  readonly floor: number;
}

/** All rows at once, by one thread; `mostEntries` counts a pair twice. */
export function pairWeights(
  baskets: TrainingBaskets,
  weightings: readonly OrderWeighting[],
  mostEntries: number = mostEntriesOf(weightings),
): PairWeights[] {
  const rows = pairRows(baskets, weightings, 0, baskets.itemCount, mostEntries);
  return joinPairRows(baskets.itemCount, [rows], mostEntries);
}

function mostEntriesOf({ length }: readonly OrderWeighting[]): number {
  return Math.floor(MOST_WEIGHTS / length);
}

/**
 * The rows of some items. Sums run over orders in ascending order, so that they depend neither on arrival nor on which
 * thread makes which row. Several weightings cost little more than one: what takes time is finding the pairs.
 */
export function pairRows(
  baskets: TrainingBaskets,
  weightings: readonly OrderWeighting[],
  from: number,
  to: number,
  mostEntries: number = mostEntriesOf(weightings),
): PairRows {
  const { itemCount, start, items, ordersStart, ordersWith } = baskets;
  const orderWeight = weightings.map((weighting) => orderWeights(baskets, weighting));
  const together = weightings.map(() => new Float64Array(itemCount));
  const own = weightings.map(() => new Float64Array(to - from));
  // A row is taken in before it is known to be one too many.
  const room = Math.min(mostEntriesIn(baskets, from, to), mostEntries + itemCount);
  const rows = new Rows(to - from, weightings.length, mostEntries, room);
  const met = new Distinct(itemCount);
  for (let item = from; item < to; item++) {
    const lastOrder = ordersStart[item + 1]!;
    for (let k = ordersStart[item]!; k < lastOrder; k++) {
      const order = ordersWith[k]!;
      if (orderWeight[0]![order] === 0) continue;
      const first = start[order]!;
      const end = start[order + 1]!;
      met.add(items, first, end);
      for (let way = 0; way < together.length; way++) {
        const weight = orderWeight[way]![order]!;
        own[way]![item - from]! += weight;
        addToEach(together[way]!, items, first, end, weight);
      }
    }
    for (const sums of together) sums[item] = 0;
    rows.add(item - from, met.take(together[0]!), together);
  }
  return { from, to, own, ...rows.finished() };
}

function addToEach(sums: Float64Array, items: Uint32Array, from: number, to: number, weight: number): void {
  for (let line = from; line < to; line++) sums[items[line]!]! += weight;
}

/** The distinct items of some baskets, ascending. Where they are many, by a look at every item's sum. */
class Distinct {
  readonly #met: Uint32Array;
  readonly #isMet: Uint8Array;
  #lines = 0;
  #count = 0;

  constructor(itemCount: number) {
    this.#met = new Uint32Array(itemCount);
    this.#isMet = new Uint8Array(itemCount);
  }

  add(items: Uint32Array, from: number, to: number): void {
    this.#lines += to - from;
    if (this.#isMany) return;
    for (let line = from; line < to; line++) {
      const item = items[line]!;
      if (this.#isMet[item] === 1) continue;
      this.#isMet[item] = 1;
      this.#met[this.#count++] = item;
    }
  }

  /** The items met since the last call that have a sum. */
  take(sums: Float64Array): Uint32Array {
    for (let k = 0; k < this.#count; k++) this.#isMet[this.#met[k]!] = 0;
    const found = this.#isMany ? this.#withSum(sums) : this.#met.subarray(0, this.#count).sort();
    this.#lines = 0;
    this.#count = 0;
    return found;
  }

  /** Beyond this a look at the whole catalogue is cheaper than to remember and sort. */
  get #isMany(): boolean {
    return this.#lines * 8 > this.#met.length;
  }

  #withSum(sums: Float64Array): Uint32Array {
    let count = 0;
    for (let item = 0; item < sums.length; item++) if (sums[item] !== 0) this.#met[count++] = item;
    return this.#met.subarray(0, count);
  }
}

/**
 * Rows made apart, put together over shared memory, for each weighting. Where they are too many in all, the floor is
 * raised for all of them alike, to the same height at which one thread would have stopped.
 */
export function joinPairRows(
  itemCount: number,
  pieces: readonly PairRows[],
  mostEntries: number = Math.floor(MOST_WEIGHTS / pieces[0]!.weights.length),
): PairWeights[] {
  let floor = Math.max(0, ...pieces.map((piece) => piece.floor));
  let above = pieces.map((piece) => rowsAbove(piece, floor));
  while (above.reduce((sum, { partner }) => sum + partner.length, 0) > mostEntries) {
    floor = raised(floor);
    above = above.map((piece) => rowsAbove(piece, floor));
  }
  const start = sharedUint32(itemCount + 1);
  for (const { from, length } of above) {
    for (let row = 0; row < length.length; row++) start[from + row + 1] = start[from + row]! + length[row]!;
  }
  const partner = sharedUint32(start[itemCount]!);
  for (const piece of above) partner.set(piece.partner, start[piece.from]);
  return pieces[0]!.weights.map((_, way) => {
    const weight = sharedFloat32(partner.length);
    const own = sharedFloat64(itemCount);
    for (const piece of above) {
      weight.set(piece.weights[way]!, start[piece.from]);
      own.set(piece.own[way]!, piece.from);
    }
    return { start, partner, weight, own };
  });
}

/** The rows without what the floor cuts off, in the place that they had. */
function rowsAbove(rows: PairRows, floor: number): PairRows {
  if (rows.floor >= floor) return rows;
  const entries = thinOut(rows.length, rows.partner, rows.weights, floor);
  const weights = rows.weights.map((weight) => weight.subarray(0, entries));
  return { ...rows, partner: rows.partner.subarray(0, entries), weights, floor };
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

/** No more entries than this can be in the rows: an item meets no more others than its orders have lines. */
function mostEntriesIn({ itemCount, start, ordersStart, ordersWith }: TrainingBaskets, from: number, to: number) {
  let entries = 0;
  for (let item = from; item < to; item++) {
    let lines = 0;
    for (let k = ordersStart[item]!; k < ordersStart[item + 1]! && lines < itemCount; k++) {
      lines += start[ordersWith[k]! + 1]! - start[ordersWith[k]!]!;
    }
    entries += Math.min(itemCount, lines);
  }
  return entries;
}

/**
 * Rows over shared memory, reserved at once: what is not written takes no room, where growing would leave ever larger
 * pieces behind. Raises its floor and thins out where there are too many.
 */
class Rows {
  readonly #length: Uint32Array;
  readonly #mostEntries: number;
  readonly #partner: Uint32Array;
  readonly #weights: readonly Float32Array[];
  #entries = 0;
  #floor = 0;

  constructor(rows: number, weightings: number, mostEntries: number, room: number) {
    this.#length = new Uint32Array(rows);
    this.#partner = sharedUint32(room);
    this.#weights = Array.from({ length: weightings }, () => sharedFloat32(room));
    this.#mostEntries = mostEntries;
  }

  /** Takes a row's partners, ascending, and clears the sums at them; a partner without a sum is none. */
  add(row: number, partners: Uint32Array, together: readonly Float64Array[]): void {
    const from = this.#entries;
    this.#partner.set(partners, from);
    together.forEach((sums, way) => takeSums(sums, partners, this.#weights[way]!, from));
    this.#entries += keepAbove(this.#floor, from, partners.length, this.#partner, this.#weights);
    this.#length[row] = this.#entries - from;
    while (this.#entries > this.#mostEntries) this.#thinOut();
  }

  finished(): Pick<PairRows, "length" | "partner" | "weights" | "floor"> {
    const partner = this.#partner.subarray(0, this.#entries);
    const weights = this.#weights.map((weight) => weight.subarray(0, this.#entries));
    return { length: this.#length, partner, weights, floor: this.#floor };
  }

  #thinOut(): void {
    this.#floor = raised(this.#floor);
    this.#entries = thinOut(this.#length, this.#partner, this.#weights, this.#floor);
  }
}

function takeSums(sums: Float64Array, items: Uint32Array, into: Float32Array, at: number): void {
  for (let k = 0; k < items.length; k++) {
    const item = items[k]!;
    into[at + k] = sums[item]!;
    sums[item] = 0;
  }
}

/** Drops, in place, what the floor cuts off of the rows; says how many entries are left. */
function thinOut(length: Uint32Array, partner: Uint32Array, weights: readonly Float32Array[], floor: number): number {
  let write = 0;
  let read = 0;
  for (let row = 0; row < length.length; row++) {
    const kept = keepAbove(floor, read, length[row]!, partner, weights, write);
    read += length[row]!;
    length[row] = kept;
    write += kept;
  }
  return write;
}

/** Moves the entries from `read` on whose first weight is above the floor to `write`; says how many there are. */
function keepAbove(
  floor: number,
  read: number,
  length: number,
  partner: Uint32Array,
  weights: readonly Float32Array[],
  write = read,
): number {
  const first = weights[0]!;
  const from = write;
  for (const end = read + length; read < end; read++) {
    if (first[read]! <= floor) continue;
    if (read !== write) {
      partner[write] = partner[read]!;
      for (const weight of weights) weight[write] = weight[read]!;
    }
    write++;
  }
  return write - from;
}
