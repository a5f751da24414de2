import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import { publishEveryWidget } from "../fixtures/every-widget.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { cartOf, expectUsable, inEveryTheme, LOOKS, seen } from "./theme-looks.ts";

/** The mix-and-match block among all others in every theme: keyboard, sizes, accessibility and text at 200 %. */

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  publishEveryWidget(shop.shop);
});

const EVERY = inEveryTheme(LOOKS, 1);
const mix = (page: Page) => page.locator("tsuide-mix");

test.each(EVERY)(
  "$theme.name: usable, and units are chosen and added by keyboard, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    await theme.ready(page);
    const add = mix(page).locator("[data-add]");
    await seen(() => add.getAttribute("aria-disabled")).toBe("true");
    await expectUsable(page, mix(page), "[data-count], [data-add]");
    await mix(page).locator("[data-count]").first().focus();
    await page.keyboard.press("3");
    await seen(() => add.getAttribute("aria-disabled")).toBe("false");
    await add.focus();
    await page.keyboard.press("Enter");
    await mix(page).locator("[data-status][data-tone=done]").waitFor();
    await seen(async () => (await cartOf<{ item_count: number }>(page, shop.origin)).item_count).toBe(3);
    expect(await violationsIn(page, "tsuide-mix")).toEqual([]);
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);
