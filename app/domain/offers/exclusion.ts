import type { ProductId } from "../ids.ts";

/** How a person has excluded a product from all recommendations. */
export interface Exclusion {
  /** Nothing is suggested with it. */
  readonly asTrigger: boolean;
  /** It is suggested with nothing. */
  readonly asCompanion: boolean;
}

export const NOT_EXCLUDED: Exclusion = { asTrigger: false, asCompanion: false };

/** What people excluded from all recommendations of a shop. */
export interface Exclusions {
  /** Products with which nothing is suggested. */
  readonly asTrigger: ReadonlySet<ProductId>;
  /** Products that are suggested with nothing. */
  readonly asCompanion: ReadonlySet<ProductId>;
}
