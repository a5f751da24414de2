import type { CompanionView } from "./bought-together-view.ts";

/** One product whose companions wait for a person. */
export interface ReviewRowView {
  productId: string;
  title: string;
  imageUrl: string | null;
  /** Titles of the companions that a person has pinned or approved: what shoppers see meanwhile, as far as it can be bought. */
  shown: string[];
  /** Those that wait, best first. */
  waiting: CompanionView[];
}

/** What waits for a person before shoppers see it; pages count from 1. */
export interface ReviewView {
  rows: ReviewRowView[];
  /** Products, and companions over all of them, on all pages. */
  total: number;
  pairs: number;
  page: number;
  pageCount: number;
  /** Whether any offer that runs shows only what a person approved. */
  isReviewing: boolean;
  /** Something is on its way to shoppers. */
  publishing: boolean;
  timezone: string;
}
