import { BlockStack, Card, Checkbox, Text } from "@shopify/polaris";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { requestScope } from "../../kit/app-bridge.ts";
import { type FormCardProps, showSame } from "./settings-form.ts";

/** What writing the history to customers needs; the merchant is asked for it when they want it. */
const SCOPE = "write_customers";

/** Whether what a customer bought before counts, for customers who allow it. On only with the merchant's permission. */
export const HistoryCard = memo(function HistoryCard({ form, onChange, errors }: FormCardProps) {
  const { t } = useTranslation("settings");
  const [asking, setAsking] = useState(false);
  const [declined, setDeclined] = useState(false);
  async function change(useCustomerHistory: boolean) {
    setDeclined(false);
    if (!useCustomerHistory) return onChange({ useCustomerHistory });
    setAsking(true);
    const answer = await requestScope(SCOPE);
    setAsking(false);
    if (answer === "declined") setDeclined(true);
    else onChange({ useCustomerHistory });
  }
  const isRefused = declined || errors.useCustomerHistory !== undefined;
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
          disabled={asking}
          error={isRefused ? t("history.noPermission") : undefined}
          onChange={(checked) => void change(checked)}
        />
      </BlockStack>
    </Card>
  );
}, showSame("useCustomerHistory"));
