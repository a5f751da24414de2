import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

export interface JournalEntry {
  shop: string;
  collection: string;
  key: string;
  /** Null: deleted. */
  value: unknown;
}

/**
 * What changed since the shop was made, one line of JSON per change in a file. Without a file nothing is kept.
 * A line that was cut off by a crash is passed over: it had not been answered yet.
 */
export class Journal {
  readonly #file: string | null;

  constructor(file: string | null) {
    this.#file = file;
  }

  record(shop: string, collection: string, key: string, value: unknown): void {
    if (this.#file === null) return;
    appendFileSync(this.#file, `${JSON.stringify({ shop, collection, key, value } satisfies JournalEntry)}\n`);
  }

  /** The last value of every key, in the order in which the keys first appeared; the file is rewritten to just that. */
  load(): JournalEntry[] {
    if (this.#file === null || !existsSync(this.#file)) return [];
    const latest = new Map<string, JournalEntry>();
    for (const line of readFileSync(this.#file, "utf8").split("\n")) {
      if (line === "") continue;
      let entry: JournalEntry;
      try {
        entry = JSON.parse(line) as JournalEntry;
      } catch {
        continue;
      }
      latest.set(`${entry.shop}\n${entry.collection}\n${entry.key}`, entry);
    }
    const entries = [...latest.values()];
    const compacted = `${this.#file}.new`;
    writeFileSync(compacted, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    renameSync(compacted, this.#file);
    return entries;
  }
}
