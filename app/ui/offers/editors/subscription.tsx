import { Banner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { OfferEditor } from "./editor.ts";

/** How many products can be subscribed to; or where plans come from, while no product has one. */
function ProductsWithPlans({ view: { productsWithPlans = 0 } }: { view: OfferEditorView }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  if (productsWithPlans === 0) {
    return (
      <Banner tone="info" title={t("plans.none.title")}>
        <Text as="p">{t("plans.none.text")}</Text>
      </Banner>
    );
  }
  return (
    <Text as="p" tone="subdued">
      {t("plans.found", { count: productsWithPlans, products: formats.number(productsWithPlans) })}
    </Text>
  );
}

export const subscriptionEditor: OfferEditor = { controls: {}, Intro: ProductsWithPlans };
