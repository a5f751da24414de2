import { gid, type ProductId } from "../../../ids.ts";
import type { EvidenceGrade } from "../../../mining/evidence/association.ts";
import type { LearntCompanion } from "../../../mining/lists/learnt-lists.ts";
import type { SegmentCompanion } from "../../../mining/segments/segment.ts";
import type { MinedCompanion } from "./choose-companions.ts";
import type { CompanionEvidence } from "./chosen-offer.ts";

/** A companion of the product's own list as a candidate for the default list; none where no ranking lists it. */
export function ofOwnList(evidence: CompanionEvidence): MinedCompanion[] {
  const { listed, place } = evidence;
  if (listed === null || place === null) return [];
  return [candidate(evidence, { place, weight: listed.weight, source: sourceOf(evidence.grade, listed) })];
}

/** A companion of a segment's list as a candidate. It passes the same gates: its evidence is that of all orders. */
export function ofSegmentList(
  evidence: CompanionEvidence,
  { weight }: SegmentCompanion,
  place: number,
): MinedCompanion {
  return candidate(evidence, { place, weight, source: "mined" });
}

function candidate(
  { product, grade, listed, season, limit }: CompanionEvidence,
  { place, weight, source }: { place: number; weight: number; source: MinedCompanion["source"] },
): MinedCompanion {
  const substitute = listed !== null && listed.insteadOf !== null;
  return {
    product,
    score: season.factor / (1 + place),
    weight: Math.min(1, weight * season.factor),
    grade,
    source,
    withheld: substitute ? "substitute" : season.resting ? "out-of-season" : limit,
    nearIdenticalTo: nearIdenticalTo(listed),
  };
}

/** A viewed companion whose own orders support it by now is a mined one. */
function sourceOf(grade: EvidenceGrade, { placedBy }: LearntCompanion): MinedCompanion["source"] {
  if (placedBy === "similar") return "similar";
  return placedBy === "viewed" && grade === "thin" ? "viewed" : "mined";
}

/** The earlier companion of the list that this one hardly differs from; null for none. */
export function nearIdenticalTo(listed: LearntCompanion | null): ProductId | null {
  return listed === null || listed.nearIdenticalTo === null ? null : gid("Product", listed.nearIdenticalTo);
}
