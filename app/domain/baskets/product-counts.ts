/** What the baskets say about one product. Ids are bare numbers; times are milliseconds since 1970 UTC. */
export interface ProductCounts {
  readonly productId: string;
  readonly baskets: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Most baskets together first, then by ascending number of the id. */
  readonly companions: readonly PairCount[];
}

export interface PairCount {
  readonly productId: string;
  /** Baskets with both. */
  readonly together: number;
  /** Whole seconds, as are stored of pairs. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Companions that are kept for being met often; what the model or a person chose is kept besides. */
export const KEPT_COMPANIONS = 100;

/** The order of {@link ProductCounts.companions}. */
export function mostTogetherFirst(a: PairCount, b: PairCount): number {
  const byId = a.productId.length - b.productId.length || (a.productId < b.productId ? -1 : 1);
  return b.together - a.together || byId;
}
