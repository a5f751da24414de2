import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { publishOffer, publishStorefront } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser, type ThemeVisitor } from "../fixtures/theme-browser.ts";
import { THEME_CASES, type ThemeCase } from "./theme-cases.ts";
import { cartOf, inEveryTheme, LOOKS, overflowOf, seen } from "./theme-looks.ts";

/**
 * What every theme does of its own accord in the dev store, and where the app's blocks stand in it. A theme that fails
 * here is played wrongly by the dev store, and no story about a block in it would mean anything.
 */

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  publishOffer(shop.shop, [8002, 8004, 8007]);
  publishStorefront(shop.shop, { goal: { USD: 9000, JPY: 1_200_000 } });
});

const PRODUCT = "/products/green-tea";
const PATHS = ["/", "/collections", "/collections/all", "/search?q=tea", PRODUCT, "/cart", "/nothing"];

async function enter(theme: ThemeCase, look: { locale: "en" | "ja"; width: number }): Promise<ThemeVisitor> {
  shop.wear(theme.theme, theme.settings);
  return shop.visitor(look);
}

/** What the browser says of a page that is meant to be missing. */
const isExpected = (error: string) => /404 \(Not Found\) .*\/nothing/.test(error);

interface Actions {
  updateCart: { (payload: object): Promise<unknown>; isDefault(): boolean };
}

const itemsInCart = async ({ page }: ThemeVisitor) =>
  (await cartOf<{ items: { quantity: number }[] }>(page, shop.origin)).items;

/** The set stands behind the theme's own buy button, as wide as it needs to be. */
async function expectSetBehindButton(page: Page, theme: ThemeCase) {
  const block = page.locator(".shopify-app-block", { has: page.locator("tsuide-set") });
  const [button, own] = [await page.locator(theme.addButton).first().boundingBox(), await block.boundingBox()];
  expect(own!.y).toBeGreaterThan(button!.y);
  expect(own!.width).toBeGreaterThan(240);
}

test.each(inEveryTheme(LOOKS, 0))(
  "$theme.name: every page opens without an error, and the app's blocks stand in it, $locale at $width px",
  async ({ theme, ...look }) => {
    const visitor = await enter(theme, look);
    const { page } = visitor;
    for (const path of PATHS) {
      await visitor.open(path);
      const text = await page.locator("body").innerText();
      expect([path, text]).not.toEqual([path, expect.stringMatching(/Translation missing|Liquid error/)]);
      const overflow = await overflowOf(page);
      expect([path, overflow <= 0]).toEqual([path, true]);
      if (path === PRODUCT) await expectSetBehindButton(page, theme);
    }
    await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [{ id: 40010 }] } });
    await visitor.open("/cart");
    expect(await page.locator("main .shopify-app-block", { has: page.locator("tsuide-goal") }).isVisible()).toBe(true);
    expect(visitor.errors.filter((error) => !isExpected(error))).toEqual([]);
    await visitor.close();
  },
);

test.each(inEveryTheme(LOOKS, 1))(
  "$theme.name: adding and changing work, $locale at $width px",
  async ({ theme, ...look }) => {
    const visitor = await enter(theme, look);
    const { page } = visitor;
    await visitor.open("/products/tea-cup");
    await theme.ready(page);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(
      `${theme.rootFontSize}px`,
    );
    await page.locator(theme.addButton).first().click();
    await seen(() => itemsInCart(visitor)).toHaveLength(1);
    if (theme.opens) {
      await page.locator(theme.opens).first().waitFor({ state: "visible" });
      await seen(() => page.locator(theme.opens!).first().innerText()).toContain("Tea Cup");
      await page.waitForFunction(
        (selector) => document.querySelector(selector)?.contains(document.activeElement),
        theme.opens,
      );
      await page.keyboard.press("Escape");
      await page.locator(theme.opens).first().waitFor({ state: "hidden" });
    }
    await seen(() => page.locator(theme.count).first().innerText()).toBe("1");
    await visitor.open("/cart");
    await theme.setQuantity(page, 3);
    await seen(async () => (await itemsInCart(visitor))[0]!.quantity).toBe(3);
    await seen(() => page.locator(theme.count).first().innerText()).toBe("3");
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test.each(THEME_CASES)("$name: what a standard action added is in the header, $onAction", async (theme) => {
  const visitor = await enter(theme, LOOKS[0]);
  const { page } = visitor;
  await visitor.open("/products/tea-cup");
  await theme.ready(page);
  const isDefault = await page.evaluate(() => {
    Object.assign(window, { sameDocument: true });
    const { actions } = (window as never as { Shopify: { actions: Actions } }).Shopify;
    void actions.updateCart({ lines: [{ merchandiseId: "gid://shopify/ProductVariant/40020", quantity: 2 }] });
    return actions.updateCart.isDefault();
  });
  expect(isDefault).toBe(theme.onAction !== "configured");
  await seen(() => page.locator(theme.count).first().innerText()).toBe("2");
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(theme.onAction !== "reloaded");
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});
