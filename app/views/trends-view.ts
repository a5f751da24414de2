import type { IncrementalView } from "./results-view.ts";

/** One day of the shop beside the day so many days before. Amounts in the smallest unit; null where nothing is known. */
export interface TrendStepView {
  /** "2026-11-21". */
  day: string;
  attributed: number;
  attributedBefore: number;
  /** From the first of the days up to this one, as of the last measurement. */
  incremental: IncrementalPointView | null;
  incrementalBefore: IncrementalPointView | null;
  averageOrder: number | null;
  averageOrderBefore: number | null;
  /** 0 to 1. */
  acceptance: number | null;
  acceptanceBefore: number | null;
}

/** Incremental revenue with its interval, in the smallest unit. */
export interface IncrementalPointView {
  estimate: number;
  low: number;
  high: number;
}

/** How the last days went beside as many days before: the chart of the page "Home". See `docs/figures.md`. */
export interface TrendsView {
  currency: string;
  timezone: string;
  /** The last one is today, which is not over. */
  steps: TrendStepView[];
  incremental: IncrementalView;
  incrementalBefore: IncrementalView;
  /** Up to when the days before count, an ISO time of the last of them: the time of day that it is now. */
  beforeUpTo: string;
  /** When visitors and orders of incremental revenue were last gathered, an ISO time; null for never. */
  measuredAt: string | null;
  /** False where events cannot be read now, so that no acceptance is known. */
  hasEvents: boolean;
}
