import { BlockStack, InlineError, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { typedAmount } from "../../forms/typed-values.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductsControl } from "../products-control.tsx";
import { useNamedProducts } from "../use-product-titles.ts";

const { description } = contentShape("goal");
/** Where a gift stands in the offer. */
export const GIFT = "config.tiers.reward.product";

/** The product that a tier gives free, with what it costs the shop, and what would keep shoppers from it. */
export function GiftProduct(props: ControlProps & { view: OfferEditorView }) {
  const { name, form, onChange, errors, context, within: place, view } = props;
  const words = useShapeWords("offers", description);
  const id = `${place}.${name}`;
  const chosen = String(form[name] ?? "");
  const error = words.error(GIFT, errors[id] ?? errors[`${id}.0`]);
  const { currency } = view.shop;
  return (
    <BlockStack gap="200">
      <Text as="h4" variant="headingSm">
        {words.label(GIFT)}
      </Text>
      <ProductsControl {...{ name, form, onChange, context }} errors={{}} single />
      {chosen === "" ? null : (
        <GiftNotes product={chosen} from={typedAmount(String(form[`from.${currency}`] ?? ""), currency)} />
      )}
      {error === undefined ? null : (
        <div id={id} tabIndex={-1}>
          <InlineError fieldID={id} message={error} />
        </div>
      )}
    </BlockStack>
  );
}

/** @param from The amount of the tier in the shop's currency, as typed. */
function GiftNotes({ product, from }: { product: string; from: unknown }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const known = useNamedProducts([product]).get(product);
  if (known === undefined) return null;
  const { price, cost = null, forSale } = known;
  const isTooDear = price !== null && typeof from === "number" && from > 0 && price.amountMinor >= from;
  return (
    <BlockStack gap="100">
      {price === null ? null : (
        <Text as="p" tone={isTooDear ? "caution" : "subdued"}>
          {t(isTooDear ? "gift.tooDear" : "gift.price", { price: formats.money(price) })}
        </Text>
      )}
      {cost === null ? null : (
        <Text as="p" tone="subdued">
          {t("gift.cost", { cost: formats.money(cost) })}
        </Text>
      )}
      {forSale === false ? (
        <Text as="p" tone="caution">
          {t("gift.notForSale")}
        </Text>
      ) : null}
    </BlockStack>
  );
}
