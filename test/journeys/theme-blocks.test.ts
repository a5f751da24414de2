import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { buildProduct } from "../dev-store/storefront/sample-shop.ts";
import { publishOffer, publishStorefront } from "../fixtures/open-theme-shop.ts";
import { violationsIn } from "../fixtures/accessibility.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { cartOf, doubleText, expectUsable, inEveryTheme, LOOKS, seen } from "./theme-looks.ts";

/** The app's blocks in every theme: adding, counting, the theme's drawer, focus, sizes and text at 200 %. */

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  const { products } = shop.shop;
  for (const product of [
    buildProduct(10, "Matcha Whisk, 100 Prongs", 2200),
    buildProduct(11, "Hand-carved Cherry Wood Tea Scoop", 645),
  ]) {
    products.set(product.id, product);
  }
  publishOffer(shop.shop, [8002, 8011, 8010]);
  publishStorefront(shop.shop, { goal: { USD: 9000, JPY: 1_200_000 } });
});

/** The contrast of the ring around an element that was reached by keyboard, the theme's or ours, with what is behind. */
async function ringContrast(element: Locator): Promise<number> {
  await element.evaluate((reached: HTMLElement) => (reached.style.transition = "none"));
  await element.page().keyboard.press("Tab");
  await element.focus();
  return element.evaluate((focused) => {
    const colorsIn = (text: string) =>
      [...text.matchAll(/rgba?\(([^)]+)\)/g)].map(([, parts]) => parts!.split(/[\s,/]+/).map(Number));
    const style = getComputedStyle(focused);
    let behind = [255, 255, 255];
    for (let over = focused.parentElement; over; over = over.parentElement) {
      const [color] = colorsIn(getComputedStyle(over).backgroundColor);
      if (!color || color[3] === 0) continue;
      behind = color;
      break;
    }
    const luminance = (color: number[]) => {
      const [red, green, blue] = color.map((part) =>
        part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const rings = colorsIn(`${hasOutline ? style.outlineColor : ""} ${style.boxShadow}`);
    const contrasts = rings.map((ring) => {
      const seen = behind.slice(0, 3).map((part, index) => part + (ring[index]! - part) * (ring[3] ?? 1));
      const [dark, light] = [luminance(seen), luminance(behind)].sort((one, other) => one - other);
      return (light! + 0.05) / (dark! + 0.05);
    });
    return Math.max(1, ...contrasts);
  });
}

const set = (page: Page) => page.locator("tsuide-set");

/** A set is compact, and what is reached in it by keyboard has a ring that is seen. */
async function expectCompact(page: Page) {
  await seen(() => set(page).locator("[data-add]").innerText()).toMatch(/4/);
  const { height } = (await set(page).boundingBox())!;
  expect(height).toBeLessThanOrEqual(480);
  for (const reached of ["[data-add]", "[data-tick]", "a"]) {
    expect(await ringContrast(set(page).locator(reached).first()), reached).toBeGreaterThanOrEqual(3);
  }
}

/** With text twice as large, the names of products keep a width at which they can be read. */
async function expectReadableNames(page: Page) {
  const restore = await doubleText(set(page));
  const names = set(page).locator("li > div");
  const widths = await names.evaluateAll((elements) => elements.map((element) => element.clientWidth));
  expect(Math.min(...widths)).toBeGreaterThan(120);
  await restore();
}

test.each(inEveryTheme(LOOKS, 0))(
  "$theme.name: a set is compact, usable, and added as the theme adds, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    await theme.ready(page);
    await expectCompact(page);
    await expectUsable(page, set(page), "[data-add], .ts-pick");
    await expectReadableNames(page);

    await set(page).locator("[data-tick]").first().check();
    const button = set(page).locator("[data-add]");
    await seen(() => button.innerText()).toMatch(/2/);
    await button.click();
    await set(page).locator("[data-status][data-tone=done]").waitFor();
    expect(await set(page).locator("[data-tick]:checked").count()).toBe(0);
    if (theme.opens) {
      await page.locator(theme.opens).first().waitFor({ state: "visible" });
      await page.waitForFunction(
        (selector) => document.querySelector(selector)?.contains(document.activeElement),
        theme.opens,
      );
      await page.keyboard.press("Escape");
      await page.locator(theme.opens).first().waitFor({ state: "hidden" });
    }
    await seen(() => page.evaluate(() => document.activeElement?.hasAttribute("data-add"))).toBe(true);
    await seen(() => page.locator(theme.count).first().innerText()).toBe("2");
    const cart = await cartOf<{ item_count: number }>(page, shop.origin);
    expect(cart.item_count).toBe(2);
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test.each(inEveryTheme(LOOKS, 1))(
  "$theme.name: the goal follows the cart, also from another tab, $locale",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [{ id: 40_020, quantity: 2 }] } });
    await visitor.open("/cart");
    await theme.ready(page).catch(() => undefined);
    const filled = async () =>
      Number(await page.locator("main tsuide-goal [role=progressbar]").getAttribute("aria-valuenow"));
    await seen(filled).toBe(27);
    expect(await violationsIn(page, "main tsuide-goal")).toEqual([]);
    await theme.setQuantity(page, 4);
    await seen(filled).toBe(55);
    const other = await visitor.context.newPage();
    await other.goto(`${shop.origin}/products/green-tea`);
    await other.locator("tsuide-set [data-add]").click();
    await other.locator("tsuide-set [data-status][data-tone=done]").waitFor();
    await seen(filled).toBeGreaterThan(55);
    await visitor.close();
  },
);
