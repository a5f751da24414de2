import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { BestSellerView, ProductDetailView } from "../../../views/bought-together-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { useCompanionDecision } from "./companion-actions.ts";

interface NoSuggestionProps {
  trigger: { productId: string; title: string };
  detail: Pick<ProductDetailView, "ordersMissing" | "bestSellers">;
}

/** For a product that orders say nothing of yet: how much is missing, and what sells best, to pin by hand. */
export function NoSuggestion({ trigger, detail }: NoSuggestionProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { ordersMissing, bestSellers } = detail;
  return (
    <BlockStack gap="300">
      <Text as="p">
        {ordersMissing === null
          ? t("few.unknown")
          : t("few.missing", { count: ordersMissing, orders: formats.number(ordersMissing) })}
      </Text>
      {bestSellers.length === 0 ? null : (
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            {t("few.bestSellers")}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {t("few.bestSellersNote")}
          </Text>
          <ul className="tsuide-companions">
            {bestSellers.map((product) => (
              <BestSeller key={product.productId} product={product} trigger={trigger} />
            ))}
          </ul>
        </BlockStack>
      )}
    </BlockStack>
  );
}

function BestSeller({ product, trigger }: { product: BestSellerView; trigger: NoSuggestionProps["trigger"] }) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { productId, title, imageUrl, price, orders, sameType } = product;
  const { decide, pending } = useCompanionDecision(trigger.productId, productId, () => title);
  const count = t("row.orders", { count: orders, orders: formats.number(orders) });
  return (
    <li className="tsuide-companion">
      <ProductImage url={imageUrl} size={40} />
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h4" variant="bodyMd" fontWeight="semibold" breakWord>
            {title}
          </Text>
          {price === null ? null : (
            <Text as="span" tone="subdued">
              {formats.money(price)}
            </Text>
          )}
        </InlineStack>
        <Text as="p" variant="bodySm" tone="subdued">
          {sameType ? t("few.sameType", { orders: count }) : count}
        </Text>
        <InlineStack>
          <Button
            size="slim"
            disabled={pending !== null}
            accessibilityLabel={t("action.pinLabel", { product: title })}
            onClick={() => decide("pin", productId)}
          >
            {t("action.pin")}
          </Button>
        </InlineStack>
      </BlockStack>
    </li>
  );
}
