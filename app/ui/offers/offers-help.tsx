import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { OFFER_TYPE_NAMES } from "../../domain/offers/offer-type-name.ts";

/** What can be done on the page of offers, for whoever sees it for the first time. */
export function OffersHelp() {
  const { t } = useTranslation("offers");
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("help.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("help.text")}
        </Text>
        <List>
          {OFFER_TYPE_NAMES.map((type) => (
            <List.Item key={type}>
              <strong>{t(`type.${type}.title`)}</strong>
              {t("colon")}
              {t(`type.${type}.text`)}
            </List.Item>
          ))}
        </List>
        <Text as="p" tone="subdued">
          {t("help.stop")}
        </Text>
      </BlockStack>
    </Card>
  );
}
