import { Banner, BlockStack, Button, Checkbox, Text, TextField } from "@shopify/polaris";
import { memo, useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { toDecimalString } from "../../../domain/money/money.ts";
import type { FreeRate } from "../../../domain/offers/free-rate.ts";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import { countriesOfRates } from "../../../domain/offers/types/goal/own-rates.ts";
import { within } from "../../../domain/shape/field.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import { CurrencyFields } from "../../forms/currency-fields.tsx";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { rowsOf, rowsText, type ShapeForm, switchOf } from "../../forms/shape-form.ts";
import { typedAmount } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { OfferEditor } from "./editor.ts";
import { GIFT, GiftProduct } from "./gift-product.tsx";
import { GAP_LIMIT, GoalGap } from "./goal-gap.tsx";

const { description } = contentShape("goal");
const AMOUNTS = "config.amounts";
/** Shown with the amounts, which it is about. */
const REWARD = "reward";
const COUNTRIES = "config.countries";
const NO_RATES: readonly FreeRate[] = [];

/** The goal in each currency, with what the shop's own shipping settings say beside it. */
function GoalAmounts(props: ControlProps & { view: OfferEditorView }) {
  const { name, form, onChange, errors, context, view } = props;
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  const { shippingRates } = view;
  const places = goalPlaces(form, context.currencies, shippingRates);
  const ratesOf = useMemo(() => Map.groupBy(shippingRates, ({ currency }) => currency), [shippingRates]);
  const latest = useRef(form);
  latest.current = form;
  const { currencies } = context;
  const use = useCallback(
    (field: string, { amountMinor, currency }: FreeRate) => {
      const change = { [field]: toDecimalString({ amountMinor, currency }) };
      const before = goalPlaces(latest.current, currencies, shippingRates);
      const after = goalPlaces({ ...latest.current, ...change }, currencies, shippingRates);
      // The countries of the rates that are used go with the amount, unless a person has chosen others.
      const isOwnChoice = before.chosen !== null && before.chosen.join() !== before.free?.join();
      onChange(isOwnChoice ? change : { ...change, ...onlyIn(after.free) });
    },
    [currencies, shippingRates, onChange],
  );
  return (
    <>
      <CurrencyFields
        currencies={currencies}
        // A currency in which the shop's own shipping is free has something to say.
        isFilled={(currency) => String(form[within(name, currency)] ?? "") !== "" || ratesOf.has(currency)}
        isRefused={(currency) => errors[within(name, currency)] !== undefined}
        field={(currency) => {
          const field = within(name, currency);
          return (
            <GoalAmount
              key={currency}
              field={field}
              label={words.label(field)}
              currency={currency}
              rates={ratesOf.get(currency) ?? NO_RATES}
              text={String(form[field] ?? "")}
              onChange={onChange}
              onUse={use}
              error={words.error(field, errors[field]) ?? words.error(name, currencyLess(errors[name], currency, view))}
            />
          );
        }}
      />
      {places.chosen === null && places.free !== null ? (
        <FreeAbroad countries={places.free} onLimit={() => onChange(onlyIn(places.free))} />
      ) : null}
      {shippingRates.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("goal.noThreshold")}
        </Text>
      ) : null}
      <FreeShipping {...props} />
    </>
  );
}

/** The countries of a goal, as typed, and those in which the shop's own rates are free at its amounts; null for all. */
function goalPlaces(form: ShapeForm, currencies: readonly string[], rates: readonly FreeRate[]) {
  const amounts = Object.fromEntries(
    currencies.flatMap((currency): [string, number][] => {
      const amount = typedAmount(String(form[within(AMOUNTS, currency)] ?? ""), currency);
      return typeof amount === "number" && amount > 0 ? [[currency, amount]] : [];
    }),
  );
  const rows = rowsOf(form[COUNTRIES]).map((row) => String(row[""] ?? ""));
  return {
    chosen: form[switchOf(COUNTRIES)] === true ? rows.filter((code) => code !== "").sort() : null,
    free: countriesOfRates(amounts, rates),
  };
}

/** The change of the form that limits a goal to these countries; null for none. */
function onlyIn(countries: readonly string[] | null): ShapeForm {
  return {
    [switchOf(COUNTRIES)]: countries !== null,
    [COUNTRIES]: rowsText((countries ?? []).map((country) => ({ "": country }))),
  };
}

/** Says that a goal is good in more countries than the shop's own rates, which its discount then pays for. */
function FreeAbroad({ countries, onLimit }: { countries: readonly string[]; onLimit: () => void }) {
  const { t } = useTranslation("offers");
  const where = useCountryNames()(countries);
  return (
    <Banner tone="warning">
      <BlockStack gap="200">
        <p>{t("goal.abroad", { where })}</p>
        <div>
          <Button onClick={onLimit}>{t("goal.limit")}</Button>
        </div>
      </BlockStack>
    </Banner>
  );
}

/** More countries than these are counted, not named. */
const MOST_NAMES = 4;

function useCountryNames() {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  return (countries: readonly string[]) => {
    const nameOf = (country: string) => formats.codeName("country", country);
    const names = countries.slice(0, countries.length > MOST_NAMES + 1 ? MOST_NAMES : undefined).map(nameOf);
    const more = countries.length - names.length;
    return formats.list(more === 0 ? names : [...names, t("goal.moreCountries", { count: more })]);
  };
}

/** An error of the amounts as a whole is said at the shop's own currency. */
function currencyLess(code: string | undefined, currency: string, view: OfferEditorView): string | undefined {
  return currency === view.shop.currency ? code : undefined;
}

interface GoalAmountProps {
  field: string;
  label: string;
  currency: string;
  /** The shop's own free rates in the currency, ascending, where they could be read. */
  rates: readonly FreeRate[];
  text: string;
  onChange: ControlProps["onChange"];
  onUse: (field: string, rate: FreeRate) => void;
  error: string | undefined;
}

/** A shop may have dozens of currencies: only the one that is typed in is rendered again. */
const GoalAmount = memo(function GoalAmount(props: GoalAmountProps) {
  const { field, label, currency, rates, text, onChange, onUse, error } = props;
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const countryNames = useCountryNames();
  const proposal = rates[0] ?? null;
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
      {rates
        .filter((rate) => rate.amountMinor !== amount)
        .map((rate) => (
          <div key={rate.amountMinor}>
            <Button variant="plain" onClick={() => onUse(field, rate)}>
              {rate.countries === null
                ? t("goal.use", { amount: formats.money(rate) })
                : t("goal.useIn", { amount: formats.money(rate), where: countryNames(rate.countries) })}
            </Button>
          </div>
        ))}
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
function FreeShipping({ form, onChange, errors }: ControlProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  return (
    <Checkbox
      id={switchOf(REWARD)}
      label={t("goal.free")}
      helpText={t("goal.freeHelp")}
      checked={form[switchOf(REWARD)] === true}
      onChange={(checked) => onChange({ [switchOf(REWARD)]: checked, [within(REWARD, "kind")]: "free-shipping" })}
      error={words.error(within(REWARD, "kind"), errors[within(REWARD, "kind")])}
    />
  );
}

export const goalEditor: OfferEditor = {
  controls: { [AMOUNTS]: GoalAmounts, [REWARD]: () => null, [GIFT]: GiftProduct, [GAP_LIMIT]: GoalGap },
};
