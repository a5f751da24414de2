import { BlockStack, Box, Text } from "@shopify/polaris";
import { Fragment, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { discountedPriceMinor } from "../../../domain/pricing/price.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";

/** One product of the set as the preview needs it. */
export interface PreviewItem {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
  /** Orders with both in the last 90 days, where shoppers see it; null where they do not. */
  ordersTold?: number | null;
}

interface SetPreviewProps {
  trigger: PreviewItem;
  companions: readonly PreviewItem[];
  discountBasisPoints: number;
  /** Starts with all companions ticked, as a merchant may ask the block to; it starts with none otherwise. */
  ticked?: boolean;
  /** Nobody has bought these together yet: similar products are bought with them. */
  similar?: boolean;
}

/**
 * The set as shoppers see it on the product page: this item first, companions to choose from, and what the chosen
 * ones cost, by the same rule that the storefront and the checkout go by.
 */
export function SetPreview({
  trigger,
  companions,
  discountBasisPoints,
  ticked = false,
  similar = false,
}: SetPreviewProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const headingId = useId();
  const [switched, setSwitched] = useState<ReadonlySet<string>>(new Set());
  const isChosen = ({ productId }: PreviewItem) => switched.has(productId) !== ticked;
  const chosen = companions.filter(isChosen);
  const toggle = (productId: string) =>
    setSwitched((before) => {
      const after = new Set(before);
      if (!after.delete(productId)) after.add(productId);
      return after;
    });
  const set = chosen.length === 0 ? 0 : discountBasisPoints;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm" id={headingId}>
        {t("preview.title")}
      </Text>
      {companions.length === 0 ? (
        <Box background="bg-surface-secondary" borderRadius="200" padding="300">
          <Text as="p" tone="subdued">
            {t("preview.nothing")}
          </Text>
        </Box>
      ) : (
        <div className="tsuide-preview" role="group" aria-labelledby={headingId}>
          <div>
            <p className="tsuide-preview-heading">{similar ? t("preview.headingSimilar") : t("preview.heading")}</p>
            {discountBasisPoints > 0 ? (
              <p>{t("preview.note", { percent: formats.percent(discountBasisPoints / 10_000, 2) })}</p>
            ) : null}
          </div>
          <div className="tsuide-preview-pictures" aria-hidden>
            {[trigger, ...companions].map((item, index) => (
              <Fragment key={item.productId}>
                {index === 0 ? null : <span>+</span>}
                <ProductImage url={item.imageUrl} size={40} />
              </Fragment>
            ))}
          </div>
          <PreviewLine item={trigger} fixed chosen discountBasisPoints={set} />
          {companions.map((companion) => (
            <PreviewLine
              key={companion.productId}
              item={companion}
              chosen={isChosen(companion)}
              discountBasisPoints={discountBasisPoints}
              similar={similar}
              onToggle={() => toggle(companion.productId)}
            />
          ))}
          <PreviewTotal items={[trigger, ...chosen]} discountBasisPoints={set} />
        </div>
      )}
    </BlockStack>
  );
}

interface PreviewLineProps {
  item: PreviewItem;
  chosen: boolean;
  fixed?: boolean;
  /** A set taken from similar products shows no numbers of orders. */
  similar?: boolean;
  discountBasisPoints: number;
  onToggle?: () => void;
}

function PreviewLine({
  item,
  chosen,
  fixed = false,
  similar = false,
  discountBasisPoints,
  onToggle,
}: PreviewLineProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { price } = item;
  return (
    <label className="tsuide-preview-line">
      <input type="checkbox" checked={chosen} disabled={fixed} onChange={() => onToggle?.()} />
      <span>
        {fixed ? <strong>{t("preview.thisItem", { product: item.title })}</strong> : item.title}
        {price === null ? null : (
          <span className="tsuide-preview-price">
            {formats.money(discounted(price, discountBasisPoints))}{" "}
            {discountBasisPoints > 0 ? <s>{formats.money(price)}</s> : null}
          </span>
        )}
        {item.ordersTold == null || similar ? null : (
          <span className="tsuide-preview-orders">
            {t("preview.orders", { orders: formats.number(item.ordersTold) })}
          </span>
        )}
      </span>
    </label>
  );
}

function PreviewTotal({ items, discountBasisPoints }: { items: readonly PreviewItem[]; discountBasisPoints: number }) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const prices = items.flatMap(({ price }) => (price === null ? [] : [price]));
  const currency = prices[0]?.currency;
  const known = currency !== undefined && prices.length === items.length;
  const full = { amountMinor: sum(prices), currency: currency ?? "" };
  const set = { ...full, amountMinor: sum(prices.map((price) => discounted(price, discountBasisPoints))) };
  const saved = { ...full, amountMinor: full.amountMinor - set.amountMinor };
  return (
    <>
      <p className="tsuide-preview-total" aria-live="polite">
        {known ? (
          <>
            {t("preview.total")} <strong>{formats.money(set)}</strong>{" "}
            {saved.amountMinor > 0 ? (
              <>
                <s>{formats.money(full)}</s>{" "}
                <span className="tsuide-preview-saving">{t("preview.saving", { amount: formats.money(saved) })}</span>
              </>
            ) : null}
          </>
        ) : (
          t("preview.noPrice")
        )}
      </p>
      <span className="tsuide-preview-button" aria-hidden>
        {t("preview.button", { count: items.length, items: formats.number(items.length) })}
      </span>
    </>
  );
}

function discounted(price: MoneyView, basisPoints: number): MoneyView {
  return { ...price, amountMinor: discountedPriceMinor(price.amountMinor, basisPoints) };
}

function sum(amounts: readonly MoneyView[]): number {
  return amounts.reduce((total, { amountMinor }) => total + amountMinor, 0);
}
