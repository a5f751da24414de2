import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { publishEnvelope } from "../fixtures/open-theme-shop.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { cartOf, expectUsable, inEveryTheme, LOOKS, seen } from "./theme-looks.ts";

/** The add-on block in every theme: the theme's own button adds what is ticked, nested, in one request. */

const TEA = 40_010;
const SCOOP = 40_090;
const CUP = 40_020;

let shop: ThemeBrowser;
beforeAll(async () => {
  shop = await openThemeBrowser();
  const addOns = [
    { product: "8009", text: { en: "Measures exactly one cup.", ja: "ちょうど1杯分を量れます。" } },
    { product: "8002" },
  ];
  publishEnvelope(
    shop.shop,
    { version: 2, offers: [{ type: "add-on", id: "ao-4-8001", cap: 70, addOns }] },
    [8009, 8002],
  );
});

const EVERY = inEveryTheme(LOOKS, 0);
const block = (page: Page) => page.locator("tsuide-add-on");

interface Line {
  variant_id: number;
  quantity: number;
  key: string;
  parent_relationship?: { parent_key: string };
}

/** Each line of the cart: variant, quantity, and the variant that it is nested under. */
async function linesOf(page: Page) {
  const { items } = await cartOf<{ items: Line[] }>(page, shop.origin);
  return items.map(({ variant_id, quantity, parent_relationship }) => {
    const parent = items.find(({ key }) => key === parent_relationship?.parent_key);
    return [variant_id, quantity, parent?.variant_id ?? null];
  });
}

test.each(EVERY)(
  "$theme.name: usable, its button adds what is ticked, once, and removing the product removes it, $locale at $width px",
  async ({ theme, ...look }) => {
    shop.wear(theme.theme, theme.settings);
    const visitor = await shop.visitor(look);
    const { page } = visitor;
    const additions: string[] = [];
    page.on("request", (request) => {
      if (/\/cart\/add/.test(request.url())) additions.push(request.url());
    });
    await visitor.open("/products/green-tea");
    await theme.ready(page);
    await page.waitForFunction(() => customElements.get("tsuide-add-on") !== undefined);
    expect(await block(page).locator("input:checked").count()).toBe(0);
    await block(page).locator("input").first().focus();
    await page.keyboard.press("Space");
    expect(await block(page).locator("form").isVisible()).toBe(false);
    await expectUsable(page, block(page), "label");
    await page.locator(theme.addButton).first().click();
    await seen(() => linesOf(page)).toEqual([
      [TEA, 1, null],
      [SCOOP, 1, TEA],
    ]);
    if (theme.opens) await page.locator(theme.opens).first().waitFor({ state: "visible" });
    else await seen(() => page.locator(theme.count).first().innerText()).toContain("2");
    expect(additions).toHaveLength(1);
    const { items } = await cartOf<{ items: Line[] }>(page, shop.origin);
    await page.request.post(`${shop.origin}/cart/change.js`, { data: { id: items[0]!.key, quantity: 0 } });
    expect(await linesOf(page)).toEqual([]);
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  },
);

test.each(["en", "ja"] as const)(
  "without a script the block's own form adds one add-on, nested, %s",
  async (locale) => {
    shop.wear("like-dawn");
    const visitor = await shop.visitor({ locale, width: 360, javaScriptEnabled: false });
    const { page } = visitor;
    await visitor.open("/products/green-tea");
    expect(await block(page).locator("input[type=checkbox]").first().isVisible()).toBe(false);
    await block(page).locator("form button").last().click();
    await seen(() => linesOf(page)).toEqual([
      [TEA, 1, null],
      [CUP, 1, TEA],
    ]);
    await visitor.close();
  },
);

test("a form that the browser posts itself takes what is ticked along", async () => {
  shop.wear("like-dawn");
  const visitor = await shop.visitor({ width: 1280 });
  const { page } = visitor;
  await visitor.open("/products/green-tea");
  await page.waitForFunction(() => customElements.get("tsuide-add-on") !== undefined);
  // A theme without a script of its own.
  await page.evaluate((id) => {
    const form = document.createElement("form");
    form.action = "/cart/add";
    form.method = "post";
    form.innerHTML = `<input name="id" value="${id}"><input name="quantity" value="2"><button id="plain">Add</button>`;
    document.body.prepend(form);
  }, TEA);
  await block(page).locator("label").first().click();
  await page.locator("#plain").click();
  await seen(() => linesOf(page)).toEqual([
    [TEA, 2, null],
    [SCOOP, 2, TEA],
  ]);
  await visitor.close();
});
