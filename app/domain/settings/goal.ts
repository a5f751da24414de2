import { amounts } from "../shape/keyed-values.ts";
import { shape } from "../shape/shape.ts";
import { boolean } from "../shape/values.ts";

/** Larger than any cart, in any currency. */
const LARGEST_AMOUNT_MINOR = 1_000_000_000_000;

/** What the settings page shows of the shop's first goal; it is stored with the offer. Refuses `no-amount` where it is on and no currency has an amount. */
export const goal = shape(
  {
    goalEnabled: boolean({ default: false }),
    /** A currency without an amount shows no goal. */
    goalAmounts: amounts({ max: LARGEST_AMOUNT_MINOR }),
  },
  ({ goalEnabled, goalAmounts }) =>
    goalEnabled && Object.keys(goalAmounts).length === 0 ? [{ path: "goalEnabled", code: "no-amount" }] : [],
);
