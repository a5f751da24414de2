/** What did not fit: how many entries were made smaller, and which were left out altogether. */
export interface Fitted<Entry> {
  readonly entries: readonly Entry[];
  readonly shrunk: number;
  readonly dropped: readonly Entry[];
}

/**
 * Makes entries fit a budget. The last entry is the least important: it is made smaller step by step, and left out where
 * it cannot be made smaller any more; then the one before it, until `fits` says that the entries fit. The first entries
 * are so the last to lose anything. `smaller` gives null for an entry that has no smaller form.
 */
export function fitBudget<Entry>(
  entries: readonly Entry[],
  fits: (entries: readonly Entry[]) => boolean,
  smaller: (entry: Entry) => Entry | null,
): Fitted<Entry> {
  const kept = [...entries];
  const dropped: Entry[] = [];
  const shrunk = new Set<number>();
  while (kept.length > 0 && !fits(kept)) {
    const last = kept.length - 1;
    const next = smaller(kept[last]!);
    if (next === null) {
      dropped.push(entries[last]!);
      shrunk.delete(last);
      kept.pop();
    } else {
      kept[last] = next;
      shrunk.add(last);
    }
  }
  return { entries: kept, shrunk: shrunk.size, dropped };
}

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
