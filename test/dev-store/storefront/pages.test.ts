import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EXTENSIONS_DIR } from "../functions/discount-cart.ts";
import { APP_BLOCK, DEFAULT_THEME, findBlock, findTheme, shippedThemes } from "../theme/engine/theme-files.ts";
import { handleStorefront } from "./handle-storefront.ts";
import { buildContext, buildProduct, buildShop, publishOffer, Shopper } from "./sample-shop.ts";

function openShop(given: Parameters<typeof buildShop>[0] = {}) {
  const shop = buildShop(given);
  publishOffer(shop);
  const context = buildContext(shop);
  return { shop, context, shopper: new Shopper((request) => handleStorefront(request, context)) };
}

const PAGES = [
  "/",
  "/collections",
  "/collections/all",
  "/collections/tea",
  "/products/green-tea",
  "/cart",
  "/search?q=tea",
];

const THEMES_IN_BOTH = shippedThemes().flatMap((theme) => ["", "/ja"].map((prefix) => ({ theme, prefix })));

test.each(THEMES_IN_BOTH)("every page of $theme is there and complete below '$prefix'", async ({ theme, prefix }) => {
  const { shopper, context } = openShop();
  context.themeDir = findTheme(theme);
  await shopper.send("/cart/add.js", { items: [{ id: 40010 }, { id: 40020 }] });
  for (const path of PAGES) {
    const response = await shopper.ask(prefix + path);
    const page = await response.text();
    expect([path, response.status]).toEqual([path, 200]);
    expect(page).toContain(`<html lang="${prefix === "" ? "en" : "ja"}">`);
    expect(page).not.toMatch(/Translation missing|\{\{|\{%|\[object Object\]|Liquid error/);
  }
  expect(await (await shopper.ask(`${prefix}/products/green-tea`)).text()).toContain("shopify-app-block");
  expect((await shopper.ask(`${prefix}/nothing`)).status).toBe(404);
});

test.each(["/nothing", "/products/nothing", "/products/unreleased", "/collections/nothing", "/products/%E0%A4%A"])(
  "answers %s with the not-found page",
  async (path) => {
    const response = await openShop().shopper.ask(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("This page is not here");
  },
);

test("every app block that the theme places is a block of the app", () => {
  const placed = readdirSync(join(DEFAULT_THEME, "templates")).flatMap((file) => {
    const text = readFileSync(join(DEFAULT_THEME, "templates", file), "utf8");
    return [...text.matchAll(/"(shopify:\/\/[^"]+)"/g)].map((match) => APP_BLOCK.exec(match[1]!)?.[1]);
  });
  expect(placed.length).toBeGreaterThan(1);
  for (const block of placed) expect([block, findBlock(EXTENSIONS_DIR, block ?? "") !== null]).toEqual([block, true]);
});

test.each(shippedThemes())("every text of %s is in both languages", (theme) => {
  const keys = (tree: object, at = ""): string[] =>
    Object.entries(tree).flatMap(([key, value]) => {
      const isPlural = typeof value === "object" && "other" in (value as object);
      return typeof value === "object" && !isPlural ? keys(value as object, `${at}${key}.`) : [at + key];
    });
  const read = (name: string) => JSON.parse(readFileSync(join(findTheme(theme), "locales", name), "utf8")) as object;
  expect(keys(read("ja.json")).sort()).toEqual(keys(read("en.default.json")).sort());
});

test("a block's assets are on the page and can be fetched", async () => {
  const { shopper } = openShop();
  const page = await (await shopper.ask("/products/green-tea")).text();
  const assets = [...page.matchAll(/(?:src|href)="(\/cdn\/[^"]+)"/g)].map((match) => match[1]!);
  expect(assets.some((asset) => asset.startsWith("/cdn/extensions/theme-offers/"))).toBe(true);
  for (const asset of assets) expect([asset, (await shopper.ask(asset)).status]).toEqual([asset, 200]);
  expect((await shopper.ask("/cdn/extensions/theme-offers/assets/..%2Fshopify.extension.toml")).status).toBe(404);
  expect((await shopper.ask("/cdn/extensions/..%2Foffer-discount/assets/x.js")).status).toBe(404);
});

test("the product's picture is served as it was drawn", async () => {
  const response = await openShop().shopper.ask("/__images/tea-cup.svg?width=400");
  expect(response.headers.get("content-type")).toBe("image/svg+xml");
  expect(await response.text()).toContain("<svg");
});

test("no page asks the app's server for anything", async () => {
  const { shopper, context } = openShop();
  for (const path of PAGES) expect(await (await shopper.ask(path)).text()).not.toContain(context.app.url);
});

test("once the app is uninstalled its blocks and discounts are gone", async () => {
  const { shopper, shop } = openShop();
  await shopper.send("/cart/add.js", { items: [{ id: 40010 }, { id: 40020 }] });
  shop.installation.installed = false;
  expect(await (await shopper.ask("/products/green-tea")).text()).not.toContain("shopify-app-block");
  expect(await shopper.json("/cart.js")).toMatchObject({ total_discount: 0 });
});

test("a companion that is no longer sold is not on the page", async () => {
  const { shopper, shop } = openShop();
  shop.products.get("8002")!.status = "ARCHIVED";
  const block = /shopify-block-[^"]+"[\s\S]*?(?=<div class="prose">)/.exec(
    await (await shopper.ask("/products/green-tea")).text(),
  )![0];
  expect(block).toContain("/products/tea-strainer");
  expect(block).not.toContain("/products/tea-cup");
});

test("the title of a product is text, whatever is in it", async () => {
  const { shopper, shop } = openShop();
  const title = `<script>alert("x")</script>`;
  shop.products.set("8010", buildProduct(10, title, 1000, { handle: "odd", descriptionHtml: "" }));
  for (const path of ["/products/odd", "/collections/all", "/search?q=%3Cscript%3E"]) {
    expect(await (await shopper.ask(path)).text()).not.toContain("<script>alert");
  }
});

test("pages through a long collection", async () => {
  const { shopper, shop } = openShop();
  for (let number = 100; number < 160; number++)
    shop.products.set(String(8000 + number), buildProduct(number, `Bowl ${number}`, 500));
  const first = await (await shopper.ask("/collections/all")).text();
  const third = await (await shopper.ask("/collections/all?page=3")).text();
  expect(first.match(/class="card"/g)).toHaveLength(24);
  expect(third.match(/class="card"/g)).toHaveLength(17);
  expect(first).toContain('href="/collections/all?page=3"');
  expect(third).toContain('aria-current="page">3<');
});

test("renders one section alone, or several as JSON", async () => {
  const { shopper } = openShop();
  const page = await (await shopper.ask("/products/green-tea")).text();
  const id = /data-product-section="([^"]+)"/.exec(page)![1]!;
  const one = await (await shopper.ask(`/products/green-tea?section_id=${id}&variant=40011`)).text();
  expect(one).toContain("$24.95");
  expect(one).not.toContain("<html");
  const several = await shopper.json<Record<string, string | null>>(`/products/green-tea?sections=${id},header,none`);
  expect(Object.keys(several)).toEqual([id, "header", "none"]);
  expect(several.none).toBeNull();
  expect((await shopper.ask("/?section_id=none")).status).toBe(404);
  expect((await shopper.ask("/?sections=a,b,c,d,e,f")).status).toBe(400);
});

test.each([
  ["JP", "¥2,993", "JPY"],
  ["DE", "€18.35", "EUR"],
  ["KW", "6.125 KWD", "KWD"],
  ["US", "$19.95", "USD"],
])("shows prices as %s writes them", async (country, price, currency) => {
  const { shopper } = openShop();
  const form = { country_code: country, return_to: "/products/green-tea" };
  const chosen = await shopper.submit("/localization", form);
  const page = await (await shopper.ask(chosen.headers.get("location")!)).text();
  expect(page).toContain(price);
  expect(page).toContain(`"active":"${currency}"`);
});

test("the language chosen is in the address, and addresses of the page keep to it", async () => {
  const { shopper } = openShop();
  const chosen = await shopper.submit("/localization", {
    language_code: "ja",
    return_to: "/products/green-tea?variant=40011",
  });
  expect(chosen.headers.get("location")).toBe("/ja/products/green-tea?variant=40011");
  const page = await (await shopper.ask("/ja/products/green-tea")).text();
  expect(page).toContain('"routes":{"root":"/ja/"}');
  expect(page).toContain('action="/ja/cart/add"');
  const home = await shopper.submit("/localization", { language_code: "en", return_to: "/ja" });
  expect(home.headers.get("location")).toBe("/");
  const away = await shopper.submit("/localization", { language_code: "en", return_to: "https://example.com/" });
  expect(away.headers.get("location")).toBe("/");
});

test("a Japanese shop is in Japanese at its root and English below /en", async () => {
  const { shopper } = openShop({ locale: "ja", currency: "JPY", markets: [] });
  expect(await (await shopper.ask("/")).text()).toContain('<html lang="ja">');
  expect(await (await shopper.ask("/en")).text()).toContain('<html lang="en">');
});

test("the extension's folder that a context names is the one that is read", async () => {
  const { shop } = openShop();
  const context = buildContext(shop, { extensionsDir: join(EXTENSIONS_DIR, "nowhere") });
  expect(existsSync(context.extensionsDir!)).toBe(false);
  const shopper = new Shopper((request) => handleStorefront(request, context));
  expect(await (await shopper.ask("/products/green-tea")).text()).not.toContain("shopify-app-block");
});
