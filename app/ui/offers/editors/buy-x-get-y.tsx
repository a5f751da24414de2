import { BlockStack, Text } from "@shopify/polaris";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { ProductsControl } from "../products-control.tsx";
import type { OfferEditor } from "./editor.ts";

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

export const buyXGetYEditor: OfferEditor = { controls: { "config.gotProducts": GotProducts } };
