import { useTranslation } from "react-i18next";
import type { FieldName, FieldValue } from "../../forms/draft.ts";
import { currencyOfField, type SettingsForm } from "./settings-form.ts";

/** A field of the settings and a value of it, in the words of the page. */
export function useFieldWords() {
  const { t } = useTranslation("settings");
  return (field: FieldName<SettingsForm>, value: FieldValue | undefined): { label: string; value: string } => {
    const currency = currencyOfField(field);
    const label = currency === null ? t(`field.${field}`) : t("goal.amount", { currency });
    return { label, value: valueInWords(field, value) };
  };

  function valueInWords(field: string, value: FieldValue | undefined): string {
    if (typeof value === "boolean") return value ? t("field.on") : t("field.off");
    if (value === undefined || value.trim() === "") return t("field.empty");
    if (field === "mode") return t(`mode.${value}.label`);
    return field === "discountPercent" ? `${value}%` : value;
  }
}
