import { afterAll, beforeAll, expect, test } from "vitest";
import { beginStory, eventually, type Story, type Visitor } from "./story.ts";

let story: Story;
beforeAll(async () => {
  story = await beginStory("en");
});
afterAll(() => story.end());

/** Settings as one member of staff has them open. */
async function openSettings() {
  const visitor = await story.visitor();
  await visitor.page.goto(`${story.origin}/admin/apps/tsuide/app/settings?locale=en`);
  const app = visitor.page.frameLocator("iframe");
  const discount = app.locator("#setDiscountBasisPoints");
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
  const [first, second] = [await openSettings(), await openSettings()];
  await first.discount.fill("15");
  await first.discount.press("Enter");
  await saved(first);

  await second.discount.fill("12");
  await second.app.getByText("2 companions", { exact: true }).click();
  await second.discount.press("Enter");
  await second.app.getByText("Discount when bought together: changed from 10% to 15%").waitFor();
  expect(await second.discount.inputValue()).toBe("12");
  await second.app.getByRole("button", { name: "Use theirs: 15%" }).click();
  await second.discount.press("Enter");
  await saved(second);

  await first.page.reload();
  expect(await eventually(() => first.app.getByLabel("2 companions").isChecked(), Boolean)).toBe(true);
  expect(await first.discount.inputValue()).toBe("15");
  expect([...first.errors, ...second.errors]).toEqual([]);
  await Promise.all([first.context.close(), second.context.close()]);
});

test("what is typed while a save is under way stays, and is saved next", async () => {
  const merchant = await openSettings();
  await merchant.page.route("**/app/settings?**", async (route) => {
    if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await merchant.discount.fill("9");
  await merchant.discount.press("Enter");
  await merchant.discount.pressSequentially(".5");
  expect(await merchant.discount.inputValue()).toBe("9.5");
  await merchant.page.waitForTimeout(3000);
  expect(await merchant.discount.inputValue()).toBe("9.5");
  await merchant.discount.press("Enter");
  await saved(merchant);
  await merchant.context.close();
});

test("an address that leads nowhere is answered inside the app, in its language", async () => {
  const { page, context, errors } = await story.visitor();
  await context.addCookies([{ name: "admin_locale", value: "ja", url: story.origin }]);
  await page.goto(`${story.origin}/admin/apps/tsuide/app/nowhere`);
  const app = page.frameLocator("iframe");
  await app.getByRole("heading", { level: 1, name: "ページが見つかりません" }).waitFor();
  await app.getByRole("link", { name: "ホームへ戻る" }).click();
  await app.getByText("セットアップガイド").waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
