import type { ShopDomain } from "../domain/ids.ts";
import type { KnownEventShop } from "../flows/measurement/receive-events.ts";

/** A new offer's first events must not be refused for long, nor those of a shop that left be taken. */
const KEPT_MS = 15_000;
const MOST_SHOPS = 10_000;

/** Remembers for some seconds what decides about shops' events, so that a batch costs no query of the main database. */
export class EventShops {
  readonly #find: (shop: ShopDomain) => Promise<KnownEventShop | null>;
  readonly #known = new Map<ShopDomain, { until: number; shop: Promise<KnownEventShop | null> }>();

  constructor(find: (shop: ShopDomain) => Promise<KnownEventShop | null>) {
    this.#find = find;
  }

  find(domain: ShopDomain): Promise<KnownEventShop | null> {
    const known = this.#known.get(domain);
    if (known !== undefined && known.until > performance.now()) return known.shop;
    this.#known.delete(domain);
    const oldest = this.#known.size >= MOST_SHOPS ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    const entry = { until: performance.now() + KEPT_MS, shop: this.#find(domain) };
    this.#known.set(domain, entry);
    // What failed is asked again by the next one.
    entry.shop.catch(() => this.#known.get(domain) === entry && this.#known.delete(domain));
    return entry.shop;
  }
}
