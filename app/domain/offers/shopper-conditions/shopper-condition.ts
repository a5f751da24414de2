import type { Refusal } from "../../shape/field.ts";
import type { Shape } from "../../shape/shape.ts";
import type { SurfaceName } from "../surface.ts";

/**
 * Who evaluates conditions on shoppers: the theme on product pages (`theme`), the theme in the cart (`cart`), the discount
 * Function, and the extension in checkout and on the thank-you page.
 */
export const READERS = ["theme", "cart", "discount", "checkout"] as const;
export type Reader = (typeof READERS)[number];

/**
 * Where each of them shows offers. The discount Function shows nothing, and knows every condition that an offer with a
 * discount can have.
 */
export const READER_SURFACES: Readonly<Record<Reader, readonly SurfaceName[]>> = {
  theme: ["product"],
  cart: ["cart"],
  discount: [],
  checkout: ["checkout", "thank-you"],
};

/**
 * Whether a reader knows what a condition asks for: always, as it was when the page was opened, or not at all. What a
 * reader cannot know it does not show.
 */
export type Knowledge = "yes" | "when-opened" | "no";

/** One kind of condition on shoppers. Its arguments are declared once: storage, validation and form follow from them. */
export interface ShopperCondition<Args> {
  readonly knownTo: Readonly<Record<Reader, Knowledge>>;
  readonly args: Shape<Args>;
  /** What keeps the arguments from meaning anything, beside what the shape refuses. */
  incomplete(args: Args): readonly Refusal[];
  /** The condition as it is published: one test of the grammar in `pricing/rules.ts`. */
  test(args: Args): string;
}

/** Known to every reader at any time. */
export const ALWAYS_KNOWN: ShopperCondition<never>["knownTo"] = {
  ...{ theme: "yes", cart: "yes", discount: "yes", checkout: "yes" },
};
/** Checkout extensions do not know for sure whether a customer is logged in. */
export const NOT_IN_CHECKOUT: ShopperCondition<never>["knownTo"] = {
  ...{ theme: "yes", cart: "yes", discount: "yes", checkout: "no" },
};

/** A list as tests write it; `none` reverses it. */
export function listTest(letter: string, matches: "any" | "none", values: readonly string[]): string {
  return `${matches === "none" ? "!" : ""}${letter}${[...new Set(values)].sort().join(".")}`;
}

/** Refuses what is in a list and is no code of its kind. */
export function codeRefusals(path: string, values: readonly string[], code: RegExp, refusal: string): Refusal[] {
  if (values.length === 0) return [{ path, code: "too-few", limit: 1 }];
  return values.every((one) => code.test(one)) ? [] : [{ path, code: refusal }];
}
