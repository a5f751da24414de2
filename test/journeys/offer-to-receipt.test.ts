import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import englishHome from "../../app/ui/locales/en/home.json" with { type: "json" };
import japaneseHome from "../../app/ui/locales/ja/home.json" with { type: "json" };
import { openAdmin, openAdminPage } from "./admin.ts";
import { checkOut, type Purchase } from "./checkout.ts";
import { earnedBy } from "./earned.ts";
import { eventually } from "./eventually.ts";
import { by, choose, type Editor, openEditor, previewed, save } from "./offer-editor.ts";
import { findPage, hundredthsIn, readCart } from "./shop-floor.ts";
import { beginStory, type Locale, type Story, type Visitor } from "./story.ts";

/** An offer from the editor to the receipt: staff make it, shoppers pay what they were shown, staff take it back. */

const HOME = { en: englishHome, ja: japaneseHome };
const BREAKS = "tsuide-breaks";
const UNITS = 3;
const OFFER_NAME = "Tea by the dozen";

/** Types the two tiers of one kind of reward: its values in the order of the tiers. */
async function typeTiers(staff: Editor, kind: string, field: string, values: readonly [string, string]) {
  for (const [index, value] of values.entries()) {
    const tier = `config.tiers.${index}`;
    await staff.app.locator(by(`${tier}.quantity`)).fill(String(UNITS * (index + 1)));
    await choose(staff, `${tier}.reward.kind`, kind);
    await staff.app.locator(by(`${tier}.reward.${field}`)).fill(value);
  }
}

/** The product page as the storefront sends it; a shopper sees a change as soon as it is published. */
const html = async (story: Story, path: string) => (await fetch(story.origin + path)).text();
const showsBreaks = (story: Story, path: string, shown: boolean) =>
  eventually(
    async () => (await html(story, path)).includes(`<${BREAKS}`),
    (now) => now === shown,
  );

test.each([
  { locale: "en", width: 1280, currency: "USD" },
  { locale: "ja", width: 360, currency: "JPY" },
] as const)(
  "quantity breaks go from the editor to the receipt, in $locale at $width px",
  async ({ locale, width, currency }) => {
    const story = await beginStory(locale);
    try {
      await quantityBreaks(story, { locale, width, currency });
    } finally {
      await story.end();
    }
  },
);

async function quantityBreaks(
  story: Story,
  { locale, width, currency }: { locale: Locale; width: number; currency: string },
): Promise<void> {
  const path = await findPage(story, (text) => text.includes('type="hidden" name="id"') && !text.includes("disabled"));
  const visitor = await story.visitor({ width });

  // Staff make the offer, by percent at first, and see it beside the form before it is saved.
  const staff = await openEditor(story, visitor, { locale, offer: "quantity-breaks", name: OFFER_NAME });
  const { app } = staff;
  for (let tier = 0; tier < 2; tier++) await app.locator(by("config.tiers")).locator("button").last().click();
  await typeTiers(staff, "percent", "basisPoints", ["10", "20"]);
  expect(
    await eventually(
      () => previewed(staff, BREAKS),
      (text) => /6/.test(text),
    ),
  ).toMatch(/3/);
  await choose(staff, "status", "active");
  await save(staff);
  await showsBreaks(story, path, true);

  // Without a script, tiers stand on the page and the block's own form adds what is chosen.
  const plain = await story.visitor({ width: 360, javaScriptEnabled: false });
  await plain.page.goto(story.origin + path);
  await plain.page.locator(`${BREAKS} input[value="${UNITS}"]`).check();
  await plain.page.locator(`${BREAKS} [data-add]`).click();
  await plain.page.waitForURL(/\/cart/);
  expect(await plain.page.locator(".cart-line .discount").count()).toBe(1);
  await plain.close();

  // A price per unit instead of a percentage.
  const regular = await regularPrice(story, path);
  const unit = currency === "JPY" ? 100 : 1;
  const each = (share: number) => Math.floor((regular * share) / unit) * unit;
  const typed = (amount: number) => (currency === "JPY" ? String(amount / 100) : (amount / 100).toFixed(2));
  await typeTiers(staff, "fixed-price", `amounts.${currency}`, [typed(each(0.8)), typed(each(0.7))]);
  await save(staff);
  await eventually(
    () => html(story, path),
    (text) => text.includes("fixed-price"),
  );

  // Shoppers pay what the widget says, to the smallest unit; staff read what is counted of it.
  const shopper = await story.visitor({ width });
  const bought = await takeThree(story, shopper, path, UNITS * each(0.8));
  const order = await bought.order(story);
  expect(order.lines[0]).toMatchObject({ quantity: UNITS, properties: {} });
  await story.settled();
  // The first unit would have been bought anyway; what is more than that is earned.
  const earned = (earnedBy(order, () => true) * (UNITS - 1)) / UNITS;
  const { headline } = await openAdmin(story, visitor, locale);
  await eventually(headline, ({ revenue, orders }) => Math.abs(revenue - earned) <= unit && orders === 1);
  await app.getByRole("button", { name: HOME[locale].headline.explain }).click();
  await app.getByText(HOME[locale].headline.formula.revenue).waitFor();

  // Pausing takes the price back at once, from the page and from carts.
  await changeStatus(staff, story, "pause");
  await showsBreaks(story, path, false);
  await shopper.page.goto(story.origin + path);
  await addUnits(shopper.page);
  await eventually(
    () => readCart(shopper.page),
    (cart) => cart.total_discount === 0 && cart.total_price === UNITS * regular,
  );
  await changeStatus(staff, story, "activate");
  await showsBreaks(story, path, true);
  await eventually(
    () => readCart(shopper.page),
    (cart) => cart.total_price === UNITS * each(0.8),
  );

  // Nothing of it needs the app's server.
  await story.stopApp();
  const later = await story.visitor({ width });
  await takeThree(story, later, path, UNITS * each(0.8));
  expect([...visitor.errors, ...shopper.errors, ...later.errors]).toEqual([]);
}

/** The price of the page's product in hundredths, without any offer. */
async function regularPrice(story: Story, path: string): Promise<number> {
  const product = (await (await fetch(`${story.origin}${path}.js`)).json()) as { price: number };
  return product.price;
}

async function addUnits(page: Page): Promise<void> {
  await page.locator("[data-product-form] input[name=quantity]").fill(String(UNITS));
  const added = page.waitForResponse((response) => response.url().includes("/cart/add"));
  await page.locator("[data-product-form] [data-add]").click();
  await added;
}

/** Takes three by the widget's tier and the theme's own button, and pays what the widget said. */
async function takeThree(story: Story, shopper: Visitor, path: string, expected: number): Promise<Purchase> {
  const { page } = shopper;
  await page.goto(story.origin + path);
  const widget = page.locator(BREAKS);
  await widget.locator(`input[value="${UNITS}"]`).check();
  const total = widget.locator("[data-total] b");
  await eventually(
    async () => hundredthsIn(await total.innerText()),
    (shown) => shown === expected,
  );
  expect(await page.locator("[data-product-form] input[name=quantity]").inputValue()).toBe(String(UNITS));
  await addUnits(page);
  expect((await readCart(page)).total_price).toBe(expected);
  const bought = await checkOut(shopper, { addFromExtension: false });
  expect(bought.cartBeforePaying.total_price).toBe(expected);
  expect(shopper.requestsToApp).toEqual([]);
  return bought;
}

/** Changes the status of the newest offer from the list of offers. */
async function changeStatus({ page, texts }: Editor, story: Story, action: "pause" | "activate"): Promise<void> {
  const app = await openAdminPage(story, page, "/offers");
  const menu = texts.menu.replace("{{name}}", OFFER_NAME);
  await app.getByRole("button", { name: menu }).click();
  await app.getByRole("menuitem", { name: texts.action[action], exact: true }).click();
}
