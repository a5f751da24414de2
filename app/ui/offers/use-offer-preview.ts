import { useMemo, useState } from "react";
import { bareNumber } from "../../domain/ids.ts";
import type { ConditionGroups } from "../../domain/offers/conditions/conditions.ts";
import { namedProducts } from "../../domain/offers/named-products.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { shape } from "../../domain/shape/shape.ts";
import { readShapeForm, type ShapeForm } from "../forms/shape-form.ts";
import { useLocale } from "../kit/locale-provider.tsx";
import { type Preview, useStorefrontPreview } from "../kit/use-storefront-preview.ts";

/** As many products as a preview shows. */
const MOST_PRODUCTS = 4;

/** The first products that conditions name, as bare ids with spaces between them. */
function productsIn(conditions: ConditionGroups): string {
  return namedProducts(conditions).slice(0, MOST_PRODUCTS).map(bareNumber).join(" ");
}

/**
 * The preview of an offer as it stands in its form, saved or not. What does not parse leaves the last preview. It is made
 * with `products`, bare ids, the one whose page is shown first; where there are none, with those that its conditions name.
 */
export function useOfferPreview(
  type: OfferTypeName,
  form: ShapeForm,
  products: readonly string[] = [],
): Preview | null {
  const { language } = useLocale();
  const [previewed, places] = useMemo(() => {
    const { config, reward, conditions } = contentShape(type).fields;
    return [shape({ config, reward }), shape({ conditions })];
  }, [type]);
  const [content, setContent] = useState<string | null>(null);
  const read = readShapeForm(previewed, form);
  const next = read.code === "ok" ? JSON.stringify(read.input) : content;
  if (next !== content) setContent(next);
  const [on, setOn] = useState("");
  const readPlaces = readShapeForm(places, form);
  const nextOn = readPlaces.code === "ok" ? productsIn(readPlaces.input.conditions) : on;
  if (nextOn !== on) setOn(nextOn);
  const made: Record<string, string> = products.length > 0 ? { products: products.join(" ") } : { on: nextOn };
  return useStorefrontPreview(next === null ? null : { type, content: next, language, ...made });
}
