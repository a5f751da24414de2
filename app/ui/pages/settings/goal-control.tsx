import { BlockStack, Button, Checkbox, InlineError, Text, TextField } from "@shopify/polaris";
import { createContext, memo, useContext } from "react";
import { useTranslation } from "react-i18next";
import { toDecimalString } from "../../../domain/money/money.ts";
import { formSettings } from "../../../domain/settings/sections.ts";
import type { SettingsView } from "../../../views/settings-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import type { ShapeForm } from "../../forms/shape-form.ts";
import { typedAmount } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { goalField } from "./settings-form.ts";

/** What the shop's own shipping settings say, for the goal's controls. */
export const ShippingThresholds = createContext<SettingsView["shippingThresholds"]>([]);

/**
 * Whether there is a goal. Turned on without an amount anywhere, it takes those of the shop's own shipping settings.
 */
export function GoalControl({ name, form, onChange, errors, context }: ControlProps) {
  const words = useShapeWords("settings", formSettings.description);
  const thresholds = useContext(ShippingThresholds);
  const error = words.error(name, errors[name]);
  function proposed(): ShapeForm {
    if (context.currencies.some((currency) => String(form[goalField(currency)] ?? "").trim() !== "")) return {};
    return Object.fromEntries(
      thresholds.map((threshold) => [goalField(threshold.currency), toDecimalString(threshold)]),
    );
  }
  return (
    <>
      <Checkbox
        id={name}
        label={words.label(name)}
        checked={form[name] === true}
        onChange={(checked) => onChange({ [name]: checked, ...(checked ? proposed() : {}) })}
      />
      {error === undefined ? null : <InlineError fieldID={name} message={error} />}
    </>
  );
}

/** The goal in each currency, with what the shop's own shipping settings say beside it; folded away without a goal. */
export function GoalAmountsControl({ form, onChange, errors, context }: ControlProps) {
  const { t } = useTranslation("settings");
  const words = useShapeWords("settings", formSettings.description);
  const thresholds = useContext(ShippingThresholds);
  if (form.goalEnabled !== true) return null;
  return (
    <>
      {context.currencies.map((currency) => (
        <GoalAmount
          key={currency}
          currency={currency}
          threshold={thresholds.find((threshold) => threshold.currency === currency)?.amountMinor}
          text={String(form[goalField(currency)] ?? "")}
          onChange={onChange}
          error={words.error(goalField(currency), errors[goalField(currency)])}
        />
      ))}
      {thresholds.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("goal.noThreshold")}
        </Text>
      ) : null}
    </>
  );
}

interface GoalAmountProps {
  currency: string;
  /** Minor units; from the shop's shipping settings, where they could be read. */
  threshold: number | undefined;
  text: string;
  onChange: ControlProps["onChange"];
  error: string | undefined;
}

/** A shop may have dozens of currencies: only the one that is typed in is rendered again. */
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
        label={t("field.goalAmounts.label", { currency })}
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
  const amount = typedAmount(text, currency);
  return typeof amount === "number" && amount > 0 ? amount : null;
}
