import { Checkbox } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { requestScopes } from "../../kit/app-bridge.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";

/** What writing the history to customers needs; the merchant is asked for it when they want it. */
const SCOPE = "write_customers";

/** Whether what a customer bought before counts, for customers who allow it. On only with the merchant's permission. */
export function HistoryControl({ name, form, onChange, errors }: ControlProps) {
  const { t } = useTranslation("settings");
  const [asking, setAsking] = useState(false);
  const [declined, setDeclined] = useState(false);
  async function change(checked: boolean) {
    setDeclined(false);
    if (!checked) return onChange({ [name]: false });
    setAsking(true);
    const answer = await requestScopes(SCOPE);
    setAsking(false);
    if (answer === "declined") setDeclined(true);
    else onChange({ [name]: true });
  }
  return (
    <Checkbox
      id={name}
      label={t("field.useCustomerHistory.label")}
      helpText={t("field.useCustomerHistory.help")}
      checked={form[name] === true}
      disabled={asking}
      error={declined || errors[name] !== undefined ? t("field.useCustomerHistory.error.no-permission") : undefined}
      onChange={(checked) => void change(checked)}
    />
  );
}
