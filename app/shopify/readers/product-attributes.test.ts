import { buildClientSchema, parse, validate } from "graphql";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { MetafieldDefinitionNode, MetafieldNode } from "../operations/metafield-definitions.ts";
import type { ProductNode } from "../operations/product.ts";
import { metafieldsOf, productsBulkWith, type BulkProductNode } from "../operations/products-bulk.ts";
import { attributeMetafields, readAttributes } from "./product-attributes.ts";

const definition = (namespace: string, key: string, type: string, pinnedPosition: number | null = null) =>
  ({ namespace, key, type: { name: type }, pinnedPosition }) satisfies MetafieldDefinitionNode;
const metafield = (type: string, value: string, name: string | null = "Name"): MetafieldNode => ({
  ...{ key: "inner_size", type, value, definition: name === null ? null : { name } },
});
const product = (options: ProductNode["options"] = []) => ({ options }) as unknown as ProductNode;
const read = (type: string, value: string) => readAttributes(product(), [metafield(type, value)])[0];

test("asks for the merchant's own metafields of simple types, those that staff see first before the others", () => {
  const chosen = attributeMetafields([
    definition("custom", "late", "boolean"),
    definition("custom", "second", "weight", 2),
    definition("facts", "first", "list.single_line_text_field", 1),
    definition("app--71", "companions", "single_line_text_field", 1),
    definition("shopify--discovery", "related", "single_line_text_field"),
    definition("global", "title_tag", "single_line_text_field"),
    definition("facts", "isbn", "single_line_text_field"),
    definition("reviews", "rating", "rating"),
    definition("reviews", "rating_count", "number_integer"),
    definition("custom", "story", "rich_text_field"),
    definition("custom", "maker", "metaobject_reference"),
  ]);
  expect(chosen.map(({ key }) => key)).toEqual(["first", "second", "late", "rating"]);
  const many = Array.from({ length: 60 }, (_, n) =>
    definition("custom", `number_${n}`, "boolean", n === 59 ? 1 : null),
  );
  expect(attributeMetafields(many)).toHaveLength(20);
  expect(attributeMetafields(many)[0]!.key).toBe("number_59");
});

test("reads every simple type, and nothing from a value that is not of its type", () => {
  expect(read("single_line_text_field", " Linen ")).toEqual({ kind: "text", name: "Name", values: ["Linen"] });
  expect(read("list.single_line_text_field", '["a",5,"b"]')).toMatchObject({ values: ["a", "b"] });
  expect(read("number_integer", "33")).toMatchObject({ kind: "amount", amount: 33, unit: null });
  expect(read("number_decimal", "60.5")).toMatchObject({ amount: 60.5 });
  expect(read("boolean", "true")).toMatchObject({ kind: "flag", is: true });
  expect(read("volume", '{"value":1.2,"unit":"l"}')).toMatchObject({ amount: 1.2, unit: "l" });
  expect(read("dimension", '{"value":30,"unit":"CENTIMETERS"}')).toMatchObject({ amount: 30, unit: "cm" });
  expect(read("weight", '{"value":2,"unit":"stone"}')).toMatchObject({ amount: 2, unit: "stone" });
  expect(read("rating", '{"value":"4.5","scale_min":"1.0","scale_max":"5.0"}')).toMatchObject({
    rating: 4.5,
    outOf: 5,
  });
  for (const [type, value] of [
    ["volume", "1.2 l"],
    ["weight", '{"value":"much","unit":"g"}'],
    ["rating", '{"value":"7","scale_max":"5"}'],
    ["list.single_line_text_field", "a, b"],
    ["number_integer", "many"],
    ["json", "{}"],
    ["constructor", "{}"],
    ["single_line_text_field", "  "],
  ] as const) {
    expect(read(type, value)).toBeUndefined();
  }
});

test("names a metafield as its definition does, and without one by its key", () => {
  expect(readAttributes(product(), [metafield("boolean", "true", null)])[0]!.name).toBe("inner size");
});

test("takes options for attributes, but not the one that Shopify puts where there is nothing to choose", () => {
  expect(readAttributes(product([{ name: "Title", values: ["Default Title"] }]), [])).toEqual([]);
  expect(readAttributes(product([{ name: "Glaze", values: ["Red", "Black"] }]), [])).toEqual([
    { kind: "option", name: "Glaze", values: ["Red", "Black"] },
  ]);
  expect(readAttributes(product(undefined), [])).toEqual([]);
});

test("asks a bulk operation for each metafield by its name, and reads those that a product has", () => {
  const schemaFile = join(import.meta.dirname, "../../../.cache/schemas/admin_2026-07.json.gz");
  const schema = buildClientSchema(JSON.parse(gunzipSync(readFileSync(schemaFile)).toString()).data);
  const names = Array.from({ length: 20 }, (_, n) => ({ namespace: "custom", key: `key-${n}` }));
  expect(validate(schema, parse(productsBulkWith(names)))).toEqual([]);
  expect(validate(schema, parse(productsBulkWith([])))).toEqual([]);
  expect(() => productsBulkWith([{ namespace: "custom", key: 'x") { id } }' }])).toThrow("Not a metafield's name");
  const [first, third] = [metafield("boolean", "true"), metafield("boolean", "false")];
  const node = { metafield0: first, metafield1: null, metafield2: third } as unknown as BulkProductNode;
  expect(metafieldsOf(node)).toEqual([first, third]);
});
