import type { ShopDomain } from "../domain/ids.ts";
import type { EventRefusal, ShopEvent } from "../domain/measurement/shop-event.ts";
import type { Log } from "./log.ts";
import { Outage, within } from "./outage.ts";

export interface EventIntakeOptions {
  /** Stores events by one call, all or none. */
  readonly append: (events: readonly ShopEvent[]) => Promise<void>;
  readonly countRefused: (refused: readonly Refused[]) => Promise<void>;
  readonly log: Log;
  /** Events that may wait at once. */
  readonly mostWaiting?: number;
  /** How long a request may wait for its answer. */
  readonly patienceMs?: number;
  /** How long a call of the store may take before the next one is tried. */
  readonly longestCallMs?: number;
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
const PATIENCE_MS = 3_000;
const LONGEST_CALL_MS = 20_000;
/** How often counts of refused events are stored. */
const COUNT_EVERY_MS = 5_000;

/**
 * Takes events in, one call of the store at a time. What comes while a call is under way goes together into the next one,
 * so that a request waits for two calls at most, and says "no" where more comes than the store takes. A request is
 * answered once its events are stored: a process that is killed loses only what nobody was promised. While a call takes
 * longer than requests wait, others are answered "no" at once.
 */
export class EventIntake {
  readonly #options: EventIntakeOptions;
  /** How long a request may wait for its answer. */
  readonly patienceMs: number;
  readonly #waiting: Waiting[] = [];
  #waitingEvents = 0;
  /** When the call that is under way began; null where there is none. */
  #storingSince: number | null = null;
  readonly #outage: Outage;
  readonly #refused = new Map<string, Refused>();
  readonly #counting: NodeJS.Timeout;

  constructor(options: EventIntakeOptions) {
    this.#options = options;
    this.patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#outage = new Outage(options.log, "events cannot be stored");
    this.#counting = setInterval(() => void this.#storeCounts(), COUNT_EVERY_MS).unref();
  }

  /** Stores events. Resolves to whether they are; never rejects. What was not stored may be sent again. */
  take(events: readonly ShopEvent[]): Promise<boolean> {
    if (events.length === 0) return Promise.resolve(true);
    const { mostWaiting = MOST_WAITING } = this.#options;
    if (this.#waitingEvents + events.length > mostWaiting || this.#isStuck()) return Promise.resolve(false);
    this.#waitingEvents += events.length;
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.#outage.failed(new Error(`No answer within ${this.patienceMs} ms`));
        resolve(false);
      }, this.patienceMs);
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

  /** Stores what waits, as long as somebody waits for that, and the counts. To be called when no more requests come. */
  async close(): Promise<void> {
    clearInterval(this.#counting);
    while (this.#storingSince !== null && !this.#isStuck()) await new Promise((resolve) => setTimeout(resolve, 5));
    await this.#storeCounts();
  }

  /** Whether whoever waits for the call that is under way has been answered "no" by now. */
  #isStuck(): boolean {
    return this.#storingSince !== null && performance.now() - this.#storingSince >= this.patienceMs;
  }

  async #storeNext(): Promise<void> {
    if (this.#storingSince !== null) return;
    try {
      while (this.#waiting.length > 0) {
        this.#storingSince = performance.now();
        await this.#store(this.#nextBatch());
      }
    } finally {
      this.#storingSince = null;
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
      await within(this.#options.longestCallMs ?? LONGEST_CALL_MS, this.#options.append(events));
      this.#outage.worked();
    } catch (error) {
      isStored = false;
      this.#outage.failed(error);
    }
    this.#waitingEvents -= events.length;
    for (const { answer } of batch) answer(isStored);
  }

  async #storeCounts(): Promise<void> {
    if (this.#refused.size === 0) return;
    const counts = [...this.#refused.values()];
    this.#refused.clear();
    try {
      await within(this.#options.longestCallMs ?? LONGEST_CALL_MS, this.#options.countRefused(counts));
    } catch (error) {
      for (const { shop, reason, events } of counts) this.refuse(shop, reason, events);
      this.#outage.failed(error);
    }
  }
}
