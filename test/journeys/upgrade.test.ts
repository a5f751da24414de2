import type { Page } from "playwright-core";
import { expect } from "vitest";
import english from "../../extensions/theme-offers/locales/en.default.json" with { type: "json" };
import japanese from "../../extensions/theme-offers/locales/ja.json" with { type: "json" };
import { checkOut } from "./checkout.ts";
import { earnedBy, isClaimed } from "./earned.ts";
import { eventually } from "./eventually.ts";
import { choose, openEditor, previewed, save } from "./offer-editor.ts";
import { fromEditorToReceipt } from "./receipt.ts";
import { hundredthsIn, pageWith, readCart } from "./shop-floor.ts";
import type { Story, Visitor } from "./story.ts";

/** An upgrade from the editor to the receipt: staff make the offer, a shopper replaces, undoes, replaces again and pays. */

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
  await choose(editor, "status", "active");
  await save(editor);
}

/** Replaces in the cart, takes it back, replaces again and pays. Gives what the upgrade earned, in hundredths. */
async function replaceAndPay(story: Story, shopper: Visitor, texts: (typeof TEXTS)["en"]): Promise<number> {
  const { page } = shopper;
  const path = await pageWith(story, `<${UPGRADE}`);
  await page.goto(story.origin + path);
  const price = hundredthsIn(await widget(page).first().locator("[data-price]").innerText());
  const added = page.waitForResponse((response) => response.url().includes("/cart/add"));
  await page.locator("[data-product-form] [data-add]").click();
  await added;
  const own = (await readCart(page)).items[0]!.variant_id;
  const line = async () => (await readCart(page)).items.map(({ variant_id, quantity }) => ({ variant_id, quantity }));

  await page.goto(`${story.origin}/cart`);
  await widget(page).locator("[data-replace]").click();
  await eventually(
    () => widget(page).locator("[data-status]").innerText(),
    (text) => text.includes(texts.replaced),
  );
  expect(await line()).not.toContainEqual({ variant_id: own, quantity: 1 });
  expect(await line()).toHaveLength(1);
  await widget(page).locator("[data-undo]").click();
  await eventually(
    () => widget(page).locator("[data-status]").innerText(),
    (text) => text.includes(texts.undone),
  );
  expect(await line()).toEqual([{ variant_id: own, quantity: 1 }]);
  await widget(page).locator("[data-replace]").click();
  // The page loads itself again, and then says so.
  await eventually(
    () => widget(page).locator("[data-status]").innerText(),
    (text) => text.includes(texts.replaced),
  );

  const bought = await checkOut(shopper, { addFromExtension: false });
  const order = await bought.order(story);
  expect(order.lines).toHaveLength(1);
  expect(order.lines[0]!.properties._tsuide).toMatch(/^up-\d+-\d+\/cart$/);
  expect(bought.cartBeforePaying.total_price).toBe(price);
  return earnedBy(order, isClaimed);
}
