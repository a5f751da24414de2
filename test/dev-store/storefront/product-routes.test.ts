import { expect, test } from "vitest";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildShop, Shopper } from "./sample-shop.ts";

function openShop() {
  const shop = buildShop();
  return { shop, shopper: new Shopper((request) => handleStorefront(request, buildContext(shop))) };
}

interface ProductJs {
  id: number;
  price: number;
  available: boolean;
  variants: { id: number; title: string; available: boolean; price: number; options: string[] }[];
}

test("a product's .js gives amounts in hundredths and every variant", async () => {
  const { shopper } = openShop();
  const product = await shopper.json<ProductJs>("/products/green-tea.js");
  expect(product).toMatchObject({ id: 8001, price: 1995, available: true });
  expect(product.variants.map(({ id, title, price }) => [id, title, price])).toEqual([
    [40010, "50 g", 1995],
    [40011, "100 g", 2495],
  ]);
  expect((await shopper.json<ProductJs>("/products/iron-pot.js")).available).toBe(false);
});

test("a listing gives decimal prices, pages, and only what is published", async () => {
  const { shopper } = openShop();
  const { products } = await shopper.json<{ products: { handle: string; variants: { price: string }[] }[] }>(
    "/collections/all/products.json?limit=2&page=2",
  );
  expect(products.map(({ handle }) => handle)).toEqual(["iron-pot", "tea-strainer"]);
  expect(products[0]!.variants[0]!.price).toBe("64.00");
  const all = await shopper.json<{ products: { handle: string }[] }>("/products.json");
  expect(all.products.map(({ handle }) => handle)).not.toContain("unreleased");
});

test.each(["/products/unreleased.js", "/products/none.json", "/collections/none/products.json"])(
  "answers %s with 404",
  async (path) => {
    expect((await openShop().shopper.ask(path)).status).toBe(404);
  },
);

test("recommends related products in stock, no gift cards, and none as complementary", async () => {
  const { shopper } = openShop();
  const related = await shopper.json<{ products: ProductJs[] }>(
    "/recommendations/products.json?product_id=8001&limit=4",
  );
  expect(related.products.map(({ id }) => id)).toEqual([8002, 8004]);
  const complementary = "/recommendations/products.json?product_id=8001&intent=complementary";
  expect(await shopper.json(complementary)).toEqual({ intent: "complementary", products: [] });
  expect((await shopper.ask("/recommendations/products.json")).status).toBe(404);
  expect((await shopper.ask("/recommendations/products.json?product_id=8001&intent=odd")).status).toBe(422);
});

test("suggests products by the words of their titles and tags", async () => {
  const { shopper } = openShop();
  const found = await shopper.json<{ resources: { results: { products: ProductJs[] } } }>(
    "/search/suggest.json?q=tea%20cup",
  );
  expect(found.resources.results.products.map(({ id }) => id)).toEqual([8002]);
});

test("a market sees nothing of what its catalogue leaves out: no page, listing, search result or answer of the API, and nothing to buy", async () => {
  const { shop, shopper } = openShop();
  shop.markets.find(({ countries }) => countries.includes("JP"))!.excluded = new Set(["8002"]);
  const found = async () => {
    const { products } = await shopper.json<{ products: { handle: string }[] }>("/products.json");
    const { resources } = await shopper.json<{ resources: { results: { products: { handle: string }[] } } }>(
      "/search/suggest.json?q=cup",
    );
    const query =
      'query Q($country: CountryCode) @inContext(country: $country) { node(id: "gid://shopify/Product/8002") { id } }';
    const country = shopper.cookies.get("localization");
    const { data } = await shopper.json<{ data: { node: object | null } }>("/api/2026-07/graphql.json", {
      query,
      variables: { country },
    });
    return {
      page: (await shopper.ask("/products/tea-cup")).status,
      listed: products.some(({ handle }) => handle === "tea-cup"),
      searched: resources.results.products.some(({ handle }) => handle === "tea-cup"),
      answered: data.node !== null,
      bought: (await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 1 }] })).ok,
    };
  };
  shopper.cookies.set("localization", "US");
  expect(await found()).toEqual({ page: 200, listed: true, searched: true, answered: true, bought: true });
  shopper.cookies.set("localization", "JP");
  expect(await found()).toEqual({ page: 404, listed: false, searched: false, answered: false, bought: false });
});
