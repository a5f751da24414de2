import { Banner, BlockStack, InlineError, Link, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import { within } from "../../../domain/shape/field.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductsControl } from "../products-control.tsx";
import { OtherVariantControl, VariantControl } from "../variant-control.tsx";
import type { OfferEditor } from "./editor.ts";

const { description } = contentShape("upgrade");
const UPGRADES = "/app/upgrades";

/** How many products have an upgrade, and where staff look at them; or why there is none yet. */
function FoundUpgrades({ view: { upgradesFound } }: { view: OfferEditorView }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  if (!upgradesFound) {
    return (
      <Banner tone="info" title={t("upgrades.none.title")}>
        <Text as="p">{upgradesFound === 0 ? t("upgrades.none.text") : t("upgrades.none.early")}</Text>
      </Banner>
    );
  }
  return (
    <Text as="p" tone="subdued">
      {t("upgrades.found", { count: upgradesFound, products: formats.number(upgradesFound) })}{" "}
      <Link url={UPGRADES}>{t("upgrades.link")}</Link>
    </Text>
  );
}

/** The products of a pair, or the one that is offered in their place. */
function PairProducts({ single, ...props }: ControlProps & { single: boolean }) {
  const { name, errors, within: place = "" } = props;
  const words = useShapeWords("offers", description);
  const id = within(place, name);
  const error = words.error(id, errors[id]);
  return (
    <div role="group" aria-label={words.label(id)} id={id} tabIndex={-1}>
      <BlockStack gap="200">
        <Text as="h4" variant="bodyMd" fontWeight="semibold">
          {words.label(id)}
        </Text>
        <ProductsControl {...props} errors={{}} single={single} />
        {error === undefined ? null : <InlineError fieldID={id} message={error} />}
      </BlockStack>
    </div>
  );
}

/** The variant that a pair takes the place of. Another one may be of another product, whose variants are others. */
function PairVariant(props: ControlProps) {
  const choose = (id: string) => props.onChange({ [props.name]: id, betterVariant: "" });
  return <VariantControl {...props} description={description} onChoose={choose} />;
}

/** The one that is offered instead, of the same product. */
function PairBetterVariant(props: ControlProps) {
  const choose = (id: string) => props.onChange({ [props.name]: id });
  const of = String(props.form.variant ?? "");
  return <OtherVariantControl {...props} description={description} of={of} onChoose={choose} />;
}

/** What is better, a line each, for each language that shoppers read. */
function BetterWords({ name, form, onChange, errors, context, within: place = "" }: ControlProps) {
  const words = useShapeWords("offers", description);
  return context.languages.map((language) => {
    const field = within(name, language);
    const id = within(place, field);
    return (
      <TextField
        key={language}
        id={id}
        label={words.label(id)}
        helpText={words.help(id)}
        value={String(form[field] ?? "")}
        onChange={(next) => onChange({ [field]: next })}
        multiline={3}
        autoComplete="off"
        error={words.error(id, errors[id])}
      />
    );
  });
}

export const upgradeEditor: OfferEditor = {
  controls: {
    "config.pairs.products": (props) => <PairProducts {...props} single={false} />,
    "config.pairs.upgrade": (props) => <PairProducts {...props} single />,
    "config.pairs.better": BetterWords,
    "config.variantPairs.variant": PairVariant,
    "config.variantPairs.betterVariant": PairBetterVariant,
    "config.variantPairs.better": BetterWords,
  },
  Intro: FoundUpgrades,
};
