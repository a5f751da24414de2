import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import englishBacktest from "../../app/ui/locales/en/backtest.json" with { type: "json" };
import english from "../../app/ui/locales/en/proposals.json" with { type: "json" };
import englishResults from "../../app/ui/locales/en/results.json" with { type: "json" };
import japaneseBacktest from "../../app/ui/locales/ja/backtest.json" with { type: "json" };
import japanese from "../../app/ui/locales/ja/proposals.json" with { type: "json" };
import japaneseResults from "../../app/ui/locales/ja/results.json" with { type: "json" };
import { openAdmin, openAdminPage } from "./admin.ts";
import { checkOut } from "./checkout.ts";
import { eventually } from "./eventually.ts";
import { editorOn, previewed, save } from "./offer-editor.ts";
import { productsForSale, readCart } from "./shop-floor.ts";
import { beginStory, type Locale, type Story, type Visitor } from "./story.ts";
import { testOffer } from "./test-an-offer.ts";
import { PATIENT } from "../patience.ts";

/**
 * A merchant's first weeks with a ready-made offer: the proposal on Home, its review and what past orders say of it, the
 * first sale, the experiment that says whether it earns anything, and the file for the accountant.
 */

const TEXTS = { en: english, ja: japanese };
const PAST_ORDERS = { en: englishBacktest, ja: japaneseBacktest };
const RESULTS = { en: englishResults, ja: japaneseResults };
const BREAKS = "tsuide-breaks";

test.each([
  { locale: "en", width: 1280 },
  { locale: "ja", width: 360 },
] as const)("a proposal is reviewed, published, bought, tested and kept, in $locale at $width px", async (look) => {
  const story = await beginStory(look.locale, { movesClock: true });
  try {
    const staff = await story.visitor({ width: look.width });
    const offer = await publishProposal(story, staff, look);
    const sold = await sellOne(story, staff, { ...look, ...offer });
    await testOffer(story, staff, { ...look, ...offer });
    await saveLines(story, staff, look.locale, sold);
    expect(staff.errors).toEqual([]);
  } finally {
    await story.end();
  }
});

interface Look {
  readonly locale: Locale;
  readonly width: number;
}

interface Published {
  readonly number: number;
  readonly path: string;
  readonly widget: string;
  readonly productId: number;
  readonly variantId: number;
}

async function publishProposal(story: Story, visitor: Visitor, { locale, width }: Look): Promise<Published> {
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
  await app.getByRole("button", { name: PAST_ORDERS[locale].start }).click();
  await app.getByRole("button", { name: PAST_ORDERS[locale].details }).waitFor(PATIENT);
  await save(staff);

  const made = async () => Number(/\/offers\/(\d+)/.exec(page.frames()[1]!.url())?.[1] ?? 0);
  const number = await eventually(made, (given) => given > 0);

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
  expect(shopper.errors).toEqual([]);
  await shopper.close();
  const { id: productId, handle, variants } = product;
  return { number, path: `/products/${handle}`, widget: BREAKS, productId, variantId: variants[0]!.id };
}

/** A shopper buys at the first tier, and Home counts it. Gives the order's name. */
async function sellOne(
  story: Story,
  staff: Visitor,
  { locale, width, path }: Look & Pick<Published, "path">,
): Promise<string> {
  const shopper = await story.visitor({ width });
  const { page } = shopper;
  await page.goto(story.origin + path);
  await page.locator(`${BREAKS} label`).nth(1).click();
  const added = page.waitForResponse((response) => response.url().includes("/cart/add"));
  await page.locator("[data-product-form] [data-add]").click();
  await added;
  await eventually(
    () => readCart(page),
    (cart) => cart.total_discount > 0,
  );
  const order = await (await checkOut(shopper, { addFromExtension: false })).order(story);
  await story.settled();
  const { headline } = await openAdmin(story, staff, locale);
  await eventually(headline, ({ orders, revenue }) => orders === 1 && revenue > 0);
  expect([...shopper.errors, ...shopper.requestsToApp]).toEqual([]);
  await shopper.close();
  return order.name;
}

/** The order stands in the file of Results. */
async function saveLines(story: Story, { page }: Visitor, locale: Locale, orderName: string): Promise<void> {
  const app = await openAdminPage(story, page, "/results");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    app.getByRole("button", { name: RESULTS[locale].files.saveLines }).click(),
  ]);
  expect(await readFile(await file.path(), "utf8")).toContain(orderName);
}
