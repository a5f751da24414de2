import { invertBaskets } from "../domain/mining/evidence/pair-counts.ts";
import { readOrderItems } from "./order-item-file.ts";
import { tallyPairs, type PairTally, type SharedCount } from "./pair-tally.ts";
import { askThread, startThreads } from "../threads/threads.ts";

/**
 * Counts all pairs of an order file as it stands, without cleaning, on all processors. The threads start while the
 * file is read, since that takes them longer than counting a small file does.
 */
export async function tallyOrderFile(path: string, minTogether: number): Promise<PairTally> {
  const threads = startThreads(new URL("./pair-thread.ts", import.meta.url), 1);
  try {
    const rows = (await readOrderItems(path)).rows();
    const next = new Int32Array(new SharedArrayBuffer(4));
    const count: SharedCount = { baskets: invertBaskets(rows), next, orders: rows.start.length - 1, minTogether };
    const others = threads.map((thread) => askThread<SharedCount, PairTally>(thread, count));
    const tallies = [tallyPairs(count), ...(await Promise.all(others))];
    return {
      pairs: tallies.reduce((total, { pairs }) => total + pairs, 0),
      sum: tallies.reduce((total, { sum }) => total + sum, 0),
      highestLift: Math.max(...tallies.map(({ highestLift }) => highestLift)),
    };
  } finally {
    for (const thread of threads) thread.unref();
  }
}
