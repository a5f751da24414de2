import { SLOTS } from "./slot.ts";

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
