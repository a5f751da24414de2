import { BlockStack, Card, Checkbox, ChoiceList, Text, TextField } from "@shopify/polaris";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { LEAST_ORDERS_TOLD } from "../../../domain/publishing/published.ts";
import {
  type FormCardProps,
  LARGE_DISCOUNT_PERCENT,
  LARGEST_DISCOUNT_PERCENT,
  SET_SIZES,
  showSame,
} from "./settings-form.ts";
import { useFieldError } from "./use-field-error.ts";

/** The set: how many companions, what comes off when they are bought together, and what shoppers are told of them. */
export const SetCard = memo(
  function SetCard({ form, onChange, errors }: FormCardProps) {
    const { t } = useTranslation("settings");
    const errorOf = useFieldError(errors);
    const large =
      errors.discountPercent === undefined && Number(form.discountPercent.normalize("NFKC")) > LARGE_DISCOUNT_PERCENT;
    return (
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {t("set.title")}
          </Text>
          <TextField
            id="discountPercent"
            label={t("set.discount")}
            value={form.discountPercent}
            onChange={(discountPercent) => onChange({ discountPercent })}
            suffix="%"
            inputMode="decimal"
            autoComplete="off"
            helpText={
              large ? (
                <Text as="span" tone="caution">
                  {t("set.discountLarge")}
                </Text>
              ) : (
                t("set.discountHelp", { most: LARGEST_DISCOUNT_PERCENT })
              )
            }
            error={errorOf("discountPercent", { most: LARGEST_DISCOUNT_PERCENT })}
          />
          <ChoiceList
            title={t("set.size")}
            choices={SET_SIZES.map((size) => ({ value: size, label: t("set.sizeChoice", { count: Number(size) }) }))}
            selected={[form.setSize]}
            onChange={([setSize]) => onChange({ setSize: setSize ?? form.setSize })}
            error={errorOf("setSize")}
          />
          <Checkbox
            id="tellOrdersTogether"
            label={t("set.tell")}
            helpText={t("set.tellHelp", { least: LEAST_ORDERS_TOLD })}
            checked={form.tellOrdersTogether}
            onChange={(tellOrdersTogether) => onChange({ tellOrdersTogether })}
          />
        </BlockStack>
      </Card>
    );
  },
  showSame("discountPercent", "setSize", "tellOrdersTogether"),
);
