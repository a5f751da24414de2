import type { Worker } from "node:worker_threads";
import { ownHand } from "../domain/mining/selection/hands.ts";
import type { Hands, TaskInput, TaskName, TaskOutput } from "../domain/mining/selection/hands.ts";
import { askThread, startThreads } from "./threads.ts";

/** What a thread is told. */
export interface HandTask<Name extends TaskName = TaskName> {
  readonly task: Name;
  readonly input: TaskInput<Name>;
}

/** Below this many order lines the work is done before a thread has started. */
const LEAST_LINES = 50_000;

/** Gives the work as many hands as the machine and the size of the shop are good for, and lets them go afterwards. */
export async function withHands<Outcome>(lines: number, work: (hands: Hands) => Promise<Outcome>): Promise<Outcome> {
  if (lines < LEAST_LINES) return work(ownHand);
  const threads = startThreads(new URL("./hand-thread.ts", import.meta.url), 0);
  try {
    return await work(new ThreadHands(threads));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Threads that take the next piece whenever they are free. */
class ThreadHands implements Hands {
  readonly count: number;
  readonly #idle: Worker[];
  readonly #waiting: ((thread: Worker) => void)[] = [];

  constructor(threads: readonly Worker[]) {
    this.count = threads.length;
    this.#idle = [...threads];
  }

  async do<Name extends TaskName>(task: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
    const thread = this.#idle.pop() ?? (await new Promise<Worker>((resolve) => this.#waiting.push(resolve)));
    try {
      return await askThread<HandTask<Name>, TaskOutput<Name>>(thread, { task, input });
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(thread);
      else next(thread);
    }
  }
}
