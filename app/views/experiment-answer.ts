/**
 * What became of a change by staff. `stale`: somebody changed the experiment since it was read, and nothing was changed.
 * `not-possible`: it has another status by now.
 */
export type ExperimentAnswer =
  | { readonly code: "saved"; readonly number: number; readonly version: number }
  | { readonly code: "deleted" | "stale" | "not-found" | "not-possible" | "too-many" }
  | { readonly code: "invalid"; readonly errors: Readonly<Record<string, string>> }
  | { readonly code: "refused"; readonly refusal: StartRefusal };

/** Why an experiment cannot be started. `offers` are numbers. */
export type StartRefusal =
  | { readonly reason: "few-offers" | "split-full" }
  /** `offers`: those whose discount cannot be given to one arm alone. */
  | { readonly reason: "discounts-differ"; readonly offers: readonly number[] }
  | { readonly reason: "for-campaigns"; readonly offers: readonly number[] }
  | { readonly reason: "offers-not-shown"; readonly offers: readonly number[] }
  /** One is in several experiments that run, which cannot make room for it together. */
  | { readonly reason: "offers-busy"; readonly experiments: readonly number[] }
  /** Experiments with the same offers take all shoppers but so many percent. */
  | { readonly reason: "shoppers-busy"; readonly experiments: readonly number[]; readonly largestPercent: number }
  | { readonly reason: "few-buyers"; readonly buyers: number; readonly needed: number };
