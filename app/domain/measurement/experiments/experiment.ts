import type { Refusal } from "../../shape/field.ts";
import { refusalsOf } from "../../shape/known-parts.ts";
import { list, optional } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, integer, text } from "../../shape/values.ts";
import type { HidingArm } from "./published-split.ts";

/** `running`: shoppers are split. `ended`: they are not any more, and its figures stay. */
export const EXPERIMENT_STATUSES = ["draft", "running", "ended"] as const;
export type ExperimentStatus = (typeof EXPERIMENT_STATUSES)[number];

/** `nothing`: one offer with no offer in its place. `offers`: offers with each other, of which a shopper is shown one. */
export const COMPARED = ["nothing", "offers"] as const;

/** Offers that are compared with each other, at most. */
export const MOST_COMPARED = 4;

/** What staff decide about an experiment. */
export const experimentContent = shape(
  {
    /** For staff. */
    name: text({ longest: 100 }),
    compares: choice(COMPARED),
    /** Numbers of the offers, that of the control first. */
    offers: list(integer({ default: 1, min: 1, max: 2_147_483_647 }), { most: MOST_COMPARED }),
    /**
     * How many shoppers each arm gets, in relation to the others: one weight for each offer in their order, and where an
     * offer is compared with nothing, a second one for nothing.
     */
    weights: list(integer({ default: 1, min: 1, max: 100 }), { most: MOST_COMPARED }),
    /** How many of the shoppers who may take part do, in percent. */
    sharePercent: integer({ default: 100, min: 10, max: 100, unit: "percent" }),
    /** The difference in revenue per visitor to be found, in percent; null for what the shop can find in reasonable time. */
    differencePercent: optional(integer({ default: 10, min: 1, max: 100, unit: "percent" })),
  },
  contentRefusals,
);
export type ExperimentContent = ShapeValue<typeof experimentContent>;

/** A draft may lack offers; what it names must fit together. */
function contentRefusals(content: {
  readonly compares: (typeof COMPARED)[number];
  readonly offers: readonly number[];
  readonly weights: readonly number[];
}): Refusal[] {
  const arms = () => (content.compares === "nothing" ? 2 : content.offers.length);
  return refusalsOf(
    () => (new Set(content.offers).size < content.offers.length ? [{ path: "offers", code: "repeated" }] : []),
    () =>
      content.compares === "nothing" && content.offers.length > 1
        ? [{ path: "offers", code: "too-many", limit: 1 }]
        : [],
    () =>
      content.offers.length > 0 && content.weights.length !== arms()
        ? [{ path: "weights", code: "not-one-per-arm" }]
        : [],
  );
}

/**
 * The arms as shoppers are split. The first one is shown to whoever is not split: an offer that is compared with nothing
 * goes on being shown to them. Its name is the offer's number; "" for nothing.
 */
export function armsOf({ compares, offers, weights }: ExperimentContent): HidingArm[] {
  const shown = (offer: number, place: number): HidingArm => ({
    name: String(offer),
    weight: weights[place] ?? 1,
    hides: compares === "nothing" ? [] : offers.filter((other) => other !== offer),
  });
  const nothing: HidingArm = { name: "", weight: weights[1] ?? 1, hides: offers };
  return [...offers.map(shown), ...(compares === "nothing" ? [nothing] : [])];
}

/**
 * The places of {@link armsOf} in the order in which they are compared: that which the others are held against comes first.
 * An offer is held against nothing, so that what it earns reads as a gain.
 */
export function comparedPlaces(content: ExperimentContent): number[] {
  const places = armsOf(content).map((_, place) => place);
  return content.compares === "nothing" ? places.reverse() : places;
}
