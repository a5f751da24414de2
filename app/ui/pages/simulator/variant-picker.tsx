import { BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { FoundVariantView } from "../../../views/simulator-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useSearch } from "../../kit/product-list/use-search.ts";
import { VARIANT_SEARCH } from "./address.ts";

/** Finds variants by the names of their products, and puts one into the cart. */
export function VariantPicker({ onAdd }: { onAdd: (variant: string) => void }) {
  const { t } = useTranslation("simulator");
  const formats = useFormats();
  const search = useSearch<{ variants: FoundVariantView[] }>(VARIANT_SEARCH, "simulator-variants");
  const { text, setText } = search;
  const found = search.found?.variants ?? [];
  return (
    <BlockStack gap="200">
      <TextField
        label={t("picker.label")}
        placeholder={t("picker.placeholder")}
        value={text}
        onChange={setText}
        autoComplete="off"
        clearButton
        onClearButtonClick={() => setText("")}
      />
      {found.length === 0 ? (
        search.found !== undefined && !search.isSearching ? (
          <Text as="p" tone="subdued">
            {t("picker.nothing")}
          </Text>
        ) : null
      ) : (
        <ul className="tsuide-products tsuide-divided tsuide-simulator-found" aria-label={t("picker.found")}>
          {found.map(({ variant, title, variantTitle, price, available }) => {
            const name = variantTitle === null ? title : `${title} · ${variantTitle}`;
            return (
              <li key={variant}>
                <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
                  <BlockStack>
                    <Text as="span">{name}</Text>
                    <Text as="span" variant="bodySm" tone="subdued">
                      {available ? formats.money(price) : `${formats.money(price)} · ${t("line.soldOut")}`}
                    </Text>
                  </BlockStack>
                  <Button
                    variant="plain"
                    accessibilityLabel={t("picker.addOne", { product: name })}
                    onClick={() => onAdd(variant)}
                  >
                    {t("picker.add")}
                  </Button>
                </InlineStack>
              </li>
            );
          })}
        </ul>
      )}
    </BlockStack>
  );
}
