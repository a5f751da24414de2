import { Banner, BlockStack, InlineStack, Link, Spinner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { bundlePriceMinor } from "../../../domain/offers/types/fixed-bundle/bundle-price.ts";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { BundleView, OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { rowsOf, type ShapeForm, switchOf } from "../../forms/shape-form.ts";
import { typedWhole } from "../../forms/typed-values.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { usePolling } from "../../kit/use-polling.ts";
import type { FoundVariantView } from "../../../views/simulator-view.ts";
import { VARIANT_GID, useVariants, VariantControl } from "../variant-control.tsx";
import { type Loss, lossOn } from "./below-cost.ts";
import type { OfferEditor } from "./editor.ts";
import { typedReward } from "./typed-reward.ts";

const { description } = contentShape("fixed-bundle");
const SET_PRICE_INSTEAD = "/app/offers/new?type=bought-together";

/** Whether the shop can have bundles, and how far the product of this one is. */
function BundleState({ view: { bundle, type } }: { view: OfferEditorView }) {
  const isMaking = bundle?.state === "making";
  usePolling(isMaking);
  if (bundle === undefined || type !== "fixed-bundle") return null;
  return (
    <BlockStack gap="300">
      {bundle.eligible === false ? <NotEligible reason={bundle.reason} /> : null}
      <ProductState bundle={bundle} />
    </BlockStack>
  );
}

function NotEligible({ reason }: { reason: string | null }) {
  const { t } = useTranslation("offers");
  return (
    <Banner tone="warning" title={t("bundle.notEligible.title")}>
      <BlockStack gap="200">
        <Text as="p">
          {reason === null ? t("bundle.notEligible.noReason") : t("bundle.notEligible.reason", { reason })}
        </Text>
        <Text as="p">
          {t("bundle.notEligible.instead")} <Link url={SET_PRICE_INSTEAD}>{t("bundle.notEligible.link")}</Link>
        </Text>
      </BlockStack>
    </Banner>
  );
}

function ProductState({ bundle: { state, fault, areComponentsGone } }: { bundle: BundleView }) {
  const { t } = useTranslation("offers");
  if (areComponentsGone) {
    return (
      <Banner tone="critical" title={t("bundle.gone.title")}>
        <Text as="p">{t("bundle.gone.text")}</Text>
      </Banner>
    );
  }
  if (fault !== null) {
    return (
      <Banner tone="critical" title={t(`bundle.fault.${fault.code}.title`)}>
        <Text as="p">{t(`bundle.fault.${fault.code}.text`, { reason: fault.reason ?? "" })}</Text>
      </Banner>
    );
  }
  if (state === "none")
    return (
      <Text as="p" tone="subdued">
        {t("bundle.state.none")}
      </Text>
    );
  return (
    <div role="status">
      <InlineStack gap="200" blockAlign="center" wrap={false}>
        {state === "making" ? <Spinner size="small" accessibilityLabel={t("bundle.working")} /> : null}
        <Text as="p" tone="subdued">
          {t(`bundle.state.${state}`)}
        </Text>
      </InlineStack>
    </div>
  );
}

/** Chooses the one variant that a component is. */
function ComponentVariant(props: ControlProps) {
  const { name, form, onChange } = props;
  // One of it, as long as nobody has typed how many.
  const quantity = String(form.quantity ?? "") === "" ? "1" : form.quantity!;
  return <VariantControl {...props} description={description} onChoose={(id) => onChange({ [name]: id, quantity })} />;
}

/** The variants that a form makes a bundle of, by number, with how many units of each; null for what is not typed yet. */
function componentsIn(form: ShapeForm): { variant: string; units: number | null }[] {
  return rowsOf(form["config.components"]).map((row) => {
    const units = typedWhole(String(row.quantity ?? ""));
    return {
      variant: String(row.variant ?? "").replace(VARIANT_GID, ""),
      units: typeof units === "number" && units > 0 ? units : null,
    };
  });
}

/** The loss on a bundle as its form says now; null where there is none, or something is not known. */
export function bundleLoss(form: ShapeForm, currency: string, variants: readonly FoundVariantView[]): Loss | null {
  const reward = form[switchOf("reward")] === true ? typedReward(form, "reward", currency) : null;
  const components = componentsIn(form).map(({ variant, units }) => ({
    units,
    found: variants.find((one) => one.variant === variant),
  }));
  const sold = components.flatMap(({ units, found }) =>
    units === null || found === undefined ? [] : [{ units, found }],
  );
  if (reward === null || sold.length < components.length) return null;
  const apart = sold.reduce((sum, { units, found }) => sum + found.price.amountMinor * units, 0);
  const given =
    reward.kind === "percent"
      ? ({ kind: "percent", basisPoints: reward.value } as const)
      : ({ kind: "fixed-price", amounts: { [currency]: reward.value } } as const);
  const paid = bundlePriceMinor(given, apart, currency);
  if (paid === null) return null;
  return lossOn(
    { amountMinor: paid, currency },
    sold.map(({ units, found }) => ({ units, cost: found.cost })),
  );
}

/** Says where the price of a bundle is below what its components cost the shop. */
function BundleCost({ form, view }: { form: ShapeForm; view: OfferEditorView }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const chosen = componentsIn(form).flatMap(({ variant }) => (variant === "" ? [] : variant));
  const variants = useVariants("ids", [...new Set(chosen)].join(" "));
  const loss = variants === undefined ? null : bundleLoss(form, view.shop.currency, variants);
  if (loss === null) return null;
  return (
    <Text as="p" tone="critical">
      {t("belowCost.bundle", { paid: formats.money(loss.paid), cost: formats.money(loss.cost) })}
    </Text>
  );
}

export const fixedBundleEditor: OfferEditor = {
  controls: { "config.components.variant": ComponentVariant },
  BelowReward: BundleCost,
  Intro: BundleState,
};
