import { BlockStack, Button, Checkbox, Text, TextField } from "@shopify/polaris";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { toDecimalString } from "../../../domain/money/money.ts";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import { within } from "../../../domain/shape/field.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { switchOf } from "../../forms/shape-form.ts";
import { typedAmount } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { OfferEditor } from "./editor.ts";

const { description } = contentShape("goal");

/** The goal in each currency, with what the shop's own shipping settings say beside it. */
function GoalAmounts({ name, form, onChange, errors, context, view }: ControlProps & { view: OfferEditorView }) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  const { shippingThresholds } = view;
  return (
    <>
      {context.currencies.map((currency) => {
        const field = within(name, currency);
        return (
          <GoalAmount
            key={currency}
            field={field}
            label={words.label(field)}
            currency={currency}
            threshold={shippingThresholds.find((one) => one.currency === currency)?.amountMinor}
            text={String(form[field] ?? "")}
            onChange={onChange}
            error={words.error(field, errors[field]) ?? words.error(name, currencyLess(errors[name], currency, view))}
          />
        );
      })}
      {shippingThresholds.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("goal.noThreshold")}
        </Text>
      ) : null}
    </>
  );
}

/** An error of the amounts as a whole is said at the shop's own currency. */
function currencyLess(code: string | undefined, currency: string, view: OfferEditorView): string | undefined {
  return currency === view.shop.currency ? code : undefined;
}

interface GoalAmountProps {
  field: string;
  label: string;
  currency: string;
  /** Minor units; from the shop's shipping settings, where they could be read. */
  threshold: number | undefined;
  text: string;
  onChange: ControlProps["onChange"];
  error: string | undefined;
}

/** A shop may have dozens of currencies: only the one that is typed in is rendered again. */
const GoalAmount = memo(function GoalAmount(props: GoalAmountProps) {
  const { field, label, currency, threshold, text, onChange, error } = props;
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const proposal = threshold === undefined ? null : { amountMinor: threshold, currency };
  const typed = typedAmount(text, currency);
  const amount = typeof typed === "number" && typed > 0 ? typed : null;
  const change = (next: string) => onChange({ [field]: next });
  return (
    <BlockStack gap="100">
      <TextField
        id={field}
        label={label}
        value={text}
        onChange={change}
        suffix={currency}
        inputMode="decimal"
        autoComplete="off"
        error={error}
        helpText={helpText()}
      />
      {proposal === null || amount === proposal.amountMinor ? null : (
        <div>
          <Button variant="plain" onClick={() => change(toDecimalString(proposal))}>
            {t("goal.use", { amount: formats.money(proposal) })}
          </Button>
        </div>
      )}
    </BlockStack>
  );

  function helpText() {
    if (proposal === null) return t("goal.empty");
    const values = { threshold: formats.money(proposal) };
    if (amount === null) return t("goal.proposed", values);
    if (amount === proposal.amountMinor) return t("goal.same");
    if (amount < proposal.amountMinor) return t("goal.below", values);
    return (
      <Text as="span" tone="caution">
        {t("goal.above", values)}
      </Text>
    );
  }
});

/** Whether the app makes shipping free at the goal, or only tells how much is missing until the shop's own rates do. */
function FreeShipping({ name, form, onChange, errors }: ControlProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  return (
    <Checkbox
      id={switchOf(name)}
      label={t("goal.free")}
      helpText={t("goal.freeHelp")}
      checked={form[switchOf(name)] === true}
      onChange={(checked) => onChange({ [switchOf(name)]: checked, [within(name, "kind")]: "free-shipping" })}
      error={words.error(within(name, "kind"), errors[within(name, "kind")])}
    />
  );
}

export const goalEditor: OfferEditor = { controls: { "config.amounts": GoalAmounts, reward: FreeShipping } };
