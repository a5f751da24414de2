import type { MonthTotals } from "./month-totals.ts";
import type { ReplayedExample, ReplayTotals } from "./replay-orders.ts";
import type { Unanswered } from "./replayed-tests.ts";

/** How far a backtest is. */
export type BacktestStatus = "waiting" | "running" | "done" | "failed" | "cancelled";

/** Of the form in which outcomes are stored. Those of another form are tried again. */
export const BACKTEST_VERSION = 2;

/** What came out of a backtest, as it is stored. Times are milliseconds since 1970 UTC. */
export type BacktestOutcome =
  /** `gives-nothing`: no product of the catalogue carries the offer, or it lacks what it would give. */
  { readonly version: typeof BACKTEST_VERSION; readonly code: "no-orders" | "gives-nothing" } | ReplayedOutcome;

export interface ReplayedOutcome {
  readonly version: typeof BACKTEST_VERSION;
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
  /** Whether the offer changes prices, ships for free or gives store credit, or only shows products. */
  readonly givesSomething: boolean;
  /** Whether free delivery is the offer's, and no rate that the shop has anyway. */
  readonly paysShipping: boolean;
  /** Null where no store credit is given. */
  readonly credit: { readonly budgetMinor: number | null } | null;
}

/** Totals of a replay, as they are stored. */
export function replayedOutcome(
  { months, otherCurrencies, given, near }: ReplayTotals,
  allMonths: readonly number[],
  empty: MonthTotals,
  of: Pick<
    ReplayedOutcome,
    "currency" | "from" | "until" | "unanswered" | "givesSomething" | "paysShipping" | "credit"
  >,
): ReplayedOutcome {
  return {
    ...{ version: BACKTEST_VERSION, code: "replayed", ...of, otherCurrencies, given, near },
    months: allMonths.map((month) => ({ month, totals: months.get(month) ?? empty })),
  };
}
