import type { FailingOffer } from "../../persistence/offers/failing-offers.ts";
import type { FailingView } from "../../views/failing-view.ts";

/** What pages show of an offer that was found to fail; null for any other. */
export function failingView(found: FailingOffer | undefined): FailingView | null {
  if (found === undefined) return null;
  const { failing, paused, foundAt, settledAt } = found;
  return { failing, paused, foundAt: foundAt.toISOString(), settled: settledAt !== null };
}
