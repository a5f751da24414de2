import { Banner, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

interface PageErrorProps {
  /** True where the address leads nowhere, false where something of ours went wrong. */
  notFound: boolean;
  onRetry: () => void;
}

/** A page that could not be shown, in words, inside the app's frame, so that the menu still leads on. */
export function PageError({ notFound, onRetry }: PageErrorProps) {
  const { t } = useTranslation();
  return (
    <Page title={notFound ? t("notFound.title") : t("error.title")}>
      {notFound ? (
        <Banner tone="warning" action={{ content: t("error.home"), url: "/app" }}>
          <Text as="p">{t("notFound.text")}</Text>
        </Banner>
      ) : (
        <Banner tone="critical" action={{ content: t("error.retry"), onAction: onRetry }}>
          <Text as="p">{t("error.text")}</Text>
        </Banner>
      )}
    </Page>
  );
}
