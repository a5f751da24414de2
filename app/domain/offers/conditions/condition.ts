import type { CollectionId, ProductId } from "../../ids.ts";
import type { Refusal } from "../../shape/field.ts";
import type { Shape } from "../../shape/shape.ts";

/** Who can tell whether a condition holds: the server when it publishes, or one of the surfaces for each shopper. */
export type Evaluator = "server" | "liquid" | "function" | "checkout";

/** What the catalogue says of the product that an offer would be shown with. */
export interface ProductFacts {
  readonly id: ProductId;
  readonly collections: readonly CollectionId[];
  readonly tags: readonly string[];
  readonly vendor: string;
  readonly productType: string;
  /** Whether it can be subscribed to. */
  readonly hasSellingPlans: boolean;
  /** Whether it is made of other products. Absent for no. */
  readonly isBundle?: boolean;
}

/** What is known where conditions are evaluated; null for what is not known there. */
export interface ConditionFacts {
  readonly product: ProductFacts | null;
}

/** One kind of condition. Its arguments are declared once: storage, validation and form follow from them. */
export interface Condition<Args> {
  readonly evaluatedBy: readonly Evaluator[];
  readonly args: Shape<Args>;
  /** What keeps the arguments from meaning anything, beside what the shape refuses. */
  incomplete(args: Args): readonly Refusal[];
  /** Null where the facts do not tell. */
  holds(args: Args, facts: ConditionFacts): boolean | null;
}

/** Refuses an empty list: a condition that nothing meets is a slip, not a wish. */
export function someOf(path: string, values: readonly unknown[]): Refusal[] {
  return values.length === 0 ? [{ path, code: "too-few", limit: 1 }] : [];
}

/** Whether a text is one of a list's, whatever the case of its letters: as Shopify compares tags and vendors. */
export function isOneOf(texts: readonly string[], text: string): boolean {
  const folded = text.toLowerCase();
  return texts.some((one) => one.toLowerCase() === folded);
}
