import type { MadeBundle } from "../domain/offers/types/fixed-bundle/published.ts";
import type { FoundVariant } from "../domain/offers/types/upgrade/listed-upgrades.ts";
import type { BetterLine } from "../domain/offers/types/upgrade/published.ts";

/** A product as a preview of the storefront shows it. Amounts are in the shop's currency. */
export interface PreviewProduct {
  /** Bare number of the product's id. */
  readonly id: number;
  readonly title: string;
  readonly handle: string;
  readonly imageUrl: string | null;
  readonly variants: readonly {
    readonly id: number;
    readonly title: string;
    readonly priceMinor: number;
    readonly available: boolean;
    readonly options: Readonly<Record<string, string>>;
  }[];
}

/** The shop's own products that a preview of its settings is made with. */
export interface PreviewProducts {
  readonly currency: string;
  /** A product that shoppers are offered a set with, then its companions; best sellers where there is none yet. */
  readonly products: readonly PreviewProduct[];
  /** Orders with the first and the other product in the latest 90 days, by bare id. */
  readonly orders: Readonly<Record<number, number>>;
  /** What is better about each of the others, by bare id, where they are upgrades of the first. */
  readonly better?: Readonly<Record<number, readonly BetterLine[]>>;
  /** Variants of the first that were found to be better than others of it. */
  readonly betterVariants?: readonly FoundVariant[];
  /** The bundle that is previewed, whose own product is the last. */
  readonly bundle?: MadeBundle;
  /** Where nothing is offered yet: the products are best sellers, and only show what a set looks like. */
  readonly isExample: boolean;
}
