import { sharedFloat32, sharedUint32 } from "./shared-arrays.ts";

/** For each item the items that go with it and how strongly, as compressed sparse rows. */
export interface CompanionLists {
  /** Item -> position of its first companion; length is items + 1. */
  readonly start: Uint32Array;
  readonly companion: Uint32Array;
  readonly weight: Float32Array;
}

/** One weight of a companion list before the lists are put together. */
export interface Entries {
  readonly trigger: Uint32Array;
  readonly companion: Uint32Array;
  readonly weight: Float32Array;
  readonly length: number;
}

/**
 * Rows from entries in any order; within a row the strongest first, equal weights by item; zero weights are dropped.
 */
export function companionLists(itemCount: number, pieces: readonly Entries[], longest = Infinity): CompanionLists {
  const start = new Uint32Array(itemCount + 1);
  for (const { trigger, weight, length } of pieces) {
    for (let e = 0; e < length; e++) if (weight[e] !== 0) start[trigger[e]! + 1]!++;
  }
  for (let item = 0; item < itemCount; item++) start[item + 1]! += start[item]!;
  const cursor = start.slice(0, itemCount);
  const companions = new Uint32Array(start[itemCount]!);
  const weights = new Float32Array(start[itemCount]!);
  for (const { trigger, companion, weight, length } of pieces) {
    for (let e = 0; e < length; e++) {
      if (weight[e] === 0) continue;
      const to = cursor[trigger[e]!]!++;
      companions[to] = companion[e]!;
      weights[to] = weight[e]!;
    }
  }
  return sortedRows({ start, companion: companions, weight: weights }, longest);
}

/** The same lists, each cut to its `longest` strongest companions. */
export function strongest(lists: CompanionLists, longest: number): CompanionLists {
  return sortedRows(lists, longest);
}

function sortedRows(lists: CompanionLists, longest: number): CompanionLists {
  const itemCount = lists.start.length - 1;
  const start = sharedUint32(itemCount + 1);
  for (let item = 0; item < itemCount; item++) {
    start[item + 1] = start[item]! + Math.min(longest, lists.start[item + 1]! - lists.start[item]!);
  }
  const companion = sharedUint32(start[itemCount]!);
  const weight = sharedFloat32(start[itemCount]!);
  const keys = new SortKeys();
  for (let item = 0; item < itemCount; item++) {
    const from = lists.start[item]!;
    const sorted = keys.sorted(lists, from, lists.start[item + 1]!);
    for (let to = start[item]!, k = sorted.length - 1; to < start[item + 1]!; to++, k--) {
      companion[to] = keys.companionOf(sorted[k]!);
      weight[to] = keys.weightOf(sorted[k]!);
    }
  }
  return { start, companion, weight };
}

/** Up to this many items, a companion fits into a sort key. */
const KEY_ITEMS = 2 ** 21;

/**
 * A weight and a companion as one whole number below 2^53 that sorts as they do: the weight's 32 bits in an order that
 * ascends, then the companion, descending. Numbers are sorted many times as fast as by a comparing function.
 */
class SortKeys {
  readonly #float = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#float.buffer);
  #keys = new Float64Array(1 << 10);

  /** The keys of a row, ascending: the strongest companion is the last one. */
  sorted({ companion, weight }: CompanionLists, from: number, to: number): Float64Array {
    if (this.#keys.length < to - from) this.#keys = new Float64Array(2 * (to - from));
    for (let e = from; e < to; e++) {
      this.#float[0] = weight[e]!;
      const bits = this.#bits[0]!;
      const ascending = bits >>> 31 === 1 ? ~bits >>> 0 : (bits | 0x80000000) >>> 0;
      this.#keys[e - from] = ascending * KEY_ITEMS + (KEY_ITEMS - 1 - companion[e]!);
    }
    return this.#keys.subarray(0, to - from).sort();
  }

  companionOf(key: number): number {
    return KEY_ITEMS - 1 - (key % KEY_ITEMS);
  }

  weightOf(key: number): number {
    const ascending = Math.floor(key / KEY_ITEMS);
    this.#bits[0] = ascending >>> 31 === 1 ? ascending & 0x7fffffff : ~ascending;
    return this.#float[0]!;
  }
}
