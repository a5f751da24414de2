import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

/** Where offers are set: nothing of a single offer is set on this page. */
export function OffersCard() {
  const { t } = useTranslation("settings");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("offers.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("offers.text")}
        </Text>
        <div>
          <Button url="/app/offers">{t("offers.open")}</Button>
        </div>
      </BlockStack>
    </Card>
  );
}
