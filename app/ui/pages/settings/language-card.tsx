import { BlockStack, Card, Select, Text } from "@shopify/polaris";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { isLanguage, LANGUAGES, type Language } from "../../kit/locale.ts";

const FOLLOW_SHOPIFY = "shopify";

interface LanguageCardProps {
  choice: Language | null;
  saving: boolean;
  onChoose: (choice: Language | null) => void;
}

/** The language of these pages for this person; at once and apart from the shop's settings, since it is theirs alone. */
export const LanguageCard = memo(function LanguageCard({ choice, saving, onChoose }: LanguageCardProps) {
  const { t } = useTranslation("settings");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("language.title")}
        </Text>
        <Select
          label={t("language.label")}
          options={[
            { value: FOLLOW_SHOPIFY, label: t("language.followShopify") },
            // Each in its own language, for those who cannot read the page as it stands.
            ...LANGUAGES.map((language) => ({
              value: language,
              label: new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language,
            })),
          ]}
          value={choice ?? FOLLOW_SHOPIFY}
          disabled={saving}
          onChange={(value) => onChoose(isLanguage(value) ? value : null)}
          helpText={t("language.help")}
        />
      </BlockStack>
    </Card>
  );
});
