import { afterAll, beforeAll, expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import { openAdminPage } from "./admin.ts";
import { eventually } from "./eventually.ts";
import { findSetPage, readCart } from "./shop-floor.ts";
import { beginStory, type Story } from "./story.ts";
import { PATIENT } from "../patience.ts";

/** Staff put a cart together in the simulator; a shopper with the same cart is charged the same. */

let story: Story;
let setPage: string;
beforeAll(async () => {
  story = await beginStory("en");
  setPage = await findSetPage(story, { companions: 2, dearest: 30 });
});
afterAll(() => story.end());

/** The cart of a shopper who added a whole set from its page. */
async function cartWithSet() {
  const { page, close } = await story.visitor();
  await page.goto(story.origin + setPage);
  const set = page.locator("tsuide-set");
  for (const tick of await set.locator("[data-tick]").all()) await tick.check();
  await set.locator("[data-add]").click();
  const cart = await eventually(
    () => readCart(page),
    ({ item_count }) => item_count > 2,
  );
  await close();
  return cart;
}

test("a cart in the simulator costs what the shop's own cart costs, and its address opens it again", async () => {
  const cart = await cartWithSet();
  expect(cart.total_discount).toBeGreaterThan(0);
  const { page, close, errors } = await story.visitor({ width: 1280 });
  const app = await openAdminPage(story, page, "/simulator?locale=en");
  await app.getByText("The cart is empty.", { exact: false }).waitFor();
  for (const [place, { title }] of cart.items.entries()) {
    const product = title.replace(/ - [^-]*$/, "");
    await app.getByLabel("Add a product").fill(product);
    await app
      .getByRole("button", { name: `Add ${product}`, exact: false })
      .first()
      .click();
    await expect.poll(() => app.locator(".tsuide-simulator-line").count(), PATIENT).toBe(place + 1);
    await app.getByLabel("Add a product").fill("");
  }
  const toPay = app.locator(".Polaris-Card, .Polaris-ShadowBevel").filter({ hasText: "What checkout charges" }).first();
  await toPay.getByText("Products after offers").waitFor();
  expect(await violationsIn(page.frames()[1]!)).toEqual([]);
  const address = new URL(page.frames()[1]!.url()).searchParams.get("cart");
  expect(address?.split(".")).toHaveLength(cart.items.length);

  const same = cart.items.map(({ variant_id, quantity }) => `${variant_id}x${quantity}`).join(".");
  await page.goto(`${story.origin}/admin/apps/tsuide/app/simulator?locale=en&cart=${same}`);
  const amount = (cart.total_price / 100).toLocaleString("en-US", { style: "currency", currency: cart.currency });
  await expect.poll(() => toPay.innerText(), PATIENT).toContain(amount);
  await app.getByText("Applies", { exact: true }).first().waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("in Japanese on a phone, nothing is cut off and axe finds nothing", async () => {
  const { page, context, close, errors } = await story.visitor({ width: 360, locale: "ja" });
  await context.addCookies([{ name: "admin_locale", value: "ja", url: story.origin }]);
  const cart = await cartWithSet();
  const same = cart.items.map(({ variant_id }) => `${variant_id}x1`).join(".");
  await page.goto(`${story.origin}/admin/apps/tsuide/app/simulator?locale=ja&cart=${same}&state=planned`);
  const app = page.frameLocator("iframe");
  await app.getByText("チェックアウトの請求額").waitFor();
  expect(await violationsIn(page.frames()[1]!)).toEqual([]);
  const wide = await page.frames()[1]!.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  expect(errors).toEqual([]);
  await close();
});
