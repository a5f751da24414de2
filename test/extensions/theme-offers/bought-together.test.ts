import { describe, expect, test } from "vitest";
import { parseProductOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
import { LISTED_COMPANIONS } from "../../../app/domain/shoppers/list-lengths.ts";
import { buildProduct } from "../../dev-store/storefront/sample-shop.ts";
import {
  fieldsOf,
  openShop,
  page,
  publishOffer,
  publishStorefront,
  readOut,
  textOf,
} from "../../fixtures/open-theme-shop.ts";

const set = (document: Document) => document.querySelector("tsuide-set");
const names = (document: Document) => [...document.querySelectorAll("tsuide-set [data-title]")].map(textOf);

describe("the bought-together set, as Liquid renders it", () => {
  test("shows this item first, then companions that can be bought, at the price they have together", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009]);
    const document = await page(shopper, "/products/green-tea");
    expect(names(document)).toEqual(["Green Tea", "Tea Cup", "Bamboo Tray", "Tea Scoop"]);
    expect([...document.querySelectorAll("tsuide-set li b")].map(textOf)).toEqual([
      "$17.95",
      "$11.25",
      "$35.55",
      "$5.80",
    ]);
    expect([...document.querySelectorAll("tsuide-set li :has(> b)")].map(readOut).slice(0, 2)).toEqual([
      "$17.95 Regular price $19.95",
      "$11.25 Regular price $12.50",
    ]);
    expect(textOf(document.querySelector("tsuide-set li"))).toContain("This item: Green Tea");
    expect(document.querySelectorAll("tsuide-set input[type=checkbox]:checked")).toHaveLength(0);
    expect(textOf(set(document)!)).toContain("10% off each");
    expect(textOf(set(document)!)).toContain("Save $7.85");
  });

  test("never says of a new product that it was bought with what is taken from similar ones or from views", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007], { similar: true });
    const similar = await page(shopper, "/products/green-tea");
    expect(textOf(similar.querySelector("tsuide-set legend")!)).toBe("Goes well with this");
    publishOffer(shop, [8002, 8007], { viewed: true });
    const viewed = await page(shopper, "/products/green-tea");
    expect(textOf(viewed.querySelector("tsuide-set legend")!)).toBe("Often viewed together");
    const japanese = await page(shopper, "/ja/products/green-tea");
    expect(textOf(japanese.querySelector("tsuide-set legend")!)).toBe("よく一緒に閲覧されている商品");
    publishOffer(shop, [8002, 8007]);
    const bought = await page(shopper, "/products/green-tea");
    expect(textOf(bought.querySelector("tsuide-set legend")!)).toBe("Bought together");
  });

  test("labels every control and links every companion", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007]);
    const document = await page(shopper, "/products/green-tea");
    for (const control of document.querySelectorAll("tsuide-set input[type=checkbox], tsuide-set select")) {
      expect(control.getAttribute("aria-label")).toMatch(/Tea|Tray/);
    }
    expect(document.querySelector("tsuide-set fieldset > legend")).not.toBeNull();
    expect([...document.querySelectorAll("tsuide-set a")].map((link) => link.getAttribute("href"))).toEqual([
      "/products/tea-cup",
      "/products/bamboo-tray",
    ]);
  });

  test("skips what is sold out, deleted or a draft, and takes the next companion instead", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8003, 9999, 8005, 8009, 8002], { set: 1 });
    expect(names(await page(shopper, "/products/green-tea"))).toEqual(["Green Tea", "Tea Scoop"]);
  });

  test("leaves out what cannot be added as one plain unit", async () => {
    const { shop, shopper } = openShop();
    const product = (id: number) => shop.products.get(String(id))!;
    product(8004).requiresSellingPlan = true;
    product(8009).variants[0]!.quantityRule = { min: 6, max: null, increment: 6 };
    publishOffer(shop, [8004, 8006, 8009, 8002]);
    expect(names(await page(shopper, "/products/green-tea"))).toEqual(["Green Tea", "Tea Cup"]);
  });

  test("leaves out what is in the cart, and adds this item only where it is not", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009]);
    await shopper.send("/cart/add.js", { items: [{ id: 40_020 }, { id: 40_010 }] });
    const document = await page(shopper, "/products/green-tea");
    expect(names(document)).toEqual(["Green Tea", "Bamboo Tray", "Tea Scoop"]);
    expect(textOf(document.querySelector("[data-total] b"))).toBe("$41.35");
    expect(Object.keys(fieldsOf(document.querySelector<HTMLFormElement>("tsuide-set form")!))).toEqual([]);
  });

  test("is there for a product whose variant on the page is sold out, in case another is chosen", async () => {
    const { shop, shopper } = openShop();
    shop.products.get("8001")!.variants[1]!.inventoryQuantity = 0;
    publishOffer(shop, [8002]);
    const document = await page(shopper, "/products/green-tea?variant=40011");
    expect(document.querySelector("tsuide-set")!.hasAttribute("hidden")).toBe(true);
  });

  test("loads one script, which delays nothing that the page shows first", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002]);
    const document = await page(shopper, "/products/green-tea");
    const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[src*='/extensions/theme-offers/']")];
    expect(scripts).toHaveLength(1);
    for (const script of scripts) expect(script.defer).toBe(true);
  });

  test.each([
    ["nothing was published", () => undefined, "nothing is published for “Green Tea” yet"],
    ["no companion can be bought", (shop) => publishOffer(shop, [8003]), "none of the companions of “Green Tea”"],
    [
      "the app is switched off",
      (shop) => (publishOffer(shop, [8002]), publishStorefront(shop, { enabled: false })),
      "switched off in the app's settings",
    ],
  ] as [string, (shop: ReturnType<typeof openShop>["shop"]) => unknown, string][])(
    "tells the theme editor, and nobody else, why it is empty when %s",
    async (_, arrange, why) => {
      const { shop, shopper } = openShop();
      arrange(shop);
      const editor = await page(shopper, "/products/green-tea?oseid=1");
      expect([...editor.querySelectorAll(".tsuide-editor")].map(textOf).join(" ")).toContain(why);
      expect((await page(shopper, "/products/green-tea")).querySelector(".tsuide-editor")).toBeNull();
    },
  );

  test("carries at most 70 bytes for each variant that can be chosen", async () => {
    const bytesOf = async (sizes: number) => {
      const { shop, shopper } = openShop();
      const names = Array.from({ length: sizes }, (_, index) => `Size ${index + 10}`);
      shop.products.set("8030", buildProduct(30, "Apron", 3000, {}, names));
      publishOffer(shop, [8030]);
      const html = await (await shopper.ask("/products/green-tea")).text();
      return Buffer.byteLength(/<tsuide-set[\s\S]*<\/tsuide-set>/.exec(html)![0]);
    };
    expect((await bytesOf(62)) - (await bytesOf(2))).toBeLessThanOrEqual(60 * 70);
  });

  test("offers only variants that are in stock", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8007]);
    const document = await page(shopper, "/products/green-tea");
    const options = [...document.querySelectorAll<HTMLOptionElement>("tsuide-set li:nth-child(2) option")];
    expect(options.map((option) => [textOf(option), option.disabled])).toEqual([
      ["Choose to add", true],
      ["Medium", false],
      ["Large", false],
    ]);
  });

  test("adds what was chosen without script, and nothing else", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009]);
    const document = await page(shopper, "/products/green-tea");
    const form = document.querySelector<HTMLFormElement>("tsuide-set form")!;
    form.querySelector<HTMLInputElement>("li:nth-child(2) input[type=checkbox]")!.checked = true;
    const fields = fieldsOf(form);
    expect(Object.keys(fields)).toEqual(["items[0][id]", "items[1][id]"]);
    const added = await shopper.submit(form.getAttribute("action")!, fields);
    expect(added.status).toBe(302);
    const cart = await shopper.json<{ items: { variant_id: number }[] }>("/cart.js");
    expect(cart.items.map((item) => item.variant_id).sort()).toEqual([40_010, 40_020]);
  });

  test("has no strikethrough where there is no discount", async () => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002], { discountBasisPoints: 0 });
    const document = await page(shopper, "/products/green-tea");
    expect(document.querySelectorAll("tsuide-set s:not(:empty)")).toHaveLength(0);
    expect(textOf(document.querySelector("tsuide-set li:nth-child(2) b"))).toBe("$12.50");
  });

  test.each([
    ["nothing was published", () => undefined],
    ["no companion can be bought", (shop) => publishOffer(shop, [8003, 9999])],
    ["the offer is of another version", (shop) => publishOffer(shop, [8002], { version: 2 })],
    ["the app is switched off", (shop) => (publishOffer(shop, [8002]), publishStorefront(shop, { enabled: false }))],
    [
      "this item is sold out",
      (shop) => (
        publishOffer(shop, [8002]),
        shop.products.get("8001")!.variants.forEach((v) => (v.inventoryQuantity = 0))
      ),
    ],
  ] as [string, (shop: ReturnType<typeof openShop>["shop"]) => unknown][])("is absent when %s", async (_, arrange) => {
    const { shop, shopper } = openShop();
    arrange(shop);
    const document = await page(shopper, "/products/green-tea");
    expect(set(document)).toBeNull();
    expect(textOf(document.body)).not.toContain("Liquid error");
  });

  test.each([
    ["discountBasisPoints", 10_001],
    ["discountBasisPoints", -1],
    ["discountBasisPoints", 12.5],
    ["discountBasisPoints", "1000"],
    ["discountBasisPoints", null],
    ["set", 0],
    ["set", 9],
    ["set", 1.5],
    ["set", "1"],
    ["set", null],
    ["id", ""],
    ["id", 7],
    ["version", "1"],
    ["companions", []],
    [
      "companions",
      [{ product: 8002 }, { product: "8002" }, { product: "8002" }, { product: "x" }, { product: "8009" }],
    ],
    [
      "companions",
      [...Array(8).keys()].map((index) => ({ product: String(9000 + index) })).concat({ product: "8002" }),
    ],
  ])("reads an offer's %s of %j as Function and checkout do", async (key, value) => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007, 8009], { [key]: value });
    const offer = parseProductOffer([...shop.metafields.values()].find((each) => each.key === "offer")!.value);
    const document = await page(shopper, "/products/green-tea");
    const titles = (offer?.companions ?? [])
      .slice(0, LISTED_COMPANIONS)
      .flatMap(({ product }) => shop.products.get(product)?.title ?? [])
      .slice(0, offer?.set);
    expect(names(document).slice(1)).toEqual(titles);
    if (titles.length > 0) {
      expect(set(document)!.getAttribute("data-off")).toBe(String(offer!.discountBasisPoints));
    }
  });

  test("is in Japanese and has no decimals in yen", async () => {
    const markets = [
      { id: "2", handle: "jp", name: "日本", countries: ["JP"], currency: "JPY", rate: 1, locales: ["ja"] },
    ];
    const { shop, shopper } = openShop({ currency: "JPY", locale: "ja", markets });
    publishOffer(shop, [8002], { discountBasisPoints: 500 });
    const document = await page(shopper, "/products/green-tea");
    expect(textOf(set(document))).toContain("それぞれ5%OFF");
    // 5 % of ¥1,250 is ¥62.5, which is ¥63 off.
    expect(textOf(document.querySelector("tsuide-set li:nth-child(2) b"))).toMatch(/^[¥￥]1,187$/);
  });
});
