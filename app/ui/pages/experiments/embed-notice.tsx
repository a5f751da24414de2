import { Banner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { EmbedInTheme } from "../../kit/use-split-embed.ts";

/** Says that shoppers are not split, where the theme lacks what splits them, and leads to where it is switched on. */
export function EmbedNotice({ embed: { state, url } }: { embed: EmbedInTheme }) {
  const { t } = useTranslation("experiments");
  if (state !== "off") return null;
  return (
    <Banner
      tone="warning"
      title={t("embedOff.title")}
      action={{ content: t("embedOff.action"), url, external: true, target: "_top" }}
    >
      <Text as="p">{t("embedOff.text")}</Text>
    </Banner>
  );
}
