import { BlockStack, InlineError, Text } from "@shopify/polaris";
import type { ComponentType } from "react";
import { compatibilityRules } from "../../../domain/offers/compatibility/compatibility-rules.ts";
import { within } from "../../../domain/shape/field.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { CollectionsControl } from "../../offers/collections-control.tsx";
import { ProductsControl } from "../../offers/products-control.tsx";

/** A control under the name of the field that it is for, which is said together with it. */
function named(Control: ComponentType<ControlProps>) {
  return function NamedControl(props: ControlProps) {
    const { name, errors, within: place = "" } = props;
    const words = useShapeWords("compatibility", compatibilityRules.description);
    const id = within(place, name);
    const error = words.error(id, errors[id]);
    const help = words.help(id);
    return (
      <div role="group" aria-label={words.label(id)} id={id} tabIndex={-1}>
        <BlockStack gap="200">
          <Text as="h4" variant="bodyMd" fontWeight="semibold">
            {words.label(id)}
          </Text>
          {help === undefined ? null : (
            <Text as="p" tone="subdued">
              {help}
            </Text>
          )}
          <Control {...props} errors={{}} />
          {error === undefined ? null : <InlineError fieldID={id} message={error} />}
        </BlockStack>
      </div>
    );
  };
}

const products = named(ProductsControl);
const collections = named(CollectionsControl);

/** The controls of both sides of a rule. */
export const SIDE_CONTROLS = {
  "rules.products": products,
  "rules.collections": collections,
  "rules.fitProducts": products,
  "rules.fitCollections": collections,
};
