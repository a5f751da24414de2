import { BlockStack, Button, InlineError, InlineStack, Select, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProductRowView } from "../../../views/bought-together-view.ts";
import { EVERYWHERE, type ExclusionChoice, useExclusion } from "./exclusion-actions.ts";

const CHOICES = {
  everywhere: EVERYWHERE,
  companion: { asTrigger: false, asCompanion: true },
  trigger: { asTrigger: true, asCompanion: false },
} as const satisfies Record<string, ExclusionChoice>;
type ChoiceName = keyof typeof CHOICES;
const NAMES = Object.keys(CHOICES) as ChoiceName[];

/** Excludes a product from all recommendations with one click; once it is, says how, and lets it be changed. */
export function ExclusionControl({ row }: { row: ProductRowView }) {
  const { t } = useTranslation("bought-together");
  const { exclude, pending, refusal } = useExclusion(row.productId, row.title);
  const { asTrigger, asCompanion } = row.excluded;
  const current = NAMES.find((name) => {
    const choice = CHOICES[name];
    return choice.asTrigger === asTrigger && choice.asCompanion === asCompanion;
  });
  return (
    <BlockStack gap="150">
      {current === undefined ? (
        <InlineStack gap="200" blockAlign="center">
          <Button
            size="slim"
            tone="critical"
            variant="plain"
            disabled={pending}
            accessibilityLabel={t("excluded.actionLabel", { product: row.title })}
            onClick={() => exclude(EVERYWHERE)}
          >
            {t("excluded.action")}
          </Button>
          <Text as="span" variant="bodySm" tone="subdued">
            {t("excluded.help")}
          </Text>
        </InlineStack>
      ) : (
        <InlineStack gap="300" blockAlign="end">
          <Select
            label={t("excluded.label")}
            options={NAMES.map((value) => ({ value, label: t(`excluded.option.${value}`) }))}
            value={current}
            disabled={pending}
            onChange={(name) => exclude(CHOICES[name as ChoiceName])}
          />
          <Button
            disabled={pending}
            accessibilityLabel={t("excluded.allowLabel", { product: row.title })}
            onClick={() => exclude({ asTrigger: false, asCompanion: false })}
          >
            {t("excluded.allow")}
          </Button>
        </InlineStack>
      )}
      {refusal === null ? null : (
        <InlineError
          fieldID={`exclude-${row.productId}`}
          message={t(`refusal.${refusal}`, { defaultValue: t("refusal.unknown") })}
        />
      )}
    </BlockStack>
  );
}
