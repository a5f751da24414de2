import { BlockStack, Button, InlineError, InlineStack, Tag, Text, TextField } from "@shopify/polaris";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ControlProps } from "../forms/shape-fields.tsx";
import { useSearch } from "../kit/product-list/use-search.ts";
import { type NamedProduct, PRODUCTS, useAnsweredProducts } from "./use-product-titles.ts";

/** Chooses products by name, or with `single` one that each choice replaces. What is chosen is held as ids, and shown by title. */
export function ProductsControl({ name, form, onChange, errors, single = false }: ControlProps & { single?: boolean }) {
  const { t } = useTranslation("offers");
  const id = useId();
  const {
    text,
    setText,
    found: answer,
    isSearching,
  } = useSearch<{ products: NamedProduct[] }>(PRODUCTS, `products:${id}`);
  const chosen = String(form[name] ?? "")
    .split(" ")
    .filter((one) => one !== "");
  const named = useAnsweredProducts(chosen);
  const found = answer?.products ?? [];
  const titles = new Map([...(named?.values() ?? []), ...found].map(({ productId, title }) => [productId, title]));
  const set = (next: readonly string[]) => onChange({ [name]: next.join(" ") });
  const isWrong = Object.keys(errors).some((path) => path === name || path.endsWith(`.${name}`));
  return (
    <BlockStack gap="200">
      <TextField
        label={t("products.search")}
        placeholder={t("products.placeholder")}
        value={text}
        onChange={setText}
        autoComplete="off"
        clearButton
        onClearButtonClick={() => setText("")}
      />
      {found.length === 0 ? (
        answer === undefined || isSearching ? null : (
          <Text as="p" tone="subdued">
            {t("products.nothing")}
          </Text>
        )
      ) : (
        <ul className="tsuide-products tsuide-divided" aria-label={t("products.found")}>
          {found.slice(0, 8).map(({ productId, title }) => (
            <li key={productId}>
              <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
                <Text as="span">{title}</Text>
                <Button
                  variant="plain"
                  disabled={chosen.includes(productId)}
                  accessibilityLabel={t("products.addOne", { title })}
                  onClick={() => set(single ? [productId] : [...chosen, productId])}
                >
                  {chosen.includes(productId) ? t("products.added") : t("products.add")}
                </Button>
              </InlineStack>
            </li>
          ))}
        </ul>
      )}
      <InlineStack gap="200">
        {chosen.map((one) => (
          <Tag key={one} onRemove={() => set(chosen.filter((other) => other !== one))}>
            {titles.get(one) ??
              (named === null
                ? t("products.loading")
                : t("products.gone", { id: one.slice(one.lastIndexOf("/") + 1) }))}
          </Tag>
        ))}
      </InlineStack>
      {isWrong ? <InlineError fieldID={id} message={t("products.wrong")} /> : null}
    </BlockStack>
  );
}
