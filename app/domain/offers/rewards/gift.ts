import { ids } from "../../shape/lists.ts";
import { shape } from "../../shape/shape.ts";

/** One unit of a product for nothing, whichever variant the shopper takes. */
export const giftReward = shape({ product: ids("Product", { most: 1 }) });
