import { parseGid, type ProductId, type VariantId } from "../../ids.ts";

/** A variant of a product, and another one of it in its place. */
export type VariantStep = `${VariantId}>${VariantId}`;
/** What a decision about an upgrade names: another product, a variant in place of a certain one, or of any. */
export type Candidate = ProductId | VariantId | VariantStep;

/** The candidate in a text, as {@link Candidate} writes it; null for anything else. */
export function parseCandidate(text: string): Candidate | null {
  const [one = "", other, ...more] = text.split(">");
  if (other === undefined) return parseGid("Product", one) ?? parseGid("ProductVariant", one);
  const [from, to] = [parseGid("ProductVariant", one), parseGid("ProductVariant", other)];
  return from === null || to === null || more.length > 0 ? null : `${from}>${to}`;
}
