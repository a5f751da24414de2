import { amounts } from "../../shape/keyed-values.ts";
import { shape } from "../../shape/shape.ts";
import { LARGEST_AMOUNT } from "./largest-amount.ts";

/** What each unit costs, by currency, where it would cost more otherwise. Amounts are never converted. */
export const fixedPriceReward = shape({ amounts: amounts({ max: LARGEST_AMOUNT }) });
