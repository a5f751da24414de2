import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { Worker } from "node:worker_threads";
import type { BasketRows } from "../domain/mining/basket-rows.ts";
import { invertBaskets } from "../domain/mining/pair-counts.ts";
import { writePairRows, type SharedPairFile } from "./pair-rows.ts";
import { askThread, startThreads } from "../threads/threads.ts";
import { fileError } from "./user-error.ts";

const HEADER = "item_a,item_b,orders_together,support,confidence_ab,confidence_ba,lift\n";

/** Counts and writes pairs on all processors. Its threads start at once, so that they are up when the orders are read. */
export class PairFileWriter {
  readonly #threads: Worker[] = startThreads(new URL("./pair-rows-thread.ts", import.meta.url), 1);

  /**
   * Writes all pairs as CSV, ascending by both ids: `item_a,item_b,orders_together,support,confidence_ab,
   * confidence_ba,lift`, item_a < item_b. Written beside the target and moved there when complete, so that a full disk
   * leaves no half file behind. Overwrites `rows.items`; use the writer once. Returns the number of pairs.
   * Throws a `UserError` where the file cannot be written.
   */
  async write(path: string, itemIds: readonly string[], rows: BasketRows, minTogether: number): Promise<number> {
    const unfinished = `${path}.${process.pid}.part`;
    try {
      let pairs: number;
      const file = openSync(unfinished, "w");
      try {
        const from = writeSync(file, HEADER);
        pairs = await this.#writeRows({
          ...{ baskets: invertBaskets(rows), itemIds, orders: rows.start.length - 1, minTogether, file, from },
          next: new Int32Array(new SharedArrayBuffer(4)),
          turn: new Int32Array(new SharedArrayBuffer(4)),
          place: new Float64Array(new SharedArrayBuffer(8)),
        });
      } finally {
        await this.close();
        closeSync(file);
      }
      renameSync(unfinished, path);
      return pairs;
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw fileError(error, path);
    }
  }

  /** Ends its threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  async #writeRows(shared: SharedPairFile): Promise<number> {
    const others = this.#threads.map((thread) => askThread<SharedPairFile, number>(thread, shared));
    const pairs = await Promise.all([writePairRows(shared), ...others]);
    return pairs.reduce((total, count) => total + count, 0);
  }
}
