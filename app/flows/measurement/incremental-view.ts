import { daysOfPeriod, type ReportPeriod } from "../../domain/time/report-days.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import {
  readIncremental,
  readIncrementalUpTo,
  type ReadIncremental,
} from "../../persistence/measurement/incremental.ts";
import type { IncrementalView } from "../../views/results-view.ts";
import type { IncrementalPointView } from "../../views/trends-view.ts";

/** The incremental revenue of a period (times in milliseconds since 1970 UTC), as pages show it. */
export async function readIncrementalView(
  tx: ShopTransaction,
  period: { from: number; to: number },
  currency: string,
): Promise<IncrementalView> {
  const [from, to] = [new Date(period.from), new Date(period.to)];
  return incrementalView(await readIncremental(tx, { from, to, currency }), from, currency);
}

/** The incremental revenue of a period, and how it came to be. */
export interface IncrementalByDay {
  /** Of the whole period. */
  readonly whole: IncrementalView;
  /** From the period's first day up to the end of each day; null where that is not known, and after the last measurement. */
  readonly days: readonly (IncrementalPointView | null)[];
  /** When visitors and orders were last gathered; null for never. */
  readonly measuredAt: Date | null;
}

/**
 * {@link readIncrementalView} of a period, and of the part of it that each of its days ends.
 *
 * @param until Nothing after it counts.
 */
export async function readIncrementalByDay(
  tx: ShopTransaction,
  period: ReportPeriod,
  { currency, timezone }: { currency: string; timezone: string },
  until = period.to,
): Promise<IncrementalByDay> {
  const begins = daysOfPeriod(period, timezone).map(({ from }) => from);
  const from = new Date(period.from);
  const ends = [...begins.slice(1), period.to].map((end) => new Date(Math.max(period.from, Math.min(end, until))));
  const { incremental, since, measuredAt } = await readIncrementalUpTo(tx, { from, ends, currency });
  const views = incremental.map((one) => incrementalView({ incremental: one, since }, from, currency));
  const whole = views.at(-1)!;
  const counted = measuredAt === null ? -Infinity : Math.min(measuredAt.getTime(), until);
  const measured = begins.filter((begin) => begin < counted).length;
  // What is known on the day of the last measurement is all that is known of the period.
  const days = views.map((view, day) => (day < measured - 1 ? pointOf(view) : day < measured ? pointOf(whole) : null));
  return { whole, days, measuredAt };
}

function pointOf(view: IncrementalView): IncrementalPointView | null {
  if (view.kind !== "estimate") return null;
  const { estimate, low, high } = view;
  return { estimate: estimate.amountMinor, low: low.amountMinor, high: high.amountMinor };
}

function incrementalView(
  { incremental, since }: Pick<ReadIncremental, "incremental" | "since">,
  from: Date,
  currency: string,
): IncrementalView {
  const money = (minor: number) => ({ amountMinor: Math.round(minor), currency });
  switch (incremental.kind) {
    case "not-enough": {
      const { buyers, daysLeft } = incremental;
      return { kind: "not-enough", buyers: Math.min(buyers.holdout, buyers.shown), daysLeft };
    }
    case "estimate": {
      const { estimateMinor, interval, units, perVisitor } = incremental;
      return {
        ...{ kind: "estimate", shown: units.shown, heldOut: units.holdout },
        ...{ estimate: money(estimateMinor), low: money(interval.low), high: money(interval.high) },
        ...{ perShown: money(perVisitor.shown), perHeldOut: money(perVisitor.holdout) },
        since: since !== null && since > from ? since.toISOString() : null,
      };
    }
    default:
      return { kind: incremental.kind };
  }
}
