import { type PublishedSplit, SLOTS, slotOf } from "../../domain.ts";

/** Experiment and arm, each by its number; experiment 0 is the holdout, of which arm 0 is shown nothing. */
export type Pair = readonly [experiment: number, arm: number];

/** Where a shopper belongs, by the unit's text: what `assign` of the domain says, from the form that is published. */
export function armsOf([, salt, holdoutSlots, experiments]: PublishedSplit, unit: string): Pair[] {
  const slot = (path: string) => slotOf(salt + "/" + path, unit);
  const isShown = slot("holdout") >= holdoutSlots;
  const pairs: Pair[] = holdoutSlots ? [[0, +isShown]] : [];
  for (const [number, layer, from, to, arms] of isShown ? experiments : []) {
    const place = slot("layer/" + layer);
    if (place < from || place >= to) continue;
    let all = 0;
    for (const [weight] of arms) all += weight;
    let left = slot("experiment/" + number) * all;
    pairs.push([number, arms.findIndex(([weight]) => (left -= weight * SLOTS) < 0)]);
  }
  return pairs;
}
