import type { Segment } from "../domain/shoppers/shopper.ts";
import type { SegmentUse } from "../domain/offers/segment-use.ts";

/** What the page "How suggestions are ranked" shows. Shares are 0 to 1. */

/** How one ranking did on the held-out orders, or on one slice of them. */
export interface RankingFiguresView {
  /** Held-out orders that were asked about. */
  orders: number;
  /** Share of them whose missing product stood among the first four, and among the first ten. */
  hitRate4: number;
  hitRate10: number;
  /** As `hitRate10`, but a place further down counts for less: 1 / log2(place + 1). */
  ndcg10: number;
}

export interface RankerScoreView {
  /** A ranker's code, as `RankingName`; one of an earlier version may be among them. */
  name: string;
  /** For a known customer: whether their own history counts. Null where it is not the question. */
  history: "without" | "with" | null;
  chosen: boolean;
  overall: RankingFiguresView;
  /** The oldest orders first. */
  slices: RankingFiguresView[];
}

export type RankingSurface = "cart" | "page" | "customer";
export type RankingReason =
  "clearly-better-than-simpler-ones" | "nothing-was-clearly-better" | "the-best-cannot-be-published" | "too-few-orders";

export interface SurfaceRankingView {
  surface: RankingSurface;
  winner: string;
  reason: RankingReason;
  /** In the order in which they were tried, the simplest first; empty where there were too few orders to measure. */
  rankers: RankerScoreView[];
}

/** What known customers' own histories add to the published lists at checkout, and whether they count there. */
export interface HistoryView {
  use: "in-use" | "switched-off" | "no-gain" | "not-measured";
  /** Of held-out orders of known customers, with the published lists alone and with the histories. */
  hitRate4OfLists: number;
  hitRate4WithHistory: number;
}

/** Whether browsing adds to the lists of one surface. Shares are of held-out orders, as `hitRate4`. */
export interface BrowsingTrialView {
  surface: "page" | "cart" | "new-products";
  verdict: "in-use" | "no-gain" | "too-few-orders";
  orders: number;
  hitRate4Without: number;
  hitRate4With: number;
}

/** Whether what shoppers browse is used, and why. `no-visits`: none is known yet. */
export interface BrowsingView {
  use: "in-use" | "no-gain" | "too-few-visits" | "too-few-orders" | "no-visits";
  visits: number;
  /** Visits before the orders that it was tried on, and how many of those there have to be. */
  earlierVisits: number;
  neededVisits: number;
  /** The first and the last day (UTC) that visits are known of; null without visits. */
  period: { from: string; to: string } | null;
  /** Empty where nothing was tried. */
  trials: BrowsingTrialView[];
}

/** Whether shoppers of one segment find more with lists of their own. Shares are of questions, as `hitRate4`. */
export interface SegmentView extends Segment {
  /** What becomes of the lists of one that gains by them, or why there are none. */
  verdict: SegmentUse | "no-gain" | "too-few-orders";
  heldOutOrders: number;
  hitRate4OfAll: number;
  hitRate4OfSegment: number;
}

/** `never` before the first complete run; `not-measured` where the last one left no figures that can be read. */
export interface RankingView {
  status: "never" | "not-measured" | "measured";
  finishedAt: string | null;
  timezone: string;
  learningOrders: number;
  heldOutOrders: number;
  surfaces: SurfaceRankingView[];
  history: HistoryView;
  browsing: BrowsingView;
  /** Empty where there was nothing to tell apart, or nothing was tried. */
  segments: SegmentView[];
  /** What is lost by publishing short lists instead of the whole model; null where it could not be measured. */
  published: { hitRate10: number; hitRate10OfModel: number } | null;
}
