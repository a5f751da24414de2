import { compose, REAL_SURROUNDINGS } from "../server/composition.ts";
import { processConfig } from "../server/config.ts";
import { readHealth } from "../flows/shop/read-health.ts";
import { startHealthServer } from "../server/health-server.ts";
import { stopOnSignal } from "../server/stop-on-signal.ts";
import { startWorker } from "./start-worker.ts";

/**
 * `npm run worker`: takes jobs until it is asked to stop, then ends the ones that run. A second signal ends at once.
 * Answers `/health` on `PORT`, where that is set.
 */
const STOP_PATIENCE_MS = 28_000;

/** Connections to the database beside those of the queue. */
const CONNECTIONS = 10;

const settings = processConfig();
const { port, host, workerConcurrency } = settings;
const context = compose(settings, { ...REAL_SURROUNDINGS, connections: CONNECTIONS });
const { database, events, log } = context;
try {
  const worker = await startWorker({ concurrency: workerConcurrency, context });
  const health = async () => {
    const state = await readHealth(context);
    return worker.isTakingJobs() ? state : ({ ...state, status: "down" } as const);
  };
  const server = port === null ? null : await startHealthServer({ port, host, log, health });
  stopOnSignal({
    log,
    patienceMs: STOP_PATIENCE_MS,
    async stop() {
      await Promise.all([worker.stop(), server?.stop()]);
      await Promise.all([database.close(), events.close()]);
    },
  });
  log.info("worker ready");
} catch (error) {
  log.error({ message: error instanceof Error ? error.message : String(error) }, "worker could not start");
  process.exit(1);
}
