import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import { publishEnvelope } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { hasDrawer } from "./theme-cases.ts";
import { cartOf, expectUsable, inEveryTheme, LOOKS, seen } from "./theme-looks.ts";

/** Subscriptions in every theme: beside the product, on the cart page and in the drawer. */

const TEA = 40_010;

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  const text = { en: "Pause or cancel at any time.", ja: "いつでも休止・解約できます。" };
  publishEnvelope(shop.shop, { version: 2, offers: [{ type: "subscription", id: "ss-4-8001", least: 1, text }] });
  shop.shop.products.get("8001")!.sellingPlans = [
    {
      ...{ id: "501", name: "Every month" },
      adjustments: [
        { valueType: "percentage", value: 20, orderCount: 3 },
        { valueType: "percentage", value: 10, orderCount: null },
      ],
    },
  ];
});

const block = (page: Page) => page.locator("tsuide-subscription:visible").first();

/** Each line of the cart: variant, quantity and plan. */
async function linesOf(page: Page) {
  const { items } = await cartOf<{
    items: { variant_id: number; quantity: number; selling_plan_allocation?: { selling_plan: { id: number } } }[];
  }>(page, shop.origin);
  return items.map(({ variant_id, quantity, selling_plan_allocation: plan }) => [
    ...[variant_id, quantity],
    plan?.selling_plan.id ?? null,
  ]);
}

test.each(inEveryTheme(LOOKS, 1))(
  "$theme.name: a line in the cart becomes a subscription and goes back, by keyboard, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [{ id: TEA, quantity: 2 }] } });
    await visitor.open("/cart");
    await page.waitForFunction(() => customElements.get("tsuide-subscription") !== undefined);
    expect(await violationsIn(page, "tsuide-subscription")).toEqual([]);
    await block(page).locator("[data-replace]").focus();
    await page.keyboard.press("Enter");
    await seen(() => linesOf(page)).toEqual([[TEA, 2, 501]]);
    await block(page).locator("[data-undo]").waitFor();
    expect(await violationsIn(page, "tsuide-subscription")).toEqual([]);
    await block(page).locator("[data-undo]").focus();
    await page.keyboard.press("Enter");
    await seen(() => linesOf(page)).toEqual([[TEA, 2, null]]);
    await block(page).locator("[data-replace]").waitFor();
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test.each(inEveryTheme(LOOKS, 0))(
  "$theme.name: beside the product it is usable, and a drawer offers it for what was added, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    await theme.ready(page);
    await expectUsable(page, block(page), "button");
    if (hasDrawer(theme)) {
      await page.locator(theme.addButton).first().click();
      const inDrawer = page.locator(`:is(${theme.opens!}) tsuide-subscription:visible`);
      // A context that is closed while its page is being loaded may never close.
      const loadedAgain = page.waitForEvent("load");
      await inDrawer.locator("[data-replace]").click();
      await seen(() => linesOf(page)).toEqual([[TEA, 1, 501]]);
      await loadedAgain;
    }
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test("without a script the form beside the product subscribes", async () => {
  shop.wear("like-dawn");
  const visitor = await shop.visitor({ locale: "ja", width: 360, javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open("/products/green-tea");
  await block(page).locator("button").click();
  await seen(() => linesOf(page)).toEqual([[TEA, 1, 501]]);
  await visitor.close();
});

test("what another tab has made a subscription is offered here no more", async () => {
  shop.wear("plain");
  const visitor = await shop.visitor();
  const { page } = visitor;
  await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [{ id: TEA, quantity: 1 }] } });
  await visitor.open("/cart");
  await page.waitForFunction(() => customElements.get("tsuide-subscription") !== undefined);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator("tsuide-subscription:visible [data-replace]").first().click();
  await seen(() => linesOf(page)).toEqual([[TEA, 1, 501]]);
  await seen(() => page.locator("tsuide-subscription:visible [data-replace]").count()).toBe(0);
  await visitor.close();
});
