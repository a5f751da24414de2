import type { ShopDomain } from "../domain/ids.ts";
import type { KnownEventShop } from "../flows/measurement/receive-events.ts";

/** A new offer's first events must not be refused for long, nor those of a shop that left be taken. */
const KEPT_MS = 15_000;
/** From then on it is looked up again, while requests still go by what is known: none of them waits for a query. */
const RENEWED_AFTER_MS = 10_000;
const MOST_SHOPS = 10_000;

interface Entry {
  readonly until: number;
  readonly renewAt: number;
  readonly shop: Promise<KnownEventShop | null>;
  isRenewed: boolean;
}

/** Remembers for some seconds what decides about shops' events, so that a batch costs no query of the main database. */
export class EventShops {
  readonly #find: (shop: ShopDomain) => Promise<KnownEventShop | null>;
  readonly #known = new Map<ShopDomain, Entry>();

  constructor(find: (shop: ShopDomain) => Promise<KnownEventShop | null>) {
    this.#find = find;
  }

  find(domain: ShopDomain): Promise<KnownEventShop | null> {
    const known = this.#known.get(domain);
    const now = performance.now();
    if (known !== undefined && known.until > now) {
      if (known.renewAt <= now && !known.isRenewed) this.#renew(domain, known);
      return known.shop;
    }
    const entry = this.#lookUp(domain);
    this.#keep(domain, entry);
    // What failed is asked again by the next one.
    entry.shop.catch(() => this.#known.get(domain) === entry && this.#known.delete(domain));
    return entry.shop;
  }

  /** One that fails leaves what is known until that is too old. */
  #renew(domain: ShopDomain, known: Entry): void {
    known.isRenewed = true;
    const entry = this.#lookUp(domain);
    entry.shop.then(
      () => this.#known.get(domain) === known && this.#keep(domain, entry),
      () => {},
    );
  }

  #lookUp(domain: ShopDomain): Entry {
    const now = performance.now();
    return { until: now + KEPT_MS, renewAt: now + RENEWED_AFTER_MS, shop: this.#find(domain), isRenewed: false };
  }

  #keep(domain: ShopDomain, entry: Entry): void {
    this.#known.delete(domain);
    const oldest = this.#known.size >= MOST_SHOPS ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(domain, entry);
  }
}
