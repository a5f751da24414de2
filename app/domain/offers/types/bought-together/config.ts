import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { integer } from "../../../shape/values.ts";
import { SET_SIZE } from "../../../shoppers/list-lengths.ts";
import type { OfferType } from "../../offer-type.ts";

const config = shape({
  /** How many companions the set shows. */
  setSize: integer({ default: SET_SIZE, min: 1, max: SET_SIZE }),
});
export type BoughtTogetherConfig = ShapeValue<typeof config>;

/** Products with the companions that orders support, with or without a discount on the set. */
export const boughtTogether: OfferType<BoughtTogetherConfig> = {
  name: "bought-together",
  configVersion: 1,
  config,
  surfaces: ["product", "checkout", "thank-you"],
  conditions: ["products", "collections", "tags", "vendors", "product-types"],
  rewards: ["percent"],
  modes: ["automatic", "review", "manual"],
  missing: () => [],
};
