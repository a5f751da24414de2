import { BlockStack, InlineError, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import { leastProductPriceMinor } from "../../../domain/offers/types/add-on/config.ts";
import { LeafField } from "../../forms/leaf-field.tsx";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { descriptionAt, rowsOf } from "../../forms/shape-form.ts";
import { typedWhole } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { idsIn, productsOfConditions } from "../named-in-conditions.ts";
import { ProductsControl } from "../products-control.tsx";
import { useNamedProducts } from "../use-product-titles.ts";
import type { OfferEditor } from "./editor.ts";

const { description } = contentShape("add-on");
const PRODUCT = "config.addOns.0.product";

/** Says beforehand what becomes of the theme's other buttons. */
function PayButtonNote() {
  const { t } = useTranslation("offers");
  return (
    <Text as="p" tone="subdued">
      {t("addOn.payButton")}
    </Text>
  );
}

/** The product of one add-on: choosing another takes its place. */
function AddOnProduct({ name, form, onChange, errors, context, within: place }: ControlProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  const id = `${place}.${name}`;
  const chooseLast = ({ [name]: chosen }: typeof form) =>
    onChange({
      [name]: String(chosen ?? "")
        .split(" ")
        .slice(-1)
        .join(""),
    });
  const error = words.error(PRODUCT, errors[id] ?? errors[`${id}.0`]);
  return (
    <BlockStack gap="200">
      <Text as="h4" variant="headingSm">
        {t("addOn.choose")}
      </Text>
      <ProductsControl name={name} form={form} onChange={chooseLast} errors={{}} context={context} />
      {error === undefined ? null : (
        <div id={id} tabIndex={-1}>
          <InlineError fieldID={id} message={error} />
        </div>
      )}
    </BlockStack>
  );
}

/** The limit in percent, with what it means for the add-ons that are chosen: from which price on each is shown. */
function Cap({ name, form, onChange, errors }: ControlProps) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const chosen = rowsOf(form["config.addOns"]).flatMap((row) => idsIn(row.product));
  const limited = productsOfConditions(form);
  const known = useNamedProducts([...new Set([...chosen, ...(limited ?? [])])]);
  const priceOf = (id: string) => known.get(id)?.price?.amountMinor ?? 0;
  const dearest = limited === null ? Infinity : Math.max(0, ...limited.map(priceOf));
  const cap = typedWhole(String(form[name] ?? ""));
  const isCap = typeof cap === "number" && cap >= 1 && cap <= 100;
  return (
    <BlockStack gap="200">
      <LeafField
        {...{ namespace: "offers", description, name, id: name, onChange }}
        field={descriptionAt(description, name)!}
        value={form[name] ?? ""}
        code={errors[name]}
      />
      {chosen.map((id) => {
        const { title, price } = known.get(id) ?? { title: "", price: null };
        if (!isCap || price === null) return null;
        const least = leastProductPriceMinor(price.amountMinor, cap);
        const isTooDear = least > dearest && limited!.every((one) => known.has(one));
        const values = { title, price: formats.money(price), least: formats.money({ ...price, amountMinor: least }) };
        return (
          <Text key={id} as="p" tone={isTooDear ? "critical" : "subdued"}>
            {t(isTooDear ? "addOn.tooDear" : "addOn.shownFrom", values)}
          </Text>
        );
      })}
    </BlockStack>
  );
}

export const addOnEditor: OfferEditor = {
  controls: { "config.addOns.product": AddOnProduct, "config.cap": Cap },
  Intro: PayButtonNote,
};
