import { isBasisPoints } from "../../../money/basis-points.ts";
import { amountOff } from "../../../pricing/kernel/amounts.ts";
import { AMOUNT_OFF, FIXED_PRICE, PERCENT } from "../../../pricing/kernel/rewards.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { entriesOfType, readEnvelope } from "../../../publishing/envelope.ts";
import { amountsByCurrency, isPositiveInteger, list, record } from "../../../publishing/read-json.ts";

/** What surfaces read of a quantity-breaks offer, and what follows from it alone. */

const TYPE = "quantity-breaks";
/** Most tiers that surfaces read; no config has more. */
export const MOST_PUBLISHED_TIERS = 6;

/** What each unit gets: a share off, minor units off, or minor units to pay. Amounts are by currency, never converted. */
export type PublishedTierReward =
  | { readonly kind: "percent"; readonly basisPoints: number }
  | { readonly kind: "amount-off" | "fixed-price"; readonly amounts: Readonly<Record<string, number>> };

export interface PublishedTier {
  /** From so many units on, at least 1. */
  readonly from: number;
  readonly reward: PublishedTierReward;
}

/** The quantity breaks of one product. */
export interface PublishedQuantityBreaks extends PublishedEntry {
  readonly type: typeof TYPE;
  /** Whether units of all variants count together, or those of each variant by themselves. */
  readonly together: boolean;
  /** At least one, at most {@link MOST_PUBLISHED_TIERS}, in the merchant's order. */
  readonly tiers: readonly PublishedTier[];
}

/** Reads the quantity breaks of a product from its envelope: the first that are readable. Null where there are none. */
export function parseQuantityBreaks(value: unknown): PublishedQuantityBreaks | null {
  return entriesOfType(readEnvelope(value), TYPE, readEntry)[0] ?? null;
}

/** Reads one entry of an envelope. Null for what has no readable tier; unreadable tiers and unknown fields are ignored. */
export function readEntry(entry: UnreadEntry): PublishedQuantityBreaks | null {
  if (entry.type !== TYPE) return null;
  const tiers = list(entry.tiers)
    .slice(0, MOST_PUBLISHED_TIERS)
    .flatMap((one) => tierIn(one) ?? []);
  return tiers.length === 0 ? null : { type: TYPE, id: entry.id, together: entry.together === true, tiers };
}

function tierIn(value: unknown): PublishedTier | null {
  const { from, reward } = record(value) ?? {};
  const given = record(reward);
  if (!isPositiveInteger(from) || given === null) return null;
  if (given.kind === "percent") {
    const { basisPoints } = given;
    return isBasisPoints(basisPoints) && basisPoints > 0 ? { from, reward: { kind: "percent", basisPoints } } : null;
  }
  if (given.kind !== "amount-off" && given.kind !== "fixed-price") return null;
  const amounts = amountsByCurrency(given.amounts);
  return amounts && { from, reward: { kind: given.kind, amounts } };
}

/** A tier as one currency has it: what is taken off a price, by the kind of reward and its value. */
export interface TierInCurrency {
  readonly from: number;
  readonly kind: PublishedTierReward["kind"];
  /** Basis points, or minor units of the currency. */
  readonly value: number;
}

const REWARDS = { percent: PERCENT, "amount-off": AMOUNT_OFF, "fixed-price": FIXED_PRICE } as const;

/**
 * What one unit costs among so many: of the tiers that are reached the one that saves most counts, as in the discount
 * Function, whose rules these are.
 */
export function tierPriceMinor(tiers: readonly TierInCurrency[], units: number, priceMinor: number): number {
  const reached = tiers.filter(({ from }) => from <= units);
  const off = reached.map(({ kind, value }) => amountOff(priceMinor, REWARDS[kind], value));
  return priceMinor - Math.max(0, ...off);
}
