import { BlockStack, Text } from "@shopify/polaris";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import type { ShapeForm } from "../../forms/shape-form.ts";
import { typedWhole } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import { idsIn, productsOfConditions } from "../named-in-conditions.ts";
import { ProductsControl } from "../products-control.tsx";
import type { OfferEditor } from "./editor.ts";
import { typedReward } from "./typed-reward.ts";
import { UnitRewardNotes } from "./unit-reward-notes.tsx";

const { description } = contentShape("buy-x-get-y");

/** The products to get, where they are others than those that are bought. */
function GotProducts(props: ControlProps) {
  const words = useShapeWords("offers", description);
  if (props.form["config.gets"] !== "others") return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {words.label(props.name)}
      </Text>
      <ProductsControl {...props} />
    </BlockStack>
  );
}

/** What the reward means for the products to get; of the same products, with those that are paid in full. */
function RewardNotes({ form, view }: { form: ShapeForm; view: OfferEditorView }) {
  const reward = typedReward(form, "config.reward", view.shop.currency);
  const units = typedWhole(String(form["config.get"] ?? ""));
  const bought = typedWhole(String(form["config.buy"] ?? ""));
  const isSame = form["config.gets"] === "same";
  const isTyped = reward !== null && typeof units === "number" && typeof bought === "number";
  return (
    <UnitRewardNotes
      given={isTyped ? [{ reward, units, fullPrice: isSame ? bought : 0 }] : []}
      productIds={isSame ? (productsOfConditions(form) ?? []) : idsIn(form["config.gotProducts"])}
    />
  );
}

export const buyXGetYEditor: OfferEditor = {
  controls: { "config.gotProducts": GotProducts },
  BelowReward: RewardNotes,
};
