import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Threads that count, the main one included; more share the same memory's bandwidth. */
const MOST_THREADS = 4;

/** Starts threads that run `file` beside the main one: none on a single processor. */
export function startThreads(file: URL): Worker[] {
  const beside = Math.min(MOST_THREADS, availableParallelism()) - 1;
  return Array.from({ length: beside }, () => new Worker(file, { trackUnmanagedFds: false }));
}

/** Sends a thread its task; resolves to its one answer, rejects where the thread throws. */
export function askThread<Task, Answer>(thread: Worker, task: Task): Promise<Answer> {
  const answer = new Promise<Answer>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
  thread.postMessage(task);
  return answer;
}
