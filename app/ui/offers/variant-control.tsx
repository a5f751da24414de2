import { BlockStack, Button, InlineError, InlineStack, Select, Tag, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { type ObjectDescription, within } from "../../domain/shape/field.ts";
import type { FoundVariantView } from "../../views/simulator-view.ts";
import type { ControlProps } from "../forms/shape-fields.tsx";
import { useShapeWords } from "../forms/use-shape-words.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { useSearch } from "../kit/product-list/use-search.ts";

const VARIANTS = "/app/variants";
/** How the ids of variants begin. */
export const VARIANT_GID = "gid://shopify/ProductVariant/";

type Found = { variants: FoundVariantView[] };

const nameOf = ({ title, variantTitle }: FoundVariantView) =>
  variantTitle === null ? title : `${title} · ${variantTitle}`;

interface VariantControlProps extends ControlProps {
  /** Of the offer, for the words. */
  description: ObjectDescription;
  /** Takes the id of the variant, "" for none. */
  onChoose: (id: string) => void;
}

/** Chooses one variant by the name of its product. What is chosen is held as its id, and shown by its name and price. */
export function VariantControl({ name, form, errors, within: place = "", description, onChoose }: VariantControlProps) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const words = useShapeWords("offers", description);
  const id = within(place, name);
  const chosen = String(form[name] ?? "").replace(VARIANT_GID, "");
  const search = useSearch<Found>(VARIANTS, `variants:${id}`);
  const named = useVariants("ids", chosen);
  const isChosen = ({ variant }: FoundVariantView) => variant === chosen;
  const known = named?.find(isChosen) ?? search.found?.variants.find(isChosen);
  const unknown = named === undefined ? t("products.loading") : t("products.gone", { id: chosen });
  const error = words.error(id, errors[id] ?? errors[`${id}.0`]);
  const choose = (variant: string) => {
    onChoose(variant === "" ? "" : `${VARIANT_GID}${variant}`);
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
              <Tag onRemove={() => choose("")}>{known === undefined ? unknown : nameOf(known)}</Tag>
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

interface OtherVariantControlProps extends VariantControlProps {
  /** The id of the variant of whose product it is another one, "" for none. */
  of: string;
}

/** Chooses another variant of the same product, one that costs more. */
export function OtherVariantControl({ name, form, errors, within: place = "", ...props }: OtherVariantControlProps) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const words = useShapeWords("offers", props.description);
  const id = within(place, name);
  const of = props.of.replace(VARIANT_GID, "");
  const chosen = String(form[name] ?? "").replace(VARIANT_GID, "");
  const found = useVariants("beside", of);
  const own = found?.find(({ variant }) => variant === of);
  // While the variants of another product are on their way, those of the last one are still there.
  const variants = found === undefined || (own === undefined && found.length > 0) ? undefined : found;
  const others = variants?.filter(({ variant }) => variant !== of) ?? [];
  const isGone = variants !== undefined && chosen !== "" && others.every(({ variant }) => variant !== chosen);
  const options = others.map(({ variant, title, variantTitle, price }) => ({
    value: variant,
    label: `${variantTitle ?? title} (${formats.money(price)})`,
    disabled: variant !== chosen && own !== undefined && price.amountMinor <= own.price.amountMinor,
  }));
  const isAlone = own !== undefined && options.every(({ disabled }) => disabled);
  return (
    <Select
      id={id}
      label={words.label(id)}
      options={isGone ? [...options, { value: chosen, label: t("products.gone", { id: chosen }) }] : options}
      placeholder={t("variants.choose")}
      value={variants === undefined ? "" : chosen}
      disabled={options.length === 0 && !isGone}
      onChange={(variant) => props.onChoose(`${VARIANT_GID}${variant}`)}
      helpText={of === "" ? t("variants.first") : isAlone ? t("variants.none") : undefined}
      error={words.error(id, errors[id] ?? errors[`${id}.0`])}
    />
  );
}

/** Variants by their numbers, or all of the product that has one; undefined until the shop has answered. */
export function useVariants(by: "ids" | "beside", numbers: string): readonly FoundVariantView[] | undefined {
  const { load, data } = useFetcher<Found>({ key: `variants-${by}:${useId()}` });
  useEffect(() => {
    if (numbers !== "") load(`${VARIANTS}?${by}=${encodeURIComponent(numbers)}`);
  }, [by, numbers, load]);
  return numbers === "" ? undefined : data?.variants;
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
