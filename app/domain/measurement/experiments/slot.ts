import { hashOf } from "../../shoppers/hash.ts";

/** Slots that shoppers are spread over: 1 is a hundredth of a percent. */
export const SLOTS = 10_000;

/** The slot of a unit, 0 to 9,999. Two salts spread the same units independently. */
export function slotOf(salt: string, unit: string): number {
  return hashOf(salt, unit) % SLOTS;
}
