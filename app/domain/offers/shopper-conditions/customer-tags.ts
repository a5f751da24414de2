import { numberOfTag } from "../../pricing/customer-tags.ts";
import type { Refusal } from "../../shape/field.ts";
import { list } from "../../shape/lists.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { choice, text } from "../../shape/values.ts";
import { listTest, NOT_IN_CHECKOUT, type ShopperCondition } from "./shopper-condition.ts";

/** UTF-16 units of a tag of a customer; Shopify takes no longer one. */
const LONGEST_TAG = 40;
/** Tags of one condition: as many as the tests of an offer have room for. */
const MOST_TAGS = 12;

const args = shape({
  matches: choice(["any", "none"]),
  inTags: list(text({ longest: LONGEST_TAG }), { most: MOST_TAGS }),
});

/** Holds for customers who are logged in and have one of these tags, or for all shoppers who have none of them. */
export const customerTagsCondition: ShopperCondition<ShapeValue<typeof args>> = {
  knownTo: NOT_IN_CHECKOUT,
  args,
  incomplete: ({ inTags }) => tagRefusals(inTags),
  test: ({ matches, inTags }) =>
    listTest(
      "t",
      matches,
      inTags.map((tag) => String(numberOfTag(tag))),
    ),
};

/** A comma separates tags at Shopify, so that none holds one. */
function tagRefusals(inTags: readonly string[]): Refusal[] {
  if (inTags.length === 0) return [{ path: "inTags", code: "too-few", limit: 1 }];
  return inTags.every(isTag) ? [] : [{ path: "inTags", code: "not-a-tag" }];
}

function isTag(tag: string): boolean {
  return tag.trim() !== "" && !tag.includes(",");
}
