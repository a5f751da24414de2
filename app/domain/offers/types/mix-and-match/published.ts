import type { BareId } from "../../../ids.ts";
import { isBasisPoints } from "../../../money/basis-points.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { amountsByCurrency, isBareId, isPositiveInteger, list, record } from "../../../publishing/read-json.ts";

/** What surfaces read of a mix-and-match offer. */

const TYPE = "mix-and-match";
/** Most products that an entry names. A page shows fewer: some may be sold out, or no longer part of the offer. */
export const MOST_NAMED_PRODUCTS = 12;
/** Most collections that an entry names. */
export const MOST_NAMED_COLLECTIONS = 5;

/** A share off each unit of a group, or the minor units that a group costs. Amounts are by currency, never converted. */
export type PublishedGroupReward =
  | { readonly kind: "percent"; readonly basisPoints: number }
  | { readonly kind: "fixed-price"; readonly amounts: Readonly<Record<string, number>> };

/** The offer on one product that is part of it. Others are part of it where they carry an entry of the same offer. */
export interface PublishedMixAndMatch extends PublishedEntry {
  readonly type: typeof TYPE;
  /** Units of a group, at least 2. */
  readonly choose: number;
  readonly reward: PublishedGroupReward;
  /** Other products that may be part of it, the merchant's first, at most {@link MOST_NAMED_PRODUCTS}. */
  readonly products: readonly BareId[];
  /** Collections whose products may be part of it, at most {@link MOST_NAMED_COLLECTIONS}. */
  readonly collections: readonly BareId[];
}

/** Reads one entry of an envelope. Null for what cannot be offered; unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedMixAndMatch | null {
  const { type, id, choose } = entry;
  const reward = rewardIn(entry.reward);
  if (type !== TYPE || !isPositiveInteger(choose) || choose < 2 || reward === null) return null;
  return {
    ...{ type: TYPE, id, choose, reward },
    products: idsIn(entry.products).slice(0, MOST_NAMED_PRODUCTS),
    collections: idsIn(entry.collections).slice(0, MOST_NAMED_COLLECTIONS),
  };
}

/**
 * What chosen units cost, each price in minor units: the dearest units form the first group, the next dearest the second,
 * as in the discount Function. Units that are left over keep their price.
 *
 * @param isByUnit Whether the reward is off each unit, or else the price of a group.
 * @param rewarded What is to be paid for a unit, or for a group, that costs so much.
 */
export function chosenPriceMinor(
  choose: number,
  pricesMinor: readonly number[],
  isByUnit: boolean,
  rewarded: (priceMinor: number) => number,
): number {
  const sum = (prices: readonly number[]) => prices.reduce((all, price) => all + price, 0);
  const dearest = [...pricesMinor].sort((a, b) => b - a);
  let total = 0;
  while (dearest.length >= choose) {
    const group = dearest.splice(0, choose);
    total += isByUnit ? sum(group.map(rewarded)) : rewarded(sum(group));
  }
  return total + sum(dearest);
}

function idsIn(value: unknown): BareId[] {
  return [...new Set(list(value).filter(isBareId))];
}

function rewardIn(value: unknown): PublishedGroupReward | null {
  const given = record(value);
  if (given?.kind === "percent") {
    const { basisPoints } = given;
    return isBasisPoints(basisPoints) && basisPoints > 0 ? { kind: "percent", basisPoints } : null;
  }
  const amounts = given?.kind === "fixed-price" ? amountsByCurrency(given.amounts) : null;
  return amounts && { kind: "fixed-price", amounts };
}
