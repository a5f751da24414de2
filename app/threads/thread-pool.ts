import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

type AnyFunction = (input: never) => unknown;

/** The names of a module's functions of one argument: the tasks that a thread can run. */
export type TaskOf<Module> = {
  [Name in keyof Module]: Module[Name] extends AnyFunction ? Name : never;
}[keyof Module] &
  string;
type InputOf<Task> = Task extends (input: infer Input) => unknown ? Input : never;
type OutcomeOf<Task> = Task extends (input: never) => infer Outcome ? Awaited<Outcome> : never;

/** What a thread is started with. */
export interface ThreadData {
  /** Address of the module whose functions it runs. */
  readonly module: string;
  readonly priority: "normal" | "low";
}

/** The message that gives a thread its task. */
export interface ThreadMessage {
  readonly task: string;
  readonly input: unknown;
}

/** Threads that compute, the main one included; more share the same memory's bandwidth. */
const MOST_THREADS = 4;

/** How many threads are worth starting on this machine, besides those that the caller keeps busy itself. */
export function threadsWorthStarting(busyCallers: 0 | 1): number {
  return Math.min(MOST_THREADS, availableParallelism()) - busyCallers;
}

/**
 * Threads that run functions which `module` exports, each the next task as soon as it is idle. Input and outcome are
 * plain data: they are copied, except shared memory, and a typed array as the outcome is handed over.
 * `Module` is the type of that module, from `import type * as Module`.
 */
export class ThreadPool<Module> {
  readonly size: number;
  readonly #threads: readonly Worker[];
  readonly #idle: Worker[];
  readonly #waiting: ((thread: Worker) => void)[] = [];

  constructor(module: URL, size: number, priority: ThreadData["priority"] = "normal") {
    this.size = size;
    const workerData: ThreadData = { module: module.href, priority };
    const entry = new URL("./thread-entry.ts", import.meta.url);
    this.#threads = Array.from({ length: size }, () => new Worker(entry, { workerData, trackUnmanagedFds: false }));
    this.#idle = [...this.#threads];
  }

  /** Runs one task on the next idle thread. Rejects with what the task throws, and that thread is gone then. */
  async run<Task extends TaskOf<Module>>(task: Task, input: InputOf<Module[Task]>): Promise<OutcomeOf<Module[Task]>> {
    const thread = this.#idle.pop() ?? (await new Promise<Worker>((resolve) => this.#waiting.push(resolve)));
    try {
      return (await answerOf(thread, { task, input })) as OutcomeOf<Module[Task]>;
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(thread);
      else next(thread);
    }
  }

  /** Runs a task once on every thread; for a pool that is idle. */
  runOnEach<Task extends TaskOf<Module>>(task: Task, input: InputOf<Module[Task]>): Promise<OutcomeOf<Module[Task]>[]> {
    return Promise.all(this.#threads.map(() => this.run(task, input)));
  }

  /** Ends all threads, whatever they are at. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  /** Lets the process end while threads are idle. */
  unref(): void {
    for (const thread of this.#threads) thread.unref();
  }
}

/** Runs one task in a thread of its own, at lower priority than the rest of the process, and ends the thread. */
export async function runInThread<Module, Task extends TaskOf<Module>>(
  module: URL,
  task: Task,
  input: InputOf<Module[Task]>,
): Promise<OutcomeOf<Module[Task]>> {
  const pool = new ThreadPool<Module>(module, 1, "low");
  try {
    return await pool.run(task, input);
  } finally {
    await pool.close();
  }
}

/** {@link runInThread}, or what does the same elsewhere. */
export type RunInThread = typeof runInThread;

function answerOf(thread: Worker, message: ThreadMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => {
      thread.off("message", answered).off("error", failed).off("exit", ended);
      outcome();
    };
    const answered = (value: unknown) => settle(() => resolve(value));
    const failed = (error: unknown) => settle(() => reject(error));
    const ended = (code: number) => settle(() => reject(new Error(`The thread ended with code ${code}`)));
    thread.once("message", answered).once("error", failed).once("exit", ended);
    thread.postMessage(message);
  });
}
