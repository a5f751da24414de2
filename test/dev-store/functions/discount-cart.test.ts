import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { functionOf, functionThatAnswers } from "../../fixtures/small-function.ts";
import { buildShop, publishOffer, setMetafield } from "../storefront/sample-shop.ts";
import { askDiscountFunctions, EXTENSIONS_DIR, functionRuns } from "./discount-cart.ts";
import { loadDiscountExtensions } from "./discount-extension.ts";
import { type CartToDiscount, functionInput } from "./function-input.ts";
import { MAX_QUERY_BYTES, MAX_QUERY_COST, queryCost, queryProblems } from "./query-limits.ts";
import { loadSchema } from "./schemas.ts";

const TARGET = "cart.lines.discounts.generate.run";
const QUERY =
  'query Input { cart { lines { id quantity } } discount { metafield(namespace: "$app", key: "policy") { jsonValue } } }';

let folder: string;
let silenced: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "functions-"));
  silenced = vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  silenced.mockRestore();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a Function extension with this compiled module. */
function writeFunction(wasm: Uint8Array, query = QUERY): void {
  const extension = join(folder, "one");
  mkdirSync(join(extension, "dist"), { recursive: true });
  writeFileSync(join(extension, "dist/function.wasm"), wasm);
  writeFileSync(join(extension, "run.graphql"), query);
  const toml = `[[extensions]]\nhandle = "offer-discount"\ntype = "function"\n[[extensions.targeting]]\ntarget = "${TARGET}"\ninput_query = "run.graphql"\nexport = "run"\n[extensions.build]\ncommand = "make it"\npath = "dist/function.wasm"\n`;
  writeFileSync(join(extension, "shopify.extension.toml"), toml);
}

function buildCart(): CartToDiscount {
  const shop = buildShop();
  publishOffer(shop);
  const product = shop.products.get("8002")!;
  const variant = product.variants[0]!;
  const line = { id: "gid://shopify/CartLine/1", quantity: 2, product, variant, unitMinor: 1250, compareAtMinor: null };
  return {
    shop,
    market: shop.markets[0]!,
    country: "US",
    customer: null,
    locale: "en",
    now: Date.UTC(2026, 10, 21),
    attributes: {},
    lines: [{ ...line, totalMinor: 2500, properties: {}, sellingPlan: null }],
    deliveryOptions: [],
  };
}

const NOTHING = functionThatAnswers({ operations: [] });
const adding = (candidate: object) =>
  functionThatAnswers({ operations: [{ productDiscountsAdd: { selectionStrategy: "ALL", candidates: [candidate] } }] });

test("a Function that answers is asked with its own query and its answer is taken", async () => {
  const targets = [{ cartLine: { id: "gid://shopify/CartLine/1", quantity: 2 } }];
  writeFunction(adding({ targets, value: { percentage: { value: "10" } } }));
  const [answer] = await askDiscountFunctions(TARGET, buildCart(), folder);
  expect(answer).toMatchObject({
    title: "Tsuide",
    operations: [{ productDiscountsAdd: { selectionStrategy: "ALL", candidates: [{ targets }] } }],
  });
  expect(functionRuns[0]).toMatchObject({ error: null, inputBytes: expect.any(Number) });
  expect(functionRuns[0]!.instructions).toBeGreaterThan(10_000);
});

test.each([
  ["traps", functionOf("unreachable"), /unreachable/],
  ["never ends", functionOf("(loop $again (br $again))"), /instructions, more than 11000000/],
  ["takes more memory than there is", functionOf("nop", { pages: 153 }), /memory has/],
  ["writes nothing", functionOf("nop"), /not finished/],
  [
    "ends an object that lacks a property",
    functionOf("(drop (call $object (i32.const 1))) (drop (call $end_object))"),
    /objectLength/,
  ],
  [
    "writes two outputs",
    functionOf("(drop (call $i32 (i32.const 1))) (drop (call $i32 (i32.const 1)))"),
    /alreadyWritten/,
  ],
  ["imports what Shopify does not have", functionOf("nop", { declarations: '(import "env" "now" (func))' }), /env/],
  [
    "answers another shape",
    functionThatAnswers({ operations: [{ productDiscountsAdd: { candidates: [] } }] }),
    /selectionStrategy/,
  ],
  ["names a field that does not exist", functionThatAnswers({ operations: [], extra: 1 }), /extra/],
  [
    "gives an amount that is not a decimal",
    adding({ targets: [], value: { percentage: { value: "ten" } } }),
    /not a decimal/,
  ],
  [
    "answers too much",
    adding({ targets: [], value: { percentage: { value: "1" } }, message: "x".repeat(21_000) }),
    /output has/,
  ],
])("a Function that %s gives no discount and says why", async (_name, wasm, reason) => {
  writeFunction(wasm);
  expect(await askDiscountFunctions(TARGET, buildCart(), folder)).toEqual([]);
  expect(functionRuns[0]!.error).toMatch(reason);
});

test("a Function that was not built is an error that names its build command", async () => {
  writeFunction(NOTHING);
  rmSync(join(folder, "one/dist/function.wasm"));
  await expect(askDiscountFunctions(TARGET, buildCart(), folder)).rejects.toThrow("run `make it`");
});

test.each([
  ["EXPIRED", null],
  ["SCHEDULED", null],
  ["ACTIVE", Date.UTC(2026, 10, 20)],
] as const)("a discount that is %s and ends at %s is not asked", async (status, endsAt) => {
  writeFunction(NOTHING);
  const cart = buildCart();
  const [node] = cart.shop.discounts.values();
  Object.assign(node!, { status, endsAt });
  expect(await askDiscountFunctions(TARGET, cart, folder)).toEqual([]);
});

test("a discount of another Function, or of an app that is gone, is not asked", async () => {
  writeFunction(NOTHING);
  const cart = buildCart();
  const [node] = cart.shop.discounts.values();
  node!.functionHandle = "somebody-else";
  expect(await askDiscountFunctions(TARGET, cart, folder)).toEqual([]);
  node!.functionHandle = "offer-discount";
  cart.shop.installation.installed = false;
  expect(await askDiscountFunctions(TARGET, cart, folder)).toEqual([]);
});

test("a metafield above 10,000 bytes is not given to a Function", async () => {
  const cart = buildCart();
  const [node] = cart.shop.discounts.values();
  const given = () => functionInput(QUERY, cart, node!, {}).discount as { metafield: unknown };
  expect(given().metafield).not.toBeNull();
  setMetafield(cart.shop, node!.id, "$app", "policy", "json", { long: "x".repeat(10_000) });
  expect(given().metafield).toBeNull();
});

test("a query above Shopify's size or cost is refused before anything runs", async () => {
  const schema = loadSchema("functions_discount");
  const metafield = (index: number) => `m${index}: metafield(namespace: "a", key: "k${index}") { value }`;
  const dear = `query Input { discount { ${Array.from({ length: 11 }, (_, index) => metafield(index)).join(" ")} } }`;
  expect(queryCost(schema, dear)).toBe(33);
  expect(queryProblems(schema, dear)).toEqual([expect.stringContaining("costs 33")]);
  const long = `query Input { cart { lines { id } } } # ${"x".repeat(MAX_QUERY_BYTES)}`;
  expect(queryProblems(schema, long)).toEqual([expect.stringContaining("bytes")]);
  writeFunction(NOTHING, dear);
  expect(await askDiscountFunctions(TARGET, buildCart(), folder)).toEqual([]);
  expect(functionRuns[0]!.error).toContain("costs 33");
});

test("a query for what Shopify does not have is refused", () => {
  expect(queryProblems(loadSchema("functions_discount"), "query Input { cart { lines { colour } } }")).toHaveLength(1);
});

test("the shipped Function's queries stay within Shopify's limits", () => {
  const [extension] = loadDiscountExtensions(EXTENSIONS_DIR);
  expect(extension!.handle).toBe("offer-discount");
  for (const { query } of extension!.targets.values()) {
    expect(queryProblems(loadSchema("functions_discount"), query)).toEqual([]);
    expect(queryCost(loadSchema("functions_discount"), query)).toBeLessThanOrEqual(MAX_QUERY_COST);
  }
});
