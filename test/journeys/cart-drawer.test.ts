import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { buildProduct, setMetafield } from "../dev-store/storefront/sample-shop.ts";
import { violationsIn } from "../fixtures/accessibility.ts";
import { gidOf, publishStorefront } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { hasDrawer } from "./theme-cases.ts";
import { cartOf, inEveryTheme, LOOKS, seen } from "./theme-looks.ts";

/** What goes with the cart, in the cart drawers of every theme and on its cart page. */

let shop: ThemeBrowser;
const COMPANIONS = [8020, 8021, 8022, 8023];
beforeAll(async () => {
  shop = await openThemeBrowser();
  for (const [index, title] of ["Matcha Whisk", "Cherry Wood Tea Scoop", "Linen Towel", "Honey Jar"].entries()) {
    const product = buildProduct(20 + index, title, 300 + index);
    shop.shop.products.set(product.id, product);
  }
  const companions = COMPANIONS.map((product, index) => ({ product: String(product), weight: 0.5 - index / 10 }));
  const offer = { type: "bought-together", id: "bt-1-8001", discountBasisPoints: 1000, set: 3, companions };
  setMetafield(shop.shop, gidOf(8001), "$app", "offers", "json", { version: 2, offers: [offer] });
  const resolved = COMPANIONS.map(gidOf);
  setMetafield(shop.shop, gidOf(8001), "$app", "companions", "list.product_reference", resolved);
  publishStorefront(shop.shop, { goal: { USD: 9000, JPY: 1_200_000 } });
});

const itemsInCart = async (page: Page) => (await cartOf<{ item_count: number }>(page, shop.origin)).item_count;
const titles = (page: Page) => page.locator("tsuide-cart:visible [data-title]").allInnerTexts();

test.each(inEveryTheme(LOOKS, 1).filter(({ theme }) => hasDrawer(theme)))(
  "$theme.name: the drawer has the goal and what goes with the cart, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    await theme.ready(page);
    await page.locator(theme.addButton).first().click();
    await seen(() => titles(page)).toEqual(["Matcha Whisk", "Cherry Wood Tea Scoop", "Linen Towel"]);
    await page.locator(`:is(${theme.opens!}) tsuide-goal`).waitFor({ state: "visible" });
    expect(await violationsIn(page, "tsuide-cart")).toEqual([]);

    await page.locator("tsuide-cart [data-add]").first().focus();
    await page.keyboard.press("Enter");
    // The theme has rendered its drawer again: the same part stands in it once.
    await seen(() => titles(page)).toEqual(["Cherry Wood Tea Scoop", "Linen Towel", "Honey Jar"]);
    expect(await itemsInCart(page)).toBe(2);
    expect(await page.locator("tsuide-cart").count()).toBe(1);
    expect(await page.locator("tsuide-goal").count()).toBe(1);

    await page.locator("tsuide-cart [data-decline] button").focus();
    await page.keyboard.press("Enter");
    await seen(() => page.locator("tsuide-cart:visible").count()).toBe(0);
    await seen(async () => {
      await visitor.open("/cart");
      return page.locator("tsuide-cart:visible").count();
    }).toBe(0);
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test("the drawer asks for what goes with the cart once it is opened, and not before", async () => {
  shop.wear("like-dawn", { cart_type: "drawer" });
  const visitor = await shop.visitor();
  const { page } = visitor;
  await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [{ id: 40_010, quantity: 1 }] } });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visitor.open("/collections/all");
  await page.waitForFunction(() => customElements.get("tsuide-cart"));
  await page.waitForTimeout(300);
  expect(asked).not.toContain("/cart");
  await page.locator("#cart-icon-bubble").click();
  await seen(() => titles(page)).toEqual(["Matcha Whisk", "Cherry Wood Tea Scoop", "Linen Towel"]);
  expect(asked.filter((path) => path === "/cart")).toHaveLength(1);
  await visitor.close();
});

test.each(LOOKS)("without JavaScript the cart page adds and remembers a no, $locale at $width px", async (look) => {
  shop.wear("plain");
  const visitor = await shop.visitor({ ...look, javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open("/products/green-tea");
  await page.locator("tsuide-set [data-add]").click();
  await visitor.open("/cart");
  await page.locator("tsuide-cart [data-add]").first().click();
  await visitor.open("/cart");
  expect(await itemsInCart(page)).toBe(2);
  expect(await titles(page)).toEqual(["Cherry Wood Tea Scoop", "Linen Towel", "Honey Jar"]);
  await page.locator("tsuide-cart [data-decline] button").click();
  await visitor.open("/cart");
  expect(await page.locator("tsuide-cart:visible").count()).toBe(0);
  await visitor.close();
});
