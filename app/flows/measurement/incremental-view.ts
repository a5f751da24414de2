import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readIncremental } from "../../persistence/measurement/incremental.ts";
import type { IncrementalView } from "../../views/results-view.ts";

/** The incremental revenue of a period (times in milliseconds since 1970 UTC), as pages show it. */
export async function readIncrementalView(
  tx: ShopTransaction,
  period: { from: number; to: number },
  currency: string,
): Promise<IncrementalView> {
  const [from, to] = [new Date(period.from), new Date(period.to)];
  const { incremental, since } = await readIncremental(tx, { from, to, currency });
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
