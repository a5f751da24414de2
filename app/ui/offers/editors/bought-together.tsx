import { Link, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { typedPercent } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import type { OfferEditor } from "./editor.ts";

/** From here on the form asks staff to look at the margin. */
const LARGE_BASIS_POINTS = 3_000;

const { description } = contentShape("bought-together");

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

export const boughtTogetherEditor: OfferEditor = {
  controls: { "reward.basisPoints": SetDiscount },
  Intro: EvidenceLink,
};
