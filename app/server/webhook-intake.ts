import { monitorEventLoopDelay } from "node:perf_hooks";
import type { IncomingWebhook, WebhookOutcome } from "../flows/receive-webhook.ts";
import type { Log } from "./log.ts";

export interface IntakeOptions {
  /** Stores deliveries by one call, and gives an outcome for each. Throws where none was stored. */
  readonly store: (webhooks: readonly IncomingWebhook[]) => Promise<readonly WebhookOutcome[]>;
  readonly log: Log;
  /** Requests that may be inside at once. */
  readonly mostInside?: number;
  /** How long a delivery may wait for its answer. */
  readonly patienceMs?: number;
  /** How late the process's own loop may be. */
  readonly lateLoopMs?: number;
}

const MOST_INSIDE = 400;
const PATIENCE_MS = 700;
/** Deliveries that one call stores. */
const BATCH = 50;
/** Two, so that one is stored while the other is committed. */
const CALLS_AT_ONCE = 2;
/** A process whose own loop is late by this much answers nobody in time. */
const LATE_LOOP_MS = 500;
const LOOK_AT_LOOP_MS = 250;

interface Waiting {
  readonly webhook: IncomingWebhook;
  answer(outcome: WebhookOutcome | Busy): void;
  answered: boolean;
}

export interface Busy {
  readonly code: "busy";
}
const BUSY: Busy = { code: "busy" };

/**
 * Takes deliveries in as fast as the database does, and says "busy" at once or within its patience to what is more:
 * Shopify sends those again. Deliveries that come while a call is under way go together into the next one, so that the
 * price of a call and of its commit is shared by as many as there are.
 */
export class WebhookIntake {
  readonly #options: IntakeOptions;
  readonly #mostInside: number;
  readonly #patienceMs: number;
  readonly #waiting: Waiting[] = [];
  readonly #loop = monitorEventLoopDelay({ resolution: 20 });
  readonly #lookAtLoop: NodeJS.Timeout;
  #loopIsLate = false;
  #inside = 0;
  #calls = 0;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#mostInside = options.mostInside ?? MOST_INSIDE;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    const { lateLoopMs = LATE_LOOP_MS } = options;
    this.#loop.enable();
    this.#lookAtLoop = setInterval(() => {
      this.#loopIsLate = this.#loop.max / 1e6 > lateLoopMs;
      this.#loop.reset();
    }, LOOK_AT_LOOP_MS).unref();
  }

  /** Whether a further request would wait too long: it is to be sent away before its body is read. */
  get isFull(): boolean {
    return this.#inside >= this.#mostInside || this.#loopIsLate;
  }

  /** Counts a request in; the function that is given back counts it out. */
  enter(): () => void {
    this.#inside++;
    return () => void this.#inside--;
  }

  /** Stores one delivery. Never throws: what cannot be stored in time is "busy". */
  take(webhook: IncomingWebhook): Promise<WebhookOutcome | Busy> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        webhook,
        answered: false,
        answer: (outcome) => {
          waiting.answered = true;
          clearTimeout(late);
          resolve(outcome);
        },
      };
      const late = setTimeout(() => waiting.answer(BUSY), this.#patienceMs);
      this.#waiting.push(waiting);
      this.#callNext();
    });
  }

  /** Ends the watch over the process's loop. */
  close(): void {
    clearInterval(this.#lookAtLoop);
    this.#loop.disable();
  }

  #callNext(): void {
    while (this.#calls < CALLS_AT_ONCE) {
      const batch = this.#waiting.splice(0, BATCH).filter(({ answered }) => !answered);
      if (batch.length === 0) {
        if (this.#waiting.length === 0) return;
        continue;
      }
      this.#calls++;
      void this.#store(batch).finally(() => {
        this.#calls--;
        this.#callNext();
      });
    }
  }

  async #store(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#options.store(batch.map(({ webhook }) => webhook));
      batch.forEach((waiting, place) => waiting.answer(outcomes[place] ?? BUSY));
    } catch (error) {
      if (batch.length > 1 && isAboutOne(error)) {
        // One of them, or two calls at once: each is tried alone, so that none is refused for another's fault.
        for (const waiting of batch) await this.#store([waiting]);
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      this.#options.log.error({ deliveries: batch.length, message }, "webhooks could not be stored");
      for (const waiting of batch) waiting.answer(BUSY);
    }
  }
}

/** Whether PostgreSQL refused a value or rolled back; not where it cannot be reached, which would fail for each. */
function isAboutOne(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^(22|23|40|P0)/.test(code);
}
