import { BlockStack, Box, Card, Form, InlineGrid, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { LifetimeView } from "../../../views/customers-view.ts";
import {
  FORMULA_INPUTS,
  inputsInUse,
  LIFETIME_INPUTS,
  type LifetimeInput,
  type LifetimeInputValues,
  valueBy,
} from "../../../domain/customers/lifetime-inputs.ts";
import type { LifetimeValueFormula } from "../../../domain/customers/lifetime-value.ts";
import { minorUnitsPerUnit } from "../../../domain/money/currency.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import { FormNotices } from "../../forms/form-notices.tsx";
import type { SavedForm } from "../../forms/use-saved-form.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { askedInputs, type LifetimeForm, parseLifetimeForm } from "./lifetime-form.ts";

const FORMULAS = [
  "simple",
  "lasting",
  "subscription",
  "yearly",
  "net",
  "allowance",
  "contract",
] as const satisfies LifetimeValueFormula[];
/** Units of the currency in the example of an amount. */
const EXAMPLE_UNITS = 12;

export interface LifetimeCardProps {
  lifetime: LifetimeView;
  currency: string;
  form: SavedForm<LifetimeForm>;
}

/** The formulas over one set of inputs; each follows what is typed at once. */
export function LifetimeCard({ lifetime, currency, form }: LifetimeCardProps) {
  const { t } = useTranslation("customers");
  const { known } = lifetime;
  const values = inputsInUse(known, parseLifetimeForm(form.fields, currency).values);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("lifetime.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("lifetime.intro")}
          </Text>
        </BlockStack>
        <FormNotices
          form={form}
          describe={(name, value) => ({ label: t(`lifetime.input.${name}`), value: String(value ?? "–") })}
        />
        <InlineGrid columns={{ xs: 1, md: ["oneThird", "twoThirds"] }} gap="500" alignItems="start">
          <BlockStack gap="400">
            <KnownInputs lifetime={lifetime} currency={currency} />
            <Form onSubmit={form.save}>
              <AskedInputs known={known} currency={currency} form={form} />
            </Form>
          </BlockStack>
          <BlockStack gap="400">
            {FORMULAS.map((formula) => (
              <Formula key={formula} formula={formula} values={values} known={known} currency={currency} />
            ))}
          </BlockStack>
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

function KnownInputs({ lifetime, currency }: { lifetime: LifetimeView; currency: string }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const textOf = useInputText(currency);
  const names = Object.keys(lifetime.known) as LifetimeInput[];
  const share = lifetime.costKnownShare === null ? null : formats.percent(lifetime.costKnownShare);
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t("lifetime.known")}
      </Text>
      <dl className="tsuide-inputs">
        {names.map((name) => (
          <div key={name}>
            <dt>{t(`lifetime.input.${name}`)}</dt>
            <dd>{textOf(name, lifetime.known[name]!)}</dd>
          </div>
        ))}
      </dl>
      {lifetime.known.averageOrder === undefined ? null : (
        <Text as="p" variant="bodySm" tone="subdued">
          {t("lifetime.averageOrderNote")}
        </Text>
      )}
      {share === null ? null : (
        <Text as="p" variant="bodySm" tone="subdued">
          {lifetime.known.marginShare === undefined
            ? t("lifetime.costShare", { share })
            : t("lifetime.marginFromCosts", { share })}
        </Text>
      )}
    </BlockStack>
  );
}

/** The inputs that are asked for, those of one formula alone under its name. */
const GROUPS = [
  {
    formula: null,
    names: ["averageOrder", "ordersPerCustomer", "marginShare", "ordersPerYear", "yearlyRevenue", "years"],
  },
  { formula: "net", names: ["acquisitionCost", "retentionCostPerYear"] },
  { formula: "subscription", names: ["monthlyRevenue", "monthlyChurnShare"] },
  { formula: "contract", names: ["initialFee", "monthlyFee", "monthsPerTerm", "renewalShare"] },
] as const satisfies { formula: LifetimeValueFormula | null; names: LifetimeInput[] }[];

interface AskedInputsProps {
  known: LifetimeInputValues;
  currency: string;
  form: SavedForm<LifetimeForm>;
}

function AskedInputs(props: AskedInputsProps) {
  const { t } = useTranslation("customers");
  const names = askedInputs(props.known);
  return (
    <BlockStack gap="400">
      <Text as="h3" variant="headingSm">
        {t("lifetime.entered")}
      </Text>
      {GROUPS.map(({ formula, names: group }) => {
        const asked = group.filter((name) => names.includes(name));
        if (asked.length === 0) return null;
        return (
          <BlockStack key={formula} gap="300">
            {formula === null ? null : (
              <Text as="h4" tone="subdued">
                {t(`lifetime.formula.${formula}.title`)}
              </Text>
            )}
            {asked.map((name) => (
              <AskedInput key={name} name={name} {...props} />
            ))}
          </BlockStack>
        );
      })}
    </BlockStack>
  );
}

function AskedInput(props: AskedInputsProps & { name: LifetimeInput }) {
  const { name, known, currency, form } = props;
  const { t, i18n } = useTranslation("customers");
  const formats = useFormats();
  const example = formats.money({ amountMinor: EXAMPLE_UNITS * minorUnitsPerUnit(currency), currency });
  const textOf = useInputText(currency);
  const code = form.errors[name];
  // What the orders give counts as long as nothing is typed over it.
  const given = known[name];
  const suffix = { money: currency, share: "%", count: undefined }[LIFETIME_INPUTS[name]];
  return (
    <TextField
      id={name}
      label={t(`lifetime.input.${name}`)}
      value={form.fields[name] ?? ""}
      onChange={(text) => form.change({ [name]: text })}
      suffix={suffix}
      inputMode="decimal"
      autoComplete="off"
      error={code === undefined ? undefined : t(`lifetime.error.${code}`, { example, currency })}
      helpText={
        given !== undefined
          ? t("lifetime.overrule", { value: textOf(name, given) })
          : i18n.exists(`customers:lifetime.help.${name}`)
            ? t(`lifetime.help.${name}`)
            : undefined
      }
    />
  );
}

interface FormulaProps {
  formula: LifetimeValueFormula;
  values: LifetimeInputValues;
  known: LifetimeInputValues;
  currency: string;
}

function Formula({ formula, values, known, currency }: FormulaProps) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const textOf = useInputText(currency);
  const outcome = valueBy(formula, values, currency);
  const given = FORMULA_INPUTS[formula].filter((name) => values[name] !== undefined);
  return (
    <Box padding="400" borderWidth="025" borderColor="border" borderRadius="200">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t(`lifetime.formula.${formula}.title`)}
        </Text>
        <Text as="p" tone="subdued">
          {t(`lifetime.formula.${formula}.when`)}
        </Text>
        <Text as="p">{t(`lifetime.formula.${formula}.text`)}</Text>
        {given.length === 0 ? null : (
          <dl className="tsuide-inputs">
            {given.map((name) => (
              <div key={name}>
                <dt>
                  {t(`lifetime.input.${name}`)}{" "}
                  <small>{known[name] === values[name] ? t("lifetime.fromOrders") : t("lifetime.fromYou")}</small>
                </dt>
                <dd>{textOf(name, values[name]!)}</dd>
              </div>
            ))}
          </dl>
        )}
        <div aria-live="polite">{answer()}</div>
      </BlockStack>
    </Box>
  );

  /** What winning a customer may cost: all of it breaks even, a third of it is what merchants commonly aim at. */
  function allowed(value: MoneyView) {
    const third = { ...value, amountMinor: Math.floor(value.amountMinor / 3) };
    return { most: formats.money(value), third: formats.money(third) };
  }

  function answer() {
    switch (outcome.code) {
      case "value":
        return (
          <>
            <Text as="p" variant="headingLg" numeric>
              {formats.money(outcome.value)}
            </Text>
            {formula === "allowance" ? <Text as="p">{t("lifetime.allowed", allowed(outcome.value))}</Text> : null}
          </>
        );
      case "missing-inputs": {
        const inputs = formats.list(outcome.inputs.map((name) => t(`lifetime.input.${name}`)));
        return <Text as="p">{t("lifetime.missing", { inputs })}</Text>;
      }
      case "endless":
        return <Text as="p">{t(`lifetime.endless.${outcome.input}`)}</Text>;
      default:
        return <Text as="p">{t("lifetime.tooLarge")}</Text>;
    }
  }
}

/** An input's value in words: money in the shop's currency, a share in percent, a count with its digits. */
function useInputText(currency: string): (name: LifetimeInput, value: number) => string {
  const formats = useFormats();
  return (name, value) => {
    const kind = LIFETIME_INPUTS[name];
    if (kind === "money") return formats.money({ amountMinor: value, currency });
    return kind === "share" ? formats.typedPercent(value) : formats.number(value);
  };
}
