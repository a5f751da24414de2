const MAXIMUM = 2000;
const RESTORE_PER_SECOND = 100;

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

/** Shopify's leaky bucket of query cost, one per app and shop, refilled by the injected clock. */
export class CostBucket {
  readonly #now: () => number;
  #available = MAXIMUM;
  #at: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#at = now();
  }

  status(): ThrottleStatus {
    const now = this.#now();
    const restored = (Math.max(0, now - this.#at) / 1000) * RESTORE_PER_SECOND;
    this.#available = Math.min(MAXIMUM, this.#available + restored);
    this.#at = now;
    const currentlyAvailable = Math.floor(this.#available);
    return { maximumAvailable: MAXIMUM, currentlyAvailable, restoreRate: RESTORE_PER_SECOND };
  }

  /** Takes the cost; false, with nothing taken, where not that much is left. */
  take(cost: number): boolean {
    if (this.status().currentlyAvailable < cost) return false;
    this.#available -= cost;
    return true;
  }

  giveBack(cost: number): void {
    this.#available = Math.min(MAXIMUM, this.#available + cost);
  }

  /** Leaves that much, for tests of throttling. */
  drainTo(available: number): void {
    this.status();
    this.#available = available;
  }
}
