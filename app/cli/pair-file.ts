import type * as PairFileTasks from "./pair-file-tasks.ts";
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { BasketRows } from "../domain/orders/files/basket-rows.ts";
import { limitsOf, possiblePairs } from "../domain/mining/evidence/evidence-limits.ts";
import { basketMargins } from "../domain/mining/evidence/null-model.ts";
import { invertBaskets } from "../domain/mining/evidence/pair-counts.ts";
import { qValueTable } from "../domain/statistics/q-values.ts";
import { TestedPairs, type SharedStandard, type SharedTests } from "./pair-evidence.ts";
import { writePairRows, type SharedPairFile } from "./pair-rows.ts";
import { ThreadPool, threadsWorthStarting } from "../threads/thread-pool.ts";
import { fileError } from "./user-error.ts";

const HEADER = "item_a,item_b,orders_together,support,confidence_ab,confidence_ba,lift,grade,lift_low,lift_high,q\n";

/** Counts and writes pairs on all processors. Its threads start at once, so that they are up when the orders are read. */
export class PairFileWriter {
  readonly #threads = new ThreadPool<typeof PairFileTasks>(
    new URL("./pair-file-tasks.ts", import.meta.url),
    threadsWorthStarting(1),
  );

  /**
   * Writes all pairs as CSV, ascending by both ids: `item_a,item_b,orders_together,support,confidence_ab,
   * confidence_ba,lift,grade,lift_low,lift_high,q`, item_a < item_b. `lift` is orders together over those that chance
   * alone gives in baskets of these sizes (`NullModel`), `lift_low` and `lift_high` its 95 % interval, `q` the smallest
   * false-discovery rate at which the pair is called a finding, among all possible pairs; `grade` (strong, fair, thin)
   * rests on them as in the app, whatever `minTogether` is. These five have six significant digits. Written beside the target and moved there when complete, so that a full disk
   * leaves no half file behind. Overwrites `rows.items`; use the writer once. Returns the number of pairs.
   * Throws a `UserError` where the file cannot be written.
   */
  async write(path: string, itemIds: readonly string[], rows: BasketRows, minTogether: number): Promise<number> {
    const unfinished = `${path}.${process.pid}.part`;
    try {
      let pairs: number;
      const file = openSync(unfinished, "w");
      try {
        const margins = basketMargins(rows);
        const baskets = invertBaskets(rows);
        const from = writeSync(file, HEADER);
        pairs = await this.#testAndWrite({
          ...{ baskets, margins, itemIds, orders: rows.start.length - 1, minTogether, file, from },
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
    await this.#threads.close();
  }

  /** All pairs are tested before the first is written: each test is corrected for all others. */
  async #testAndWrite(file: SharedPairFile & Omit<SharedTests, "next">): Promise<number> {
    const { baskets, margins } = file;
    const tests = { baskets, margins, next: new Int32Array(new SharedArrayBuffer(4)) };
    const others = this.#threads.runOnEach("testPairs", tests);
    const tested = new TestedPairs(tests);
    const parts = [tested.ascending(), ...(await others)];
    const qValues = qValueTable(parts, possiblePairs(baskets.itemOrders));
    const standard: SharedStandard = { limits: limitsOf(qValues.pValues, qValues.tests), qValues };
    const written = this.#threads.runOnEach("writePairs", { file, standard });
    const pairs = await Promise.all([writePairRows(file, tested, standard), written]);
    return pairs.flat().reduce((total, count) => total + count, 0);
  }
}
