import type { FrameLocator } from "playwright-core";
import { expect, test } from "vitest";
import japaneseOffers from "../../app/ui/locales/ja/offers.json" with { type: "json" };
import englishResults from "../../app/ui/locales/en/results.json" with { type: "json" };
import japaneseResults from "../../app/ui/locales/ja/results.json" with { type: "json" };
import { portionMinor } from "../../app/domain/money/basis-points.ts";
import english from "../../extensions/theme-offers/locales/en.default.json" with { type: "json" };
import japanese from "../../extensions/theme-offers/locales/ja.json" with { type: "json" };
import { lineNetMinor } from "../dev-store/shop/order-totals.ts";
import type { DevCreditAccount } from "../dev-store/shop/state.ts";
import { openAdminPage } from "./admin.ts";
import { checkOut } from "./checkout.ts";
import { eventually } from "./eventually.ts";
import { allowCredit, by, choose, openEditor, save } from "./offer-editor.ts";
import { findSetPage, hundredthsIn, PUBLISHED_MS } from "./shop-floor.ts";
import { beginStory, type Locale, type Story, type Visitor } from "./story.ts";

/**
 * Store credit from the editor to the customer's account: staff choose it as the reward of sets and allow it, shoppers read
 * what they earn, one of them pays, is given it, and Results counts what it cost. One shop speaks both languages.
 */

const SET_TEXTS = { en: english.bought_together, ja: japanese.bought_together };
const RESULTS = { en: englishResults, ja: japaneseResults };
const PREFIX = { en: "", ja: "/ja" };
const PERCENT = 5;
const MOST_FOR_A_PRODUCT = 50;

test("store credit goes from the editor to the customer's account, in both languages", async () => {
  const story = await beginStory("en");
  try {
    const staff = await story.visitor({ width: 1280 });
    const shopper = await story.visitor({ width: 360 });
    // A set is whole, and earns credit, where it has all the companions that the offer may show.
    const path = await findSetPage(story, { companions: 3, dearest: MOST_FOR_A_PRODUCT });
    await giveCredit(story, staff);
    const isPromised = async () => (await (await fetch(story.origin + path)).text()).includes(promiseIn("en"));
    await eventually(isPromised, Boolean, PUBLISHED_MS);

    await expectShown(story, shopper, { locale: "ja", path, isGuest: true });
    await expectShown(story, shopper, { locale: "en", path, isGuest: true });
    await signIn(story, shopper, path);
    await expectShown(story, shopper, { locale: "ja", path, isGuest: false });
    await expectShown(story, shopper, { locale: "en", path, isGuest: false });

    const creditMinor = await paySet(story, shopper);
    for (const locale of ["en", "ja"] as const) {
      const cost = async () => creditIn(await adminIn(locale, story, staff, "/results"), locale);
      await eventually(cost, (shown) => shown === creditMinor);
    }
    expect(shopper.requestsToApp).toEqual([]);
    expect([...staff.errors, ...shopper.errors]).toEqual([]);
  } finally {
    await story.end();
  }
});

const promiseIn = (locale: Locale) => SET_TEXTS[locale].credit_percent.replace("{{ percent }}", String(PERCENT));

/** Staff choose credit in place of the discount, with its own numbers, to be given at once; and Shopify's dialog allows it. */
async function giveCredit(story: Story, staff: Visitor): Promise<void> {
  const editor = await openEditor(story, staff, { locale: "en", offer: 1, name: "Sets that earn credit" });
  await choose(editor, "reward.kind", "credit-percent");
  const field = (name: string) => editor.app.locator(by(`reward.${name}`));
  const numbers = ["basisPoints", "waitDays", "expiryDays"].map((name) => field(name).inputValue());
  expect(await Promise.all(numbers)).toEqual([String(PERCENT), "14", "365"]);
  await field("waitDays").fill("0");
  await allowCredit(editor);
  await save(editor);
  const saved = await adminIn("ja", story, staff, "/offers/1");
  await saved.getByText(japaneseOffers["of-bought-together"].waitDays.label).waitFor();
  expect(await saved.locator(by("reward.waitDays")).inputValue()).toBe("0");
}

/** One of the app's pages in a language. */
async function adminIn(locale: Locale, story: Story, { page, context }: Visitor, path: string): Promise<FrameLocator> {
  await context.addCookies([{ name: "admin_locale", value: locale, url: story.origin }]);
  return openAdminPage(story, page, path);
}

interface Shown {
  locale: Locale;
  path: string;
  isGuest: boolean;
}

/** The set says what it earns, and asks to sign in only whoever has not. */
async function expectShown({ origin }: Story, { page }: Visitor, { locale, path, isGuest }: Shown): Promise<void> {
  await page.goto(origin + PREFIX[locale] + path);
  const text = await page.locator("tsuide-set").innerText();
  expect(text).toContain(promiseIn(locale));
  expect(text.includes(SET_TEXTS[locale].credit_guest)).toBe(isGuest);
}

/** The shopper follows the set's link, and comes back to its page. */
async function signIn({ origin }: Story, { page }: Visitor, path: string): Promise<void> {
  await page.getByRole("link", { name: SET_TEXTS.en.credit_guest }).click();
  await page.locator("button[name=customer_id]").first().click();
  await page.waitForURL(origin + path);
}

/** The shopper buys the whole set that the page shows. Gives what their account is credited with, in the smallest unit. */
async function paySet(story: Story, shopper: Visitor): Promise<number> {
  const { page } = shopper;
  await page.locator("tsuide-set [data-add]").click();
  await page.locator("tsuide-set [data-status][data-tone=done]").waitFor();
  const bought = await checkOut(shopper, { addFromExtension: false });
  const order = await bought.order(story);
  const paidMinor = order.lines.reduce((sum, line) => sum + lineNetMinor(line), 0);
  const given = async () => {
    const { accounts } = (await story.look("store-credit")) as { accounts: DevCreditAccount[] };
    const theirs = accounts.filter(({ customerId }) => customerId === order.customerId);
    return theirs.flatMap(({ transactions }) => transactions.map(({ kind, minor }) => [kind, minor]));
  };
  await eventually(given, (transactions) => transactions.length > 0, PUBLISHED_MS);
  const creditMinor = portionMinor(paidMinor, PERCENT * 100);
  expect(await given()).toEqual([["credit", creditMinor]]);
  return creditMinor;
}

/** What Results says that store credit cost, in hundredths. */
async function creditIn(results: FrameLocator, locale: Locale): Promise<number> {
  const row = results.locator("dl > div", { hasText: RESULTS[locale].roi.cost.credit });
  return hundredthsIn(await row.locator("dd").innerText());
}
