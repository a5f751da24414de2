/** A figure as the merchant wrote it: 1.2 with "l", 300 with null. */
export interface Amount {
  readonly amount: number;
  readonly unit: string | null;
}

/** What can be set side by side of two products, in the merchant's own words. */
export type ProductAttribute =
  /** Something that shoppers choose, with its values in the merchant's order. */
  | { readonly kind: "option"; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: "text"; readonly name: string; readonly values: readonly string[] }
  | ({ readonly kind: "amount"; readonly name: string } & Amount)
  | { readonly kind: "rating"; readonly name: string; readonly rating: number; readonly outOf: number }
  | { readonly kind: "flag"; readonly name: string; readonly is: boolean };

export const MOST_ATTRIBUTES = 20;
/** Of an option or a list. */
const MOST_VALUES = 20;
/** Of a name, a value or a unit, in characters. */
const LONGEST = 100;

/** The attributes that are kept of those that were read: one of a name, the first, without empty ones; at most twenty. */
export function keptAttributes(read: readonly ProductAttribute[]): ProductAttribute[] {
  const kept = new Map<string, ProductAttribute>();
  for (const attribute of read) {
    const name = shortText(attribute.name);
    if (name === "" || kept.has(name) || kept.size === MOST_ATTRIBUTES) continue;
    const bounded = boundedValue(attribute);
    if (bounded !== null) kept.set(name, { ...bounded, name });
  }
  return [...kept.values()];
}

/** Attributes as they are stored. What this version does not understand is left out; everything, where it is no list. */
export function parseAttributes(stored: unknown): ProductAttribute[] {
  return keptAttributes(Array.isArray(stored) ? stored.map(understood).filter((one) => one !== null) : []);
}

/** Text on one line, without control characters, cut to so many characters. */
export function shortText(text: string, longest = LONGEST): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  // One character more than fit, whatever they are: each is one or two code units.
  const characters = [...line.slice(0, 2 * (longest + 1))];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join("")}…`;
}

function boundedValue(attribute: ProductAttribute): ProductAttribute | null {
  if (attribute.kind === "option" || attribute.kind === "text") {
    const values = new Set(attribute.values.map((value) => shortText(value)).filter((value) => value !== ""));
    return values.size === 0 ? null : { ...attribute, values: [...values].slice(0, MOST_VALUES) };
  }
  if (attribute.kind === "amount") {
    const unit = shortText(attribute.unit ?? "");
    return Number.isFinite(attribute.amount) ? { ...attribute, unit: unit === "" ? null : unit } : null;
  }
  if (attribute.kind === "rating") {
    const { rating, outOf } = attribute;
    return rating >= 0 && rating <= outOf && Number.isFinite(outOf) ? attribute : null;
  }
  return attribute;
}

function understood(value: unknown): ProductAttribute | null {
  if (typeof value !== "object" || value === null) return null;
  const { kind, name, values, amount, unit, rating, outOf, is } = value as Record<string, unknown>;
  if (typeof name !== "string") return null;
  if ((kind === "option" || kind === "text") && Array.isArray(values)) {
    return { kind, name, values: values.filter((one) => typeof one === "string") };
  }
  if (kind === "amount" && typeof amount === "number") {
    return { kind, name, amount, unit: typeof unit === "string" ? unit : null };
  }
  if (kind === "rating" && typeof rating === "number" && typeof outOf === "number") {
    return { kind, name, rating, outOf };
  }
  return kind === "flag" && typeof is === "boolean" ? { kind, name, is } : null;
}
