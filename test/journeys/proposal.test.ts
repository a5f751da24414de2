import { expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import english from "../../app/ui/locales/en/proposals.json" with { type: "json" };
import japanese from "../../app/ui/locales/ja/proposals.json" with { type: "json" };
import { openAdminPage } from "./admin.ts";
import { eventually } from "./eventually.ts";
import { editorOn, previewed, save } from "./offer-editor.ts";
import { productsForSale } from "./shop-floor.ts";
import { beginStory, type Locale, type Story } from "./story.ts";

/** A ready-made offer, from the proposal on Home over its review to the product page. */

const TEXTS = { en: english, ja: japanese };
const BREAKS = "tsuide-breaks";
const JOURNEY_MS = 480_000;

test.each([
  { locale: "en", width: 1280 },
  { locale: "ja", width: 360 },
] as const)(
  "a proposal is reviewed, published and seen, in $locale at $width px",
  { timeout: JOURNEY_MS },
  async (look) => {
    const story = await beginStory(look.locale);
    try {
      await proposal(story, look);
    } finally {
      await story.end();
    }
  },
);

async function proposal(story: Story, { locale, width }: { locale: Locale; width: number }): Promise<void> {
  const visitor = await story.visitor({ width });
  const { page, context } = visitor;
  await context.addCookies([{ name: "admin_locale", value: locale, url: story.origin }]);
  const texts = TEXTS[locale];
  const app = page.frameLocator("iframe").first();
  const rows = app.locator(".tsuide-proposal").filter({ hasText: texts.playbook["several-at-once"] });
  const openHome = async () => {
    await openAdminPage(story, page, "");
    return rows.count();
  };
  const proposed = async () => (await rows.first().locator("p").first().innerText()).trim();

  // Home proposes what the shop's orders support; the first of its kind is about one product.
  await eventually(openHome, (found) => found === 1, 60_000);
  const first = await proposed();
  expect(await violationsIn(page.frames()[1]!)).toEqual([]);

  // What staff dismiss is gone, and another product is proposed; an undo brings it back.
  const undo = page.locator("#toasts").getByRole("button", { name: texts.toast.undo });
  const dismiss = rows.first().getByRole("button", { name: texts.dismiss });
  await dismiss.click();
  await eventually(proposed, (title) => title !== first);
  await undo.click();
  await eventually(proposed, (title) => title === first);

  // The review has everything filled in, shows what shoppers will see, and one save publishes it.
  await rows.first().getByRole("link", { name: texts.review }).click();
  await app.getByText(texts.notice.text).waitFor();
  const staff = editorOn(visitor, locale);
  expect(await app.locator("#name").inputValue()).toBe(first);
  await eventually(
    () => previewed(staff, BREAKS),
    (text) => text.includes("5"),
  );
  expect(await violationsIn(page.frames()[1]!)).toEqual([]);
  await save(staff);

  // Shoppers see it on the product's page, and Home proposes it no more.
  const product = (await productsForSale(story)).find(({ title }) => title === first)!;
  const html = async () => (await fetch(`${story.origin}/products/${product.handle}`)).text();
  await eventually(html, (text) => text.includes(`<${BREAKS}`));
  const shopper = await story.visitor({ width });
  await shopper.page.goto(`${story.origin}/products/${product.handle}`);
  await shopper.page.locator(BREAKS).waitFor();
  expect(await shopper.page.locator(`${BREAKS} input[type=radio]`).count()).toBeGreaterThanOrEqual(2);
  await openHome();
  expect(await eventually(proposed, Boolean)).not.toBe(first);
  expect([...visitor.errors, ...shopper.errors]).toEqual([]);
}
