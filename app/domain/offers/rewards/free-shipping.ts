import { shape } from "../../shape/shape.ts";

/** The cheapest way to ship each group of lines costs nothing. */
export const freeShippingReward = shape({});
