import { Banner, BlockStack, Modal, Spinner, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MoneyView } from "../../../views/money-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { useSearch } from "../../kit/product-list/use-search.ts";

/** One product that the search found. */
export interface FoundProduct {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
}

/** The address that finds products by words. */
export const PRODUCT_SEARCH = "/app/products";

interface ProductPickerProps {
  /** Pickers of different names keep what they found apart. */
  name: string;
  title: string;
  /** What choosing a product does, on the button. */
  action: string;
  /** Products that cannot be chosen. */
  without: readonly string[];
  pending: boolean;
  /** Why the last choice was refused; null where it was taken. */
  refusal: string | null;
  onChoose: (product: FoundProduct) => void;
  open: boolean;
  onClose: () => void;
}

/** Finds a product by name. A refusal is shown in place, and what was typed is kept; a choice that was taken closes it. */
export function ProductPicker({ name, title, action, without, pending, refusal, ...props }: ProductPickerProps) {
  const { onChoose, open, onClose } = props;
  const { t } = useTranslation("bought-together");
  // Before anything is typed the first products are shown.
  const search = useSearch<{ products: FoundProduct[] }>(PRODUCT_SEARCH, `picker:${name}`, () => open);
  const { text, setText } = search;
  const [selected, setSelected] = useState<FoundProduct | null>(null);
  const products = (search.found?.products ?? []).filter(({ productId }) => !without.includes(productId));
  useEffect(() => {
    // What was chosen and not used is not chosen any more when it opens again.
    if (!open) setSelected(null);
  }, [open]);
  const wasPending = useRef(false);
  useEffect(() => {
    if (wasPending.current && !pending && refusal === null) onClose();
    wasPending.current = pending;
  }, [pending, refusal, onClose]);

  return (
    <Modal
      open={open}
      onClose={onClose}
      title={title}
      primaryAction={{
        content: action,
        disabled: selected === null,
        loading: pending,
        onAction: () => selected !== null && onChoose(selected),
      }}
      secondaryActions={[{ content: t("picker.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {refusal === null ? null : (
            <Banner tone="critical">{t(`refusal.${refusal}`, { defaultValue: t("refusal.unknown") })}</Banner>
          )}
          <TextField
            label={t("picker.search")}
            value={text}
            onChange={setText}
            autoComplete="off"
            autoFocus
            clearButton
            onClearButtonClick={() => setText("")}
            suffix={
              !search.isSearching ? undefined : <Spinner size="small" accessibilityLabel={t("picker.searching")} />
            }
          />
          <FoundProducts
            products={products}
            settled={!search.isSearching && search.found !== undefined}
            selected={selected?.productId ?? null}
            onSelect={setSelected}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

interface FoundProductsProps {
  products: readonly FoundProduct[];
  settled: boolean;
  selected: string | null;
  onSelect: (product: FoundProduct) => void;
}

function FoundProducts({ products, settled, selected, onSelect }: FoundProductsProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  if (products.length === 0) {
    return (
      <div className="tsuide-found">
        {settled ? (
          <Text as="p" tone="subdued">
            {t("picker.nothing")}
          </Text>
        ) : null}
      </div>
    );
  }
  return (
    <fieldset className="tsuide-found">
      <legend className="tsuide-hidden">{t("picker.results")}</legend>
      {products.map((product) => (
        <label key={product.productId} className="tsuide-found-product">
          <input
            type="radio"
            name="found-product"
            checked={selected === product.productId}
            onChange={() => onSelect(product)}
          />
          <ProductImage url={product.imageUrl} size={36} />
          <span>{product.title}</span>
          {product.price === null ? null : (
            <Text as="span" tone="subdued">
              {formats.money(product.price)}
            </Text>
          )}
        </label>
      ))}
    </fieldset>
  );
}
