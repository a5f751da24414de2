import { useMemo, useState } from "react";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { shape } from "../../domain/shape/shape.ts";
import { readShapeForm, type ShapeForm } from "../forms/shape-form.ts";
import { useLocale } from "../kit/locale-provider.tsx";
import { type Preview, useStorefrontPreview } from "../kit/use-storefront-preview.ts";

/**
 * The preview of an offer as it stands in its form, saved or not. What does not parse leaves the last preview. It is made
 * with `products`, bare ids, the one whose page is shown first; with products that the shop's sets show where there are none.
 */
export function useOfferPreview(
  type: OfferTypeName,
  form: ShapeForm,
  products: readonly string[] = [],
): Preview | null {
  const { language } = useLocale();
  const previewed = useMemo(() => {
    const { config, reward } = contentShape(type).fields;
    return shape({ config, reward });
  }, [type]);
  const [content, setContent] = useState<string | null>(null);
  const read = readShapeForm(previewed, form);
  const next = read.code === "ok" ? JSON.stringify(read.input) : content;
  if (next !== content) setContent(next);
  const made: Record<string, string> = products.length === 0 ? {} : { products: products.join(" ") };
  return useStorefrontPreview(next === null ? null : { type, content: next, language, ...made });
}
