import { EventEmitter } from "node:events";
import { Logger, makeWorkerUtils, run, type WorkerEvents } from "graphile-worker";
import { composition } from "../composition.ts";
import type { FlowContext } from "../flows/context.ts";
import { announce, deadWorkers } from "../flows/free-jobs.ts";
import { CRONTAB, createTasks } from "./tasks.ts";

const LOOK_FOR_THE_DEAD_MS = 15_000;
/** Jobs for now are announced by the database; those for later are found by looking. */
const POLL_MS = 500;
/** How long a stop waits for the jobs that run; what takes longer is done again by whoever starts next. */
const PATIENCE_MS = 20_000;

export interface RunningWorker {
  /** Lets the jobs that run end, takes no others, and gives back every connection. */
  stop(): Promise<void>;
  /** Settles when the worker has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/** Starts taking jobs. Any number of these may run, on any number of machines. */
export async function startWorker(options: { concurrency: number; context?: FlowContext }): Promise<RunningWorker> {
  const context = options.context ?? composition();
  const { database, log } = context;
  const events: WorkerEvents = new EventEmitter();
  let farewell: Promise<() => Promise<void>> | undefined;
  events.on("pool:create", ({ workerPool }) => {
    farewell = announce(workerPool.id, context);
    farewell.catch((error: unknown) => log.error({ error }, "worker cannot say that it lives"));
  });
  events.on("job:error", ({ job, error }) => {
    const { task_identifier: task, attempts } = job;
    log.warn({ job: task, attempts, message: messageOf(error) }, "job failed and will be tried again");
  });
  events.on("job:failed", ({ job }) => log.error({ job: job.task_identifier }, "job failed for good"));
  const utils = await makeWorkerUtils({ connectionString: database.url, logger: quiet });
  await utils.migrate();
  const freeJobs = async () => {
    const dead = await deadWorkers(context);
    if (dead.length === 0) return;
    await utils.forceUnlockWorkers(dead);
    log.warn({ workers: dead.length }, "jobs of dead workers taken back");
  };
  await freeJobs();
  const watch = setInterval(
    () => void freeJobs().catch((error: unknown) => log.error({ message: messageOf(error) }, "dead workers not found")),
    LOOK_FOR_THE_DEAD_MS,
  );
  const runner = await run({
    connectionString: database.url,
    concurrency: options.concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: PATIENCE_MS,
    // Only reports that go through a batch are waited for at a stop; otherwise the last job would be done again.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList: createTasks(context),
    crontab: CRONTAB,
    events,
    logger: quiet,
  });
  const ended = runner.promise.finally(async () => {
    clearInterval(watch);
    await utils.release();
    await (
      await farewell?.catch(() => undefined)
    )?.();
  });
  // Whoever is interested waits for it; nobody being so is no crash.
  ended.catch(() => {});
  return { ended, stop: () => runner.stop().then(() => ended) };
}

/** The queue's own lines say what ours say. */
const quiet = new Logger(() => () => {});

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
