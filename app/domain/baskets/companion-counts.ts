import type { BasketTable } from "../mining/basket-table.ts";

/** What the baskets say about one item: counts only, everything else is derived from them. */
export interface CompanionCounts {
  /** Item index. */
  readonly item: number;
  readonly baskets: number;
  /** Milliseconds since 1970 UTC. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Most baskets together first, then by ascending number of the id. */
  readonly companions: readonly CompanionCount[];
}

export interface CompanionCount {
  readonly item: number;
  readonly together: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Counts each item's companions in one pass over the baskets that hold it, and yields one item at a time, so that
 * millions of pairs are never in memory at once. Ids are taken for numbers, as Shopify's are.
 *
 * `keep`: whether to keep a companion, by its place in the order above (0 is the first).
 */
export function* companionCounts(
  table: BasketTable,
  keep: (item: number, companion: number, place: number) => boolean,
): Generator<CompanionCounts> {
  const items = table.itemIds.length;
  const holding = ordersByItem(table);
  const place = idOrder(table.itemIds);
  const together = new Uint32Array(items);
  const first = new Float64Array(items);
  const last = new Float64Array(items);
  const touched = new Uint32Array(items);
  for (let item = 0; item < items; item++) {
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
    const counts = { item, baskets: together[item]!, firstAt: first[item]!, lastAt: last[item]! };
    const others = touched.slice(0, touches).filter((other) => other !== item);
    others.sort((a, b) => together[b]! - together[a]! || place[a]! - place[b]!);
    const companions: CompanionCount[] = [];
    others.forEach((other, index) => {
      if (!keep(item, other, index)) return;
      companions.push({ item: other, together: together[other]!, firstAt: first[other]!, lastAt: last[other]! });
    });
    for (let i = 0; i < touches; i++) together[touched[i]!] = 0;
    yield { ...counts, companions };
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

/** Item index -> place among all items by the number that its id is. */
function idOrder(ids: readonly string[]): Uint32Array {
  const byNumber = ids
    .map((id, item) => ({ id, item }))
    .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  const place = new Uint32Array(ids.length);
  byNumber.forEach(({ item }, index) => (place[item] = index));
  return place;
}
