import { useTranslation } from "react-i18next";
import type { SettingsErrors } from "./settings-form.ts";

/** The words for a field's error code, or undefined where the field is right. */
export function useFieldError(errors: SettingsErrors) {
  const { t } = useTranslation("settings");
  return (field: string, values: Record<string, unknown> = {}): string | undefined => {
    const code = errors[field];
    return code === undefined ? undefined : t(`error.${code}`, { ...values, defaultValue: t("error.invalid") });
  };
}
