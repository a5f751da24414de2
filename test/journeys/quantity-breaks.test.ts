import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publishEnvelope } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { THEME_CASES } from "./theme-cases.ts";

/** The quantity-breaks block in every theme: keyboard, the theme's own form, sizes, accessibility, and no script. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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
afterAll(() => shop?.close());

const LOOKS = [
  { locale: "en", width: 1280 },
  { locale: "ja", width: 360 },
  { locale: "en", width: 320 },
] as const;
const EVERY = THEME_CASES.flatMap((theme) => LOOKS.map((look) => ({ theme, ...look })));

const seen = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 15_000 });
const breaks = (page: Page) => page.locator("tsuide-breaks");
const inCart = async (page: Page) => {
  const cart = (await (await page.request.get(`${shop.origin}/cart.js`)).json()) as { item_count: number };
  return cart.item_count;
};

/** What axe-core finds in the block, in words. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(where: string): Promise<{ violations: AxeResult[] }> } };
    interface AxeResult {
      id: string;
      nodes: { html: string }[];
    }
    const found = await axe.run("tsuide-breaks");
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}

test.each(EVERY)(
  "$theme.name: a tier is chosen by keyboard and added by the theme, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    await theme.ready(page);
    await seen(() => breaks(page).locator("[data-add]").isVisible()).toBe(false);
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

test.each(EVERY)(
  "$theme.name: the block passes axe-core and fits, also at 200 % text, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    await seen(() => breaks(page).getAttribute("data-own-form")).toBeNull();
    expect(await violations(page)).toEqual([]);
    const heights = await breaks(page)
      .locator(".tsuide-card")
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    expect((await breaks(page).boundingBox())!.height).toBeLessThanOrEqual(450);
    await breaks(page).evaluate((element) => {
      element.style.fontSize = `${2 * parseFloat(getComputedStyle(element).fontSize)}px`;
    });
    const clipped = await breaks(page).evaluate((element) =>
      [...element.querySelectorAll<HTMLElement>("p, span, legend, label")]
        .filter((part) => part.closest(".tsuide-sr") === null && part.clientWidth > 1)
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => part.className),
    );
    expect(clipped).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
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
