import type { Worker } from "node:worker_threads";
import { callingThread } from "../domain/mining/selection/worker-pool.ts";
import type { WorkerPool, TaskInput, TaskName, TaskOutput } from "../domain/mining/selection/worker-pool.ts";
import { askThread, startThreads } from "./threads.ts";

/** The message that gives a thread its task. */
export interface ThreadTask<Name extends TaskName = TaskName> {
  readonly task: Name;
  readonly input: TaskInput<Name>;
}

/** Below this many order lines the work is done before a thread has started. */
const LEAST_LINES = 50_000;

/** Starts as many threads as the machine and the size of the shop are worth, runs `work` with them, and ends them. */
export async function withWorkerPool<Outcome>(
  lines: number,
  work: (pool: WorkerPool) => Promise<Outcome>,
): Promise<Outcome> {
  if (lines < LEAST_LINES) return work(callingThread);
  const threads = startThreads(new URL("./pool-thread.ts", import.meta.url), 0);
  try {
    return await work(new ThreadPool(threads));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Threads that take the next task as soon as they are idle. */
class ThreadPool implements WorkerPool {
  readonly size: number;
  readonly #idle: Worker[];
  readonly #waiting: ((thread: Worker) => void)[] = [];

  constructor(threads: readonly Worker[]) {
    this.size = threads.length;
    this.#idle = [...threads];
  }

  async run<Name extends TaskName>(task: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    const thread = this.#idle.pop() ?? (await new Promise<Worker>((resolve) => this.#waiting.push(resolve)));
    try {
      return await askThread<ThreadTask<Name>, TaskOutput<Name>>(thread, { task, input });
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(thread);
      else next(thread);
    }
  }
}
