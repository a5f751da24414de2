import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { publishEnvelope } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { cartOf, expectUsable, inEveryTheme, LOOKS, seen } from "./theme-looks.ts";

/** The quantity-breaks block in every theme: keyboard, the theme's own form, sizes, accessibility, and no script. */

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  const tiers = [
    { from: 3, reward: { kind: "percent", basisPoints: 1000 } },
    { from: 6, reward: { kind: "fixed-price", amounts: { USD: 1500 } } },
  ];
  const offers = [{ type: "quantity-breaks", id: "qb-2-8001", together: true, tiers }];
  publishEnvelope(shop.shop, { version: 2, offers });
});

const EVERY = inEveryTheme([...LOOKS, { locale: "en", width: 320 } as const], 0);
const breaks = (page: Page) => page.locator("tsuide-breaks");
const inCart = async (page: Page) => (await cartOf<{ item_count: number }>(page, shop.origin)).item_count;

test.each(EVERY)(
  "$theme.name: usable, and a tier is chosen by keyboard and added by the theme, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    await theme.ready(page);
    await seen(() => breaks(page).locator("[data-add]").isVisible()).toBe(false);
    expect(await breaks(page).getAttribute("data-own-form")).toBeNull();
    expect((await breaks(page).boundingBox())!.height).toBeLessThanOrEqual(450);
    await expectUsable(page, breaks(page), "label");
    await breaks(page).locator("input:checked").focus();
    await page.keyboard.press("ArrowDown");
    await seen(() => breaks(page).locator("[data-total]").innerText()).toContain("$53.85");
    await page.locator(theme.addButton).first().click();
    await seen(() => inCart(page)).toBe(3);
    await seen(() => breaks(page).locator("[data-cart]").innerText()).toContain("$17.95");
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test.each(["en", "ja"] as const)(
  "without a script the block's own form adds the chosen quantity, %s",
  async (locale) => {
    shop.wear("like-dawn");
    const visitor = await shop.visitor({ locale, width: 360, javaScriptEnabled: false });
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    expect(await breaks(page).locator("[data-total]").isVisible()).toBe(false);
    await breaks(page).locator("input[value='6']").check();
    await breaks(page).locator("[data-add]").click();
    await seen(() => inCart(page)).toBe(6);
    await visitor.close();
  },
);
