import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../kit/locale-provider.tsx";
import { REVIEW } from "../review/review-address.ts";

/** How many suggestions wait for a person before shoppers see them. */
export function ToReview({ toReview }: { toReview: { products: number; pairs: number } }) {
  const { t } = useTranslation("home");
  const formats = useFormats();
  if (toReview.pairs === 0) return null;
  const { pairs, products } = toReview;
  return (
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        <Text as="h2" variant="headingMd">
          {t("toReview.title", { count: pairs, pairs: formats.number(pairs) })}
        </Text>
        <Text as="p">{t("toReview.text", { count: products, products: formats.number(products) })}</Text>
        <Button variant="primary" url={REVIEW}>
          {t("toReview.open")}
        </Button>
      </BlockStack>
    </Card>
  );
}
