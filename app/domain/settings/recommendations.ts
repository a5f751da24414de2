import { merged, shape } from "../shape/shape.ts";
import { boolean, choice, integer } from "../shape/values.ts";

/** Half off: more is far likelier a slip of the finger than a plan. */
const LARGEST_DISCOUNT_BASIS_POINTS = 5_000;

/** What the settings page shows of the shop's first bought-together offer; it is stored with the offer. */
export const setTerms = shape({
  /** What comes off every product of a set while they are in the cart together; 0 for no discount. */
  setDiscountBasisPoints: integer({ default: 0, min: 0, max: LARGEST_DISCOUNT_BASIS_POINTS, unit: "basis-points" }),
  /** Companions that a widget shows. */
  setSize: integer({ default: 3, min: 1, max: 3 }),
  /** Who decides what shoppers see: the orders, a person who approves, or a person alone. */
  mode: choice(["automatic", "review", "manual"]),
});

/** What shoppers see beside a set, whichever offer it is of. */
export const shownEvidence = shape({
  /** Whether shoppers see in how many orders a companion was bought together. */
  tellOrdersTogether: boolean({ default: false }),
});

/** Which sets shoppers are shown, and with what. */
export const recommendations = merged(setTerms, shownEvidence);
