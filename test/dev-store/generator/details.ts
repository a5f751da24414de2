import type { MetafieldDefinition } from "../shop/app-toml.ts";
import { metafieldDigest } from "../shop/changes.ts";
import { hashText } from "../shop/random.ts";
import { metafieldKey, type DevMetafield, type DevProduct } from "../shop/state.ts";
import type { CatalogueItem, Words } from "./catalogue-item.ts";
import { factsOf, type Fact } from "./facts.ts";

interface Defined {
  key: string;
  type: string;
  name: Words;
  unit?: string;
}

/** The merchant's own metafields, as a shop of tea and kitchen things would define them; staff see the first ones first. */
const DEFINED: readonly Defined[] = [
  { key: "material", type: "single_line_text_field", name: ["Material", "素材"] },
  { key: "capacity", type: "volume", name: ["Capacity", "容量"], unit: "ml" },
  { key: "origin", type: "single_line_text_field", name: ["Origin", "産地"] },
  { key: "steel", type: "single_line_text_field", name: ["Steel", "鋼材"] },
  { key: "hardness", type: "number_decimal", name: ["Hardness (HRC)", "硬度（HRC）"] },
  { key: "blade", type: "dimension", name: ["Blade", "刃渡り"], unit: "mm" },
  { key: "layers", type: "number_integer", name: ["Layers", "層数"] },
  { key: "dishwasher_safe", type: "boolean", name: ["Dishwasher safe", "食洗機対応"] },
  { key: "hand_painted", type: "boolean", name: ["Painted by hand", "手描き"] },
  { key: "harvest", type: "single_line_text_field", name: ["Harvest", "摘採"] },
  { key: "shade", type: "number_integer", name: ["Days in the shade", "被覆日数"] },
  { key: "organic", type: "boolean", name: ["Organic", "有機栽培"] },
  { key: "roast", type: "single_line_text_field", name: ["Roast", "焙煎"] },
  { key: "altitude", type: "dimension", name: ["Altitude", "標高"], unit: "m" },
  { key: "notes", type: "list.single_line_text_field", name: ["Tastes of", "味わい"] },
];
const PINNED = 5;
/** Where Shopify puts what merchants define, and where review apps put their stars. */
const OWN = "custom";
const REVIEWS = "reviews";

export function merchantDefinitions(locale: "en" | "ja"): MetafieldDefinition[] {
  const at = locale === "ja" ? 1 : 0;
  const defined = DEFINED.map(({ key, type, name }, place): MetafieldDefinition => {
    const pinnedPosition = place < PINNED ? place + 1 : null;
    return { owner: "Product", namespace: OWN, key, type, name: name[at], pinnedPosition };
  });
  const name = at === 1 ? "評価" : "Product rating";
  return [...defined, { owner: "Product", namespace: REVIEWS, key: "rating", type: "rating", name }];
}

/** The metafields of one product of the built-in shops; none of those that nobody has described so far. */
export function merchantMetafields(item: CatalogueItem, product: DevProduct, locale: "en" | "ja"): DevMetafield[] {
  const facts = factsOf(item);
  const entries = DEFINED.flatMap((defined) => {
    const fact = facts[defined.key];
    return fact === undefined ? [] : [{ namespace: OWN, ...defined, value: written(fact, defined, locale) }];
  });
  if (entries.length > 0) {
    const stars = (3.9 + (hashText(`${item.key} stars`) % 11) / 10).toFixed(1);
    const value = JSON.stringify({ value: stars, scale_min: "1.0", scale_max: "5.0" });
    entries.push({ namespace: REVIEWS, key: "rating", type: "rating", name: ["", ""], value });
  }
  const ownerId = `gid://shopify/Product/${product.id}`;
  return entries.map(({ namespace, key, type, value }, place) => ({
    // Below those that are given as things change.
    id: String((Number(product.id) % 10_000) * 100 + place),
    ...{ ownerId, namespace, key, type, value, compareDigest: metafieldDigest(type, value) },
    updatedAt: product.createdAt,
  }));
}

export const keyOfMetafield = ({ ownerId, namespace, key }: DevMetafield) => metafieldKey(ownerId, namespace, key);

function written(fact: Fact, { type, unit }: Defined, locale: "en" | "ja"): string {
  const at = locale === "ja" ? 1 : 0;
  if (typeof fact !== "object") return unit === undefined ? String(fact) : JSON.stringify({ value: fact, unit });
  const words = fact as readonly (Words | string)[];
  if (!type.startsWith("list.")) return words[at] as string;
  return JSON.stringify(words.map((one) => one[at]));
}
