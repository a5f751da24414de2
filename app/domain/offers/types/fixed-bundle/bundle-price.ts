import { shareMinor } from "../../../money/allocate.ts";
import type { Reward } from "../../rewards/rewards.ts";

const WHOLE = 10_000;

/**
 * What a bundle costs in one currency, in its minor units: its set price there, or what its components cost there apart,
 * less the percentage, rounded half up. Null where the set price says nothing about the currency: amounts are never
 * converted.
 */
export function bundlePriceMinor(reward: Reward | null, apartMinor: number, currency: string): number | null {
  if (reward === null) return apartMinor;
  if (reward.kind === "percent") return apartMinor - shareMinor(apartMinor, reward.basisPoints, WHOLE);
  return reward.kind === "fixed-price" ? (reward.amounts[currency] ?? null) : null;
}
