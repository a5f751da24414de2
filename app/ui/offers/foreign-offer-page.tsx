import { Banner, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ForeignOfferView } from "../../views/offer-editor-view.ts";
import { TitleBar } from "../kit/title-bar.tsx";
import { OFFERS } from "./list-query.ts";
import { useOfferWords } from "./offer-words.ts";

/** An offer that only another release of the app can show. */
export function ForeignOfferPage({ view }: { view: ForeignOfferView }) {
  const { t } = useTranslation("offers");
  const words = useOfferWords();
  const { stored, name } = view;
  return (
    <Page title={name} backAction={{ content: t("title"), url: OFFERS }}>
      <TitleBar title={name} />
      <Banner tone="warning" title={stored.fault === null ? t("fault.unknown-type") : words.fault(stored.fault)}>
        <Text as="p">{t("fault.foreign")}</Text>
      </Banner>
    </Page>
  );
}
