import { SLOTS, slotOf } from "./slot.ts";
import { type Unit, unitText } from "./unit.ts";

/** Slots from `from` up to and without `to`. */
export interface SlotRange {
  readonly from: number;
  readonly to: number;
}

/** One thing that is compared: what the control shows, or a variant. */
export interface Arm {
  readonly name: string;
  /** Its part of the experiment's shoppers, in relation to the other arms' weights. A whole number from 1. */
  readonly weight: number;
}

/**
 * An experiment that runs. Experiments of one layer have ranges that do not overlap, so that a shopper takes part in at
 * most one of them; layers are independent of each other, so that a shopper may take part in one of each (Tang, Agarwal,
 * O'Brien & Meyer, KDD 2010). The first arm is the control.
 */
export interface RunningExperiment {
  readonly id: string;
  readonly layer: string;
  readonly range: SlotRange;
  readonly arms: readonly Arm[];
}

/** How a shop's shoppers are split. */
export interface Split {
  /** Known to no other shop, so that shops split independently. */
  readonly shopSalt: string;
  /** Slots of shoppers who are shown no offer; 0 for no holdout. */
  readonly holdoutSlots: number;
  readonly experiments: readonly RunningExperiment[];
}

/** 5 %. */
export const DEFAULT_HOLDOUT_SLOTS = 500;

export type Assignment =
  | { readonly kind: "holdout" }
  /** Shown offers. `arms`: per experiment that the shopper takes part in, the place of their arm. */
  | { readonly kind: "shown"; readonly arms: ReadonlyMap<string, number> };

/**
 * Where a shopper belongs. The same for the same unit as long as the split stays; an experiment that starts or ends moves
 * nobody in another one. A larger holdout keeps all who were in it.
 */
export function assign(unit: Unit, { shopSalt, holdoutSlots, experiments }: Split): Assignment {
  const id = unitText(unit);
  if (slotOf(`${shopSalt}/holdout`, id) < holdoutSlots) return { kind: "holdout" };
  const arms = new Map<string, number>();
  for (const experiment of experiments) {
    const slot = slotOf(`${shopSalt}/layer/${experiment.layer}`, id);
    if (slot < experiment.range.from || slot >= experiment.range.to) continue;
    arms.set(experiment.id, armOfSlot(slotOf(`${shopSalt}/experiment/${experiment.id}`, id), experiment.arms));
  }
  return { kind: "shown", arms };
}

/** The arm of a slot: each arm has as many slots as its weight gives it, to less than one slot. */
export function armOfSlot(slot: number, arms: readonly Arm[]): number {
  const all = arms.reduce((sum, { weight }) => sum + weight, 0);
  let upTo = 0;
  for (const [place, { weight }] of arms.entries()) {
    upTo += weight;
    if (slot * all < upTo * SLOTS) return place;
  }
  throw new Error("No slot lies beyond the last arm");
}

/**
 * A range for a new experiment of a layer: the first gap that is large enough. Ranges of running experiments never move.
 * Refused with the largest size that would have been given.
 */
export function placeInLayer(
  taken: readonly SlotRange[],
  slots: number,
): { readonly range: SlotRange } | { readonly code: "layer-full"; readonly largest: number } {
  let from = 0;
  let largest = 0;
  for (const next of [...taken].sort((a, b) => a.from - b.from).concat({ from: SLOTS, to: SLOTS })) {
    if (next.from - from >= slots) return { range: { from, to: from + slots } };
    largest = Math.max(largest, next.from - from);
    from = Math.max(from, next.to);
  }
  return { code: "layer-full", largest };
}
