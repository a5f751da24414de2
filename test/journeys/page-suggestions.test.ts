import { beforeAll, expect, test } from "vitest";
import { setMetafield } from "../dev-store/storefront/sample-shop.ts";
import { violationsIn } from "../fixtures/accessibility.ts";
import { gidOf, publishOffer } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { cartOf, inEveryTheme, LOOKS, lowest, overflowOf, seen } from "./theme-looks.ts";
import { PATIENT } from "../patience.ts";

/** Best sellers on pages without a product of their own, in every theme, and what a screen reader is given of prices. */

const BEST_SELLERS = "tsuide-cart[data-from-section]";

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  const best = [8002, 8009, 8007, 8001].map(gidOf);
  const owner = `gid://shopify/Shop/${shop.shop.id}`;
  setMetafield(shop.shop, owner, "$app", "best_sellers", "list.product_reference", best);
  publishOffer(shop.shop, [8002, 8009]);
});

test.each(inEveryTheme(LOOKS, 1))(
  "$theme.name: home adds a best seller by keyboard, $locale at $width px",
  async (given) => {
    const { theme, ...look } = given;
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/");
    const widget = page.locator(BEST_SELLERS);
    expect(await widget.locator("[data-title]").allInnerTexts()).toEqual([
      "Tea Cup",
      "Tea Scoop",
      "Bamboo Tray",
      "Green Tea",
    ]);
    expect(await violationsIn(page, BEST_SELLERS)).toEqual([]);
    expect(await lowest(widget.locator("[data-add], select"))).toBeGreaterThanOrEqual(44);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await widget.locator("[data-add]").first().focus();
    await page.keyboard.press("Enter");
    await widget.locator("[data-status][data-tone=done]").waitFor();
    await seen(() => widget.locator("[data-title]").allInnerTexts()).toEqual(["Tea Scoop", "Bamboo Tray", "Green Tea"]);
    const { items } = await cartOf<{ items: { variant_id: number; properties: object | null }[] }>(page, shop.origin);
    expect(items.map(({ variant_id, properties }) => [variant_id, properties ?? {}])).toEqual([[40_020, {}]]);
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test("a screen reader is given what each price of a set is", async () => {
  shop.wear("plain");
  const visitor = await shop.visitor({ locale: "en", width: 1280 });
  await visitor.open("/products/green-tea");
  await visitor.page.locator("tsuide-set").waitFor();
  const price = visitor.page.locator("tsuide-set li:nth-child(2) :has(> b)");
  // A checkbox is described by its price, with what the styles put in front of both amounts.
  const tick = visitor.page.locator("tsuide-set li:nth-child(2) [data-tick]");
  expect(await tick.getAttribute("aria-describedby")).toBe(await price.getAttribute("id"));
  await expect.poll(() => price.ariaSnapshot(), PATIENT).toMatch(/11\.25.*Regular price .*12\.50/s);
  await visitor.close();
});
