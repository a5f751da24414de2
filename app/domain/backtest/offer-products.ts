import type { ReplayedOffer, ReplayedProduct } from "./replayed-offer.ts";

/** What an offer has to do with one product. */
export interface OfferProduct {
  /** What it carries of the offer; null where others only name it. */
  readonly carried: CarriedRules | null;
  /** The products that carry the offer and name this one, by the order in which the offer lists what carries it. */
  readonly carriers: readonly number[];
}

/** Of {@link ReplayedProduct}, ready to be read. */
export interface CarriedRules extends Pick<ReplayedProduct, "need" | "named"> {
  /** Compact rules, as the discount Function reads them. */
  readonly rules: Uint8Array;
}

/** The products of an offer, so that each line of a cart is looked up once for all that is asked of it. */
export class OfferProducts {
  readonly #products = new Map<number, { carried: CarriedRules | null; readonly carriers: number[] }>();

  constructor({ products }: ReplayedOffer) {
    // Products of one offer mostly have the same rules.
    const encoded = new Map<string, Uint8Array>();
    for (const [product, { rules, need, named }] of products) {
      let bytes = encoded.get(rules);
      if (bytes === undefined) encoded.set(rules, (bytes = new TextEncoder().encode(rules)));
      this.#entry(product).carried = { rules: bytes, need, named };
      for (const one of named) this.#entry(one).carriers.push(product);
    }
  }

  /** Null for a product that the offer has nothing to do with. */
  of(product: number): OfferProduct | null {
    return this.#products.get(product) ?? null;
  }

  #entry(product: number) {
    let entry = this.#products.get(product);
    if (entry === undefined) this.#products.set(product, (entry = { carried: null, carriers: [] }));
    return entry;
  }
}
