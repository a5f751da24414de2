import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAdmin } from "./admin.ts";
import { eventually } from "./eventually.ts";
import {
  type CartJson,
  findSetPage,
  hundredthsIn,
  pageWith,
  priceOf,
  productsForSale,
  PUBLISHED_MS,
  readCart,
} from "./shop-floor.ts";
import { checkOut } from "./checkout.ts";
import { earnedBy, isClaimed } from "./earned.ts";
import { by, choose, openEditor, pickProduct, previewed, save } from "./offer-editor.ts";
import { beginStory, type Story, type Visitor } from "./story.ts";

/** Offers from the editor to the receipt: staff make them, shoppers pay what they were shown, the home page counts it. */

const html = async (story: Story, path: string) => (await fetch(story.origin + path)).text();

/** What a widget says its products cost together, in hundredths. */
const totalOf = async (page: Page, widget: string) =>
  hundredthsIn(await page.locator(`${widget} [data-total] b`).innerText());

/** Presses a widget's own button and waits until it says that everything is in the cart. */
async function addByWidget(page: Page, widget: string): Promise<CartJson> {
  await page.locator(`${widget} [data-add]`).click();
  await page.locator(`${widget} [data-status][data-tone=done]`).waitFor();
  return readCart(page);
}

/** Pays what is in the cart, and waits until the home page counts the lines that came from an offer, and no others. */
async function payAndCount(story: Story, { staff, shopper, locale }: Stage) {
  const admin = await openAdmin(story, staff, locale);
  const before = await admin.headline();
  const bought = await checkOut(shopper, { addFromExtension: false });
  const { items, total_price } = bought.cartBeforePaying;
  const order = await bought.order(story);
  await story.settled();
  const claimed = items.filter(({ properties }) => properties._tsuide !== undefined);
  const earned = claimed.reduce((sum, line) => sum + line.final_line_price, 0);
  const counted = earnedBy(order, isClaimed);
  await eventually(
    () => admin.headline(),
    ({ revenue, orders }) => revenue - before.revenue === counted && orders === before.orders + 1,
  );
  expect(hundredthsIn(await shopper.page.locator(".fold summary strong").innerText())).toBeGreaterThanOrEqual(
    total_price,
  );
  expect(shopper.requestsToApp).toEqual([]);
  expect([...staff.errors, ...shopper.errors]).toEqual([]);
  return { order, earned };
}

interface Stage {
  staff: Visitor;
  shopper: Visitor;
  locale: "en" | "ja";
}

describe.each([
  { locale: "en", width: 1280, currency: "USD", unit: 1 },
  { locale: "ja", width: 360, currency: "JPY", unit: 100 },
] as const)("in $locale at $width px", ({ locale, width, currency, unit }) => {
  let story: Story;
  beforeAll(async () => {
    story = await beginStory(locale);
  });
  afterAll(() => story?.end());

  /** Plays a journey with a member of staff and a shopper of its own. */
  async function play(journey: (stage: Stage) => Promise<void>) {
    const [staff, shopper] = [await story.visitor({ width }), await story.visitor({ width })];
    await journey({ staff, shopper, locale });
    await Promise.all([staff.close(), shopper.close()]);
  }

  test("buy X get Y: what is got costs half, and is what the offer earned", () =>
    play(async (stage) => {
      const { page } = stage.shopper;
      const got = (await productsForSale(story)).find(({ variants }) => variants.length === 1)!;
      const editor = await openEditor(story, stage.staff, { locale, offer: "buy-x-get-y", name: "Half off a third" });
      await choose(editor, "config.gets", "others");
      await pickProduct(editor, got.title);
      await choose(editor, "config.reward.kind", "percent");
      await editor.app.locator(by("config.reward.basisPoints")).fill("50");
      await eventually(
        () => previewed(editor, "tsuide-xy"),
        (text) => text.includes("50"),
      );
      await choose(editor, "status", "active");
      await save(editor);

      await story.settled();
      await page.goto(story.origin + (await pageWith(story, "<tsuide-xy")));
      const shown = await totalOf(page, "tsuide-xy");
      const cart = await addByWidget(page, "tsuide-xy");
      expect(cart.items.map(({ quantity }) => quantity).sort()).toEqual([1, 2]);
      expect(cart.total_price).toBe(shown);
      const line = cart.items.find(({ product_id }) => product_id === got.id)!;
      const half = Math.ceil(line.original_line_price / 2 / unit) * unit;
      expect(line.final_line_price).toBe(half);
      expect(line.properties._tsuide).toMatch(/^\w+-\d+-\d+\/product$/);
      expect(cart.total_discount).toBe(line.original_line_price - half);

      const { order, earned } = await payAndCount(story, stage);
      expect(earned).toBe(half);
      expect(order.lines.filter(({ discounts }) => discounts.length > 0)).toMatchObject([{ title: got.title }]);
      expect(await page.locator("#summary .lines .tag").count()).toBe(1);
    }));

  test("add-on: the theme's button adds what is ticked, nested, and it is counted", () =>
    play(async (stage) => {
      const { page } = stage.shopper;
      const plain = (await productsForSale(story)).filter(({ variants }) => variants.length === 1);
      const extra = plain.sort((a, b) => priceOf(a) - priceOf(b))[0]!;
      const editor = await openEditor(story, stage.staff, { locale, offer: "add-on", name: "Small extras" });
      await editor.app.locator(by("config.addOns")).locator("button").last().click();
      await pickProduct(editor, extra.title);
      await choose(editor, "status", "active");
      await save(editor);

      await story.settled();
      await page.goto(story.origin + (await pageWith(story, "<tsuide-add-on")));
      const tick = page.locator("tsuide-add-on [data-tick]");
      expect(await tick.isChecked()).toBe(false);
      await page.locator("tsuide-add-on label").click();
      const added = page.waitForResponse((response) => response.url().includes("/cart/add"));
      await page.locator("[data-product-form] [data-add]").click();
      await added;
      const { items } = await eventually(
        () => readCart(page),
        (cart) => cart.items.length === 2,
      );
      const [parent, nested] = [...items].sort((a) => (a.product_id === extra.id ? 1 : -1));
      expect(nested).toMatchObject({ product_id: extra.id, parent_relationship: { parent_key: parent!.key } });
      expect(parent!.properties).toEqual({});

      const { order, earned } = await payAndCount(story, stage);
      expect(earned).toBe(nested!.final_line_price);
      expect(order.lines).toHaveLength(2);
    }));

  test("a bundle: Shopify makes it, its price is paid, and the offer earned what it added", () =>
    play(async (stage) => {
      const { page } = stage.shopper;
      const plain = (await productsForSale(story)).filter(({ variants }) => variants.length === 1);
      const [own, other] = plain.sort((a, b) => priceOf(a) - priceOf(b)) as [(typeof plain)[0], (typeof plain)[0]];
      const editor = await openEditor(story, stage.staff, { locale, offer: "fixed-bundle", name: "Two as one" });
      await editor.app.locator(by("config.title")).fill("Two as one");
      for (const [index, { title }] of [own, other].entries()) {
        await editor.app.locator(by("config.components")).locator("button").last().click();
        await pickProduct(editor, title, editor.app.locator(`${by(`config.components.${index}.variant`)} input`));
      }
      await editor.app.locator(`label:has(${by("reward.isSet")})`).click();
      await editor.app.locator(by("reward.basisPoints")).fill("20");
      await eventually(
        () => previewed(editor, "tsuide-bundle"),
        (text) => text.includes("Two as one"),
      );
      await choose(editor, "status", "active");
      await save(editor);
      await editor.app.getByText(editor.texts.bundle.state["for-sale"]).waitFor({ timeout: PUBLISHED_MS });

      const path = `/products/${own.handle}`;
      await eventually(
        () => html(story, path),
        (text) => text.includes("<tsuide-bundle"),
        PUBLISHED_MS,
      );
      await page.goto(story.origin + path);
      const cart = await addByWidget(page, "tsuide-bundle");
      const apart = Math.round((priceOf(own) + priceOf(other)) * 100);
      const price = apart - Math.round((apart * 0.2) / unit) * unit;
      expect(cart).toMatchObject({ total_price: price, items: [{ quantity: 1, product_title: "Two as one" }] });

      const before = (await openAdmin(story, stage.staff, locale)).headline;
      const earnedBefore = (await before()).revenue;
      const bought = await checkOut(stage.shopper, { addFromExtension: false });
      const order = await bought.order(story);
      await story.settled();
      expect(order.lines.map(({ title }) => title).sort()).toEqual([own.title, other.title].sort());
      expect(order.lines.reduce((sum, line) => sum + line.unitPriceMinor * unit, 0)).toBe(price);
      const added = earnedBy(order, ({ title }) => title === other.title);
      await eventually(before, ({ revenue }) => revenue - earnedBefore === added);
      expect(stage.shopper.requestsToApp).toEqual([]);
      expect([...stage.staff.errors, ...stage.shopper.errors]).toEqual([]);
    }));

  test("a set for a set price costs that in the widget, the cart and the order", () =>
    play(async (stage) => {
      const { page } = stage.shopper;
      const path = await findSetPage(story, { companions: 3, dearest: 50 * unit });
      await page.goto(story.origin + path);
      const before = await totalOf(page, "tsuide-set");
      const price = Math.floor((before * 0.8) / unit) * unit;
      const editor = await openEditor(story, stage.staff, { locale, offer: 1, name: "Sets for a price" });
      await choose(editor, "reward.kind", "fixed-price");
      const typed = unit === 1 ? (price / 100).toFixed(2) : String(price / 100);
      await editor.app.locator(by(`reward.amounts.${currency}`)).fill(typed);
      await save(editor);
      await eventually(
        () => html(story, path),
        (text) => /data-reward="?1:fixed-price/.test(text),
        PUBLISHED_MS,
      );

      await page.goto(story.origin + path);
      expect(await totalOf(page, "tsuide-set")).toBe(price);
      const cart = await addByWidget(page, "tsuide-set");
      expect(cart.total_price).toBe(price);
      const { order } = await payAndCount(story, stage);
      const paid = order.lines.reduce(
        (sum, { unitPriceMinor, quantity, discounts }) =>
          discounts.reduce((left, { amountMinor }) => left - amountMinor, sum + unitPriceMinor * quantity),
        0,
      );
      expect(paid * unit).toBe(price);
    }));
});
