import { MOST_BEHIND_MS, MOST_SENT_EVENTS, type EventBatch, type SentEvent } from "./domain.ts";
import type { PixelStorage } from "./shopify-pixel.ts";

/** How long an event waits for others: shorter than it takes to follow a link. */
const WAIT_MS = 250;
const LEAVING: ReadonlySet<string> = new Set([
  "clicked",
  "added",
  "declined",
  "product-added",
  "checkout-completed",
  "answered",
]);
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Events that wait at most; the oldest are left out. */
const MOST_WAITING = 200;
/** Bytes of one request stay below this, so that several can be under way when a page is left. */
const MOST_CHARACTERS = 16_000;
const KEPT = "tsuide-events";

export interface SenderOptions {
  readonly endpoint: string;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly setTimeout: (run: () => void, milliseconds: number) => unknown;
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly storage: PixelStorage;
}

/**
 * Sends events in batches, one request at a time. What cannot be sent is tried again with growing pauses, and is kept in
 * the page's storage for the visit's next page. The ids stay the same, so nothing is counted twice.
 */
export class EventSender {
  readonly #options: SenderOptions;
  #waiting: SentEvent[] = [];
  #failures = 0;
  #isScheduled = false;
  #isSending = false;
  #isKept = false;
  #isOver = false;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Takes back what an earlier page of the visit could not send. */
  async start(): Promise<void> {
    const text = await this.#options.storage.getItem(KEPT).catch(() => null);
    if (text === null || this.#isOver) return;
    this.#isKept = true;
    try {
      const kept: unknown = JSON.parse(text);
      if (Array.isArray(kept)) this.add(kept as SentEvent[]);
    } catch {
      // Somebody else wrote it.
    }
  }

  /** Has events sent soon. */
  add(events: readonly SentEvent[]): void {
    if (this.#isOver || events.length === 0) return;
    this.#waiting = [...this.#waiting, ...events].slice(-MOST_WAITING);
    // A request that is under way, or a pause after one, is followed by the next one.
    if (this.#isSending) return;
    // After these the shopper often leaves the page, and this sandbox with it.
    if (this.#failures === 0 && events.some(({ kind }) => LEAVING.has(kind))) void this.#send();
    else this.#sendIn(WAIT_MS);
  }

  /** Throws away what waits, for good: the visitor does not allow it any more, or the shop does not know us. */
  end(): void {
    this.#isOver = true;
    this.#waiting = [];
    void this.#options.storage.removeItem(KEPT).catch(() => {});
  }

  #sendIn(milliseconds: number): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#options.setTimeout(() => {
      this.#isScheduled = false;
      void this.#send();
    }, milliseconds);
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#isOver) return;
    this.#isSending = true;
    while (this.#forgetOld().length > 0 && !this.#isOver) {
      const batch = this.#nextBatch();
      const outcome = await this.#post(batch);
      if (outcome.code === "later") {
        this.#isSending = false;
        this.#keep();
        this.#failures++;
        return this.#sendIn(this.#pause(outcome.afterMs));
      }
      if (outcome.code === "unknown-shop") return this.end();
      this.#failures = 0;
      this.#waiting = this.#waiting.filter((event) => !batch.includes(event));
    }
    this.#isSending = false;
    if (this.#isKept && !this.#isOver) {
      this.#isKept = false;
      void this.#options.storage.removeItem(KEPT).catch(() => {});
    }
  }

  #nextBatch(): SentEvent[] {
    let characters = 0;
    const upTo = this.#waiting.findIndex((event) => (characters += JSON.stringify(event).length) > MOST_CHARACTERS);
    return this.#waiting.slice(0, Math.min(upTo < 1 ? MOST_SENT_EVENTS : upTo, MOST_SENT_EVENTS));
  }

  #forgetOld(): readonly SentEvent[] {
    const oldest = this.#options.now() - MOST_BEHIND_MS;
    this.#waiting = this.#waiting.filter(({ at }) => at >= oldest);
    return this.#waiting;
  }

  async #post(
    events: readonly SentEvent[],
  ): Promise<{ code: "taken" | "refused" | "unknown-shop" } | { code: "later"; afterMs: number }> {
    const batch: EventBatch = { v: 1, token: this.#options.token, events };
    try {
      // A plain text needs no permission beforehand, and `keepalive` outlives the page.
      const { fetch, endpoint } = this.#options;
      const body = JSON.stringify(batch);
      const { ok, status, headers } = await fetch(endpoint, { method: "POST", body, keepalive: true });
      if (ok) return { code: "taken" };
      if (status === 401) return { code: "unknown-shop" };
      if (status !== 408 && status !== 429 && status < 500) return { code: "refused" };
      return { code: "later", afterMs: (Number(headers.get("retry-after")) || 0) * 1000 };
    } catch {
      return { code: "later", afterMs: 0 };
    }
  }

  /** Doubles each time, with chance so that not all browsers come back at once. */
  #pause(afterMs: number): number {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (this.#failures - 1), LONGEST_PAUSE_MS);
    return Math.max(pause * (0.5 + this.#options.random()), afterMs);
  }

  #keep(): void {
    this.#isKept = true;
    void this.#options.storage.setItem(KEPT, JSON.stringify(this.#waiting)).catch(() => {});
  }
}
