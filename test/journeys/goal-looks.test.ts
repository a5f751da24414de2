import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { gid } from "../../app/domain/ids.ts";
import { storefrontEntry } from "../../app/domain/offers/types/goal/published.ts";
import type { GoalTier } from "../../app/domain/offers/types/goal/tiers.ts";
import { buildProduct, setMetafield } from "../dev-store/storefront/sample-shop.ts";
import { violationsIn } from "../fixtures/accessibility.ts";
import { gidOf, publishStorefront } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { cartOf, clippedParts, doubleText, lowest, overflowOf, seen } from "./theme-looks.ts";

/** Every state of the goal on a phone: to axe, by keyboard, with large text, forced colours and from right to left. */

const BAR = "main tsuide-goal";
const [CUP, TRAY, WHISK, SCOOP] = [8002, 8030, 8031, 8009];
const variantOf = (product: number) => 40_000 + (product - 8_000) * 10;
/** A cup costs 12.50. Free shipping from 20.00, closed by two products; 10 % from 30.00, by one; a scoop from 40.00. */
const TIERS: GoalTier[] = [
  { from: { USD: 3_000, JPY: 4_000 }, reward: { kind: "percent", basisPoints: 1_000 } },
  { from: { USD: 4_000, JPY: 5_000 }, reward: { kind: "gift", product: [gid("Product", SCOOP)] } },
];
/** What the cart holds in each state, and what the bar then shows. */
const STATES: { name: string; cart: Record<number, number>; shows: string }[] = [
  { name: "empty", cart: {}, shows: "[data-state=empty]" },
  { name: "two products close the gap", cart: { [CUP]: 1 }, shows: "[data-gap] form" },
  { name: "one product closes the gap", cart: { [CUP]: 2 }, shows: "[data-gap] form" },
  { name: "progress", cart: { [TRAY]: 1, [WHISK]: 1 }, shows: "[data-state=progress]" },
  { name: "reached, with a gift that waits", cart: { [CUP]: 4 }, shows: "[data-gift] form" },
  { name: "a gift that is not free", cart: { [CUP]: 1, [SCOOP]: 1 }, shows: "[data-own=paid] > p" },
];

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  shop.wear("like-dawn");
  for (const [number, title, price] of [
    [TRAY, "Lacquered Serving Tray with Handles", 480],
    [WHISK, "Bamboo Matcha Whisk, 100 Prongs", 520],
  ] as const) {
    const product = buildProduct(number - 8_000, title, price);
    shop.shop.products.set(product.id, product);
  }
  const companions = [TRAY, WHISK].map((product) => ({ product: String(product), weight: 0.5 }));
  const offer = { type: "bought-together", id: "bt-1-8002", discountBasisPoints: 0, set: 3, companions };
  setMetafield(shop.shop, gidOf(CUP), "$app", "offers", "json", { version: 2, offers: [offer] });
  setMetafield(shop.shop, gidOf(CUP), "$app", "companions", "list.product_reference", [TRAY, WHISK].map(gidOf));
  const terms = { amounts: { USD: 2_000, JPY: 3_000 }, countries: null, tiers: TIERS, gap: 50 };
  publishStorefront(shop.shop, { version: 2, offers: [storefrontEntry("goal-7", terms)] });
  const installation = `gid://shopify/AppInstallation/${shop.shop.installation.id}`;
  setMetafield(shop.shop, installation, "tsuide", "gifts", "list.product_reference", [gidOf(SCOOP)]);
});

async function fill(page: Page, cart: Record<number, number>) {
  await page.request.post(`${shop.origin}/cart/clear.js`);
  const items = Object.entries(cart).map(([product, quantity]) => ({ id: variantOf(Number(product)), quantity }));
  if (items.length > 0) await page.request.post(`${shop.origin}/cart/add.js`, { data: { items } });
}

const fromRight = {
  name: "from right to left",
  change: (page: Page) => page.evaluate(() => void (document.documentElement.dir = "rtl")),
  undo: (page: Page) => page.evaluate(() => void (document.documentElement.dir = "ltr")),
};
const forcedColours = {
  name: "with forced colours",
  change: (page: Page) => page.emulateMedia({ forcedColors: "active" }),
  undo: (page: Page) => page.emulateMedia({ forcedColors: "none" }),
};

test.each([
  ["en", fromRight],
  ["ja", forcedColours],
] as const)("every state reads well on a phone, in %s", async (locale, look) => {
  const visitor = await shop.visitor({ locale, width: 360 });
  const { page } = visitor;
  const bar = page.locator(BAR);
  for (const { name, cart, shows } of STATES) {
    await fill(page, cart);
    await visitor.open("/cart");
    await page.locator(`${BAR}${shows.startsWith("[data-state") ? shows : ` ${shows}`}`).waitFor({ state: "visible" });
    expect(await violationsIn(page, BAR), name).toEqual([]);
    const wide = await overflowOf(page);
    const buttons = bar.locator("button:visible");
    if ((await buttons.count()) > 0) expect(await lowest(buttons), name).toBeGreaterThanOrEqual(44);
    await look.change(page);
    expect(await violationsIn(page, BAR), `${name}, ${look.name}`).toEqual([]);
    expect(await clippedParts(bar), `${name}, ${look.name}`).toEqual([]);
    await look.undo(page);
    await doubleText(bar);
    expect(await clippedParts(bar), `${name}, with large text`).toEqual([]);
    expect(await overflowOf(page), `${name}, with large text`).toBeLessThanOrEqual(Math.max(0, wide));
  }
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

test.each(["like-dawn", "plain"])("what closes the gap is added by keyboard alone, in %s", async (theme) => {
  shop.wear(theme);
  const visitor = await shop.visitor();
  const { page } = visitor;
  await fill(page, { [CUP]: 1 });
  await visitor.open("/cart");
  await page.locator(`${BAR} [data-gap] button`).focus();
  await page.keyboard.press("Enter");
  await seen(() => page.locator(`${BAR} [data-reached]`).count()).toBeGreaterThan(0);
  const { items } = await cartOf<{ items: { product_id: number; properties: object }[] }>(page, shop.origin);
  const claim = { _tsuide: "goal-7/cart" };
  expect(items.filter(({ product_id: id }) => id !== CUP).map(({ properties }) => properties)).toEqual([claim, claim]);
  // The button is gone: the focus is where it says what came of it.
  if (theme === "plain") {
    await seen(() =>
      page.evaluate(() => document.activeElement?.closest("tsuide-goal [data-status]")?.textContent),
    ).toMatch(/^Added 2/);
  }
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});
