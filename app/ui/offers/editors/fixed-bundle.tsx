import { Banner, BlockStack, InlineStack, Link, Spinner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { BundleView, OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { usePolling } from "../../kit/use-polling.ts";
import { VariantControl } from "../variant-control.tsx";
import type { OfferEditor } from "./editor.ts";

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

export const fixedBundleEditor: OfferEditor = {
  controls: { "config.components.variant": ComponentVariant },
  Intro: BundleState,
};
