import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildShop, publishOffer, setMetafield } from "../storefront/sample-shop.ts";
import { askDiscountFunctions, EXTENSIONS_DIR, functionRuns } from "./discount-cart.ts";
import { loadDiscountExtensions } from "./discount-extension.ts";
import type { CartToDiscount } from "./function-input.ts";
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

/** Writes a Function extension whose `run` has the given body. */
function writeFunction(body: string, query = QUERY): void {
  const extension = join(folder, "one");
  mkdirSync(join(extension, "src"), { recursive: true });
  writeFileSync(join(extension, "src/index.ts"), `export function run(input: any) { ${body} }`);
  writeFileSync(join(extension, "src/run.graphql"), query);
  const toml = `[[extensions]]\nhandle = "offer-discount"\ntype = "function"\n[[extensions.targeting]]\ntarget = "${TARGET}"\ninput_query = "src/run.graphql"\nexport = "run"\n`;
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
    locale: "en",
    now: Date.UTC(2026, 10, 21),
    attributes: {},
    lines: [{ ...line, totalMinor: 2500, properties: {}, sellingPlan: null }],
    deliveryOptions: [],
  };
}

const NOTHING = "return { operations: [] };";

test("a Function that answers is asked with its own query and its answer is taken", async () => {
  writeFunction(
    "return { operations: [{ productDiscountsAdd: { selectionStrategy: 'ALL', candidates: [{ targets: [{ cartLine: { id: input.cart.lines[0].id, quantity: input.cart.lines[0].quantity } }], value: { percentage: { value: '10' } } }] } }] };",
  );
  const [answer] = await askDiscountFunctions(TARGET, buildCart(), folder);
  expect(answer).toMatchObject({
    title: "Tsuide",
    operations: [{ productDiscountsAdd: { selectionStrategy: "ALL" } }],
  });
});

test.each([
  ["throws", "throw new Error('broken');", /broken/],
  ["never ends", "for (;;) {}", /interrupted/],
  ["takes more memory than there is", "const all: any[] = []; for (;;) all.push(new Array(1e5).fill(0));", /memory/],
  [
    "answers another shape",
    "return { operations: [{ productDiscountsAdd: { candidates: [] } }] };",
    /selectionStrategy/,
  ],
  ["names a field that does not exist", "return { operations: [], extra: 1 };", /extra/],
  [
    "gives an amount that is not a decimal",
    "return { operations: [{ productDiscountsAdd: { selectionStrategy: 'ALL', candidates: [{ targets: [], value: { percentage: { value: 'ten' } } }] } }] };",
    /not a decimal/,
  ],
  [
    "answers too much",
    "return { operations: [{ productDiscountsAdd: { selectionStrategy: 'ALL', candidates: [{ targets: [], value: { percentage: { value: '1' } }, message: 'x'.repeat(21000) }] } }] };",
    /output has/,
  ],
  ["reads a clock that is not there", "return { operations: fetch('https://example.com') };", /fetch/],
])("a Function that %s gives no discount and says why", async (_name, body, reason) => {
  writeFunction(body);
  expect(await askDiscountFunctions(TARGET, buildCart(), folder)).toEqual([]);
  expect(functionRuns[0]!.error).toMatch(reason);
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
  writeFunction("if (input.discount.metafield !== null) throw new Error('given'); return { operations: [] };");
  const cart = buildCart();
  const [node] = cart.shop.discounts.values();
  setMetafield(cart.shop, node!.id, "$app", "policy", "json", { long: "x".repeat(10_000) });
  expect(await askDiscountFunctions(TARGET, cart, folder)).toHaveLength(1);
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
