import { shape } from "../shape/shape.ts";
import { integer } from "../shape/values.ts";

/** For how many days before an order what its shopper did with offers is kept. Carts, and what an offer listed, last as long. */
export const KEPT_TOUCH_DAYS = 14;

/** For how long before an order what its shopper did with offers counts as assistance. */
export const assistance = shape({
  /** Days for which a click on an offer, or an addition from it, counts. */
  usedWindowDays: integer({ default: 7, min: 1, max: KEPT_TOUCH_DAYS }),
  /** Days for which having seen an offer counts. Most shoppers see some offer: a long window makes nearly every order assisted. */
  seenWindowDays: integer({ default: 1, min: 1, max: KEPT_TOUCH_DAYS }),
});
