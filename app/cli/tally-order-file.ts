import type * as TallyTasks from "./pair-tally.ts";
import { invertBaskets } from "../domain/mining/evidence/pair-counts.ts";
import { readOrderItems } from "./order-item-file.ts";
import { tallyPairs, type PairTally, type SharedCount } from "./pair-tally.ts";
import { ThreadPool, threadsWorthStarting } from "../threads/thread-pool.ts";

/**
 * Counts all pairs of an order file as it stands, without cleaning, on all processors. The threads start while the
 * file is read, since that takes them longer than counting a small file does.
 */
export async function tallyOrderFile(path: string, minTogether: number): Promise<PairTally> {
  const module = new URL("./pair-tally.ts", import.meta.url);
  const threads = new ThreadPool<typeof TallyTasks>(module, threadsWorthStarting(1));
  try {
    const rows = (await readOrderItems(path)).rows();
    const next = new Int32Array(new SharedArrayBuffer(4));
    const count: SharedCount = { baskets: invertBaskets(rows), next, orders: rows.start.length - 1, minTogether };
    const others = threads.runOnEach("tallyPairs", count);
    const tallies = [tallyPairs(count), ...(await others)];
    return {
      pairs: tallies.reduce((total, { pairs }) => total + pairs, 0),
      sum: tallies.reduce((total, { sum }) => total + sum, 0),
      highestLift: Math.max(...tallies.map(({ highestLift }) => highestLift)),
    };
  } finally {
    threads.unref();
  }
}
