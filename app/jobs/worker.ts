import { composition } from "../composition.ts";
import { config } from "../config.ts";
import { startWorker } from "./start-worker.ts";

/** `npm run worker`: takes jobs until it is told to stop, then ends the ones that run. A second signal ends at once. */
const { database, log } = composition();
const worker = await startWorker({ concurrency: config().workerConcurrency });
log.info("worker ready");

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "worker stopping");
    void worker.stop().catch(() => {});
  });
}

try {
  await worker.ended;
  log.info("worker stopped");
} catch (error) {
  log.error({ message: error instanceof Error ? error.message : String(error) }, "worker failed");
  process.exitCode = 1;
} finally {
  await database.close();
}
