import type { Page } from "playwright-core";
import { expect } from "vitest";
import english from "../../extensions/theme-offers/locales/en.default.json" with { type: "json" };
import japanese from "../../extensions/theme-offers/locales/ja.json" with { type: "json" };
import { violationsIn } from "../fixtures/accessibility.ts";
import { checkOut } from "./checkout.ts";
import { earnedBy, isClaimed } from "./earned.ts";
import { eventually } from "./eventually.ts";
import { by, choose, openEditor, previewed, save } from "./offer-editor.ts";
import { fromEditorToReceipt } from "./receipt.ts";
import { findPage, hundredthsIn, PUBLISHED_MS, readCart } from "./shop-floor.ts";
import type { Story, Visitor } from "./story.ts";

/**
 * An upgrade from the editor to the receipt: staff make the offer, a shopper replaces a product, undoes that and replaces it
 * again, takes a larger variant of another one, and pays.
 */

const TEXTS = { en: english.upgrade, ja: japanese.upgrade };
const UPGRADE = "tsuide-upgrade";

const widget = (page: Page) => page.locator(UPGRADE);

fromEditorToReceipt("an upgrade goes from the editor to the receipt", {
  make: makeOffer,
  buy: (story, shopper, locale) => replaceAndPay(story, shopper, TEXTS[locale]),
});

/** Staff make an upgrade offer as the editor proposes it, see it in the preview, and activate it. */
async function makeOffer(story: Story, visitor: Visitor, locale: "en" | "ja"): Promise<void> {
  const editor = await openEditor(story, visitor, { locale, offer: "upgrade", name: "Better choices" });
  const shown = await eventually(
    () => previewed(editor, UPGRADE),
    (text) => text !== "",
  );
  expect(shown).toContain(TEXTS[locale].choose);
  // A new offer has better variants of a product as well, and its preview shows one first.
  expect(await editor.app.locator(by("config.ownVariants")).isChecked()).toBe(true);
  expect(shown).toContain(" – ");
  await editor.app.locator(by("config.ownVariants")).setChecked(false, { force: true });
  await eventually(
    () => previewed(editor, UPGRADE),
    (text) => text !== "" && !text.includes(" – "),
  );
  await editor.app.locator(by("config.ownVariants")).setChecked(true, { force: true });
  await choose(editor, "status", "active");
  await save(editor);
}

/** A page on which shoppers see an upgrade, of the page's own product or of another one. */
async function pageThatShows(story: Story, kind: "variant" | "product"): Promise<string> {
  const shows = (html: string) => {
    const [card] = html
      .split(`<${UPGRADE}`)
      .slice(1)
      .filter((widget) => !/^[^>]* hidden[ >]/.test(widget));
    const [link] = /<a [^>]*data-link>[^<]*/.exec(card ?? "") ?? [];
    return link !== undefined && link.includes(" – ") === (kind === "variant");
  };
  await story.settled();
  const look = () => findPage(story, shows).catch(() => null);
  return (await eventually(look, (found) => found !== null, PUBLISHED_MS))!;
}

/** The price of the first upgrade that is seen, in hundredths. */
const priceShown = async (page: Page) =>
  hundredthsIn(await widget(page).locator("[data-price]").filter({ visible: true }).first().innerText());

/** Presses the theme's own button, and waits until the shop has answered. */
async function addOwn(page: Page): Promise<void> {
  const added = page.waitForResponse((response) => response.url().includes("/cart/add"));
  await page.locator("[data-product-form] [data-add]").click();
  await added;
}

/** Replaces in the cart, and waits until the page, which loads itself again, says so. */
async function replaceInCart(page: Page, texts: (typeof TEXTS)["en"]): Promise<void> {
  await widget(page).locator("[data-replace]").click();
  await eventually(
    () => widget(page).locator("[data-status]").innerText(),
    (text) => text.includes(texts.replaced),
  );
}

/** Replaces in the cart, takes it back, replaces again and pays. Gives what the upgrade earned, in hundredths. */
async function replaceAndPay(story: Story, shopper: Visitor, texts: (typeof TEXTS)["en"]): Promise<number> {
  const { page } = shopper;
  await page.goto(story.origin + (await pageThatShows(story, "product")));
  const price = await priceShown(page);
  await addOwn(page);
  const own = (await readCart(page)).items[0]!.variant_id;
  const line = async () => (await readCart(page)).items.map(({ variant_id, quantity }) => ({ variant_id, quantity }));

  await page.goto(`${story.origin}/cart`);
  await replaceInCart(page, texts);
  expect(await line()).not.toContainEqual({ variant_id: own, quantity: 1 });
  expect(await line()).toHaveLength(1);
  await widget(page).locator("[data-undo]").click();
  await eventually(
    () => widget(page).locator("[data-status]").innerText(),
    (text) => text.includes(texts.undone),
  );
  expect(await line()).toEqual([{ variant_id: own, quantity: 1 }]);
  await replaceInCart(page, texts);

  const larger = await takeLargerVariant(story, page, texts);
  const bought = await checkOut(shopper, { addFromExtension: false });
  const order = await bought.order(story);
  expect(order.lines.map(({ properties }) => properties._tsuide)).toEqual([
    expect.stringMatching(/^up-\d+-\d+\/cart$/),
    expect.stringMatching(/^up-\d+-\d+\/cart$/),
  ]);
  expect(bought.cartBeforePaying.total_price).toBe(price + larger);
  return earnedBy(order, isClaimed);
}

/** Puts a variant into the cart that has a better one, and that one into its place. Gives its price, in hundredths. */
async function takeLargerVariant(story: Story, page: Page, texts: (typeof TEXTS)["en"]): Promise<number> {
  await page.goto(story.origin + (await pageThatShows(story, "variant")));
  const price = await priceShown(page);
  expect(await violationsIn(page, UPGRADE)).toEqual([]);
  await addOwn(page);
  const before = (await readCart(page)).items;
  await page.goto(`${story.origin}/cart`);
  await replaceInCart(page, texts);
  const { items } = await readCart(page);
  const one = items.find(({ key }) => before.every((other) => other.key !== key))!;
  const replaced = before.find(
    ({ product_id, variant_id }) => product_id === one.product_id && variant_id !== one.variant_id,
  );
  expect(replaced).toBeDefined();
  expect(items.map(({ variant_id }) => variant_id)).not.toContain(replaced!.variant_id);
  return price;
}
