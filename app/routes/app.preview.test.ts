import { afterAll, beforeAll, expect, test } from "vitest";
import { smallProduct, smallShop } from "../../test/fixtures/small-shop.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid, shopDomain } from "../domain/ids.ts";
import { chooseCompanion } from "../flows/offers/choose-companion.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import * as route from "./app.preview.tsx";

const SHOP = "small.myshopify.com";
const OTHER_SHOP = "neighbour.myshopify.com";

let app: WiredApp;

beforeAll(async () => {
  const products = (ids: string[], title: string) =>
    new Map(ids.map((id) => [id, smallProduct(id, { title: `${title} ${id}` })]));
  app = await wireApp([
    smallShop([], { products: products(["101", "102", "103"], "Cup") }),
    smallShop([], { domain: OTHER_SHOP, products: products(["101", "102"], "Secret") }),
  ]);
  for (const domain of [SHOP, OTHER_SHOP].map(shopDomain)) {
    await app.signIn(domain);
    await installShop(domain, app.context);
  }
  await app.drain();
});
afterAll(() => app.close());

/** A bought-together offer as its form sends it. */
const set = (setSize: number, basisPoints = 0) => {
  const reward = basisPoints === 0 ? null : { kind: "percent", basisPoints };
  return `type=bought-together&content=${encodeURIComponent(JSON.stringify({ config: { setSize }, reward }))}`;
};

const ask = (query: string, shop = SHOP) =>
  route.loader({ request: pageRequest(`/app/preview?${query}`, { shop }), params: {}, context: app.loadContext });

test("a shop without an offer sees its best sellers as an example, and no other shop's products", async () => {
  const { html, isExample } = await ask(set(2, 1500));
  expect(isExample).toBe(true);
  expect(html).toContain("Cup 101");
  expect(html).toContain("15%");
  expect(html).not.toContain("Secret");
});

test("a set that shoppers see is what is previewed", async () => {
  expect(
    await chooseCompanion(
      app.shop,
      { trigger: gid("Product", "102"), companion: gid("Product", "103"), kind: "pin" },
      app.context,
    ),
  ).toMatchObject({ code: "ok" });
  await app.drain();
  const { html, isExample } = await ask(set(3));
  expect(isExample).toBe(false);
  expect(html).toContain("Cup 102");
  expect(html).toContain("Cup 103");
  expect(html).not.toContain("Cup 101");
});

test.each(["", set(4), set(0), set(3, 9_000), "type=lottery&content=%7B%7D"])(
  "an offer that makes no sense is refused: %j",
  async (query) => {
    await expect(ask(query)).rejects.toMatchObject({ status: 400 });
  },
);

test("a set of one product is previewed with these very products, and not for a product that nobody can see", async () => {
  const { html } = await ask(`${set(1)}&products=103+101`);
  expect(html).toContain("Cup 103");
  expect(html).toContain("Cup 101");
  expect(html).not.toContain("Cup 102");
  expect(html).toContain("Bought together");
  const similar = await ask(`${set(1)}&products=103+101&similar=true`);
  expect(similar.html).toContain("Goes well with this");
  expect((await ask(`${set(1)}&products=999+101`)).html).toBeNull();
  expect((await ask(`${set(1)}&products=x`)).html).toBeNull();
});

test("an offer that names products is previewed with these, on the page of another one", async () => {
  const content = (products: string[]) =>
    JSON.stringify({
      config: {
        ...{ buy: 2, get: 1, most: null, gets: "others", reward: { kind: "percent", basisPoints: 5000 } },
        gotProducts: products.map((id) => gid("Product", id)),
      },
      reward: null,
    });
  const xy = (products: string[]) => ask(`type=buy-x-get-y&content=${encodeURIComponent(content(products))}`);
  const { html } = await xy(["102"]);
  expect(html).toContain("Cup 102");
  expect(html).not.toContain("Cup 101");
  expect((await xy(["101"])).html).toContain("Cup 101");
  expect((await xy(["999"])).html).toBeNull();

  const addOns = [{ product: [gid("Product", "101")], text: {} }];
  const named = await ask(
    `type=add-on&content=${encodeURIComponent(JSON.stringify({ config: { addOns, cap: 25 }, reward: null }))}`,
  );
  expect(named.html).toContain("Cup 101");
  expect(named.html).not.toContain("Cup 103");
});

test("an offer that is for certain products is previewed on the page of the first, and mixes all of them", async () => {
  const tiers = [{ quantity: 2, reward: { kind: "percent", basisPoints: 1000 } }];
  const breaks = JSON.stringify({ config: { tiers, variants: "together" }, reward: null });
  const of = async (type: string, content: string, on: string) =>
    (await ask(`type=${type}&content=${encodeURIComponent(content)}&on=${on}`)).html;
  const own = async (on: string) => /9\d{3}/.exec((await of("quantity-breaks", breaks, on))!)![0];
  expect(await own("101")).toBe("9101");
  expect(await own("103")).toBe("9103");
  expect(await own("999")).toBe(await own("x"));

  const mix = JSON.stringify({ config: { choose: 2, reward: { kind: "percent", basisPoints: 1000 } }, reward: null });
  const mixed = (await of("mix-and-match", mix, "103+101"))!;
  expect(mixed.indexOf("Cup 103")).toBeLessThan(mixed.indexOf("Cup 101"));
  expect(mixed.indexOf("Cup 103")).toBeGreaterThan(0);
  // Only with one product, which leaves no choice, do examples stand for others.
  expect(mixed).not.toContain("Cup 102");
  expect(await of("mix-and-match", mix, "103")).toContain("Cup 102");
});

test("a bundle is previewed on the page of its first component, with the product that Shopify would make", async () => {
  const component = (id: string, quantity = 1) => ({ variant: [gid("ProductVariant", `9${id}`)], quantity });
  const of = async (reward: object | null, ...components: object[]) => {
    const content = JSON.stringify({ config: { title: "Two <cups>", components }, reward });
    return (await ask(`type=fixed-bundle&content=${encodeURIComponent(content)}`)).html;
  };
  const html = await of({ kind: "percent", basisPoints: 1000 }, component("101"), component("102", 2));
  for (const text of ["Two &lt;cups&gt;", "Cup 101, 2 × Cup 102", "$53.97", "$59.97", "Save $6.00"]) {
    expect(html).toContain(text);
  }
  expect(await of(null)).toBeNull();
  expect(await of(null, component("101"), component("199"))).toBeNull();
  expect(await of({ kind: "fixed-price", amounts: { JPY: 500 } }, component("101", 2))).toBeNull();
});
