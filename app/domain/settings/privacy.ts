import { shape } from "../shape/shape.ts";
import { boolean } from "../shape/values.ts";

/** What Tsuide may use of a customer's data. */
export const privacy = shape({
  /** Whether what a customer bought before counts in what checkout suggests, for customers who allow it. */
  useCustomerHistory: boolean({ default: false }),
});
