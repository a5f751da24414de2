import {
  Banner,
  BlockStack,
  Button,
  InlineError,
  InlineStack,
  Link,
  Spinner,
  Tag,
  Text,
  TextField,
} from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import { within } from "../../../domain/shape/field.ts";
import type { BundleView, OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { FoundVariantView } from "../../../views/simulator-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useSearch } from "../../kit/product-list/use-search.ts";
import { usePolling } from "../../kit/use-polling.ts";
import type { OfferEditor } from "./editor.ts";

const { description } = contentShape("fixed-bundle");
const VARIANTS = "/app/variants";
const SET_PRICE_INSTEAD = "/app/offers/new?type=bought-together";
const GID = "gid://shopify/ProductVariant/";

type Found = { variants: FoundVariantView[] };
const nameOf = ({ title, variantTitle }: FoundVariantView) =>
  variantTitle === null ? title : `${title} · ${variantTitle}`;

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

/** The variants of these ids, as far as the shop has them. */
function useNamedVariants(ids: string): ReadonlyMap<string, FoundVariantView> {
  const { load, data } = useFetcher<Found>({ key: `variant-names:${useId()}` });
  useEffect(() => {
    if (ids !== "") load(`${VARIANTS}?ids=${encodeURIComponent(ids)}`);
  }, [ids, load]);
  return new Map((data?.variants ?? []).map((one) => [one.variant, one]));
}

/** Chooses the one variant that a component is. */
function ComponentVariant({ name, form, onChange, errors, within: place = "" }: ControlProps) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const words = useShapeWords("offers", description);
  const id = within(place, name);
  const chosen = String(form[name] ?? "").replace(GID, "");
  const search = useSearch<Found>(VARIANTS, `variants:${id}`);
  const known =
    useNamedVariants(chosen).get(chosen) ?? search.found?.variants.find(({ variant }) => variant === chosen);
  const error = words.error(id, errors[id] ?? errors[`${id}.0`]);
  const choose = (variant: string) => {
    // One of it, as long as nobody has typed how many.
    const quantity = String(form.quantity ?? "") === "" ? "1" : form.quantity!;
    onChange({ [name]: variant === "" ? "" : `${GID}${variant}`, quantity });
    search.setText("");
  };
  return (
    <div role="group" aria-label={words.label(id)} id={id} tabIndex={-1}>
      <BlockStack gap="200">
        {chosen === "" ? (
          <TextField
            label={words.label(id)}
            placeholder={t("products.placeholder")}
            value={search.text}
            onChange={search.setText}
            autoComplete="off"
          />
        ) : (
          <BlockStack gap="100">
            <Text as="p">{words.label(id)}</Text>
            <InlineStack gap="200" blockAlign="center">
              <Tag onRemove={() => choose("")}>
                {known === undefined ? t("products.gone", { id: chosen }) : nameOf(known)}
              </Tag>
              {known === undefined ? null : (
                <Text as="span" tone="subdued">
                  {formats.money(known.price)}
                </Text>
              )}
            </InlineStack>
          </BlockStack>
        )}
        <FoundVariants search={search} onChoose={choose} />
        {error === undefined ? null : <InlineError fieldID={id} message={error} />}
      </BlockStack>
    </div>
  );
}

function FoundVariants({
  search,
  onChoose,
}: {
  search: ReturnType<typeof useSearch<Found>>;
  onChoose: (variant: string) => void;
}) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const found = search.found?.variants ?? [];
  if (found.length === 0) {
    return search.found === undefined || search.isSearching ? null : (
      <Text as="p" tone="subdued">
        {t("products.nothing")}
      </Text>
    );
  }
  return (
    <ul className="tsuide-products tsuide-divided" aria-label={t("products.found")}>
      {found.map((one) => (
        <li key={one.variant}>
          <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
            <Text as="span">
              {nameOf(one)} ({formats.money(one.price)})
            </Text>
            <Button
              variant="plain"
              accessibilityLabel={t("products.addOne", { title: nameOf(one) })}
              onClick={() => onChoose(one.variant)}
            >
              {t("products.add")}
            </Button>
          </InlineStack>
        </li>
      ))}
    </ul>
  );
}

export const fixedBundleEditor: OfferEditor = {
  controls: { "config.components.variant": ComponentVariant },
  Intro: BundleState,
};
