import { shape } from "../shape/shape.ts";
import { choice } from "../shape/values.ts";

/** Who decides what shoppers see: the app, the app once a person has approved it, or a person alone. */
export const OFFER_MODES = ["automatic", "review", "manual"] as const;
export type OfferMode = (typeof OFFER_MODES)[number];

/** Who decides what shoppers see, for the whole shop. */
export const modes = shape({
  /**
   * The mode of every offer that has none of its own. In manual mode shoppers see nothing learnt that has no offer either:
   * no best sellers, and nothing from customers' own histories.
   */
  shopMode: choice(OFFER_MODES),
});
