import { Banner, BlockStack, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import {
  DISCOUNT_CONDITION_NAMES,
  isShopperConditionName,
  unknownTo,
} from "../../../domain/offers/shopper-conditions/shopper-conditions.ts";
import type { ObjectDescription } from "../../../domain/shape/field.ts";
import { rowsOf, type ShapeForm } from "../../forms/shape-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";

interface ReaderNotesProps {
  /** The conditions that were chosen, by name. */
  chosen: readonly string[];
  form: ShapeForm;
  description: ObjectDescription;
}

/** Says which of the places where an offer is shown cannot know its conditions, before it is saved. */
export function ReaderNotes({ chosen, form, description }: ReaderNotesProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  const surfaces = rowsOf(form.surfaces).map((row) => String(row[""]));
  const notes = [...new Set(chosen)].filter(isShopperConditionName).flatMap((name) =>
    unknownTo(name, surfaces).map(({ reader, knowledge }) => ({
      key: `${name}-${reader}`,
      isDiscounted: knowledge === "no" && DISCOUNT_CONDITION_NAMES.includes(name),
      text: t(`audience.reader.${reader}.${knowledge}`, {
        condition: words.option("audience.shoppers.0.0.shopper", name).label,
      }),
    })),
  );
  if (notes.length === 0) return null;
  return (
    <Banner tone="info" title={t("audience.reader.title")}>
      <BlockStack gap="200">
        <List>
          {notes.map(({ key, text }) => (
            <List.Item key={key}>
              <Text as="span">{text}</Text>
            </List.Item>
          ))}
        </List>
        {notes.some(({ isDiscounted }) => isDiscounted) && <Text as="p">{t("audience.reader.discounted")}</Text>}
      </BlockStack>
    </Banner>
  );
}
