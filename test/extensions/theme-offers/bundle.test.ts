import { describe, expect, test } from "vitest";
import { buildProduct, setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import {
  browse,
  gidOf,
  openShop,
  page,
  publishEnvelope,
  publishStorefront,
  settled,
  textOf,
} from "../../fixtures/open-theme-shop.ts";

/** The tea (8001) costs $19.95, a cup (8002) $12.50, and the box (8050) of a tea and two cups $39.90. */
const entry = (given: object = {}) => ({
  ...{ type: "fixed-bundle", id: "fb-3-8001", product: "8050", variant: "40500" },
  parts: [
    { product: "8001", variant: "40010", quantity: 1 },
    { product: "8002", variant: "40020", quantity: 2 },
  ],
  ...given,
});
const envelope = (...offers: unknown[]) => ({ version: 2, offers });

function open(offers: unknown = envelope(entry()), { priceMinor = 3990, stock = 5, companions = [8050, 8002] } = {}) {
  const opened = openShop();
  const box = buildProduct(50, "Tea & cups", priceMinor, { handle: "box" });
  box.variants[0]!.inventoryQuantity = stock;
  opened.shop.products.set(box.id, box);
  publishEnvelope(opened.shop, offers, companions);
  setMetafield(opened.shop, gidOf(8050), "$app", "companions", "list.product_reference", [8001, 8002].map(gidOf));
  setMetafield(opened.shop, gidOf(8050), "$app", "offers", "json", envelope(entry({ id: "fb-3-8050" })));
  return opened;
}

const widget = (document: Document) => document.querySelector<HTMLElement>("tsuide-bundle");

describe("a bundle, as Liquid renders it", () => {
  test("says on a component's page what is in it, what it costs and what it saves", async () => {
    const document = await page(open().shopper, "/products/green-tea");
    expect(textOf(document.body)).not.toContain("Liquid error");
    const shown = widget(document)!;
    expect(textOf(shown.querySelector(".ts-small"))).toBe("Green Tea – 50 g, 2 × Tea Cup");
    expect(textOf(shown.querySelector("form span:has(> b)"))).toBe("$39.90 Regular price $44.95 Save $5.05");
    expect(shown.querySelector("[data-title]")!.getAttribute("href")).toBe("/products/box");
    expect(textOf(shown.querySelector("[data-add]"))).toBe("Add bundle");
    expect(shown.innerHTML).toContain("Tea &amp; cups");
  });

  test("its form adds the bundle's own variant with its claim, without a script", async () => {
    const { shopper } = open();
    const form = widget(await page(shopper, "/products/green-tea"))!.querySelector("form")!;
    const fields = Object.fromEntries([...form.querySelectorAll("input")].map(({ name, value }) => [name, value]));
    await shopper.submit("/cart/add", fields);
    const { items } = await shopper.json<{ items: object[] }>("/cart.js");
    expect(items).toMatchObject([{ variant_id: 40500, price: 3990, properties: { _tsuide: "fb-3-8001/product" } }]);
  });

  test("its own page says what is in it, and offers nothing twice", async () => {
    const document = await page(open().shopper, "/products/box");
    expect(widget(document)).toBeNull();
    const contents = document.querySelector(".ts-widget:has(> .ts-title)");
    expect(textOf(contents)).toBe("In this bundleGreen Tea – 50 g, 2 × Tea Cup$39.90 Regular price $44.95 Save $5.05");
  });

  test("is shown in Japanese, in the market's own prices", async () => {
    const { shop, shopper } = open();
    shop.markets[1]!.prices = new Map([["40500", 5800]]);
    shopper.cookies.set("localization", "JP");
    const shown = widget(await page(shopper, "/ja/products/green-tea"))!;
    expect(textOf(shown.querySelector(".ts-title"))).toBe("セットでも販売中");
    // 2,993 and twice 1,875 yen apart.
    expect(textOf(shown.querySelector("form span:has(> b)"))).toMatch(/5,800.*6,743.*943/);
  });

  test("promises no saving where there is none", async () => {
    const shown = widget(await page(open(undefined, { priceMinor: 4495 }).shopper, "/products/green-tea"))!;
    expect([...shown.querySelectorAll("s, i")].map(textOf)).toEqual(["", ""]);
  });

  test("a sold-out bundle is shown as such and cannot be added", async () => {
    const shown = widget(await page(open(undefined, { stock: 0 }).shopper, "/products/green-tea"))!;
    const button = shown.querySelector<HTMLButtonElement>("[data-add]")!;
    expect([textOf(button), button.disabled]).toEqual(["Sold out", true]);
  });

  test("is absent while Tsuide is switched off", async () => {
    const { shop, shopper } = open();
    publishStorefront(shop, { enabled: false });
    expect(widget(await page(shopper, "/products/green-tea"))).toBeNull();
  });

  test.each([
    ["no product of its own any more", envelope(entry({ product: "8999" })), undefined],
    [
      "a component that is gone",
      envelope(entry({ parts: [...entry().parts, { product: "8998", variant: "1", quantity: 1 }] })),
      undefined,
    ],
    [
      "a component's variant that is gone",
      envelope(entry({ parts: [{ product: "8002", variant: "40029", quantity: 1 }] })),
      undefined,
    ],
    ["no parts", envelope(entry({ parts: [] })), undefined],
    ["an id that is none", envelope(entry({ id: 7 })), undefined],
    ["a later version", { version: 3, offers: [entry()] }, undefined],
    ["only the bundle's product resolved", envelope(entry()), [8050]],
  ])("is absent where there is %s", async (_, offers, companions) => {
    const { shopper } = open(offers, companions === undefined ? {} : { companions });
    const document = await page(shopper, "/products/green-tea");
    expect(widget(document)).toBeNull();
    expect(textOf(document.body)).not.toContain("Liquid error");
  });
});

test("with the script, one press adds the bundle once and says so", async () => {
  const { shopper } = open();
  const { document, window, requests } = await browse(shopper, "/products/green-tea");
  const form = widget(document)!.querySelector("form")!;
  const press = () => form.dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
  press();
  press();
  await settled();
  const added = requests.filter(({ path }) => path.startsWith("/cart/add"));
  expect(added.map(({ body }) => (body as { items: unknown[] }).items)).toEqual([
    [{ id: 40500, quantity: 1, properties: { _tsuide: "fb-3-8001/product" } }],
  ]);
  expect(textOf(document.querySelector("tsuide-bundle [data-status]"))).toContain("Added 1 to your cart.");
});
