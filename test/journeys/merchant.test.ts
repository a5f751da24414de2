import { afterAll, beforeAll, expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import { eventually } from "./eventually.ts";
import { beginStory, type Story, type Visitor } from "./story.ts";

const DISCOUNT = '[id="reward.basisPoints"]';

let story: Story;
beforeAll(async () => {
  story = await beginStory("en");
});
afterAll(() => story.end());

/** The bought-together offer as one member of staff has it open. */
async function openOffer() {
  const visitor = await story.visitor();
  await visitor.page.goto(`${story.origin}/admin/apps/tsuide/app/offers/1?locale=en`);
  const app = visitor.page.frameLocator("iframe");
  const discount = app.locator(DISCOUNT);
  await discount.waitFor();
  await app.getByTitle("Preview").waitFor();
  return { ...visitor, app, discount };
}

const saved = async ({ page }: Visitor) =>
  eventually(
    () => page.getByRole("button", { name: "Save" }).isVisible(),
    (shown) => !shown,
  );

test("the second of two people who change one setting chooses, and neither loses what they typed", async () => {
  const [first, second] = [await openOffer(), await openOffer()];
  await first.discount.fill("15");
  await first.discount.press("Enter");
  await saved(first);

  await second.discount.fill("12");
  await second.app.getByText("2 companions", { exact: true }).click();
  await second.discount.press("Enter");
  await second.app.getByText("Discount in percent: changed from 10% to 15%").waitFor();
  expect(await second.discount.inputValue()).toBe("12");
  await second.app.getByRole("button", { name: "Use theirs: 15%" }).click();
  await second.discount.press("Enter");
  await saved(second);

  await first.page.reload();
  expect(await eventually(() => first.app.getByLabel("2 companions").isChecked(), Boolean)).toBe(true);
  expect(await first.discount.inputValue()).toBe("15");
  expect([...first.errors, ...second.errors]).toEqual([]);
  await Promise.all([first.close(), second.close()]);
});

test("what is typed while a save is under way stays, and is saved next", async () => {
  const merchant = await openOffer();
  await merchant.page.route("**/app/offers/1?**", async (route) => {
    if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await merchant.discount.fill("9");
  await merchant.discount.press("Enter");
  await merchant.discount.press("End");
  await merchant.discount.pressSequentially(".5");
  expect(await merchant.discount.inputValue()).toBe("9.5");
  await merchant.page.waitForTimeout(3000);
  expect(await merchant.discount.inputValue()).toBe("9.5");
  await merchant.discount.press("Enter");
  await saved(merchant);
  await merchant.close();
});

test("a save without a connection loses nothing that was typed, and works once the connection is back", async () => {
  const merchant = await openOffer();
  const { app, page, context, close, discount } = merchant;
  await discount.fill("11");
  await context.setOffline(true);
  await discount.press("Enter");
  await app.getByText("There is no connection to Tsuide", { exact: false }).waitFor();
  expect(await discount.inputValue()).toBe("11");
  // Where the caret stands after a failed save, the browser decides.
  await discount.press("End");
  await discount.pressSequentially(".5");
  await discount.press("Enter");
  await app.getByText("There is no connection to Tsuide", { exact: false }).waitFor();
  expect(await discount.inputValue()).toBe("11.5");
  await context.setOffline(false);
  await app.locator(".Polaris-Banner").getByRole("button", { name: "Try again" }).click();
  await saved(merchant);
  await page.reload();
  expect(
    await eventually(
      () => discount.inputValue(),
      (typed) => typed !== "",
    ),
  ).toBe("11.5");
  expect(merchant.errors).toEqual([]);
  await close();
});

test.each([
  { locale: "en", width: 1280 },
  { locale: "ja", width: 360 },
])("axe finds nothing wrong on any page of the admin, $locale at $width px", async ({ locale, width }) => {
  const { page, context, close } = await story.visitor({ width, locale });
  await context.addCookies([{ name: "admin_locale", value: locale, url: story.origin }]);
  const found: string[] = [];
  for (const path of [
    "",
    "/bought-together",
    "/upgrades",
    "/ranking",
    "/customers",
    "/settings",
    "/offers",
    "/offers/1",
    "/offers/2",
    "/review",
    "/activity",
    "/results",
    "/results/lines",
    "/results/reconciliation",
    "/experiments",
    "/experiments/planner",
    "/compatibility",
    "/data-requests",
    "/simulator",
    "/simulator?cart=42000000000010x3",
  ]) {
    await page.goto(`${story.origin}/admin/apps/tsuide/app${path}`);
    const app = page.frameLocator("iframe");
    await app.getByRole("heading", { level: 1 }).first().waitFor();
    expect(await page.frames()[1]!.evaluate(() => document.documentElement.lang)).toBe(locale);
    await app.locator(".Polaris-SkeletonPage-Title, .Polaris-Spinner").first().waitFor({ state: "detached" });
    const tooWide = await page.frames()[1]!.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (tooWide > 0) found.push(`${path}: ${tooWide} px too wide`);
    found.push(...(await violationsIn(page.frames()[1]!)).map((violation) => `${path}: ${violation}`));
  }
  expect(found).toEqual([]);
  await close();
});

test("an address that leads nowhere is answered inside the app, in its language", async () => {
  const { page, context, close, errors } = await story.visitor();
  await context.addCookies([{ name: "admin_locale", value: "ja", url: story.origin }]);
  await page.goto(`${story.origin}/admin/apps/tsuide/app/nowhere`);
  const app = page.frameLocator("iframe");
  await app.getByRole("heading", { level: 1, name: "ページが見つかりません" }).waitFor();
  await app.getByRole("link", { name: "ホームへ戻る" }).click();
  await app.getByText("セットアップガイド").waitFor();
  expect(errors).toEqual([]);
  await close();
});
