import { shape } from "../shape/shape.ts";
import { boolean } from "../shape/values.ts";

/** What happens to an offer that customers dislike or send back. */
export const failing = shape({
  /** Whether it is paused without asking. Otherwise staff are asked. */
  pauseFailingOffers: boolean({ default: true }),
});
