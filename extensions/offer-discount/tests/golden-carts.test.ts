import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FixtureData, validateTestAssets } from "@shopify/shopify-function-test-helpers";
import { parse } from "graphql";
import { describe, expect, test } from "vitest";
import { freeDelivery } from "../../../app/domain/pricing/price-delivery.ts";
import { priceCart } from "../../../app/domain/pricing/price-cart.ts";
import { FUNCTION_LIMITS, runFunction } from "../../../test/dev-store/functions/run-in-wasm.ts";
import {
  cartToDeliver,
  cartToPrice,
  expectedDiscounts,
  expectedHandles,
  expectedOrderDiscounts,
  functionInput,
  type GoldenCart,
  inVersion2,
  readGoldenCarts,
} from "../../../test/golden-carts/golden-cart.ts";
import { schema, wasm } from "./compiled-function.ts";

const goldenCarts = readGoldenCarts();
const isOfVersion1 = ({ policy }: GoldenCart) => (policy as { version?: number } | null)?.version === 1;
const query = (file: string) => readFileSync(join(import.meta.dirname, "../assembly", file), "utf8");
const targets = [
  {
    target: "cart.lines.discounts.generate.run",
    export: "cart_lines_discounts_generate_run",
    query: query("cart_lines_discounts_generate_run.graphql"),
    expected: (cart: GoldenCart): unknown[] => cart.lineOperations,
  },
  {
    target: "cart.delivery-options.discounts.generate.run",
    export: "cart_delivery_options_discounts_generate_run",
    query: query("cart_delivery_options_discounts_generate_run.graphql"),
    expected: (cart: GoldenCart): unknown[] => cart.deliveryOperations,
  },
];

describe.each(targets)("the compiled Function at $target", (of) => {
  test.each(goldenCarts)("$name: $about", async (cart) => {
    const input = functionInput(cart, of.query, schema);
    const output = { operations: of.expected(cart) };
    const result = await runFunction(wasm, of.export, JSON.stringify(input));
    expect(JSON.parse(result.output)).toEqual(output);
    expect(result.instructions).toBeLessThan(FUNCTION_LIMITS.instructions);

    // Shopify's helpers want to know the type of each line's merchandise; the Function does not.
    const typed = of.query.replaceAll("merchandise {", "merchandise { __typename");
    const fixture: FixtureData = {
      ...{ export: of.export, target: of.target, expectedOutput: output },
      input: functionInput(cart, typed, schema),
    };
    const validation = await validateTestAssets({ schema, fixture, inputQueryAST: parse(typed) });
    expect(validation.inputQuery.errors).toEqual([]);
    expect(validation.inputFixture.errors).toEqual([]);
    expect(validation.outputFixture.errors).toEqual([]);
  });

  test.each(goldenCarts.filter(isOfVersion1))("$name, with everything published as version 2", async (cart) => {
    const input = functionInput(inVersion2(cart), of.query, schema);
    const { output } = await runFunction(wasm, of.export, JSON.stringify(input));
    expect(JSON.parse(output)).toEqual({ operations: of.expected(cart) });
  });

  test("never asks for a line's properties, and of the cart's attributes for its arms alone", () =>
    expect(of.query.match(/attribute.*/g)).toEqual(['attribute(key: "_tsuide_arms") {']));
});

const appliesToLines = ({ discountClasses, policy }: GoldenCart) =>
  discountClasses.includes("PRODUCT") && [1, 2].includes((policy as { version?: number } | null)?.version ?? 0);

test.each(goldenCarts.filter(appliesToLines))("the domain prices $name as the Function does", (cart) => {
  const { discounts, order } = priceCart(cartToPrice(isOfVersion1(cart) ? inVersion2(cart) : cart));
  expect(discounts.map(({ type: _, ...discount }) => discount)).toEqual(expectedDiscounts(cart));
  const isOfOrder = cart.discountClasses.includes("ORDER");
  expect(isOfOrder ? order.map(({ offer: _, amountOffMinor: _off, ...one }) => one) : []).toEqual(
    expectedOrderDiscounts(cart),
  );
});

test.each(goldenCarts.filter(({ discountClasses }) => discountClasses.includes("SHIPPING")))(
  "the domain frees the same ways to deliver $name",
  (cart) => {
    const version2 = isOfVersion1(cart) ? inVersion2(cart) : cart;
    expect(freeDelivery(cartToDeliver(version2))).toEqual(expectedHandles(cart));
  },
);
