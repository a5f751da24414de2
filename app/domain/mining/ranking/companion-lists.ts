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

/** Rows from entries in any order; within a row the strongest first, equal weights by item; zero weights are dropped. */
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
  for (let item = 0; item < itemCount; item++) {
    const from = lists.start[item]!;
    const places = Uint32Array.from({ length: lists.start[item + 1]! - from }, (_, k) => from + k);
    places.sort((a, b) => lists.weight[b]! - lists.weight[a]! || lists.companion[a]! - lists.companion[b]!);
    for (let to = start[item]!, k = 0; to < start[item + 1]!; to++, k++) {
      companion[to] = lists.companion[places[k]!]!;
      weight[to] = lists.weight[places[k]!]!;
    }
  }
  return { start, companion, weight };
}
