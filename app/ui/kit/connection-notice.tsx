import { useRevalidator } from "@remix-run/react";
import { Banner, Box, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useIsConnectionLost } from "./kept-page.ts";

const AGAIN_MS = 10_000;

/** Says that what the page shows may be out of date, and goes on asking. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const lost = useIsConnectionLost();
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!lost || state !== "idle") return;
    const timer = setTimeout(revalidate, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [lost, state, revalidate]);
  if (!lost) return null;
  return (
    <Box padding="400">
      <Banner
        tone="warning"
        title={t("connection.title")}
        action={{ content: t("connection.again"), onAction: revalidate, loading: state !== "idle" }}
      >
        <Text as="p">{t("connection.text")}</Text>
      </Banner>
    </Box>
  );
}
