import type { Log } from "./log.ts";

/**
 * Ends a program on a signal: `stop` first, within a bound, then the process. A second signal ends it at once.
 * `stop` may take `patienceMs`; what is not done by then is left to whoever starts next.
 */
export function stopOnSignal(options: { log: Log; patienceMs: number; stop: () => Promise<void> }): void {
  const { log, patienceMs, stop } = options;
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.warn({ patienceMs }, "stopped before everything had ended");
      process.exit(1);
    }, patienceMs).unref();
    stop().then(
      () => {
        log.info("stopped");
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, onSignal);
}
