import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useNamedProducts } from "../use-product-titles.ts";
import { type RewardedUnits, type UnitNote, unitNotes } from "./unit-notes.ts";

interface UnitRewardNotesProps {
  /** As typed, in the shop's own currency. */
  readonly given: readonly RewardedUnits[];
  /** The products that the offer makes cheaper, as far as the form names them. */
  readonly productIds: readonly string[];
}

/** Says of the rewards in a form where they save nothing, give a product away, or go below what it costs. */
export function UnitRewardNotes({ given, productIds }: UnitRewardNotesProps) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const known = useNamedProducts([...new Set(productIds)]);
  const notes = unitNotes(given, [...known.values()]);
  const words = (note: UnitNote) =>
    note.code === "belowCost"
      ? {
          ...{ title: note.title, count: note.units, number: formats.number(note.units) },
          ...{ paid: formats.money(note.paid), cost: formats.money(note.cost) },
        }
      : { title: note.title, amount: formats.money(note.amount) };
  if (notes.length === 0) return null;
  return (
    <BlockStack gap="200">
      {notes.map((note) => (
        <Text key={note.code} as="p" tone="critical">
          {t(`unitReward.${note.code}`, words(note))}
        </Text>
      ))}
    </BlockStack>
  );
}
