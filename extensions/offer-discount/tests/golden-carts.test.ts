import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FixtureData, validateTestAssets } from "@shopify/shopify-function-test-helpers";
import { buildSync } from "esbuild";
import { type DocumentNode, parse, visit } from "graphql";
import { describe, expect, test } from "vitest";
import { gid } from "../../../app/domain/ids.ts";
import { offerTextOfVersion1 } from "../../../app/domain/publishing/version-1.ts";
import { fitBudget } from "../../../app/domain/publishing/byte-budget.ts";
import type { PublishedOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
import {
  compileProductOffer,
  SEGMENTED_OFFER_BYTES,
  smallerOffer,
} from "../../../app/domain/offers/types/bought-together/compile.ts";
import { compilePolicy } from "../../../app/domain/publishing/policy.ts";
import {
  functionInput,
  type GoldenCart,
  readFunctionSchema,
  readGoldenCarts,
} from "../../../test/fixtures/golden-carts/golden-cart.ts";
import { cartDeliveryOptionsDiscountsGenerateRun, cartLinesDiscountsGenerateRun } from "../src/index.ts";

const schema = readFunctionSchema();
const goldenCarts = readGoldenCarts();
const query = (file: string) => readFileSync(join(import.meta.dirname, "../src", file), "utf8");
const targets = [
  {
    target: "cart.lines.discounts.generate.run",
    export: "cart-lines-discounts-generate-run",
    query: query("cart_lines_discounts_generate_run.graphql"),
    run: cartLinesDiscountsGenerateRun as (input: never) => unknown,
    expected: (cart: GoldenCart): unknown[] => cart.lineOperations,
  },
  {
    target: "cart.delivery-options.discounts.generate.run",
    export: "cart-delivery-options-discounts-generate-run",
    query: query("cart_delivery_options_discounts_generate_run.graphql"),
    run: cartDeliveryOptionsDiscountsGenerateRun as (input: never) => unknown,
    expected: (cart: GoldenCart): unknown[] => cart.deliveryOperations,
  },
];

describe.each(targets)("$target", (of) => {
  test.each(goldenCarts)("$name: $about", async (cart) => {
    const input = functionInput(cart, of.query, schema);
    const output = { operations: of.expected(cart) };
    const fixture: FixtureData = { export: of.export, target: of.target, input, expectedOutput: output };
    const validation = await validateTestAssets({ schema, fixture, inputQueryAST: parse(of.query) });
    expect(validation.inputQuery.errors).toEqual([]);
    expect(validation.inputFixture.errors).toEqual([]);
    expect(validation.outputFixture.errors).toEqual([]);
    expect(of.run(input as never)).toEqual(output);
  });

  test("asks for no more than Shopify allows: 3,000 bytes and a cost of 30", () => {
    expect(Buffer.byteLength(of.query)).toBeLessThanOrEqual(3_000);
    expect(queryCost(parse(of.query))).toBeLessThanOrEqual(30);
  });

  test("never asks for a line's properties", () => expect(of.query).not.toContain("attribute"));
});

test("the bundle needs nothing that the Function's engine lacks and is far below 256 kB", () => {
  const bundle = buildSync({
    entryPoints: [join(import.meta.dirname, "../src/index.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minify: true,
  }).outputFiles[0]!.text;
  expect(bundle.length).toBeLessThan(10_000);
  expect(bundle).not.toMatch(/\bIntl\b|\bDate\b|Math\.random|\bfetch\b|process\.|toSorted|toReversed/);
});

test.each([
  [80, "largest offer for everybody", 0],
  [48, "fullest lists for some shoppers as well", 4],
])(
  "a cart of %i products, each with the %s, stays within Shopify's limits of input and output",
  (count, _, segments) => {
    const numbers = Array.from({ length: count }, (_, i) => 8_123_456_789_000 + i);
    const companion = (number: number, i: number) => ({
      product: gid("Product", 8_123_456_789_000 + ((number + i * 7 + 1) % 80)),
      weight: 1 / (i + 3),
      orders: 1000 + i,
    });
    const offerOf = (number: number) => {
      const offer = compileProductOffer({
        product: gid("Product", number),
        discountBasisPoints: 1000,
        setSize: 3,
        companions: Array.from({ length: 60 }, (_, i) => companion(number, i)),
        segments: ["EUR", "JPY", "GBP", "CAD"].slice(0, segments).map((is, place) => ({
          ...{ by: "market" as const, is },
          companions: Array.from({ length: 8 }, (_, i) => companion(number, i + 7 + place)),
        })),
        ordersUntil: new Date(1_795_000_000_000),
      })!;
      const isShort = ([one]: readonly PublishedOffer[]) =>
        offerTextOfVersion1({ ...one! }).length <= SEGMENTED_OFFER_BYTES;
      const [fitting] = fitBudget([offer], isShort, smallerOffer).entries;
      return offerTextOfVersion1({ ...fitting! });
    };
    expect(numbers.map(offerOf).every((offer) => offer.length > (segments > 0 ? 2_200 : 1_200))).toBe(true);
    const cart: GoldenCart = {
      name: "",
      about: "",
      currency: "USD",
      language: "EN",
      discountClasses: ["PRODUCT"],
      policy: JSON.parse(compilePolicy({ sets: true, goal: null })),
      products: Object.fromEntries(numbers.map((number) => [String(number), { offer: JSON.parse(offerOf(number)) }])),
      lines: numbers.map((number, i) => ({
        id: `gid://shopify/CartLine/${i}`,
        product: String(number),
        quantity: 2,
        price: `${10 + i}.99`,
      })),
      lineOperations: [],
      deliveryOperations: [],
    };
    const input = functionInput(cart, targets[0]!.query, schema);
    const output = targets[0]!.run(input as never) as { operations: unknown[] };
    expect(output.operations).toHaveLength(1);
    expect(JSON.stringify(input).length).toBeLessThanOrEqual(128_000);
    expect(JSON.stringify(output).length).toBeLessThanOrEqual(20_000);
  },
);

/** Shopify's price of an input query: 3 for a metafield or a tag or collection test, 1 for any other leaf. */
function queryCost(document: DocumentNode): number {
  let cost = 0;
  visit(document, {
    Field(field) {
      if (["metafield", "hasAnyTag", "hasTags", "inAnyCollection", "inCollections"].includes(field.name.value))
        cost += 3;
      else if (field.selectionSet === undefined) cost += 1;
    },
  });
  return cost;
}
