import { isBasisPoints } from "../../../money/basis-points.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { amountsByCurrency, isPositiveInteger, list, record } from "../../../publishing/read-json.ts";

/** What surfaces read of a buy-x-get-y offer. */

const TYPE = "buy-x-get-y";
/** Products that surfaces read; no config has more. */
const MOST_PRODUCTS = 10;

/** Off each unit that is got: a share, minor units, or the minor units that it costs. Amounts are by currency. */
export type PublishedGotReward =
  | { readonly kind: "percent"; readonly basisPoints: number }
  | { readonly kind: "amount-off" | "fixed-price"; readonly amounts: Readonly<Record<string, number>> };

/** The offer on one product that counts as bought. */
export interface PublishedBuyXGetY extends PublishedEntry {
  readonly type: typeof TYPE;
  /** Units to buy, and to get for less, at least 1. */
  readonly buy: number;
  readonly get: number;
  /** How often in one order; null for any number of times. */
  readonly most: number | null;
  readonly reward: PublishedGotReward;
  /** Numbers of the products to get; null where they are those that are bought. */
  readonly products: readonly string[] | null;
}

/** Reads one entry of an envelope. Null for what cannot be offered; unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedBuyXGetY | null {
  const { type, id, buy, get } = entry;
  const reward = rewardIn(entry.reward);
  if (type !== TYPE || !isPositiveInteger(buy) || !isPositiveInteger(get) || reward === null) return null;
  const products = entry.products === null ? null : productsIn(entry.products);
  if (products !== null && products.length === 0) return null;
  const most = entry.most ?? null;
  // What limits an offer in a way that is not understood is no offer.
  if (most !== null && !isPositiveInteger(most)) return null;
  return { type: TYPE, id, buy, get, most, reward, products };
}

function productsIn(value: unknown): string[] {
  const numbers = list(value).filter((one): one is string => typeof one === "string" && /^[1-9][0-9]{0,19}$/.test(one));
  return [...new Set(numbers)].slice(0, MOST_PRODUCTS);
}

function rewardIn(value: unknown): PublishedGotReward | null {
  const given = record(value);
  if (given === null) return null;
  if (given.kind === "percent") {
    const { basisPoints } = given;
    return isBasisPoints(basisPoints) && basisPoints > 0 ? { kind: "percent", basisPoints } : null;
  }
  if (given.kind !== "amount-off" && given.kind !== "fixed-price") return null;
  const amounts = amountsByCurrency(given.amounts);
  return amounts && { kind: given.kind, amounts };
}
