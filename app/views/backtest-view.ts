import type { BacktestOutcome, BacktestStatus, ReplayedOutcome } from "../domain/backtest/backtest-outcome.ts";
import type { ReplayedExample } from "../domain/backtest/replay-orders.ts";

/** An order as an example, with what the merchant calls it. */
export interface ExampleView extends Omit<ReplayedExample, "miss"> {
  readonly name: string;
  /** What it lacked: the title is that of the product, empty where it is gone. */
  readonly miss:
    | { readonly short: "unit" | "product"; readonly title: string }
    | { readonly short: "amount"; readonly amountMinor: number }
    | null;
}

/** What a page shows of a backtest. */
export interface BacktestView {
  readonly digest: string;
  readonly shop: { readonly domain: string; readonly timezone: string };
  readonly status: BacktestStatus;
  readonly ordersDone: number;
  /** Null before it is known. */
  readonly ordersTotal: number | null;
  /** ISO time; null as long as it has not ended. */
  readonly finishedAt: string | null;
  /** Null unless it is done. */
  readonly outcome:
    | Exclude<BacktestOutcome, ReplayedOutcome>
    | (Omit<ReplayedOutcome, "given" | "near"> & {
        readonly given: readonly ExampleView[];
        readonly near: readonly ExampleView[];
      })
    | null;
}
