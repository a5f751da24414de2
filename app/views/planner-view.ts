import type { ComparisonName } from "../domain/measurement/experiments/planner-query.ts";
import type { MoneyView } from "./money-view.ts";

/** What the page "Experiments" shows: how long an A/B test would take. Shares are 0 to 1. */
export interface PlannerView {
  comparison: ComparisonName;
  /** Days of the past that the plan is made from: fewer in a young shop. */
  pastDays: number;
  /** Buyers of the online store in these days, a customer counted once. */
  pastBuyers: number;
  plan: PlanView | null;
  /** Buyers that a plan needs. */
  neededBuyers: number;
}

export interface PlanView {
  /** The difference in revenue per visitor that is asked for, in percent of the control's. */
  percent: number;
  /** Whole weeks until the difference is found; null where it takes longer than the curve goes. */
  weeks: number | null;
  /** Buyers of all arms together in that time. */
  buyers: number | null;
  buyersPerDay: number;
  /** What one buyer spent on average, up to the cap. */
  meanSpent: MoneyView;
  /** Up to what amount one buyer's spending counts; null for no cap. */
  cap: MoneyView | null;
  /** After so many weeks, the smallest difference that is found; one for each week, from the first. */
  curve: { weeks: number; difference: number }[];
}
