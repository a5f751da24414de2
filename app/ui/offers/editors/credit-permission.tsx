import { Banner, BlockStack, Button, InlineError, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { STORE_CREDIT_SCOPES } from "../../../domain/store-credit/scopes.ts";
import { areScopesGranted, requestScopes } from "../../kit/app-bridge.ts";

/** What staff are to know of store credit, and the merchant's permission where that is missing. */
export function CreditPermission() {
  const { t } = useTranslation("offers");
  const [granted, setGranted] = useState<boolean | "unknown">("unknown");
  const [asking, setAsking] = useState(false);
  const [declined, setDeclined] = useState(false);
  useEffect(() => {
    let isOpen = true;
    void areScopesGranted(...STORE_CREDIT_SCOPES).then((answer) => isOpen && setGranted(answer));
    return () => void (isOpen = false);
  }, []);
  async function ask() {
    setAsking(true);
    const answer = await requestScopes(...STORE_CREDIT_SCOPES);
    setAsking(false);
    setDeclined(answer === "declined");
    if (answer === "granted") setGranted(true);
  }
  return (
    <BlockStack gap="300">
      {granted === false ? (
        <Banner title={t("credit.missing.title")} tone="warning">
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p">{t("credit.missing.text")}</Text>
            <Button loading={asking} onClick={() => void ask()}>
              {t("credit.missing.allow")}
            </Button>
            {declined ? <InlineError message={t("credit.missing.declined")} fieldID="credit-permission" /> : null}
          </BlockStack>
        </Banner>
      ) : null}
      <Text as="p" tone="subdued">
        {t("credit.about")}
      </Text>
    </BlockStack>
  );
}
