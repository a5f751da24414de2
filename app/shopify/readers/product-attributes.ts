import { keptAttributes, MOST_ATTRIBUTES, type ProductAttribute } from "../../domain/catalogue/attribute.ts";
import type { MetafieldDefinitionNode, MetafieldName, MetafieldNode } from "../operations/metafield-definitions.ts";
import type { ProductNode } from "../operations/product.ts";

/** Namespaces that apps have for themselves, ours among them, and those that hold what no shopper compares. */
const NOT_THE_MERCHANTS =
  /^(?:app--|shopify(?:--|$)|global$|mm-google-shopping$|mc-facebook$|judgeme$|yotpo$|loox$|spr$)/;
/** What identifies a product or counts its reviews tells nothing about it. */
const NO_ATTRIBUTE = /^(?:isbn|ean|upc|gtin|mpn|jan|asin|sku|barcode|hs_code|rating_count|review_count)$/i;
const UNTITLED_OPTION = "Title";

type Reader = (name: string, value: string) => ProductAttribute | null;

/** The types of metafields that are read, and how. */
const READERS: Readonly<Record<string, Reader>> = {
  single_line_text_field: (name, value) => ({ kind: "text", name, values: [value] }),
  "list.single_line_text_field": (name, value) => {
    const values = parsed(value);
    return Array.isArray(values)
      ? { kind: "text", name, values: values.filter((one) => typeof one === "string") }
      : null;
  },
  number_integer: (name, value) => ({ kind: "amount", name, amount: Number(value), unit: null }),
  number_decimal: (name, value) => ({ kind: "amount", name, amount: Number(value), unit: null }),
  boolean: (name, value) => ({ kind: "flag", name, is: value === "true" }),
  dimension: measurement,
  weight: measurement,
  volume: measurement,
  rating: (name, value) => {
    const { value: rating, scale_max: outOf } = objectOf(value);
    return { kind: "rating", name, rating: numberOf(rating), outOf: numberOf(outOf) };
  },
};

/** How Shopify names units, as one writes them. Others are taken as they are. */
const UNITS: Readonly<Record<string, string>> = {
  ...{ millimeters: "mm", centimeters: "cm", meters: "m", inches: "in", feet: "ft", yards: "yd" },
  ...{ grams: "g", kilograms: "kg", ounces: "oz", pounds: "lb" },
  ...{ milliliters: "ml", centiliters: "cl", liters: "l", cubic_meters: "m³", m3: "m³" },
  ...{ us_fl_oz: "fl oz", us_pt: "pt", us_qt: "qt", us_gal: "gal" },
};

/**
 * Which metafields of a shop's products are read as attributes: those of simple types that are the merchant's own, those
 * that staff see first before the others, at most twenty.
 */
export function attributeMetafields(definitions: readonly MetafieldDefinitionNode[]): MetafieldName[] {
  const place = ({ pinnedPosition }: MetafieldDefinitionNode) => pinnedPosition ?? Infinity;
  return definitions
    .filter(({ namespace, key, type }) => {
      return Object.hasOwn(READERS, type.name) && !NOT_THE_MERCHANTS.test(namespace) && !NO_ATTRIBUTE.test(key);
    })
    .sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .slice(0, MOST_ATTRIBUTES)
    .map(({ namespace, key }) => ({ namespace, key }));
}

/** The options of a product and its metafields, as far as they can be read as attributes. */
export function readAttributes(node: ProductNode, metafields: readonly MetafieldNode[]): ProductAttribute[] {
  const options = (node.options ?? [])
    .filter(({ name, values }) => !(name === UNTITLED_OPTION && values.length < 2))
    .map(({ name, values }): ProductAttribute => ({ kind: "option", name, values }));
  return keptAttributes([...options, ...metafields.map(readMetafield).filter((one) => one !== null)]);
}

function readMetafield({ key, type, value, definition }: MetafieldNode): ProductAttribute | null {
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return read?.(definition?.name ?? key.replaceAll("_", " "), value) ?? null;
}

function measurement(name: string, value: string): ProductAttribute | null {
  const { value: amount, unit } = objectOf(value);
  if (typeof unit !== "string") return null;
  return { kind: "amount", name, amount: numberOf(amount), unit: UNITS[unit.toLowerCase()] ?? unit };
}

/** A number, or one in a text as ratings have it; NaN for all else, which no attribute is kept with. */
function numberOf(value: unknown): number {
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : NaN;
}

function objectOf(value: string): Readonly<Record<string, unknown>> {
  const json = parsed(value);
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
