import type { ProductId, VariantId } from "../domain/ids.ts";
import type { Reward } from "../domain/offers/rewards/rewards.ts";
import type { MadeBundle } from "../domain/offers/types/fixed-bundle/published.ts";
import type { FoundVariant } from "../domain/offers/types/upgrade/listed-upgrades.ts";
import type { BetterLine } from "../domain/offers/types/upgrade/published.ts";
import type { PublishedEntry } from "../domain/publishing/entry.ts";

/** What a preview needs of an offer: what it is, not where, when or for which products it is shown. */
export interface PreviewedContent<Config = unknown> {
  readonly config: Config;
  readonly reward: Reward | null;
}

/** A companion of the previewed product. */
export interface PreviewCompanion {
  readonly product: ProductId;
  /** Orders in which both were bought. */
  readonly orders: number;
  /** What is better about it, where it is an upgrade. */
  readonly better: readonly BetterLine[];
}

/** What a preview is made with. */
export interface PreviewFacts {
  /** The product whose page is shown. */
  readonly product: ProductId;
  readonly companions: readonly PreviewCompanion[];
  /** Of the preview's prices. */
  readonly currency: string;
  /** Lowest price of each of these products, in minor units. */
  readonly prices: ReadonlyMap<ProductId, number>;
  /** What each variant of the page's product costs. */
  readonly variantPrices: ReadonlyMap<VariantId, number>;
  /** Variants of the page's product that were found to be better than others of it. */
  readonly betterVariants: readonly FoundVariant[];
  readonly tellOrdersTogether: boolean;
  /** Whether the companions are those of similar products: nobody has bought them with this one yet. */
  readonly similar: boolean;
  /** Whether shoppers view them together, while too few have bought them. */
  readonly viewed?: boolean;
  readonly now: Date;
  /** The bundle that is previewed, its product among the companions; null for anything else. */
  readonly bundle: MadeBundle | null;
}

/** What the theme's blocks are given to show of an offer. */
export interface Preview {
  /** File names of the blocks to show, in this order, without their ending; empty where there is nothing to show yet. */
  readonly blocks: readonly string[];
  /** What the product carries. */
  readonly productEntries: readonly PublishedEntry[];
  /** What the shop as a whole carries for the theme. */
  readonly shopEntries: readonly PublishedEntry[];
  /** What the example's cart costs, in minor units; 0 for an empty cart. */
  readonly cartMinor: number;
  /** What further carts cost that the blocks are shown with, one below the other. */
  readonly moreCartsMinor: readonly number[];
  /**
   * What the product is taken to cost, in minor units, by a block that compares prices with it and does not show it;
   * null for its own price.
   */
  readonly productMinor: number | null;
  /** What a plan that each product is taken to have saves, in percent; null for no plan. */
  readonly planSaving: number | null;
}

/** How offers of one type are previewed. */
export type PreviewOf<Config> = (content: PreviewedContent<Config>, facts: PreviewFacts) => Preview;

/** The products that an offer's content names: its preview has them before any others. */
export type NamedProducts<Config> = (config: Config) => readonly ProductId[];

/** A preview of a type that has nothing to show yet; types fill in what they have. */
export const EMPTY_PREVIEW: Preview = {
  blocks: [],
  productEntries: [],
  shopEntries: [],
  cartMinor: 0,
  moreCartsMinor: [],
  productMinor: null,
  planSaving: null,
};
