import type { MonthTotals } from "./month-totals.ts";
import type { ReplayedExample, ReplayTotals } from "./replay-orders.ts";
import type { Unanswered } from "./replayed-tests.ts";

/** How far a backtest is. */
export type BacktestStatus = "waiting" | "running" | "done" | "failed" | "cancelled";

/** What came out of a backtest, as it is stored. Times are milliseconds since 1970 UTC. */
export type BacktestOutcome =
  /** `gives-nothing`: no product of the catalogue carries the offer, or it lacks what it would give. */
  { readonly version: 1; readonly code: "no-orders" | "gives-nothing" } | ReplayedOutcome;

export interface ReplayedOutcome {
  readonly version: 1;
  readonly code: "replayed";
  readonly currency: string;
  readonly from: number;
  readonly until: number;
  /** Ascending; every month from the first order to the last. `month` is 12 * year + month from 0. */
  readonly months: readonly { readonly month: number; readonly totals: MonthTotals }[];
  readonly otherCurrencies: number;
  readonly given: readonly ReplayedExample[];
  readonly near: readonly ReplayedExample[];
  readonly unanswered: readonly Unanswered[];
  /** Whether the offer changes prices or ships for free, or only shows products. */
  readonly changesPrices: boolean;
  /** Whether free delivery is the offer's, and no rate that the shop has anyway. */
  readonly paysShipping: boolean;
}

/** Totals of a replay, as they are stored. */
export function replayedOutcome(
  { months, otherCurrencies, given, near }: ReplayTotals,
  allMonths: readonly number[],
  empty: MonthTotals,
  of: Pick<ReplayedOutcome, "currency" | "from" | "until" | "unanswered" | "changesPrices" | "paysShipping">,
): ReplayedOutcome {
  return {
    ...{ version: 1, code: "replayed", ...of, otherCurrencies, given, near },
    months: allMonths.map((month) => ({ month, totals: months.get(month) ?? empty })),
  };
}
