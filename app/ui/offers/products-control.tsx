import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, InlineError, InlineStack, Tag, Text, TextField } from "@shopify/polaris";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ControlProps } from "../forms/shape-fields.tsx";
import { type NamedProduct, PRODUCTS, useProductTitles } from "./use-product-titles.ts";

const TYPING_PAUSE_MS = 250;

/** Chooses products by name, or with `single` one that each choice replaces. What is chosen is held as ids, and shown by title. */
export function ProductsControl({ name, form, onChange, errors, single = false }: ControlProps & { single?: boolean }) {
  const { t } = useTranslation("offers");
  const id = useId();
  const search = useFetcher<{ products: NamedProduct[] }>({ key: `products:${id}` });
  const [text, setText] = useState("");
  const chosen = String(form[name] ?? "")
    .split(" ")
    .filter((one) => one !== "");
  const named = useProductTitles(chosen);
  const { load } = search;
  useEffect(() => {
    if (text.trim() === "") return;
    const timer = setTimeout(() => load(`${PRODUCTS}?q=${encodeURIComponent(text)}`), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, load]);
  const found = text.trim() === "" ? [] : (search.data?.products ?? []);
  const titles = new Map([...named, ...found.map(({ productId, title }) => [productId, title] as const)]);
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
      {found.length === 0 ? null : (
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
            {titles.get(one) ?? t("products.gone", { id: one.slice(one.lastIndexOf("/") + 1) })}
          </Tag>
        ))}
      </InlineStack>
      {isWrong ? <InlineError fieldID={id} message={t("products.wrong")} /> : null}
    </BlockStack>
  );
}
