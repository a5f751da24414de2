import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import { publishEveryWidget } from "../fixtures/every-widget.ts";
import { TEA as TEA_PRODUCT } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { expectUsable, LOOKS } from "./theme-looks.ts";

/** The upgrade, "buy X, get Y" and the bundle in each state: to axe, and with text at 200 %. */

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  shop.wear("like-dawn");
  publishEveryWidget(shop.shop);
});

const TEA = { id: 40_010, quantity: 2 };
const BUNDLE = { id: 40_500 };

/** Presses a widget's button, and waits for what it says of the outcome. */
async function add(page: Page, widget: string, tone: "done" | "error") {
  await page.locator(`${widget} [data-add]`).click();
  await page.locator(`${widget} [data-tone=${tone}]`).waitFor();
}

const stock = (available: boolean) => {
  const [variant] = shop.shop.products.get("8050")!.variants;
  variant!.inventoryQuantity = available ? 10 : 0;
};

test.each(LOOKS)("on a product page, $locale at $width px", async (look) => {
  const visitor = await shop.visitor(look);
  const { page } = visitor;
  await visitor.open("/products/green-tea");
  for (const widget of ["tsuide-upgrade", "tsuide-xy", "tsuide-bundle"]) {
    await page.locator(`${widget} [data-add]`).waitFor();
    await expectUsable(page, page.locator(widget), "[data-add], select");
  }
  for (const widget of ["tsuide-xy", "tsuide-bundle"]) {
    await add(page, widget, "done");
    expect(await violationsIn(page, widget), `${widget}, added`).toEqual([]);
    await page.route("**/cart/add.js", (route) =>
      route.fulfill({ status: 422, json: { status: 422, description: "Sold out" } }),
    );
    await add(page, widget, "error");
    expect(await violationsIn(page, widget), `${widget}, refused`).toEqual([]);
    await page.unroute("**/cart/add.js");
  }
  stock(false);
  await visitor.open("/products/green-tea");
  expect(await page.locator("tsuide-bundle [data-add]").isDisabled()).toBe(true);
  expect(await violationsIn(page, "tsuide-bundle"), "sold out").toEqual([]);
  stock(true);
  await visitor.close();
});

test.each(LOOKS)("in the cart, $locale at $width px", async (look) => {
  const visitor = await shop.visitor(look);
  const { page } = visitor;
  const inCart = "main tsuide-upgrade";
  await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [TEA, BUNDLE] } });
  await visitor.open("/cart");
  await page.locator(`${inCart} [data-replace]`).waitFor();
  await expectUsable(page, page.locator(inCart), "button:visible");
  await page.locator(`${inCart} [data-replace]`).click();
  await page.locator(`${inCart} [data-undo]`).waitFor();
  expect(await violationsIn(page, inCart), "replaced").toEqual([]);
  await page.locator(`${inCart} [data-undo]`).click();
  await page.locator(`${inCart} [data-replace]`).waitFor();
  expect(await violationsIn(page, inCart), "taken back").toEqual([]);
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

test.each(LOOKS)("a better variant of the product, $locale at $width px", async (look) => {
  const visitor = await shop.visitor(look);
  const { page } = visitor;
  const offers = shop.shop.metafields.get(`${TEA_PRODUCT}|$app|offers`)!;
  const before = offers.value;
  const variants = [[String(TEA.id), String(TEA.id + 1)]];
  const upgrades = [{ product: "8001", variants }];
  const offer = { type: "upgrade", id: "up-3-8001", show: 1, cap: 20_000, upgrades };
  offers.value = JSON.stringify({ version: 2, offers: [offer] });
  await visitor.open("/products/green-tea");
  await page.locator("tsuide-upgrade [data-add]").waitFor();
  await expectUsable(page, page.locator("tsuide-upgrade"), "[data-add]");
  await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [TEA] } });
  await visitor.open("/cart");
  await page.locator("main tsuide-upgrade [data-replace]").waitFor();
  await expectUsable(page, page.locator("main tsuide-upgrade"), "button:visible");
  offers.value = before;
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});
