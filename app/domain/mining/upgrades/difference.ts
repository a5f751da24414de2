import type { Amount } from "../../catalogue/attribute.ts";
import type { Measure } from "./measured-size.ts";

/** What an attribute is: the merchant's words, one or several, or a figure. */
export type AttributeValue = readonly string[] | Amount;

/**
 * One thing that is different about the dearer product, in the merchant's words: what it has more, or, of `attribute`
 * and `vendor`, what it merely has instead.
 */
export type Difference =
  /** So many times larger; both sizes as they are written. */
  | {
      readonly code: "size";
      readonly measure: Measure;
      readonly times: number;
      readonly from: string;
      readonly to: string;
    }
  /** Another value, or one where the other has none. */
  | {
      readonly code: "attribute";
      readonly name: string;
      readonly from: AttributeValue | null;
      readonly to: AttributeValue;
    }
  /** The other is known not to be so, or nothing is known of it. */
  | { readonly code: "gained"; readonly name: string }
  /** What shoppers can choose and cannot of the other: all values where `more` is false, else those that are added. */
  | { readonly code: "choice"; readonly name: string; readonly values: readonly string[]; readonly more: boolean }
  | {
      readonly code: "rating";
      readonly name: string;
      readonly from: number;
      readonly to: number;
      readonly outOf: number;
    }
  | { readonly code: "benefit"; readonly tag: string }
  | { readonly code: "fewer-returns"; readonly from: number; readonly to: number }
  | { readonly code: "vendor"; readonly from: string; readonly to: string };

/** A difference and how telling it is: the lower, the more. */
export interface Ranked {
  readonly rank: number;
  readonly difference: Difference;
}

/** What is more comes before what is merely other, then what only one of them says, then what is less. */
export const RANK = {
  ...{ size: 0, higher: 1, gained: 2, choice: 3, rating: 4, returns: 5 },
  ...{ other: 6, added: 7, lower: 8, benefit: 9, vendor: 10 },
} as const;
