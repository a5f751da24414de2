import type { IncrementalView } from "./results-view.ts";

/** One day of the shop beside the day so many days before. Amounts in the smallest unit; null where nothing is known. */
export interface TrendStepView {
  /** "2026-11-21". */
  day: string;
  attributed: number;
  attributedBefore: number;
  averageOrder: number | null;
  averageOrderBefore: number | null;
  /** 0 to 1. */
  acceptance: number | null;
  acceptanceBefore: number | null;
}

/** How the last days went beside as many days before: the chart of the page "Home". See `docs/figures.md`. */
export interface TrendsView {
  currency: string;
  timezone: string;
  steps: TrendStepView[];
  incremental: IncrementalView;
  /** False where events cannot be read now, so that no acceptance is known. */
  hasEvents: boolean;
}
