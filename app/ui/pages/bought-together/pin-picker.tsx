import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Modal, Spinner, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanionView } from "../../../views/bought-together-view.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { useCompanionDecision } from "./companion-actions.ts";

/** One product that the search found. */
export interface FoundProduct {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
}

/** The address that finds products by words. */
export const PRODUCT_SEARCH = "/app/products";
const TYPING_PAUSE_MS = 250;

interface PinPickerProps {
  trigger: { productId: string; title: string };
  /** What goes with it already. */
  companions: readonly Pick<CompanionView, "productId" | "pinned" | "blocked">[];
  open: boolean;
  onClose: () => void;
}

/** Finds a product by name and pins it to `trigger`. A refusal is shown in place, and what was typed is kept. */
export function PinPicker({ trigger, companions, open, onClose }: PinPickerProps) {
  const { t } = useTranslation("bought-together");
  const search = useFetcher<{ products: FoundProduct[] }>({ key: `picker:${trigger.productId}` });
  const [text, setText] = useState("");
  const [selected, setSelected] = useState<string | null>(null);
  const products = (search.data?.products ?? []).filter(({ productId }) => productId !== trigger.productId);
  const titles = useRef(new Map<string, string>());
  for (const product of products) titles.current.set(product.productId, product.title);
  const { decide, pending, refusal } = useCompanionDecision(
    trigger.productId,
    "picker",
    (companion) => titles.current.get(companion) ?? "",
  );
  const { load } = search;
  const before = (productId: string) => companions.find((companion) => companion.productId === productId);

  useEffect(() => {
    if (!open) return;
    const timer = setTimeout(() => load(`${PRODUCT_SEARCH}?q=${encodeURIComponent(text)}`), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [open, text, load]);

  const wasPending = useRef(false);
  useEffect(() => {
    if (wasPending.current && pending === null && refusal === null) onClose();
    wasPending.current = pending !== null;
  }, [pending, refusal, onClose]);

  return (
    <Modal
      open={open}
      onClose={onClose}
      title={t("picker.title", { product: trigger.title })}
      primaryAction={{
        content: t("picker.pin"),
        disabled: selected === null,
        loading: pending !== null,
        onAction: () => selected !== null && decide("pin", selected, before(selected)),
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
              search.state === "idle" ? undefined : <Spinner size="small" accessibilityLabel={t("picker.searching")} />
            }
          />
          <FoundProducts
            products={products}
            settled={search.state === "idle" && search.data !== undefined}
            selected={selected}
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
  onSelect: (productId: string) => void;
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
            onChange={() => onSelect(product.productId)}
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
