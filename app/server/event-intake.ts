import type { ShopDomain } from "../domain/ids.ts";
import type { EventRefusal, ShopEvent } from "../domain/measurement/shop-event.ts";
import type { Log } from "./log.ts";

export interface EventIntakeOptions {
  /** Stores events by one call, all or none. */
  readonly append: (events: readonly ShopEvent[]) => Promise<void>;
  readonly countRefused: (refused: readonly Refused[]) => Promise<void>;
  readonly log: Log;
  /** Events that may wait at once. */
  readonly mostWaiting?: number;
  /** How long a request may wait for its answer. */
  readonly patienceMs?: number;
}

interface Refused {
  readonly shop: ShopDomain;
  readonly reason: EventRefusal;
  readonly events: number;
}

interface Waiting {
  readonly events: readonly ShopEvent[];
  readonly answer: (isStored: boolean) => void;
}

/** Events that one call stores. */
const BATCH = 500;
const MOST_WAITING = 5_000;
const PATIENCE_MS = 5_000;
/** How often counts of refused events are stored. */
const COUNT_EVERY_MS = 5_000;

/**
 * Takes events in, one call of the store at a time. What comes while a call is under way goes together into the next one,
 * so that a request waits for two calls at most, and says "no" where more comes than the store takes. A request is
 * answered once its events are stored: a process that is killed loses only what nobody was promised.
 */
export class EventIntake {
  readonly #options: EventIntakeOptions;
  readonly #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #isStoring = false;
  readonly #refused = new Map<string, Refused>();
  readonly #counting: NodeJS.Timeout;

  constructor(options: EventIntakeOptions) {
    this.#options = options;
    this.#counting = setInterval(() => void this.#storeCounts(), COUNT_EVERY_MS).unref();
  }

  /** Stores events. Resolves to whether they are; never rejects. What was not stored may be sent again. */
  take(events: readonly ShopEvent[]): Promise<boolean> {
    if (events.length === 0) return Promise.resolve(true);
    const { mostWaiting = MOST_WAITING, patienceMs = PATIENCE_MS } = this.#options;
    if (this.#waitingEvents + events.length > mostWaiting) return Promise.resolve(false);
    this.#waitingEvents += events.length;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), patienceMs);
      const answer = (isStored: boolean) => {
        clearTimeout(late);
        resolve(isStored);
      };
      this.#waiting.push({ events, answer });
      void this.#storeNext();
    });
  }

  /** Counts events that were refused. */
  refuse(shop: ShopDomain, reason: EventRefusal, events: number): void {
    const key = `${shop}/${reason}`;
    this.#refused.set(key, { shop, reason, events: events + (this.#refused.get(key)?.events ?? 0) });
  }

  /** Stores what waits, and the counts. To be called when no more requests come. */
  async close(): Promise<void> {
    clearInterval(this.#counting);
    while (this.#isStoring) await new Promise((resolve) => setTimeout(resolve, 5));
    await this.#storeCounts();
  }

  async #storeNext(): Promise<void> {
    if (this.#isStoring) return;
    this.#isStoring = true;
    try {
      while (this.#waiting.length > 0) await this.#store(this.#nextBatch());
    } finally {
      this.#isStoring = false;
    }
  }

  #nextBatch(): Waiting[] {
    let events = 0;
    const upTo = this.#waiting.findIndex((waiting) => (events += waiting.events.length) > BATCH);
    return this.#waiting.splice(0, upTo < 0 ? this.#waiting.length : Math.max(upTo, 1));
  }

  async #store(batch: readonly Waiting[]): Promise<void> {
    const events = batch.flatMap((waiting) => waiting.events);
    let isStored = true;
    try {
      await this.#options.append(events);
    } catch (error) {
      isStored = false;
      const message = error instanceof Error ? error.message : String(error);
      this.#options.log.error({ events: events.length, message }, "events could not be stored");
    }
    this.#waitingEvents -= events.length;
    for (const { answer } of batch) answer(isStored);
  }

  async #storeCounts(): Promise<void> {
    if (this.#refused.size === 0) return;
    const counts = [...this.#refused.values()];
    this.#refused.clear();
    try {
      await this.#options.countRefused(counts);
    } catch (error) {
      for (const { shop, reason, events } of counts) this.refuse(shop, reason, events);
      const message = error instanceof Error ? error.message : String(error);
      this.#options.log.error({ message }, "refused events could not be counted");
    }
  }
}
