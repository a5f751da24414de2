import { type AddAnswer, type AjaxCart, variantOf } from "./ajax-cart.ts";

/** What other code on the page reads as the sender of our events. */
export const SOURCE = "tsuide";

/** One line to add. */
export interface CartItem {
  /** Number of the variant. */
  readonly id: number;
  readonly quantity: number;
  readonly properties?: Readonly<Record<string, string>>;
  /** Number of the selling plan; absent for what is bought once. */
  readonly selling_plan?: number | undefined;
}

/** It is in the cart, but for what `missing` names. */
export const ADDED = 1;
/** Nothing was added, and `message` is the shop's reason, absent where it gave none. This and what is above it is no success. */
export const REFUSED = 2;
/** The answer was lost and the cart cannot be read. */
export const UNKNOWN = 3;

/** What became of an addition. */
export interface Outcome {
  readonly kind: typeof ADDED | typeof REFUSED | typeof UNKNOWN;
  /** As it is after the addition, where it could be read. */
  readonly cart?: AjaxCart | null;
  /** Ids of variants that are not in the cart. */
  readonly missing?: readonly string[];
  /** Only where it was refused. */
  readonly message?: string | undefined;
}

/** What a request to add lines came to. */
export interface RequestResult {
  readonly answer: AddAnswer | null;
  readonly cart: AjaxCart | null;
  readonly outcome: Outcome;
}

/** A line in the words of Shopify's standard events and actions. */
export const announced = ({ id, quantity }: CartItem) => ({
  merchandiseId: `gid://shopify/ProductVariant/${id}`,
  quantity,
});

/** Compares what was wanted with the lines that are there, as far as they are known. */
export function judge(
  items: readonly CartItem[],
  lines: AjaxCart["items"] | undefined,
  cart: AjaxCart | null,
): Outcome {
  const there = lines?.map(variantOf);
  const missing = items.map(({ id }) => String(id)).filter((id) => !there?.includes(id));
  const kind = there ? (missing[items.length - 1] ? REFUSED : ADDED) : UNKNOWN;
  return { kind, missing, cart };
}
