import { describe, expect, test } from "vitest";
import { buildProduct, setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import type { DevShop } from "../../dev-store/shop/state.ts";
import {
  browse,
  gidOf,
  openShop,
  page,
  publishOffer,
  publishStorefront,
  settled,
  textOf,
} from "../../fixtures/open-theme-shop.ts";

const PAGES = ["/", "/collections/tea", "/search?q=tea", "/nowhere"];
const CUP = 40_020;
const SCOOP = 40_090;

/** Publishes best sellers, and makes the tea's collection one of ten products. */
function publishBest(shop: DevShop, products: number[]) {
  const best = products.map(gidOf);
  setMetafield(shop, `gid://shopify/Shop/${shop.id}`, "$app", "best_sellers", "list.product_reference", best);
  for (let number = 30; number < 40; number++) {
    const product = buildProduct(number, `Caddy ${number}`, 1200);
    shop.products.set(product.id, product);
  }
}
const titles = (document: Document) => [...document.querySelectorAll("tsuide-cart [data-title]")].map(textOf);
const heading = (document: Document) => textOf(document.querySelector("tsuide-cart h2"));
const claims = (document: Document) =>
  [...document.querySelectorAll<HTMLInputElement>("tsuide-cart [name^=properties]")].map(({ value }) => value);

describe("suggestions on other pages, as Liquid renders them", () => {
  test.each(PAGES)("are best sellers on %s, called that, with no claim of an offer", async (path) => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8002, 8009, 8007, 8001, 8004]);
    const document = await page(shopper, path);
    expect(textOf(document.body)).not.toContain("Liquid error");
    expect(heading(document)).toBe(path === "/collections/tea" ? "Best sellers in Tea" : "Best sellers");
    expect(titles(document)).toEqual(["Tea Cup", "Tea Scoop", "Bamboo Tray", "Green Tea"]);
    expect(claims(document)).toEqual([]);
    expect(document.querySelector("tsuide-cart form[data-decline]")).toBeNull();
  });

  test.each(PAGES)("are absent from %s while nothing is published, or the app is switched off", async (path) => {
    const { shop, shopper } = openShop();
    expect((await page(shopper, path)).querySelector("tsuide-cart")).toBeNull();
    publishBest(shop, [8002]);
    publishStorefront(shop, { enabled: false });
    expect((await page(shopper, path)).querySelector("tsuide-cart")).toBeNull();
  });

  test("are in Japanese in a Japanese shop", async () => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8002, 8009]);
    expect(heading(await page(shopper, "/ja"))).toBe("人気の商品");
    expect(heading(await page(shopper, "/ja/collections/tea"))).toBe("「Tea」の人気商品");
  });

  test("leave out what is in the cart, sold out, deleted or unpublished, and take the next", async () => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8999, 8003, 8002, 8009, 8007]);
    shop.products.get("8007")!.publishedAt = null;
    await shopper.send("/cart/add.js", { items: [{ id: CUP }] });
    expect(titles(await page(shopper, "/"))).toEqual(["Tea Scoop"]);
  });

  test("of a collection are in it, and a small collection has none", async () => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8002, 8009]);
    shop.products.get("8002")!.collectionIds = [];
    expect(titles(await page(shopper, "/collections/tea"))).toEqual(["Tea Scoop"]);
    for (const [id, product] of shop.products) if (Number(id) >= 8030) product.collectionIds = [];
    expect(titles(await page(shopper, "/collections/tea"))).toEqual([]);
  });

  test("show what goes with the cart first on collection and search pages, each by its offer", async () => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8002]);
    publishOffer(shop, [8009]);
    const offers = [
      {
        type: "bought-together",
        id: "bt-1-8001",
        discountBasisPoints: 0,
        set: 3,
        companions: [{ product: "8009", weight: 0.5 }],
      },
    ];
    setMetafield(shop, gidOf(8001), "$app", "offers", "json", { version: 2, offers });
    await shopper.send("/cart/add.js", { items: [{ id: 40_010, quantity: 2 }] });
    for (const path of ["/collections/tea", "/search?q=tea"]) {
      const document = await page(shopper, path);
      expect([heading(document), titles(document), claims(document)]).toEqual([
        "Goes with your cart",
        ["Tea Scoop"],
        ["bt-1-8001/page"],
      ]);
    }
    expect(heading(await page(shopper, "/"))).toBe("Best sellers");
  });

  test("stand on a product page only where nothing is bought with the product", async () => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8001, 8002]);
    expect(titles(await page(shopper, "/products/green-tea"))).toEqual(["Tea Cup"]);
    const offers = [{ type: "bought-together", id: "bt-1-8001", discountBasisPoints: 0, set: 3, companions: [] }];
    setMetafield(shop, gidOf(8001), "$app", "offers", "json", { version: 2, offers });
    expect((await page(shopper, "/products/green-tea")).querySelector("tsuide-cart")).toBeNull();
  });

  test("suggest nothing to whoever declined", async () => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8002]);
    await shopper.send("/cart/update.js", { attributes: { _tsuide_declined: "1" } });
    const widget = (await page(shopper, "/collections/tea")).querySelector<HTMLElement>("tsuide-cart");
    expect(widget!.hidden).toBe(true);
  });

  test("add without a script", async () => {
    const { shop, shopper } = openShop();
    publishBest(shop, [8009]);
    const form = (await page(shopper, "/")).querySelector<HTMLFormElement>("tsuide-cart form[data-item]")!;
    expect([
      form.getAttribute("action"),
      form.method,
      form.querySelector<HTMLInputElement>("[name=id]")!.value,
    ]).toEqual(["/cart/add", "post", String(SCOOP)]);
  });
});

test("what was added leaves the list, which is taken from its own section", async () => {
  const { shop, shopper } = openShop();
  publishBest(shop, [8002, 8009]);
  const { document, window, requests } = await browse(shopper, "/");
  const form = document.querySelector<HTMLFormElement>("tsuide-cart form[data-item]")!;
  form.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
  await settled();
  await settled();
  const added = requests.find(({ path }) => path === "/cart/add.js")!;
  expect(added.body).toMatchObject({ items: [{ id: CUP, quantity: 1 }] });
  expect(JSON.stringify(added.body)).not.toContain("_tsuide");
  expect(requests.map(({ path }) => path)).toContainEqual(expect.stringMatching(/^\/\?section_id=/));
  expect(titles(document)).toEqual(["Tea Scoop"]);
  expect(textOf(document.querySelector("tsuide-cart [data-status]"))).toContain("Added 1");
});
