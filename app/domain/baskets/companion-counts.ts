import type { BasketTable } from "./basket-table.ts";

/** What the baskets say about one item: counts only, everything else is derived from them. */
export interface CompanionCounts {
  /** Item index. */
  readonly item: number;
  readonly baskets: number;
  /** Milliseconds since 1970 UTC. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Number of companions, whether or not they are in `companions`. */
  readonly met: number;
  /** Most baskets together first, then by ascending number of the id. */
  readonly companions: readonly CompanionCount[];
}

export interface CompanionCount {
  readonly item: number;
  readonly together: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Which companions are given, and of which items. */
export interface KeptCompanions {
  /** The companions met most often, so many of each item. */
  readonly most: number;
  /** Those given besides, if they were met at all, by item index. */
  readonly besides: (item: number) => Iterable<number>;
  /** The items counted; all of them where it is left out. */
  readonly items?: Iterable<number>;
}

/**
 * Counts each item's companions in one pass over the baskets that hold it, and yields one item at a time, so that
 * millions of pairs are never in memory at once. Ids are taken for numbers, as Shopify's are.
 */
export function* companionCounts(table: BasketTable, kept: KeptCompanions): Generator<CompanionCounts> {
  const count = table.itemIds.length;
  const holding = ordersByItem(table);
  const byId = itemsById(table.itemIds);
  const place = new Uint32Array(count);
  byId.forEach((item, index) => (place[item] = index));
  const together = new Uint32Array(count);
  const first = new Float64Array(count);
  const last = new Float64Array(count);
  const touched = new Uint32Array(count);
  const wanted = new Uint8Array(count);
  for (const item of kept.items ?? together.keys()) {
    let touches = 0;
    const from = holding.start[item]!;
    const to = holding.start[item + 1]!;
    for (let row = from; row < to; row++) {
      const order = holding.order[row]!;
      const at = table.at[order]!;
      for (let line = table.start[order]!; line < table.start[order + 1]!; line++) {
        const other = table.items[line]!;
        // Orders ascend in time: the first meeting sets the first time, each later one the last.
        if (together[other]!++ === 0) {
          touched[touches++] = other;
          first[other] = at;
        }
        last[other] = at;
      }
    }
    const baskets = together[item]!;
    const counts = { item, baskets, firstAt: first[item]!, lastAt: last[item]! };
    // No companion is met more often than the item itself: sorted as numbers, the most often met come first.
    const keys = new Float64Array(touches);
    for (let i = 0; i < touches; i++) keys[i] = (baskets - together[touched[i]!]!) * count + place[touched[i]!]!;
    keys.sort();
    const besides = [...kept.besides(item)];
    for (const other of besides) wanted[other] = 1;
    const companions: CompanionCount[] = [];
    let met = 0;
    for (const key of keys) {
      const other = byId[key % count]!;
      if (other === item || (met++ >= kept.most && wanted[other] === 0)) continue;
      companions.push({ item: other, together: together[other]!, firstAt: first[other]!, lastAt: last[other]! });
    }
    for (const other of besides) wanted[other] = 0;
    for (let i = 0; i < touches; i++) together[touched[i]!] = 0;
    yield { ...counts, met, companions };
  }
}

/** For each item the orders that hold it, ascending in time. */
function ordersByItem(table: BasketTable): { start: Uint32Array; order: Uint32Array } {
  const start = new Uint32Array(table.itemIds.length + 1);
  for (let at = 0; at < table.items.length; at++) start[table.items[at]! + 1]!++;
  for (let item = 0; item < table.itemIds.length; item++) start[item + 1]! += start[item]!;
  const cursor = start.slice(0, -1);
  const order = new Uint32Array(table.items.length);
  for (let index = 0; index + 1 < table.start.length; index++) {
    for (let at = table.start[index]!; at < table.start[index + 1]!; at++) order[cursor[table.items[at]!]!++] = index;
  }
  return { start, order };
}

/** Item indexes in ascending order of the numbers that the ids are. */
function itemsById(ids: readonly string[]): Uint32Array {
  const items = Uint32Array.from(ids, (_, item) => item);
  return items.sort((a, b) => ids[a]!.length - ids[b]!.length || (ids[a]! < ids[b]! ? -1 : 1));
}
