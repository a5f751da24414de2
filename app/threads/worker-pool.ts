import type * as LearningTasks from "../domain/mining/selection/worker-pool.ts";
import { callingThread, type WorkerPool } from "../domain/mining/selection/worker-pool.ts";
import { ThreadPool, threadsWorthStarting } from "./thread-pool.ts";

/** Below this many order lines the work is done before a thread has started. */
const LEAST_LINES = 50_000;

/** Starts as many threads as the machine and the size of the shop are worth, runs `work` with them, and ends them. */
export async function withWorkerPool<Outcome>(
  lines: number,
  work: (pool: WorkerPool) => Promise<Outcome>,
): Promise<Outcome> {
  if (lines < LEAST_LINES) return work(callingThread);
  const module = new URL("../domain/mining/selection/worker-pool.ts", import.meta.url);
  const threads = new ThreadPool<typeof LearningTasks>(module, threadsWorthStarting(0));
  const pool: WorkerPool = {
    size: threads.size,
    // The name ties input and outcome together; TypeScript cannot follow that through the message.
    run: (task, input) => threads.run("perform", { task, input }) as ReturnType<WorkerPool["run"]> as never,
  };
  try {
    return await work(pool);
  } finally {
    await threads.close();
  }
}
