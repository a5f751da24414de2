import { BlockStack, Card, Checkbox, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { FormCardProps } from "./settings-form.ts";

/** Whether what a customer bought before counts, for customers who allow it. */
export function HistoryCard({ form, onChange }: Pick<FormCardProps, "form" | "onChange">) {
  const { t } = useTranslation("settings");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("history.title")}
        </Text>
        <Checkbox
          id="useCustomerHistory"
          label={t("history.use")}
          helpText={t("history.useHelp")}
          checked={form.useCustomerHistory}
          onChange={(useCustomerHistory) => onChange({ useCustomerHistory })}
        />
      </BlockStack>
    </Card>
  );
}
