import { BlockStack, Card, ChoiceList, Text } from "@shopify/polaris";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { type FormCardProps, MODES, showSame } from "./settings-form.ts";
import { useFieldError } from "./use-field-error.ts";

/** Who decides what shoppers see: the orders, a person who approves, or a person alone. */
export const ModeCard = memo(function ModeCard({ form, onChange, errors }: FormCardProps) {
  const { t } = useTranslation("settings");
  const errorOf = useFieldError(errors);
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("mode.title")}
        </Text>
        <ChoiceList
          title={t("mode.title")}
          titleHidden
          choices={MODES.map((mode) => ({
            value: mode,
            label: t(`mode.${mode}.label`),
            helpText: t(`mode.${mode}.help`),
          }))}
          selected={[form.mode]}
          onChange={([mode]) => onChange({ mode: mode ?? form.mode })}
          error={errorOf("mode")}
        />
      </BlockStack>
    </Card>
  );
}, showSame("mode"));
