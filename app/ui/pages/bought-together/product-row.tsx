import { useFetcher } from "@remix-run/react";
import { Box, Button, InlineStack, SkeletonBodyText, Text, type BadgeProps } from "@shopify/polaris";
import { memo, useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import type { ProductDetailView, ProductDisplay, ProductRowView } from "../../../views/bought-together-view.ts";
import { segmentCode } from "../../../domain/offers/segment-use.ts";
import type { Segment } from "../../../domain/shoppers/shopper.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductToggle } from "../../kit/product-list/product-toggle.tsx";
import { ProductDetail, type RowTerms } from "./product-detail.tsx";

const DISPLAY_TONE: Partial<Record<ProductDisplay, NonNullable<BadgeProps["tone"]>>> = {
  shown: "success",
  publishing: "info",
  "to-review": "attention",
  "to-pin": "attention",
  blocked: "critical",
  excluded: "critical",
};

interface ProductRowProps {
  row: ProductRowView;
  /** What goes with it, where the page brought it along. */
  detail: ProductDetailView | null;
  open: boolean;
  onToggle: () => void;
  terms: RowTerms;
  /** Whose list it is; null for the default list. */
  segment: Segment | null;
}

/** One product: its state in a line, and opened, its companions beside the set that shoppers see. */
export function ProductRow({ row, detail, open, onToggle, terms, segment }: ProductRowProps) {
  const { t } = useTranslation("bought-together");
  const detailId = useId();
  const summary = useSummary(row);
  const tone = DISPLAY_TONE[row.display];
  return (
    <li className="tsuide-product">
      <ProductToggle
        product={row}
        summary={summary}
        status={t(`display.${row.display}`)}
        tone={tone}
        open={open}
        onToggle={onToggle}
        controls={detailId}
      />
      <div id={detailId} hidden={!open}>
        {open ? <OpenedProduct row={row} brought={detail} terms={terms} segment={segment} /> : null}
      </div>
    </li>
  );
}

/** Orders, evidence and what is shown, each said once: "396 orders · Strong evidence · Shown with A and B". */
function useSummary({ orders, evidence, shown, display }: ProductRowView): string {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  return [
    t("row.orders", { count: orders, orders: formats.number(orders) }),
    ...(evidence === "none" ? [] : [t(`grade.${evidence}`)]),
    ...(display === "shown" && shown.length > 0 ? [t("row.shown", { companions: formats.list(shown) })] : []),
  ].join(" · ");
}

interface OpenedProductProps extends Pick<ProductRowProps, "row" | "terms" | "segment"> {
  brought: ProductDetailView | null;
}

/**
 * Asks for what goes with a product when its row is opened, unless the page brought it along. Opening another row does not
 * render it again.
 */
const OpenedProduct = memo(function OpenedProduct({ row, brought, terms, segment }: OpenedProductProps) {
  const { t } = useTranslation("bought-together");
  const code = segment === null ? "" : segmentCode(segment);
  const fetcher = useFetcher<{ detail: ProductDetailView | null; failed: boolean }>({
    key: `companions:${row.productId}:${code}`,
  });
  const isBrought = brought !== null;
  const { load } = fetcher;
  const address = `/app/companions?${new URLSearchParams({ product: row.productId, as: code }).toString()}`;
  useEffect(() => {
    if (!isBrought) load(address);
  }, [isBrought, load, address]);
  const detail = brought ?? fetcher.data?.detail ?? null;
  if (detail === null && fetcher.state === "idle" && fetcher.data?.failed === true) {
    return (
      <Box padding="400" paddingBlockStart="0">
        <InlineStack gap="300" blockAlign="center">
          <Text as="p">{t("row.failed")}</Text>
          <Button onClick={() => load(address)}>{t("row.again")}</Button>
        </InlineStack>
      </Box>
    );
  }
  if (detail === null) {
    return (
      <Box padding="400" paddingBlockStart="0">
        <div className="tsuide-product-loading" aria-busy="true" aria-label={t("row.loading")} role="status">
          <SkeletonBodyText lines={6} />
        </div>
      </Box>
    );
  }
  return <ProductDetail row={row} detail={detail} terms={terms} segment={segment} />;
});
