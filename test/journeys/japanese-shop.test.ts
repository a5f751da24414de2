import { afterAll, beforeAll, expect, test } from "vitest";
import { openAdmin } from "./admin.ts";
import { checkOut } from "./checkout.ts";
import { earnedBy, isClaimed } from "./earned.ts";
import { eventually } from "./eventually.ts";
import { findSetPage, hundredthsIn, readCart } from "./shop-floor.ts";
import { beginStory, type Story } from "./story.ts";

const PHONE = { width: 360, height: 740 };

let story: Story;
let setPage: string;
beforeAll(async () => {
  story = await beginStory("ja");
  setPage = await findSetPage(story, { companions: 2, dearest: 3_000, leavesOne: true });
});
afterAll(() => story.end());

test("on a small phone, in Japanese and in yen, a shopper buys a set and the merchant sees it to the yen", async () => {
  const shopper = await story.visitor(PHONE);
  const { page } = shopper;
  await page.goto(story.origin + setPage);
  const set = page.locator("tsuide-set");
  expect(await set.innerText()).toMatch(/[ぁ-ん]/);
  const ticks = await set.locator("[data-tick]").all();
  // The last one is left for checkout to offer.
  for (const tick of ticks.slice(0, -1)) await tick.check();
  const total = await set.locator("[data-total] b").innerText();
  expect(total).toMatch(/^[¥￥][\d,]+$/);
  await set.locator("[data-add]").click();
  await set.locator("[data-status][data-tone=done]").waitFor();
  const cart = await readCart(page);
  expect(cart.currency).toBe("JPY");
  expect(cart.total_price).toBe(hundredthsIn(total));
  expect(cart.items.every((item) => item.final_line_price % 100 === 0)).toBe(true);

  await page.goto(`${story.origin}/cart`);
  expect(await page.locator("tsuide-goal").innerText()).toMatch(/送料/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);

  const bought = await checkOut(shopper, { addFromExtension: true });
  await story.settled();
  const expected = earnedBy(await bought.order(story), isClaimed);
  const merchant = await story.visitor(PHONE);
  const admin = await openAdmin(story, merchant, "ja");
  await eventually(
    () => admin.headline(),
    (seen) => seen.revenue === expected && seen.orders === 1,
    15_000,
  );
  expect(shopper.requestsToApp).toEqual([]);
  expect([...shopper.errors, ...merchant.errors]).toEqual([]);
  await Promise.all([shopper.close(), merchant.close()]);
});

test("every page of the admin is in Japanese and fits a small phone", async () => {
  const merchant = await story.visitor(PHONE);
  const admin = await openAdmin(story, merchant, "ja");
  for (const path of ["", "/offers", "/offers/1", "/offers/new", "/bought-together", "/customers", "/settings"]) {
    await merchant.page.goto(`${story.origin}/admin/apps/tsuide/app${path}?locale=ja`);
    const heading = admin.app.getByRole("heading", { level: 1 }).first();
    await heading.waitFor();
    expect(await heading.innerText()).toMatch(/[ぁ-んァ-ン一-龯]/);
    const frame = merchant.page.frames().at(-1);
    expect(await frame?.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  }
  expect(merchant.errors).toEqual([]);
  await merchant.close();
});
