import { expect, test, vi } from "vitest";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, Shopper } from "./sample-shop.ts";

interface Answer {
  data?: Record<string, unknown>;
  errors?: { message: string }[];
}

function openShop() {
  const context = buildContext(buildShop());
  const shopper = new Shopper((request) => handleStorefront(request, context));
  const ask = (query: string, variables: unknown = {}) =>
    shopper.json<Answer>("/api/2026-07/graphql.json", { query, variables });
  return { shopper, ask };
}

test("answers products and variants by id, null for what is not published", async () => {
  const { ask } = openShop();
  const query =
    "query Q($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { title availableForSale variants(first: 1) { nodes { id } pageInfo { hasNextPage } } } ... on ProductVariant { title price { amount currencyCode } product { handle } } } }";
  const ids = ["Product/8001", "ProductVariant/40011", "Product/8005", "Product/1", "Order/1"].map(
    (id) => `gid://shopify/${id}`,
  );
  const { data, errors } = await ask(query, { ids });
  expect(errors).toBeUndefined();
  expect(data!.nodes).toEqual([
    {
      title: "Green Tea",
      availableForSale: true,
      variants: { nodes: [{ id: "gid://shopify/ProductVariant/40010" }], pageInfo: { hasNextPage: true } },
    },
    { title: "100 g", price: { amount: "24.95", currencyCode: "USD" }, product: { handle: "green-tea" } },
    null,
    null,
    null,
  ]);
});

test("prices in the country that the query is in", async () => {
  const { ask } = openShop();
  const query =
    'query Q($country: CountryCode) @inContext(country: $country) { product(handle: "tea-cup") { priceRange { minVariantPrice { amount currencyCode } } } }';
  const { data } = await ask(query, { country: "JP" });
  expect(data!.product).toEqual({ priceRange: { minVariantPrice: { amount: "1875", currencyCode: "JPY" } } });
});

test("names a field that Shopify does not have, or that is not answered here", async () => {
  const silenced = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const { ask } = openShop();
  expect((await ask('{ product(handle: "tea-cup") { colour } }')).errors![0]!.message).toContain("colour");
  expect((await ask("{ blogs(first: 1) { nodes { id } } }")).errors![0]!.message).toContain("QueryRoot.blogs");
  expect((await ask("{")).errors).toHaveLength(1);
  silenced.mockRestore();
});

test("refuses what is not a query", async () => {
  const { shopper } = openShop();
  expect((await shopper.ask("/api/2026-07/graphql.json")).status).toBe(405);
  expect((await shopper.send("/api/2026-07/graphql.json", { nothing: 1 })).status).toBe(400);
});
