import type { MetafieldDefinition } from "../shop/app-toml.ts";
import { drawPicture } from "./pictures/draw-picture.ts";
import { exponentOf } from "../shop/money.ts";
import { hashText } from "../shop/random.ts";
import type { DevCollection, DevMetafield, DevProduct, DevVariant } from "../shop/state.ts";
import { slug, type CatalogueItem, type Words } from "./catalogue-item.ts";
import { keyOfMetafield, merchantDefinitions, merchantMetafields } from "./details.ts";
import { categoryOf } from "./facts.ts";
import { KITCHEN } from "./kitchen.ts";
import { PANTRY_AND_GIFTS } from "./pantry-and-gifts.ts";
import { TABLEWARE } from "./tableware.ts";
import { TEAS_AND_COFFEES } from "./teas-and-coffees.ts";

export const CATALOGUE: readonly CatalogueItem[] = [...TEAS_AND_COFFEES, ...TABLEWARE, ...KITCHEN, ...PANTRY_AND_GIFTS];

const COLLECTIONS: readonly (readonly [key: string, title: Words])[] = [
  ["tea", ["Tea", "お茶"]],
  ["coffee", ["Coffee", "コーヒー"]],
  ["tea-things", ["Tea things", "茶道具"]],
  ["tableware", ["Tableware", "うつわ"]],
  ["kitchen", ["Kitchen", "台所道具"]],
  ["lunch", ["Chopsticks & lunch", "箸・弁当箱"]],
  ["linens", ["Linens", "布もの"]],
  ["pantry", ["Pantry", "食料品"]],
  ["gifts", ["Gifts", "ギフト"]],
  ["seasonal", ["Seasonal", "季節のもの"]],
];

export interface ShopLanguage {
  locale: "en" | "ja";
  currency: string;
}

export interface Catalogue {
  products: Map<string, DevProduct>;
  collections: DevCollection[];
  /** Item key -> product. */
  byKey: Map<string, DevProduct>;
  metafields: Map<string, DevMetafield>;
  metafieldDefinitions: MetafieldDefinition[];
}

const collectionId = (key: string) => String(301_000_000_000 + (hashText(key) % 1_000_000));

/** Rounds a price to what a shop would write: half a dollar, ten yen. */
function shopPrice(amount: number, currency: string): number {
  if (currency === "JPY") return Math.round(amount / 10) * 10;
  return Math.round(amount * 2) * 50;
}

function variantsOf(item: CatalogueItem, productId: string, number: number, language: ShopLanguage): DevVariant[] {
  const at = language.locale === "ja" ? 1 : 0;
  const values = item.axis?.values ?? [{ label: ["Default Title", "Default Title"] as const, factor: 1 }];
  return values.map(({ label, factor }, index) => {
    const seed = hashText(`${item.key}/${index}`);
    const price = shopPrice(item.price[at] * factor, language.currency);
    const title = item.axis === null ? "Default Title" : label[at];
    const soldOut = seed % 41 === 0;
    return {
      id: String(42_000_000_000_000 + number * 10 + index),
      productId,
      title,
      sku: `${item.key.slice(0, 18).toUpperCase()}-${index + 1}`,
      options: [title],
      priceMinor: price,
      compareAtMinor: seed % 17 === 0 ? shopPrice(item.price[at] * factor * 1.2, language.currency) : null,
      costMinor: item.costShare === null || seed % 23 === 0 ? null : Math.round(price * item.costShare),
      inventoryQuantity: item.isGiftCard ? 0 : soldOut ? 0 : 15 + (seed % 160),
      inventoryPolicy: seed % 29 === 0 ? "CONTINUE" : "DENY",
      tracked: !item.isGiftCard,
      requiresShipping: !item.isGiftCard,
    };
  });
}

/** The plans of a product; nothing for one that is bought once. */
function plansOf({ plans }: CatalogueItem, number: number, at: 0 | 1): Pick<DevProduct, "sellingPlans"> {
  if (plans.length === 0) return {};
  return {
    sellingPlans: plans.map(({ name, percentOff }, index) => ({
      id: String(6_100_000_000 + number * 10 + index),
      name: name[at],
      adjustments: [{ valueType: "percentage", value: percentOff, orderCount: null }],
    })),
  };
}

/** The built-in catalogue as products of a shop. `from`: when the shop opened, ms. */
export function generateCatalogue(language: ShopLanguage, from: number): Catalogue {
  // Currencies with other exponents would need prices of their own.
  if (exponentOf(language.currency) !== (language.currency === "JPY" ? 0 : 2))
    throw new Error(`No prices in ${language.currency}.`);
  const at = language.locale === "ja" ? 1 : 0;
  const products = new Map<string, DevProduct>();
  const byKey = new Map<string, DevProduct>();
  const metafields = new Map<string, DevMetafield>();
  CATALOGUE.forEach((item, index) => {
    const id = String(8_100_000_000_001 + index);
    const seed = hashText(item.key);
    const createdAt = from - 86_400_000 * (1 + (seed % 300));
    const product: DevProduct = {
      id,
      handle: slug(item.key),
      title: item.title[at],
      descriptionHtml: `<p>${item.description[at].replaceAll("&", "&amp;")}</p>`,
      vendor: item.vendor[at],
      productType: item.type[at],
      category: categoryOf(item),
      tags: [
        ...item.tags,
        ...(item.season === null ? [] : [at === 1 ? "季節限定" : "seasonal"]),
        ...(item.refillDays === null ? [] : [at === 1 ? "定番" : "staple"]),
      ],
      status: "ACTIVE",
      options: [item.axis?.name[at] ?? "Title"],
      isGiftCard: item.isGiftCard,
      ...plansOf(item, index + 1, at),
      variants: variantsOf(item, id, index + 1, language),
      collectionIds: item.collections.map(collectionId),
      image: `/__images/${item.key}.svg`,
      imageSvg: drawPicture(item, seed),
      createdAt,
      updatedAt: createdAt,
      publishedAt: createdAt,
    };
    if (byKey.has(item.key)) throw new Error(`The catalogue names ${item.key} twice.`);
    products.set(id, product);
    byKey.set(item.key, product);
    for (const metafield of merchantMetafields(item, product, language.locale)) {
      metafields.set(keyOfMetafield(metafield), metafield);
    }
  });
  const collections = COLLECTIONS.map(([key, title]) => ({ id: collectionId(key), handle: key, title: title[at] }));
  return { products, collections, byKey, metafields, metafieldDefinitions: merchantDefinitions(language.locale) };
}
