import { shape } from "../shape/shape.ts";
import { boolean } from "../shape/values.ts";

/** Whether shoppers see anything of Tsuide. */
export const storefront = shape({
  /** While it is on, shoppers see nothing of the app and no discount of it holds; everything else stays as it is set. */
  paused: boolean({ default: false }),
});
