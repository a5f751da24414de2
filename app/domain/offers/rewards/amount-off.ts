import { amounts } from "../../shape/keyed-values.ts";
import { shape } from "../../shape/shape.ts";
import { LARGEST_AMOUNT } from "./largest-amount.ts";

/** An amount off the price of each unit, by currency; never more than the price. Amounts are never converted. */
export const amountOffReward = shape({ amounts: amounts({ max: LARGEST_AMOUNT }) });
