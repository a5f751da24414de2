import type { ShapeName } from "./pictures/shapes.ts";

/** The same words in English and in Japanese. */
export type Words = readonly [en: string, ja: string];

/** The ways in which a product comes: sizes, colours. `factor` multiplies the price. */
export interface VariantAxis {
  name: Words;
  values: readonly { label: Words; factor: number }[];
}

/** One product of the built-in shops, before prices are put into a currency. */
export interface CatalogueItem {
  /** Stable name, by which sets are planted. */
  key: string;
  title: Words;
  type: Words;
  vendor: Words;
  description: Words;
  /** Dollars of the English shop, yen of the Japanese one. */
  price: readonly [usd: number, yen: number];
  /** Cost as a share of the price; null where the shop never entered one. */
  costShare: number | null;
  shape: ShapeName;
  colour: string;
  axis: VariantAxis | null;
  collections: readonly string[];
  tags: readonly string[];
  /** Months (1-12) in which it is mostly bought; null: all year. */
  season: readonly number[] | null;
  /** Days after which it is used up; null: it lasts. */
  refillDays: number | null;
  isGiftCard: boolean;
  /** What each plan to subscribe to it is called, and takes off in percent. */
  plans: readonly { readonly name: Words; readonly percentOff: number }[];
}

type Defaults = Pick<CatalogueItem, "type" | "vendor" | "shape" | "collections"> & Partial<CatalogueItem>;

/** Makes items of one kind: the defaults, and what each one changes. */
export function itemsOf(
  defaults: Defaults & { describe: (title: Words) => Words },
  items: readonly (Pick<CatalogueItem, "key" | "title" | "price" | "colour"> & Partial<CatalogueItem>)[],
): CatalogueItem[] {
  const { describe, ...shared } = defaults;
  return items.map((item) => ({
    costShare: 0.45,
    axis: null,
    tags: [],
    season: null,
    refillDays: null,
    isGiftCard: false,
    plans: [],
    description: describe(item.title),
    ...shared,
    ...item,
  }));
}

/** Yen for dollars as a shop would price: to the ten below a hundred, with a soft ending above. */
export function yenFor(usd: number): number {
  const yen = usd * 148;
  return yen < 1000 ? Math.round(yen / 10) * 10 : Math.round(yen / 50) * 50;
}

export const priceOf = (usd: number): readonly [number, number] => [usd, yenFor(usd)];

export const slug = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

export const WEIGHTS: VariantAxis = {
  name: ["Size", "内容量"],
  values: [
    { label: ["50 g", "50g"], factor: 1 },
    { label: ["100 g", "100g"], factor: 1.8 },
    { label: ["200 g", "200g"], factor: 3.3 },
  ],
};
