import { afterAll, beforeAll, expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import { openAdminPage } from "./admin.ts";
import { checkOut } from "./checkout.ts";
import { eventually } from "./eventually.ts";
import { findSetPage, readCart } from "./shop-floor.ts";
import { beginStory, type Story, type Visitor } from "./story.ts";
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
  const visitor = await story.visitor();
  const cart = await addSet(visitor);
  await visitor.close();
  return cart;
}

async function addSet({ page }: Visitor) {
  await page.goto(story.origin + setPage);
  const set = page.locator("tsuide-set");
  for (const tick of await set.locator("[data-tick]").all()) await tick.check();
  await set.locator("[data-add]").click();
  return eventually(
    () => readCart(page),
    ({ item_count }) => item_count > 2,
  );
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

test("a code of the shop's own does beside a set what the simulator says, and none is refused without a word", async () => {
  const alone = { productDiscounts: false, orderDiscounts: false, shippingDiscounts: false };
  await story.control("discount", { code: "TEN", percent: 10 });
  await story.control("discount", { code: "TINY", percent: 1, combinesWith: alone });
  const visitor = await story.visitor({ width: 360 });
  const { page } = visitor;
  const { items, total_price } = await addSet(visitor);
  const same = items.map(({ variant_id, quantity }) => `${variant_id}x${quantity}`).join(".");

  // A link in a newsletter enters the first code; what the cart says is what checkout charges.
  await page.goto(`${story.origin}/discount/TEN?redirect=/cart`);
  const reduced = total_price - Math.round(total_price / 10);
  expect((await readCart(page)).total_price).toBe(reduced);
  const amount = (reduced / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
  await page.getByText(amount, { exact: false }).first().waitFor();
  await page.goto(`${story.origin}/checkout`);
  await page.getByText("Order summary").click();
  await page.getByLabel("Discount code").fill("TINY");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("TINY couldn’t be used with your existing discounts.").waitFor();
  const { order } = await checkOut(visitor, { addFromExtension: false });
  const { lines } = await order(story);
  const charged = lines.map(({ unitPriceMinor, quantity, discounts }) => {
    return unitPriceMinor * quantity - discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  });
  expect(charged.reduce((sum, minor) => sum + minor, 0)).toBe(reduced);
  await visitor.close();

  const staff = await story.visitor({ width: 1280 });
  const app = await openAdminPage(story, staff.page, `/simulator?locale=en&cart=${same}&codes=TEN,TINY`);
  await app.getByText("TEN: can be combined with all that this app gives.").waitFor();
  await app.getByText("TINY: cannot be combined with what this app gives", { exact: false }).waitFor();
  expect(staff.errors).toEqual([]);
  await staff.close();
});

test("an order from Japan costs what was paid in yen, and dollars with a word where Shopify refuses to say it", async () => {
  const shopper = await story.visitor();
  await shopper.context.addCookies([{ name: "localization", value: "JP", url: story.origin }]);
  await addSet(shopper);
  const bought = await checkOut(shopper, { addFromExtension: false });
  const { id, name } = await bought.order(story);
  await shopper.close();
  await story.settled();
  const { total_price: hundredths, currency } = bought.cartBeforePaying;
  expect(currency).toBe("JPY");

  const { page, close, errors } = await story.visitor({ width: 1280 });
  const take = async (expected: string) => {
    const app = await openAdminPage(story, page, `/simulator?locale=en&order=${id}`);
    await app.getByText(`The cart of order ${name}`, { exact: false }).waitFor();
    const amounts = app.locator(".tsuide-simulator-sums");
    await expect.poll(() => amounts.innerText(), PATIENT).toContain(expected);
    return app;
  };
  await take(`¥${(hundredths / 100).toLocaleString("en-US")}`);
  await story.control("admin-refuses", { status: 402 });
  try {
    const app = await take("$");
    await app.getByText("Shopify did not say what was paid.").waitFor();
    await app.getByText("Shopify does not let this app read the shop’s other discounts.").waitFor();
  } finally {
    await story.control("admin-refuses");
  }
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
