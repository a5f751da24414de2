import { BlockStack, Card, Select, Text, TextField } from "@shopify/polaris";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { toDecimalString } from "../../../domain/money/money.ts";
import { DELIVERY_METHODS, type DeliveryMethod } from "../../../domain/simulation/simulate-delivery.ts";
import { knownCodes } from "../../forms/known-codes.ts";
import { typedAmount } from "../../forms/typed-values.ts";
import { useNamedCodes } from "../../forms/use-named-codes.ts";
import { inCurrency } from "./changed-query.ts";
import type { QueryProps } from "./query-props.ts";

/** Where and how the cart is bought: currency, country, delivery and codes. */
export function SituationCard({ view, query, onChange }: QueryProps) {
  const { t } = useTranslation("simulator");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("situation.title")}
        </Text>
        <Select
          label={t("situation.currency")}
          options={[...new Set([...view.currencies, view.currency])]}
          value={view.currency}
          onChange={(currency) => onChange(inCurrency(currency, query, view))}
          helpText={view.currency === view.shopCurrency ? undefined : t("situation.otherCurrency")}
        />
        <Country query={query} onChange={onChange} />
        <Select
          label={t("situation.method")}
          options={DELIVERY_METHODS.map((method) => ({ value: method, label: t(`method.${method}`) }))}
          value={query.method}
          onChange={(method) => onChange({ method: method as DeliveryMethod })}
        />
        <Fee key={view.currency} {...{ view, query, onChange }} />
        <Codes query={query} onChange={onChange} />
      </BlockStack>
    </Card>
  );
}

function Country({ query, onChange }: Omit<QueryProps, "view">) {
  const { t } = useTranslation("simulator");
  const { country } = query;
  // An address of the simulator may name a country that is not in the list: it stays as it is.
  const codes = useMemo(() => {
    const known = knownCodes("country", []);
    return country === null || known.includes(country) ? known : [...known, country];
  }, [country]);
  return (
    <Select
      label={t("situation.country")}
      options={[{ value: "", label: t("situation.noCountry") }, ...useNamedCodes("country", codes)]}
      value={country ?? ""}
      onChange={(next) => onChange({ country: next === "" ? null : next })}
    />
  );
}

function Fee({ view, query, onChange }: QueryProps) {
  const { t } = useTranslation("simulator");
  const { currency } = view;
  const [text, setText] = useState<string | null>(null);
  const known = query.feeMinor === null ? "" : toDecimalString({ amountMinor: query.feeMinor, currency });
  const shown = text ?? known;
  const typed = typedAmount(shown, currency);
  const isRight = shown === "" || (typeof typed === "number" && typed >= 0);
  return (
    <TextField
      label={t("situation.fee", { currency })}
      value={shown}
      inputMode="decimal"
      autoComplete="off"
      error={isRight ? undefined : t("line.wrongPrice", { currency })}
      helpText={t("situation.feeHelp")}
      onChange={(value) => {
        setText(value);
        const amount = typedAmount(value, currency);
        if (value.trim() === "") onChange({ feeMinor: null });
        else if (typeof amount === "number" && amount >= 0) onChange({ feeMinor: amount });
      }}
      onBlur={() => isRight && setText(null)}
    />
  );
}

function Codes({ query, onChange }: Omit<QueryProps, "view">) {
  const { t } = useTranslation("simulator");
  const [text, setText] = useState<string | null>(null);
  const commit = () => {
    if (text === null) return;
    onChange({ codes: text.split(/[\s,、]+/).filter((code) => code !== "") });
    setText(null);
  };
  return (
    <TextField
      label={t("situation.codes")}
      value={text ?? query.codes.join(" ")}
      autoComplete="off"
      helpText={t("situation.codesHelp")}
      onChange={setText}
      onBlur={commit}
      maxLength={200}
    />
  );
}
