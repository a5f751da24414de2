import { Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OfferEditor } from "./editor.ts";

/** The companions themselves have a page of their own, with the orders behind them. */
function EvidenceLink() {
  const { t } = useTranslation("offers");
  return (
    <Text as="p" tone="subdued">
      {t("evidence.text")} <Link url="/app/bought-together">{t("evidence.link")}</Link>
    </Text>
  );
}

export const boughtTogetherEditor: OfferEditor = { controls: {}, Intro: EvidenceLink };
