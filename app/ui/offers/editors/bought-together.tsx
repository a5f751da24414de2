import { BlockStack, Link, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { creditAmountReward } from "../../../domain/offers/rewards/credit.ts";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import { LeafField } from "../../forms/leaf-field.tsx";
import { type ControlProps, NamedCodes } from "../../forms/shape-fields.tsx";
import { switchOf } from "../../forms/shape-form.ts";
import { typedPercent } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import { CreditPermission } from "./credit-permission.tsx";
import type { OfferEditor } from "./editor.ts";
import { SetCostNotes } from "./set-cost-notes.tsx";

/** From here on the form asks staff to look at the margin. */
const LARGE_BASIS_POINTS = 3_000;

const { description } = contentShape("bought-together");
const WAIT_DAYS = creditAmountReward.description.fields.waitDays!;

/** The companions themselves have a page of their own, with the orders behind them. */
function EvidenceLink() {
  const { t } = useTranslation("offers");
  return (
    <Text as="p" tone="subdued">
      {t("evidence.text")} <Link url="/app/bought-together">{t("evidence.link")}</Link>
    </Text>
  );
}

/** The discount of a set, with a word of caution where it is large. */
function SetDiscount({ name, form, onChange, errors }: ControlProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  const variant = String(form["reward.kind"] ?? "");
  const text = String(form[name] ?? "");
  const typed = typedPercent(text);
  const caution = (
    <Text as="span" tone="caution">
      {t("discount.large")}
    </Text>
  );
  return (
    <TextField
      id={name}
      label={words.label(name, variant)}
      value={text}
      onChange={(next) => onChange({ [name]: next })}
      suffix="%"
      inputMode="decimal"
      autoComplete="off"
      helpText={
        variant === "percent" && typeof typed === "number" && typed > LARGE_BASIS_POINTS ? caution : words.help(name)
      }
      error={words.error(name, errors[name])}
    />
  );
}

/** When store credit is given, below what there is to know of it. */
function CreditWait({ name, form, onChange, errors }: ControlProps) {
  const shared = { namespace: "offers", description, name, id: name, value: form[name] ?? "", onChange };
  return (
    <BlockStack gap="400">
      <CreditPermission />
      <LeafField {...shared} field={WAIT_DAYS} code={errors[name]} />
    </BlockStack>
  );
}

const COUNTRIES = "config.countries";

/** Where a whole set ships for free; no question while it gives something else. */
function FreeCountries({ form, onChange, errors, context }: Omit<ControlProps, "name">) {
  const isFree = form[switchOf("reward")] === true && form["reward.kind"] === "free-shipping";
  if (!isFree) return null;
  const isLimited = switchOf(COUNTRIES);
  const shared = { namespace: "offers", description, onChange };
  const limit = { name: isLimited, id: isLimited, field: { kind: "boolean" }, code: errors[isLimited] } as const;
  return (
    <>
      <LeafField {...shared} {...limit} value={form[isLimited] ?? false} />
      {form[isLimited] === true ? (
        <NamedCodes {...shared} {...{ form, errors, context }} name={COUNTRIES} kind="country" />
      ) : null}
    </>
  );
}

function BelowReward(props: Omit<ControlProps, "name"> & { view: OfferEditorView }) {
  return (
    <>
      <FreeCountries {...props} />
      <SetCostNotes {...props} />
    </>
  );
}

export const boughtTogetherEditor: OfferEditor = {
  controls: { "reward.basisPoints": SetDiscount, "reward.waitDays": CreditWait, [COUNTRIES]: () => null },
  BelowReward,
  Intro: EvidenceLink,
};
