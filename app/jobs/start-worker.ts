import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, makeWorkerUtils, run, type Runner, type WorkerEvents, type WorkerPool } from "graphile-worker";
import type { FlowContext } from "../flows/context.ts";
import { announceWorker, findDeadWorkers, type SignOfLife } from "../persistence/database/dead-workers.ts";
import { CRONTAB, EVENTS_TASK } from "../queue/job-definitions.ts";
import { createTasks } from "./run-job.ts";

const LOOK_FOR_THE_DEAD_MS = 15_000;
/** Jobs for now are announced by the database; those for later are found by looking. */
const POLL_MS = 500;
/**
 * After the end of a job, when to look for the next one of its queue. The queue is free only once the end is stored,
 * which is not announced: without this, the next one would wait for the poll.
 */
const LOOK_AFTER_JOB_MS = [4, 15, 60];
/** How long a stop waits for the jobs that run; what takes longer is done again by whoever starts next. */
const PATIENCE_MS = 20_000;
const RESTART_AFTER_MS = 1_000;
const LONGEST_RESTART_MS = 30_000;
/**
 * Jobs that were taken a moment ago are left alone when dead workers are looked for: so long after a restart they are
 * not.
 */
const LOOK_AGAIN_MS = 4_000;

export interface RunningWorker {
  /** Whether it takes jobs at this moment. */
  isTakingJobs(): boolean;
  /** Lets the jobs that run end, takes no others, and gives back every connection. */
  stop(): Promise<void>;
  /** Settles when the worker has been stopped. */
  readonly ended: Promise<void>;
}

/**
 * Starts taking jobs. Any number of these may run, on any number of machines. Rejects where the database cannot be
 * reached at the start; where it is lost later, the worker goes on as soon as it is back.
 */
export async function startWorker(options: { concurrency: number; context: FlowContext }): Promise<RunningWorker> {
  const { context } = options;
  const { database, log } = context;
  const utils = await makeWorkerUtils({ connectionString: database.url, logger: quiet });
  await utils.migrate();
  // The crontab would begin with it up to a minute from now.
  await utils.addJob(EVENTS_TASK, {}, { jobKey: EVENTS_TASK, jobKeyMode: "preserve_run_at", maxAttempts: 1 });
  /** The one that runs, and its sign of life; null between two. */
  let current: { runner: Runner; signOfLife: Promise<SignOfLife>; poolId: string } | null = null;
  const freeJobs = async () => {
    const dead = (await findDeadWorkers(database)).filter((id) => id !== current?.poolId);
    if (dead.length === 0) return;
    await utils.forceUnlockWorkers(dead);
    log.warn({ workers: dead.length }, "jobs of dead workers taken back");
  };
  await freeJobs();
  const watch = setInterval(
    () => void freeJobs().catch((error: unknown) => log.error({ message: messageOf(error) }, "dead workers not found")),
    LOOK_FOR_THE_DEAD_MS,
  );
  const over = new AbortController();

  const runUntilItEnds = async () => {
    const events = createEvents(context);
    // Its id alone: the pool itself is awaited until it ends.
    const created = new Promise<string>((resolve) =>
      events.once("pool:create", ({ workerPool }) => resolve(workerPool.id)),
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
    const poolId = await created;
    const signOfLife = announceWorker(database, poolId);
    signOfLife.catch((error: unknown) => log.error({ message: messageOf(error) }, "worker cannot say that it lives"));
    current = { runner, signOfLife, poolId };
    if (over.signal.aborted) await runner.stop();
    try {
      await runner.promise;
    } finally {
      current = null;
      const sign = await signOfLife.catch(() => null);
      await sign?.end();
    }
  };

  const keepRunning = async () => {
    let pause = RESTART_AFTER_MS;
    while (!over.signal.aborted) {
      const startedAt = performance.now();
      try {
        await runUntilItEnds();
        if (!over.signal.aborted) log.warn("worker ended by itself, and is started again");
      } catch (error) {
        if (over.signal.aborted) throw error;
        log.error({ message: messageOf(error) }, "worker lost the database, and is started again");
      }
      if (over.signal.aborted) return;
      // One that ran for a while has nothing to do with what stopped the one before it.
      pause = performance.now() - startedAt > LONGEST_RESTART_MS ? RESTART_AFTER_MS : pause;
      await sleep(pause, undefined, { signal: over.signal }).catch(() => {});
      pause = Math.min(pause * 2, LONGEST_RESTART_MS);
      for (const wait of [0, LOOK_AGAIN_MS]) setTimeout(() => void freeJobs().catch(() => {}), wait).unref();
    }
  };

  const ended = keepRunning().finally(async () => {
    clearInterval(watch);
    await utils.release();
  });
  // Whoever is interested waits for it; nobody being so is no crash.
  ended.catch(() => {});
  return {
    ended,
    isTakingJobs: () => current !== null && !over.signal.aborted,
    stop: async () => {
      over.abort();
      await current?.runner.stop();
      return ended;
    },
  };
}

function createEvents({ log }: FlowContext): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  let pool: WorkerPool | undefined;
  events.on("pool:create", ({ workerPool }) => (pool = workerPool));
  events.on("pool:gracefulShutdown", () => (pool = undefined));
  events.on("job:complete", ({ job }) => {
    if (job.job_queue_id === null) return;
    for (const milliseconds of LOOK_AFTER_JOB_MS) setTimeout(() => pool?.nudge(1), milliseconds).unref();
  });
  events.on("job:error", ({ job, error }) => {
    const { task_identifier: task, attempts } = job;
    log.warn({ job: task, attempts, message: messageOf(error) }, "job failed and will be tried again");
  });
  events.on("job:failed", ({ job }) => log.error({ job: job.task_identifier }, "job failed for good"));
  return events;
}

/** The queue's own lines say what ours say. */
const quiet = new Logger(() => () => {});

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
