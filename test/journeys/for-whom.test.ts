import { expect, test } from "vitest";
import { checkOut } from "./checkout.ts";
import { eventually } from "./eventually.ts";
import { by, choose, openEditor, save } from "./offer-editor.ts";
import { findPage, findSetPage, hundredthsIn, PUBLISHED_MS, readCart } from "./shop-floor.ts";
import { beginStory, type Locale, type Story, type Visitor } from "./story.ts";

/** An offer for some shoppers only, from the editor to the receipt: by country first, then by customer, then by campaign. */

const BREAKS = "tsuide-breaks";
const UNITS = 2;
const SHOPPERS = "audience.shoppers";

test.each([
  { locale: "en", home: "US", away: "JP" },
  { locale: "ja", home: "JP", away: "US" },
] as const)(
  "whoever meets the conditions of an offer pays what the page says, and nobody else sees it, in $locale",
  async (given) => {
    const story = await beginStory(given.locale);
    try {
      await forWhom(story, given);
    } finally {
      await story.end();
    }
  },
);

async function forWhom(story: Story, { locale, home, away }: { locale: Locale; home: string; away: string }) {
  const path = await findPage(story, (text) => text.includes('type="hidden" name="id"') && !text.includes("disabled"));
  const shopper = await story.visitor({ width: 360 });
  const { page, context } = shopper;
  const goTo = async (country: string) => {
    await context.addCookies([{ name: "localization", value: country, url: story.origin }]);
    await page.goto(story.origin + path);
  };
  const shows = (shown: boolean) =>
    eventually(
      async () => {
        await page.goto(story.origin + path);
        return page.locator(BREAKS).count();
      },
      (count) => count === (shown ? 1 : 0),
      PUBLISHED_MS,
    );

  // Staff make an offer for one country.
  const visitor = await story.visitor({ width: 1280 });
  const staff = await openEditor(story, visitor, { locale, offer: "quantity-breaks", name: "For some" });
  const { app } = staff;
  await app.locator(by("config.tiers")).locator("button").last().click();
  await app.locator(by("config.tiers.0.quantity")).fill(String(UNITS));
  await choose(staff, "config.tiers.0.reward.kind", "percent");
  await app.locator(by("config.tiers.0.reward.basisPoints")).fill("10");
  await app.locator(by(SHOPPERS)).locator("button").click();
  await app.locator(by(`${SHOPPERS}.0.0.inCountries`)).selectOption(away);
  await choose(staff, "status", "active");
  await save(staff);

  await goTo(away);
  await shows(true);
  const expected = await addTwo(shopper);
  expect((await readCart(page)).total_price).toBe(expected);
  await goTo(home);
  await shows(false);
  await eventually(
    () => readCart(page),
    (cart) => cart.total_discount === 0,
  );

  // The same offer for customers who have ordered before.
  await app.locator(by(`${SHOPPERS}.0.0.shopper`)).selectOption("customer");
  await app.locator(by(`${SHOPPERS}.0.0.who`)).selectOption("returning");
  await save(staff);
  await goTo(away);
  await shows(false);
  await goTo(home);
  await page.goto(`${story.origin}/account/login?return_to=${path}`);
  await page.locator("ul button[name=customer_id]").first().click();
  await shows(true);
  await page.evaluate(() => fetch("/cart/clear.js", { method: "POST" }));
  const paid = await addTwo(shopper);
  const { cartBeforePaying } = await checkOut(shopper, { addFromExtension: false });
  expect(cartBeforePaying.total_price).toBe(paid);
  expect(cartBeforePaying.total_discount).toBeGreaterThan(0);
  await page.goto(`${story.origin}/account/logout`);
  await shows(false);
  await forCampaign(story, visitor, locale);
  expect([...visitor.errors, ...shopper.errors]).toEqual([]);
}

/** A set of another size, for whoever comes by the link of a campaign; all others are shown the shop's own. */
async function forCampaign(story: Story, staff: Visitor, locale: Locale): Promise<void> {
  await story.control("theme", { embeds: ["experiments"] });
  const path = await findSetPage(story, { companions: 2, dearest: Infinity });
  const editor = await openEditor(story, staff, { locale, offer: "bought-together", name: "Of the campaign" });
  const { app, texts } = editor;
  // The shop's own set would be shown in its place.
  const first = app.getByText(texts.first.title.split("}}")[1]!);
  await first.waitFor();
  await app.locator(by("priority")).fill("200");
  await first.waitFor({ state: "hidden" });
  await app.locator(by(SHOPPERS)).locator("button").click();
  await app.locator(by(`${SHOPPERS}.0.0.shopper`)).selectOption("campaign");
  await app.locator(by(`${SHOPPERS}.0.0.inCampaigns`)).fill("夏セール, Summer");
  await app.getByText(texts.audience.reader.checkout.no.split("}}")[1]!).waitFor();
  await choose(editor, "status", "active");
  await save(editor);
  const shopper = await story.visitor({ width: 360 });
  const claim = async (address: string) => {
    await shopper.page.goto(story.origin + address);
    return shopper.page.locator("tsuide-set:visible").getAttribute("data-claim");
  };
  const isOwn = (found: string | null) => found?.startsWith("bt-1-") === true;
  await eventually(
    () => claim(`${path}?utm_campaign=summer`),
    (found) => found !== null && !isOwn(found),
    PUBLISHED_MS,
  );
  expect(isOwn(await claim(`${path}?utm_campaign=%E5%A4%8F%E3%82%BB%E3%83%BC%E3%83%AB`))).toBe(false);
  expect(isOwn(await claim(`${path}?utm_campaign=winter`))).toBe(true);
  expect(isOwn(await claim(path))).toBe(true);
  expect(shopper.errors).toEqual([]);
  await shopper.close();
}

/** Adds two by the widget's own button or the theme's, and gives what the widget says they cost. */
async function addTwo({ page }: Visitor): Promise<number> {
  const widget = page.locator(BREAKS);
  await widget.locator(`input[value="${UNITS}"]`).check();
  const total = hundredthsIn(await widget.locator("[data-total] b").innerText());
  await page.locator("[data-product-form] input[name=quantity]").fill(String(UNITS));
  const added = page.waitForResponse((response) => response.url().includes("/cart/add"));
  await page.locator("[data-product-form] [data-add]").click();
  await added;
  return total;
}
