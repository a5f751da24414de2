import { Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { formSettings } from "../../../domain/settings/sections.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { typedPercent } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";

/** From here on the form asks to look at the margin. */
const LARGE_BASIS_POINTS = 3_000;

/** The discount of a set, with a word of caution where it is large. */
export function DiscountControl({ name, form, onChange, errors }: ControlProps) {
  const { t } = useTranslation("settings");
  const words = useShapeWords("settings", formSettings.description);
  const text = String(form[name] ?? "");
  const typed = typedPercent(text);
  const caution = (
    <Text as="span" tone="caution">
      {t("field.setDiscountBasisPoints.large")}
    </Text>
  );
  return (
    <TextField
      id={name}
      label={words.label(name)}
      value={text}
      onChange={(next) => onChange({ [name]: next })}
      suffix="%"
      inputMode="decimal"
      autoComplete="off"
      helpText={typeof typed === "number" && typed > LARGE_BASIS_POINTS ? caution : words.help(name)}
      error={words.error(name, errors[name])}
    />
  );
}
