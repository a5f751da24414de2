import { BlockStack, Button, Card, InlineGrid, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { OFFER_TYPE_NAMES } from "../../domain/offers/offer-type-name.ts";
import { TitleBar } from "../kit/title-bar.tsx";
import { OFFERS } from "./list-query.ts";

/** Which type of offer is to be made. */
export function NewOfferPage() {
  const { t } = useTranslation("offers");
  return (
    <Page title={t("new.title")} backAction={{ content: t("title"), url: OFFERS }}>
      <TitleBar title={t("new.title")} />
      <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
        {OFFER_TYPE_NAMES.map((type) => (
          <Card key={type}>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {t(`type.${type}.title`)}
              </Text>
              <Text as="p" tone="subdued">
                {t(`type.${type}.text`)}
              </Text>
              <div>
                <Button
                  url={`${OFFERS}/new?type=${type}`}
                  accessibilityLabel={t("new.chooseOne", { type: t(`type.${type}.title`) })}
                >
                  {t("new.choose")}
                </Button>
              </div>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
    </Page>
  );
}
