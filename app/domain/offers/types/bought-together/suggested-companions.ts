import { LISTED_COMPANIONS } from "../../../shoppers/list-lengths.ts";
import type { Considered, SuggestedCompanions } from "./chosen-offer.ts";
import { nearIdenticalTo } from "./mined-companion.ts";

/**
 * The companions with at least fair evidence, in season and not bought instead of the product, best first; one of
 * near-identical ones. What people decided about them does not count, and nobody is asked yet. Null where there is none.
 */
export function suggestedOf(considered: readonly Considered[]): SuggestedCompanions | null {
  const worthy = considered
    .filter(({ grade, listed, season }) => grade !== "thin" && listed?.insteadOf === null && !season.resting)
    .toSorted((a, b) => a.place! - b.place!);
  if (worthy.length === 0) return null;
  const looks = worthy.map(({ product, listed }) => nearIdenticalTo(listed) ?? product);
  const different = worthy.filter((_, n) => looks.indexOf(looks[n]!) === n);
  return {
    companions: different.slice(0, LISTED_COMPANIONS).map(({ product }) => product),
    proposed: [],
    grade: worthy.some(({ grade }) => grade === "strong") ? "strong" : "fair",
  };
}
