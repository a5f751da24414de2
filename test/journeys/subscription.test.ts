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
import { hundredthsIn, pageWith, readCart } from "./shop-floor.ts";
import type { Story, Visitor } from "./story.ts";

/**
 * Subscribe and save from the editor to the receipt, with plans of another app: staff make the offer, a shopper changes
 * what is in the cart, takes it back, changes it again and pays the plan's price.
 */

const TEXTS = {
  en: { ...english.subscription, undone: english.upgrade.undone, words: "Pause or cancel at any time." },
  ja: { ...japanese.subscription, undone: japanese.upgrade.undone, words: "いつでも休止・解約できます。" },
};
const SUBSCRIPTION = "tsuide-subscription";

const widget = (page: Page) => page.locator(`${SUBSCRIPTION}:visible`).first();

fromEditorToReceipt("a subscription goes from the editor to the receipt", {
  make: makeOffer,
  buy: (story, shopper, locale) => subscribeAndPay(story, shopper, TEXTS[locale]),
});

/** Staff see which products have plans, add a line of words, see it in the preview, and activate the offer. */
async function makeOffer(story: Story, visitor: Visitor, locale: "en" | "ja"): Promise<void> {
  const editor = await openEditor(story, visitor, { locale, offer: "subscription", name: "Coffee every month" });
  const { words, subscribe } = TEXTS[locale];
  const { found_other: found } = editor.texts.plans;
  await editor.app.getByText(found.replace("{{products}}", "12")).waitFor();
  await editor.app.locator(by(`config.text.${locale}`)).fill(words);
  const shown = await eventually(
    () => previewed(editor, SUBSCRIPTION),
    (text) => text.includes(words),
  );
  expect(shown).toContain(subscribe);
  await choose(editor, "status", "active");
  await save(editor);
}

/** Adds once, changes to a subscription, takes it back, changes again and pays. Gives what the offer earned, in hundredths. */
async function subscribeAndPay(story: Story, shopper: Visitor, texts: (typeof TEXTS)["en"]): Promise<number> {
  const { page } = shopper;
  await story.settled();
  const path = await pageWith(story, `<${SUBSCRIPTION}`);
  await page.goto(story.origin + path);
  await widget(page).getByText(texts.words).waitFor();
  expect(await violationsIn(page, SUBSCRIPTION)).toEqual([]);
  const added = page.waitForResponse((response) => response.url().includes("/cart/add"));
  await page.locator("[data-product-form] [data-add]").click();
  await added;
  const line = async () =>
    (await readCart(page)).items.map(({ quantity, selling_plan_allocation: plan }) => [quantity, plan !== undefined]);

  await page.goto(`${story.origin}/cart`);
  const price = hundredthsIn(await widget(page).locator("b").innerText());
  expect(await violationsIn(page, SUBSCRIPTION)).toEqual([]);
  const says = (text: string) =>
    // The page loads itself again, and then says so.
    eventually(
      () => widget(page).locator("[data-status]").innerText(),
      (said) => said.includes(text),
    );
  await widget(page).locator("[data-replace]").click();
  await says(texts.changed);
  expect(await line()).toEqual([[1, true]]);
  await widget(page).locator("[data-undo]").click();
  await says(texts.undone);
  expect(await line()).toEqual([[1, false]]);
  await widget(page).locator("[data-replace]").click();
  await says(texts.changed);

  const bought = await checkOut(shopper, { addFromExtension: false });
  const order = await bought.order(story);
  expect(order.lines).toMatchObject([{ sellingPlan: { name: expect.any(String) as string } }]);
  expect(order.lines[0]!.properties._tsuide).toMatch(/^ss-\d+-\d+\/cart$/);
  expect(bought.cartBeforePaying.total_price).toBe(price);
  return earnedBy(order, isClaimed);
}
