import { hashOf } from "../../shoppers/hash.ts";
import { HOLDOUT_NUMBER, type PublishedArm, type PublishedSplit } from "./published-split.ts";
import { SLOTS } from "./slot.ts";

/** Experiment and arm, each by its number; experiment 0 is the holdout, of which arm 0 is shown nothing. */
export type Pair = readonly [experiment: number, arm: number];

/**
 * Where a shopper belongs, by the text of their unit. The same for the same unit as long as the split stays; an experiment
 * that starts or ends moves nobody in another one, and a larger holdout keeps all who were in it. Who is held out takes
 * part in no experiment.
 */
export function assignedArms(split: PublishedSplit, unit: string): Pair[] {
  return pairsOf(split, unit, armOfSlot);
}

/** The same where an arm is found in another way. The script in the page runs this, so it is short. */
export function pairsOf(
  [, salt, holdoutSlots, experiments]: PublishedSplit,
  unit: string,
  armOf: (slot: number, arms: readonly PublishedArm[]) => number,
): Pair[] {
  const slot = (path: string) => hashOf(salt + "/" + path, unit) % SLOTS;
  const isShown = slot("holdout") >= holdoutSlots;
  const pairs: Pair[] = holdoutSlots ? [[HOLDOUT_NUMBER, +isShown]] : [];
  for (const [number, layer, from, to, arms] of isShown ? experiments : []) {
    const place = slot("layer/" + layer);
    if (place >= from && place < to) pairs.push([number, armOf(slot("experiment/" + number), arms)]);
  }
  return pairs;
}

/** The arm of a slot: each arm has as many slots as its weight gives it, to less than one slot. */
export function armOfSlot(slot: number, arms: readonly PublishedArm[]): number {
  return armBefore(slot, withEnds(arms));
}

/**
 * Arms with the slot that each ends before in place of its weight, so that nobody has to add up weights. Pages carry them
 * like this: `tsuide-split.liquid` counts in the same way.
 */
export function withEnds(arms: readonly PublishedArm[]): PublishedArm[] {
  const all = arms.reduce((sum, [weight]) => sum + weight, 0);
  let sum = 0;
  return arms.map(([weight, hides]) => {
    sum += weight;
    return [Math.ceil((sum * SLOTS) / all), hides];
  });
}

/** The arm of a slot among arms {@link withEnds}. */
export const armBefore = (slot: number, arms: readonly PublishedArm[]) => arms.findIndex(([end]) => slot < end);
