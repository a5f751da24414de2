import type { EvidenceGrade } from "../domain/mining/evidence/association.ts";
import type { OfferMode } from "../domain/settings/modes.ts";
import type { Reward } from "../domain/offers/rewards/rewards.ts";
import type { SegmentInUse } from "../domain/offers/segment-use.ts";
import type { MoneyView } from "./money-view.ts";

export interface CompanionView {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
  available: boolean;
  ordersTogether: number;
  ordersTrigger: number;
  ordersCompanion: number;
  support: number;
  confidence: number;
  confidenceLow: number;
  confidenceHigh: number;
  lift: number;
  liftLow: number;
  liftHigh: number;
  firstSeen: string | null;
  lastSeen: string | null;
  /** Whether it is bought with the product more often lately; null where too few orders tell. */
  trend: "rising" | "steady" | "falling" | null;
  /** Of its own evidence, or of that of the similar products it is taken from. */
  grade: EvidenceGrade;
  /**
   * Which ranker put it here; `pinned` where a person did, `viewed` where browsing did, `new-product` where similar
   * products did.
   */
  source: string;
  /** Where the ranking has it; null where none lists it. */
  placed: PlacedView | null;
  /** What shoppers browsed, where that alone puts it here; null otherwise. No part of the evidence of orders. */
  viewed: ViewedEvidenceView | null;
  /** The similar products whose companion it is, the most telling first; empty for one of the product's own. */
  similar: SimilarEvidenceView[];
  /** How it shows that it is bought instead of the product; null for a companion. */
  insteadOf: "switching" | "same-kind" | null;
  /** The months in which the two are bought together; null for all year. */
  season: SeasonView | null;
  /** Left out only for being near-identical to another companion that is chosen. */
  nearIdentical: boolean;
  /** The limit of the settings that keeps it back; null for none. */
  limit: "does-not-fit" | "too-expensive" | "low-margin" | null;
  pinned: boolean;
  /** A person approved it, in an offer that shows what people approve. */
  approved: boolean;
  blocked: boolean;
  /** Suggested with no product at all, by a person's word. */
  excluded: boolean;
  /** Chosen to be shown: shoppers see it once it is published. */
  chosen: boolean;
  /** Shoppers are offered it now: Shopify holds it, and it can be bought. */
  shown: boolean;
  /** Orders with both in the last 90 days, where shoppers see it; null where they do not. */
  ordersShown: number | null;
}

/** Who put a companion where it is. */
export interface PlacedView {
  /** The ranking for the product's own page, the one for a whole cart, browsing, or the companions of similar products. */
  by: "page" | "cart" | "viewed" | "similar";
  ranker: string;
  /** Its place there, from 1. */
  rank: number;
  /** Its place by the plain share of orders, from 1; null where no order holds both. */
  confidenceRank: number | null;
}

/** Visitors who viewed the product with others, those who viewed the companion too, and orders after a view. */
export interface ViewedEvidenceView {
  viewers: number;
  viewed: number;
  thenBought: number;
}

/** What orders say of a similar product and the companion. */
export interface SimilarEvidenceView {
  productId: string;
  title: string;
  ordersTogether: number;
  orders: number;
}

export interface SeasonView {
  /** 1 is January; in the order in which they follow each other. */
  months: number[];
  /** How often the two were bought together, all year and in these months. */
  together: number;
  togetherInSeason: number;
  /** Years in which it was so. */
  years: number;
  now: "in-season" | "out-of-season";
  /** Not offered until the season comes. */
  resting: boolean;
}

/** What becomes of the suggestions for a product. */
export type ProductDisplay =
  /** Shopify holds an offer: shoppers see it. */
  | "shown"
  /** Something was decided that shoppers see with the next publish. */
  | "publishing"
  /** Orders support companions, and a person is to approve them. */
  | "to-review"
  /** Orders support companions, and the shop shows only what people pin. */
  | "to-pin"
  /** Every companion that orders support is blocked. */
  | "blocked"
  /** Nothing is suggested with it, by a person's word. */
  | "excluded"
  /** There is something to suggest, and nothing of it can be bought now. */
  | "not-shown"
  /** Orders support no companion yet. */
  | "no-suggestion";

/** A product in the list: what it takes to show it closed. */
export interface ProductRowView {
  productId: string;
  title: string;
  imageUrl: string | null;
  /** Lowest price of its variants in the shop's currency; null where unknown. */
  price: MoneyView | null;
  /** Orders with it, as orders have it now. */
  orders: number;
  /** The best that orders say of a companion, whether or not anyone lets shoppers see it. */
  evidence: "strong" | "fair" | "none";
  display: ProductDisplay;
  /** Titles of the companions that the set shows now, as far as they can be bought. */
  shown: string[];
  /** Whether a person excluded it from all recommendations, and how. */
  excluded: { asTrigger: boolean; asCompanion: boolean };
}

/** What goes with one product, and the evidence for it. */
export interface ProductDetailView {
  productId: string;
  /** Whether the segment that is looked at has a list of its own here; false where the default one is shown. */
  ownList: boolean;
  companions: CompanionView[];
  /** Orders with one companion that are missing before it can be suggested; null where one is or nobody can tell. */
  ordersMissing: number | null;
  /** What sells best, to pin by hand where orders support no companion; empty elsewhere. */
  bestSellers: BestSellerView[];
}

/** A best seller: no order says that it goes with the product. */
export interface BestSellerView {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
  orders: number;
  /** Of the product's own type. */
  sameType: boolean;
}

export interface BoughtTogetherPageView {
  search: string;
  page: number;
  pageCount: number;
  total: number;
  filter: "all" | "live" | "review" | "pinned" | "blocked" | "excluded" | "no-evidence";
  /** Only products of this vendor, and of this type; all where empty. */
  vendor: string;
  type: string;
  /** Segments with lists of their own, in the order in which they are tried; empty where all see the same. */
  segments: SegmentInUse[];
  /** Whose lists are shown; null for the default lists. */
  segment: SegmentInUse | null;
  rows: ProductRowView[];
  /** What goes with the first of the rows, which stands open; null where there is none. */
  first: ProductDetailView | null;
  /** The bought-together offer that most products have: the first that runs, or else the first. `number` is null for none. */
  mainSet: { number: number | null; mode: OfferMode; followsShop: boolean; setSize: number; reward: Reward | null };
  /** The shop's IANA timezone, in which its times are shown. */
  timezone: string;
  /** When the suggestions were analysed last, and when they were last published to shoppers. */
  analysedAt: string | null;
  publishedAt: string | null;
  /** Something is on its way to shoppers. */
  publishing: boolean;
  /** Products that wait for a person's approval; 0 unless the shop reviews first. */
  toReview: number;
}
