import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Admin, openAdmin, openAdminPage } from "./admin.ts";
import { checkOut } from "./checkout.ts";
import { eventually } from "./eventually.ts";
import { dearVariants, findRegular } from "./own-history.ts";
import { findPage, findSetPage, hundredthsIn, PUBLISHED_MS, readCart } from "./shop-floor.ts";
import { beginStory, type Story, type Visitor } from "./story.ts";

const SHOP = "tsuide-demo-en.myshopify.com";
const CAMPAIGN = "spring-tea";

let story: Story;
let setPage: string;
beforeAll(async () => {
  story = await beginStory("en");
  setPage = await findSetPage(story, { companions: 2, dearest: 20, leavesOne: true });
});
afterAll(() => story.end());

/**
 * Opens the set's page and ticks its companions, all or all but the last. Gives the total that the widget shows, in
 * hundredths.
 */
async function chooseSet({ page }: Visitor, { leaveLast = false } = {}): Promise<number> {
  await page.goto(story.origin + setPage);
  const set = page.locator("tsuide-set");
  const ticks = await set.locator("[data-tick]").all();
  for (const tick of leaveLast ? ticks.slice(0, -1) : ticks) await tick.check();
  return hundredthsIn(await set.locator("[data-total] b").innerText());
}

test("a product page asks the app's server for nothing and shows its set before any script runs", async () => {
  const visitor = await story.visitor();
  await visitor.page.goto(story.origin + setPage, { waitUntil: "networkidle" });
  expect(await visitor.page.locator("tsuide-set [data-item]").count()).toBeGreaterThanOrEqual(3);
  expect(visitor.requestsToApp).toEqual([]);
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});

test("nothing is ticked for the shopper, and the button says what it will add", async () => {
  const visitor = await story.visitor();
  await visitor.page.goto(story.origin + setPage);
  const set = visitor.page.locator("tsuide-set");
  expect(await set.locator("[data-tick]:checked").count()).toBe(0);
  await set.locator("[data-tick]").first().check();
  expect(await set.locator("[data-add]").innerText()).toMatch(/2/);
  await visitor.close();
});

test("a double tap adds the set once, in one request", async () => {
  const visitor = await story.visitor();
  await chooseSet(visitor);
  const adds: string[] = [];
  visitor.page.on("request", (request) => {
    if (request.url().includes("/cart/add")) adds.push(request.url());
  });
  await visitor.page.locator("tsuide-set [data-add]").dblclick();
  await visitor.page.locator("tsuide-set [data-status][data-tone=done]").waitFor();
  expect(adds).toHaveLength(1);
  const cart = await readCart(visitor.page);
  expect(cart.items.every(({ quantity }) => quantity === 1)).toBe(true);
  await visitor.close();
});

/** Comes by a link in a newsletter, and allows analytics. */
async function comeByCampaign({ context, page, requestsToApp }: Visitor): Promise<void> {
  await context.addCookies([{ name: "_tracking_consent", value: "granted", url: story.origin }]);
  await page.goto(`${story.origin}/?utm_source=newsletter&utm_medium=email&utm_campaign=${CAMPAIGN}`);
  // Whoever leaves before the pixel runs has not been there.
  await eventually(
    async () => requestsToApp.some((address) => address.endsWith("/events")),
    (isReported) => isReported,
  );
}

/** Has visits of orders gathered, as happens every six hours, until the campaign's order is known. */
async function gatherVisits(): Promise<void> {
  const client = new pg.Client({ connectionString: story.databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('tsuide.shop', $1, false)", [SHOP]);
    const gathered = async () => {
      const job = JSON.stringify({ shop: SHOP });
      await client.query("SELECT enqueue_job('gather-visits', $1::jsonb, 'gather-visits', NULL, 0, NULL)", [job]);
      return (await client.query("SELECT 1 FROM order_visits WHERE campaign = $1", [CAMPAIGN])).rowCount;
    };
    await eventually(gathered, (orders) => orders === 1, PUBLISHED_MS);
  } finally {
    await client.end();
  }
}

/** How many orders Results shows in a row of a breakdown. */
async function ordersInBreakdown({ page }: Visitor, split: "campaign" | "device", row: string): Promise<string> {
  const app = await openAdminPage(story, page, `/results?locale=en&split=${split}`);
  // After net sales.
  return app.getByRole("row").filter({ hasText: row }).getByRole("cell").nth(1).innerText();
}

test("the merchant sees once what a shopper buys through a set and at checkout, less refunds, and the campaign", async () => {
  const merchant = await story.visitor();
  const admin = await openAdmin(story, merchant);
  const before = await admin.headline();
  expect(before).toMatchObject({ revenue: 0, orders: 0 });

  const shopper = await story.visitor();
  await comeByCampaign(shopper);
  const shown = await chooseSet(shopper, { leaveLast: true });
  await shopper.page.locator("tsuide-set [data-add]").click();
  await shopper.page.locator("tsuide-set [data-status][data-tone=done]").waitFor();
  const cart = await readCart(shopper.page);
  expect(cart.total_price).toBe(shown);
  expect(cart.total_discount).toBeGreaterThan(0);

  await shopper.page.goto(`${story.origin}/cart`);
  expect(await shopper.page.locator(".cart-line .discount").count()).toBe(cart.items.length);
  const goal = shopper.page.locator("tsuide-goal");
  const filled = Number(await goal.getByRole("progressbar").getAttribute("aria-valuenow"));
  expect(filled).toBeGreaterThan(0);
  await shopper.page.locator(".cart-line__quantity input").first().fill("2");
  await shopper.page.locator(".cart-line__quantity input").first().blur();
  await eventually(
    async () => Number(await goal.getByRole("progressbar").getAttribute("aria-valuenow")),
    (now) => now > filled,
  );

  const bought = await checkOut(shopper, { addFromExtension: true });
  expect(bought.cartBeforePaying.items).toHaveLength(cart.items.length + 1);
  await story.settled();
  await story.control("deliver-again", { topic: "orders/create" });
  await story.settled();

  const expected = bought.cartBeforePaying.items
    .filter((item) => item.properties._tsuide !== undefined)
    .reduce((sum, item) => sum + item.final_line_price, 0);
  expect(expected).toBeGreaterThan(0);
  const after = await eventuallyEarned(admin, expected);
  expect(after.orders).toBe(1);

  const order = await bought.order(story);
  const refunded = order.lines.filter((line) => line.properties._tsuide !== undefined).slice(0, 1);
  await story.control("refund", {
    orderId: order.id,
    lines: refunded.map(({ id, quantity }) => ({ lineId: id, quantity })),
  });
  await story.settled();
  const off = bought.cartBeforePaying.items.find((item) => String(item.variant_id) === refunded[0]?.variantId);
  await eventuallyEarned(admin, expected - (off?.final_line_price ?? 0));
  await gatherVisits();
  for (const [split, row] of [
    ["campaign", CAMPAIGN],
    ["device", "Computer"],
  ] as const)
    expect(await ordersInBreakdown(merchant, split, row), split).toBe("1");
  await Promise.all([shopper.close(), merchant.close()]);
});

/** Looks at the merchant's home until it shows a revenue, in hundredths; orders are counted within ten seconds. */
function eventuallyEarned(admin: Admin, revenue: number) {
  return eventually(
    () => admin.headline(),
    (seen) => seen.revenue === revenue,
    15_000,
  );
}

test("numbers of orders are shown to shoppers as the merchant's setting says", async () => {
  const shown = /\d\d+ orders, last 90 days/;
  const path = await findPage(story, (html) => shown.test(html));
  const isShown = async () => shown.test(await (await fetch(story.origin + path)).text());
  const { page, close } = await story.visitor();
  const choice = (await openAdminPage(story, page, "/settings?locale=en")).getByLabel(/^Show shoppers/);
  for (const wanted of [false, true]) {
    await choice.setChecked(wanted);
    await page.getByRole("button", { name: "Save" }).click();
    expect(await eventually(isShown, (now) => now === wanted)).toBe(wanted);
    expect(await choice.isChecked()).toBe(wanted);
  }
  await close();
});

test("a shopper logs in without a password and is still offered the set", async () => {
  const { page, close, errors } = await story.visitor({ width: 360, height: 740 });
  await page.goto(story.origin + setPage);
  await page.locator(".header__account").click();
  await page.locator("button[name=customer_id]").first().click();
  await page.waitForURL(story.origin + setPage);
  expect(await page.locator(".header__account").getAttribute("aria-label")).toBe("Your account");
  expect(await page.locator("tsuide-set [data-tick]").count()).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  await close();
});

test("what a customer buys again and again comes up at checkout, with the merchant's permission and the customer's", async () => {
  const merchant = await story.visitor();
  const choice = (await openAdminPage(story, merchant.page, "/settings?locale=en")).locator("#useCustomerHistory");
  await choice.click();
  await merchant.page.locator("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(await eventually(() => choice.isEnabled(), Boolean)).toBe(true);
  expect(await choice.isChecked()).toBe(false);
  await choice.click();
  await merchant.page.locator("dialog").getByRole("button", { name: "Update" }).click();
  await eventually(() => choice.isChecked(), Boolean);
  await merchant.page.getByRole("button", { name: "Save" }).click();
  const { customerId, title } = await findRegular(story);

  const { page, context, close, requestsToApp, errors } = await story.visitor();
  const items = (await dearVariants(story)).map((id) => ({ id, quantity: 1 }));
  const block = page.locator('[data-target="purchase.checkout.block.render"]').frameLocator("iframe");
  const shownTo = async (consent: string) => {
    const cookies = { customer: customerId, _tracking_consent: consent };
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: story.origin })));
    await page.goto(`${story.origin}/checkout`);
    await page.locator(".slot:not(.empty)").first().waitFor();
    await block.locator("s-button, s-text").first().waitFor();
    return () => block.locator("body").innerText();
  };
  await page.goto(`${story.origin}/cart`);
  const add = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ items }) };
  await page.evaluate((request) => fetch("/cart/add.js", request).then(() => undefined), add);
  const seen = await eventually(await shownTo("granted"), (text) => text.includes("You bought this before"));
  expect(seen).toContain(title);
  expect(await (await shownTo("denied"))()).not.toContain("You bought this before");
  // With consent Shopify's web pixel reports what was shown; the pages themselves ask for nothing.
  expect(requestsToApp.filter((address) => !address.endsWith("/events"))).toEqual([]);
  expect(errors).toEqual([]);
  await close();

  await choice.click();
  await merchant.page.getByRole("button", { name: "Save" }).click();
  const held = async () => ((await story.look("customers")) as { customers: unknown[] }).customers.length;
  const before = await held();
  expect(await eventually(held, (now) => now < before)).toBeLessThan(before);
  await merchant.close();
});

test("with JavaScript off the set is added, discounted, and paid for", async () => {
  const visitor = await story.visitor({ javaScriptEnabled: false });
  await visitor.page.goto(story.origin + setPage);
  const set = visitor.page.locator("tsuide-set");
  expect(await set.innerText()).toMatch(/\$/);
  for (const tick of await set.locator("[data-tick]:visible").all()) await tick.check();
  for (const choice of await set.locator("li:not(:first-child) select[name]").all())
    await choice.selectOption({ index: 1 });
  await set.locator("[data-add]").click();
  await visitor.page.waitForURL(/\/cart/);
  expect(await visitor.page.locator(".cart-line").count()).toBeGreaterThanOrEqual(2);
  expect(await visitor.page.locator(".cart-line .discount").count()).toBeGreaterThan(0);
  expect(await visitor.page.locator("tsuide-goal").innerText()).toMatch(/free shipping/i);
  await visitor.page.locator("button[name=checkout]").click();
  await visitor.page.locator("button[name=pay]").click();
  await visitor.page.waitForURL(/thank/);
  await visitor.close();
});

test("with the app's server stopped, the set and its discount still work", async () => {
  await story.stopApp();
  const visitor = await story.visitor({ width: 360, height: 740 });
  const shown = await chooseSet(visitor, { leaveLast: true });
  const width = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  await visitor.page.locator("tsuide-set [data-add]").click();
  await visitor.page.locator("tsuide-set [data-status][data-tone=done]").waitFor();
  const cart = await readCart(visitor.page);
  expect(cart.total_price).toBe(shown);
  expect(cart.total_discount).toBeGreaterThan(0);
  await checkOut(visitor, { addFromExtension: true });
  await visitor.close();
});
