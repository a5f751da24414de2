import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Threads that count, the main one included; more share the same memory's bandwidth. */
const MOST_THREADS = 4;

/** Starts threads that run `file`: as many as there are processors, less those that the caller keeps busy itself. */
export function startThreads(file: URL, busyCallers: 0 | 1): Worker[] {
  const beside = Math.min(MOST_THREADS, availableParallelism()) - busyCallers;
  return Array.from({ length: beside }, () => new Worker(file, { trackUnmanagedFds: false }));
}

/** Sends an idle thread its task; resolves to its one answer, rejects where the thread throws. */
export function askThread<Task, Answer>(thread: Worker, task: Task): Promise<Answer> {
  const answer = new Promise<Answer>((resolve, reject) => {
    const answered = (value: Answer) => {
      thread.off("error", failed);
      resolve(value);
    };
    const failed = (error: unknown) => {
      thread.off("message", answered);
      reject(error);
    };
    thread.once("message", answered);
    thread.once("error", failed);
  });
  thread.postMessage(task);
  return answer;
}
