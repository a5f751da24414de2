import { shape } from "../shape/shape.ts";
import { boolean } from "../shape/values.ts";

/** What shoppers see beside a set, whichever offer it is of. */
export const evidence = shape({
  /** Whether shoppers see in how many orders a companion was bought together. */
  tellOrdersTogether: boolean({ default: false }),
});
