import type { BareId } from "../ids.ts";

/**
 * What is worth a call to Shopify. Lists are learnt again seconds after an order, and nearly every weight moves a
 * little each time: sending all of it would spend the shop's whole budget of calls on what no shopper can notice.
 */

/** Share by which a weight may have moved before it is published again. */
export const MATERIAL_MOVE = 0.1;

interface Weighted {
  readonly product: BareId;
  readonly weight: number;
}

/** Whether two figures differ by more than a share of the larger: |a - b| > share * max(a, b). */
export function differsBy(share: number, a: number, b: number): boolean {
  return Math.abs(a - b) > share * Math.max(a, b);
}

/** Whether the weights moved by more than a tenth of their sum in all; what is absent weighs nothing. */
export function haveWeightsMoved(
  before: readonly Weighted[],
  after: readonly Weighted[],
  sum = Math.max(sumOfWeights(before), sumOfWeights(after)),
): boolean {
  const [old, now] = [weightsOf(before), weightsOf(after)];
  let moved = 0;
  for (const product of new Set([...old.keys(), ...now.keys()])) {
    moved += Math.abs((now.get(product) ?? 0) - (old.get(product) ?? 0));
  }
  return moved > MATERIAL_MOVE * sum;
}

export function sumOfWeights(weighted: readonly Weighted[]): number {
  return weighted.reduce((sum, { weight }) => sum + weight, 0);
}

function weightsOf(weighted: readonly Weighted[]): Map<BareId, number> {
  return new Map(weighted.map(({ product, weight }) => [product, weight]));
}
