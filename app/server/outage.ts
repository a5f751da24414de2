import type { Log } from "./log.ts";

/** Has the log say once that something does not work any more, and once that it works again, however many requests meet it. */
export class Outage {
  readonly #log: Log;
  readonly #what: string;
  #failures = 0;

  /** `what`: what does not work, as the log says it. */
  constructor(log: Log, what: string) {
    this.#log = log;
    this.#what = what;
  }

  failed(error: unknown): void {
    if (this.#failures++ > 0) return;
    this.#log.error({ message: error instanceof Error ? error.message : String(error) }, this.#what);
  }

  worked(): void {
    if (this.#failures > 0) this.#log.info({ failures: this.#failures }, `over: ${this.#what}`);
    this.#failures = 0;
  }
}

/** The outcome of `work`, unless it takes longer than so many milliseconds: then an error, and the outcome is of no interest. */
export async function within<Outcome>(milliseconds: number, work: Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
