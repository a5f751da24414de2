import { amounts } from "../../shape/keyed-values.ts";
import { optional } from "../../shape/lists.ts";
import { shape } from "../../shape/shape.ts";
import { integer } from "../../shape/values.ts";
import { LARGEST_AMOUNT } from "./largest-amount.ts";

/** Half of what was paid: more is far likelier a slip of the finger than a plan. */
const MOST_BASIS_POINTS = 5_000;
/** Without Shopify's permission for all orders an app sees those of the last 60 days. */
const LONGEST_WAIT_DAYS = 45;
/** Two weeks: by then most of what is sent back has been, and nothing has to be taken back from a customer. */
const USUAL_WAIT_DAYS = 14;
/**
 * A year: whoever buys once a season or at one time of the year comes back within it, and what nobody spends is not owed
 * for ever. Forms begin with it; staff who leave it empty, as the law of a country may ask, give credit without an end.
 */
const USUAL_EXPIRY_DAYS = 365;

const terms = {
  /** From the order until the credit is given. */
  waitDays: integer({ default: USUAL_WAIT_DAYS, min: 0, max: LONGEST_WAIT_DAYS }),
  /** For how long the credit can be spent; null for ever. */
  expiryDays: optional(integer({ default: USUAL_EXPIRY_DAYS, min: 1, max: 3_650 })),
  /** The offer is paused once orders were promised this much in all, by currency; without one there is no limit. */
  budget: amounts({ max: LARGEST_AMOUNT }),
};

/** Store credit for a share of what the items cost, after the order is paid. */
export const creditPercentReward = shape({
  basisPoints: integer({ default: 500, min: 1, max: MOST_BASIS_POINTS, unit: "basis-points" }),
  /** What one order gets at most, by currency; without any there is no limit, and a currency without one gets nothing. */
  most: amounts({ max: LARGEST_AMOUNT }),
  ...terms,
});

/** Store credit of an amount, after the order is paid; never more than the items cost. Amounts are never converted. */
export const creditAmountReward = shape({ amounts: amounts({ max: LARGEST_AMOUNT }), ...terms });
