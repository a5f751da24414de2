import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import { descriptionAt } from "../../forms/shape-form.ts";
import { type ControlProps, ShapeFields } from "../../forms/shape-fields.tsx";
import { typedWhole } from "../../forms/typed-values.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import { productsOfConditions } from "../named-in-conditions.ts";
import { useNamedProducts } from "../use-product-titles.ts";
import { type GroupTerms, groupNotes } from "./group-notes.ts";
import type { OfferEditor } from "./editor.ts";
import { typedReward } from "./typed-reward.ts";

const REWARD = "config.reward";
const reward = descriptionAt(contentShape("mix-and-match").description, REWARD)!;
/** The reward alone, at its place in an offer. */
const description = {
  kind: "object",
  fields: { config: { kind: "object", fields: { reward } } },
} as const;

/** The reward, with what it means for the products that were chosen: what they cost apart, and what they cost the shop. */
function Reward({ view, ...props }: ControlProps & { view: OfferEditorView }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const { form, onChange, errors, context } = props;
  const chosen = [...new Set(productsOfConditions(form) ?? [])];
  const known = useNamedProducts(chosen);
  const choose = typedWhole(String(form["config.choose"] ?? ""));
  const notes =
    typeof choose !== "number" || choose < 2
      ? []
      : groupNotes(choose, typedReward(form, REWARD, view.shop.currency) as GroupTerms, [...known.values()]);
  return (
    <BlockStack gap="400">
      <ShapeFields namespace="offers" {...{ description, form, onChange, errors, context }} />
      {notes.map(({ code, ...note }) => {
        const values = Object.entries(note).map(([name, value]): [string, string] => [
          name,
          typeof value === "string" ? value : formats.money(value),
        ]);
        const words: Record<string, string> = { ...Object.fromEntries(values), number: formats.number(Number(choose)) };
        const isWrong = code === "notCheaper" || code === "neverCheaper" || code === "belowCost";
        return (
          <Text key={code} as="p" tone={isWrong ? "critical" : "subdued"}>
            {t(`mixAndMatch.${code}`, words)}
          </Text>
        );
      })}
    </BlockStack>
  );
}

export const mixAndMatchEditor: OfferEditor = { controls: { [REWARD]: Reward } };
