import { BlockStack, Button, Card, Checkbox, InlineError, Text, TextField } from "@shopify/polaris";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { toDecimalString } from "../../../domain/money/money.ts";
import type { SettingsView } from "../../../views/settings-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { type FormCardProps, goalField, goalTexts, parseAmount, type SettingsForm } from "./settings-form.ts";
import { useFieldError } from "./use-field-error.ts";

/** The free-shipping goal in each currency, with what the shop's own shipping settings say beside it. */
export function GoalCard({ view, form, onChange, errors }: FormCardProps & { view: SettingsView }) {
  const { t } = useTranslation("settings");
  const errorOf = useFieldError(errors);
  const noAmount = errorOf("goalEnabled");
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("goal.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("goal.intro")}
          </Text>
        </BlockStack>
        <Checkbox
          id="goalEnabled"
          label={t("goal.enabled")}
          checked={form.goalEnabled}
          onChange={(goalEnabled) => onChange({ goalEnabled, ...(goalEnabled ? proposed() : {}) })}
        />
        {noAmount === undefined ? null : <InlineError fieldID="goalEnabled" message={noAmount} />}
        {form.goalEnabled
          ? view.currencies.map((currency) => (
              <GoalAmount
                key={currency}
                currency={currency}
                threshold={view.shippingThresholds.find((threshold) => threshold.currency === currency)?.amountMinor}
                text={form[goalField(currency)] ?? ""}
                onChange={onChange}
                error={errorOf(goalField(currency))}
              />
            ))
          : null}
        {form.goalEnabled && view.shippingThresholds.length === 0 ? (
          <Text as="p" tone="subdued">
            {t("goal.noThreshold")}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );

  /** The amounts of the shop's own shipping settings, where there is none at all yet. */
  function proposed(): Partial<SettingsForm> {
    if (goalTexts(form).some(([, text]) => text.trim() !== "")) return {};
    return Object.fromEntries(
      view.shippingThresholds.map((threshold) => [goalField(threshold.currency), toDecimalString(threshold)]),
    );
  }
}

interface GoalAmountProps {
  currency: string;
  /** Minor units; from the shop's shipping settings, where they could be read. */
  threshold: number | undefined;
  text: string;
  onChange: FormCardProps["onChange"];
  error: string | undefined;
}

/** A shop may have dozens of currencies: only the one that is typed in is rendered anew. */
const GoalAmount = memo(function GoalAmount({ currency, threshold, text, onChange, error }: GoalAmountProps) {
  const onText = (changed: string) => onChange({ [goalField(currency)]: changed });
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const proposal = threshold === undefined ? null : { amountMinor: threshold, currency };
  const amountMinor = amountOf(text, currency);
  return (
    <BlockStack gap="100" inlineAlign="stretch">
      <TextField
        id={goalField(currency)}
        label={t("goal.amount", { currency })}
        value={text}
        onChange={onText}
        suffix={currency}
        inputMode="decimal"
        autoComplete="off"
        error={error}
        helpText={helpText(amountMinor, proposal)}
      />
      {proposal === null || amountMinor === proposal.amountMinor ? null : (
        <div>
          <Button variant="plain" onClick={() => onText(toDecimalString(proposal))}>
            {t("goal.use", { amount: formats.money(proposal) })}
          </Button>
        </div>
      )}
    </BlockStack>
  );

  function helpText(amount: number | null, proposed: { amountMinor: number; currency: string } | null) {
    if (proposed === null) return t("goal.empty");
    const threshold = formats.money(proposed);
    if (amount === null) return t("goal.proposed", { threshold });
    if (amount > proposed.amountMinor) {
      return (
        <Text as="span" tone="caution">
          {t("goal.above", { threshold })}
        </Text>
      );
    }
    return amount < proposed.amountMinor ? t("goal.below", { threshold }) : t("goal.same");
  }
});

function amountOf(text: string, currency: string): number | null {
  const amount = parseAmount(text, currency);
  return typeof amount === "number" ? amount : null;
}
