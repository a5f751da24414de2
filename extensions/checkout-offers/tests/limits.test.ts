import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import type * as GraphQL from "graphql";
import { describe, expect, test } from "vitest";
import { GOAL_PRODUCTS_QUERY } from "../../../extension-kit/goal-products.ts";
import { languageCode, PRODUCT_DETAILS_QUERY } from "../../../extension-kit/product-details.ts";

const { buildClientSchema, parse, validate } = createRequire(import.meta.url)("graphql") as typeof GraphQL;
const extension = join(import.meta.dirname, "..");

test.each(["Checkout.tsx", "ThankYou.tsx"])("the bundle of %s is at most 64 KB", (entry) => {
  const bundle = buildSync({
    entryPoints: [join(extension, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
  }).outputFiles[0]!;
  expect(bundle.contents.length).toBeGreaterThan(1_000);
  expect(bundle.contents.length).toBeLessThanOrEqual(64_000);
});

test.each([PRODUCT_DETAILS_QUERY, GOAL_PRODUCTS_QUERY])("Shopify's Storefront API answers the query %s", (query) => {
  const file = join(extension, "../../.cache/schemas/storefront-graphql_2026-07.json.gz");
  const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { data: GraphQL.IntrospectionQuery };
  expect(validate(buildClientSchema(data), parse(query))).toEqual([]);
});

test.each([
  ["ja", "JA"],
  ["en-US", "EN"],
  ["pt-BR", "PT_BR"],
  ["zh-TW", "ZH_TW"],
])("%s is %s to the Storefront API", (tag, code) => expect(languageCode(tag)).toBe(code));

describe("texts", () => {
  const PLURALS = new Set(["zero", "one", "two", "few", "many", "other"]);
  const keys = (value: object, path = ""): string[] => {
    const entries = Object.entries(value);
    if (entries.every(([key]) => PLURALS.has(key))) return [`${path}(plural)`];
    return entries.flatMap(([key, of]) => (typeof of === "object" ? keys(of as object, `${path}${key}.`) : path + key));
  };
  const read = (name: string) => JSON.parse(readFileSync(join(extension, "locales", name), "utf8")) as object;

  test("are the same keys in English and Japanese, with a plural where there is a count", () => {
    expect(keys(read("ja.json"))).toEqual(keys(read("en.default.json")));
    expect(keys(read("ja.json"))).toContain("heading.(plural)");
  });

  test("used by the code all exist", () => {
    const code = readdirSync(join(extension, "src"))
      .map((name) => readFileSync(join(extension, "src", name), "utf8"))
      .join("\n");
    const known = new Set(keys(read("en.default.json")).map((key) => key.replace(".(plural)", "")));
    const used = [...code.matchAll(/translate\("([A-Za-z.]+)"/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(8);
    for (const key of used) expect(known).toContain(key);
  });
});
