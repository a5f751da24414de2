import { HOLDOUT_NUMBER, type PublishedArm, type PublishedSplit } from "./published-split.ts";
import { SLOTS, slotOf } from "./slot.ts";

/** Experiment and arm, each by its number; experiment 0 is the holdout, of which arm 0 is shown nothing. */
export type Pair = readonly [experiment: number, arm: number];

/**
 * Where a shopper belongs, by the text of their unit. The same for the same unit as long as the split stays; an experiment
 * that starts or ends moves nobody in another one, and a larger holdout keeps all who were in it. Who is held out takes
 * part in no experiment. The script in the page runs this, so it is short.
 */
export function assignedArms([, salt, holdoutSlots, experiments]: PublishedSplit, unit: string): Pair[] {
  const slot = (path: string) => slotOf(salt + "/" + path, unit);
  const isShown = slot("holdout") >= holdoutSlots;
  const pairs: Pair[] = holdoutSlots ? [[HOLDOUT_NUMBER, +isShown]] : [];
  for (const [number, layer, from, to, arms] of isShown ? experiments : []) {
    const place = slot("layer/" + layer);
    if (place >= from && place < to) pairs.push([number, armOfSlot(slot("experiment/" + number), arms)]);
  }
  return pairs;
}

/** The arm of a slot: each arm has as many slots as its weight gives it, to less than one slot. */
export function armOfSlot(slot: number, arms: readonly PublishedArm[]): number {
  let all = 0;
  for (const [weight] of arms) all += weight;
  let left = slot * all;
  return arms.findIndex(([weight]) => (left -= weight * SLOTS) < 0);
}
