import { afterAll, beforeAll, expect, test } from "vitest";
import { handleStorefront } from "../../../test/dev-store/storefront/handle-storefront.ts";
import { Shopper } from "../../../test/dev-store/storefront/sample-shop.ts";
import type { DevOrder, DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { parseCheckout } from "../../domain/publishing/shop-envelopes.ts";
import { parseCustomer } from "../../domain/publishing/published-customer.ts";
import { latestAttributions } from "../../persistence/measurement/attributions.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { formSettings } from "../../domain/settings/sections.ts";
import { exportCustomerData } from "../customers/export-customer-data.ts";
import { excludeProduct } from "../offers/exclude-product.ts";
import { installShop } from "../shop/install-shop.ts";
import { publishCustomers } from "./publish-customers.ts";
import { redactCustomer } from "../customers/redact-customer.ts";
import { runJob } from "../../jobs/run-job.ts";
import { saveSettings } from "../settings/save-settings.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { DAY_MS } from "../../domain/time/day.ts";

const LAST_ORDER = Date.parse("2026-11-20T10:00:00Z");
/** More than a page of them. */
const CUSTOMERS = Array.from({ length: 110 }, (_, n) => String(5_000_000 + n));
const ORDERS = 500;
const KETTLE = "401";
const [REGULAR, OPTED_OUT, LEAVING] = [CUSTOMERS[3]!, CUSTOMERS[4]!, CUSTOMERS[5]!];
const favouriteOf = (customer: string) => String(101 + (Number(customer) % 40));

/** Customers come back for their own favourite with things that anyone buys, and had a kettle at first. */
function history(): Map<string, DevOrder> {
  const orders = new Map<string, DevOrder>();
  let seed = 1;
  const anyOf = (count: number) => (seed = (seed * 48_271) % 2_147_483_647) % count;
  const seen = new Set<string>();
  for (let n = 0; n < ORDERS; n++) {
    const customer = n < 2 * CUSTOMERS.length ? CUSTOMERS[n % CUSTOMERS.length]! : CUSTOMERS[anyOf(CUSTOMERS.length)]!;
    const bought = [favouriteOf(customer), String(201 + anyOf(7)), String(301 + anyOf(5))];
    if (!seen.has(customer)) bought.push(KETTLE);
    seen.add(customer);
    const id = String(10_000 + n);
    orders.set(id, { ...smallOrder(id, bought, LAST_ORDER - (ORDERS - n) * (DAY_MS / 4)), customerId: customer });
  }
  orders.set("19999", { ...smallOrder("19999", [KETTLE, "201"], LAST_ORDER), customerId: null });
  return orders;
}

let app: WiredApp;
let shop: DevShop;
let now = LAST_ORDER + DAY_MS;

const held = (customer: string) =>
  parseCustomer(shop.metafields.get(`gid://shopify/Customer/${customer}|$app|history`)?.value ?? null);
const holders = () => [...shop.metafields.keys()].filter((key) => key.startsWith("gid://shopify/Customer/")).length;
const checkout = () => parseCheckout(shop.metafields.get(`${shopGid()}|$app|checkout`)?.value ?? null);
const shopGid = () => [...shop.metafields.keys()].find((key) => key.startsWith("gid://shopify/Shop/"))!.split("|")[0]!;
const calls = (operation: string) => app.store.log.filter((entry) => entry.operation === operation).length;
const rows = async () => {
  const { rows } = await app.context.database.pool.query<{ text: string }>(
    "SELECT c::text AS text FROM customer_suggestions c",
  );
  return rows.map(({ text }) => text);
};

function choose(useCustomerHistory: boolean) {
  return saveSettings(app.shop, { ...formSettings.default, useCustomerHistory }, null, app.context);
}

/** Who sees the app's extension in checkout: its metafields of the customer who is logged in, and what they allow. */
async function inCheckout(customer: string, consent: string) {
  const shopper = new Shopper((request) => handleStorefront(request, app.store.context(app.shop)));
  shopper.cookies.set("customer", customer);
  shopper.cookies.set("_tracking_consent", consent);
  await shopper.send("/cart/add.js", { id: 9201 });
  const path = "/checkout/extension?target=purchase.checkout.block.render";
  const page = await (await shopper.ask(path)).text();
  const { live, customerPrivacy } = JSON.parse(/window\.__state = (.*?);<\/script>/s.exec(page)![1]!);
  const own = live.appMetafields.filter(({ target }: { target: { type: string } }) => target.type === "customer");
  return {
    preferences: customerPrivacy.allowedProcessing.preferences,
    customer: parseCustomer(own[0]?.metafield.value),
  };
}

beforeAll(async () => {
  const ids = [...new Set(CUSTOMERS.map(favouriteOf)), KETTLE, ...["201", "202", "203", "204", "205", "206", "207"]];
  const products = new Map([...ids, "301", "302", "303", "304", "305"].map((id) => [id, smallProduct(id)]));
  shop = smallShop([], { products, orders: history(), optedOut: new Set([OPTED_OUT]) });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

test("nothing of any customer is learnt or published before the merchant wants it", async () => {
  expect(holders()).toBe(0);
  expect(await rows()).toEqual([]);
  expect(checkout()).toMatchObject({ offers: [], history: false });
});

test("histories count only with the permission to write customers", async () => {
  expect(await choose(true)).toEqual({ code: "invalid", errors: { useCustomerHistory: "no-permission" } });
  app.store.context(app.shop).setScopes([...shop.installation.scopes, "write_customers"]);
  expect(await choose(true)).toMatchObject({ code: "saved" });
});

test("every customer but who opted out holds what they buy again and again, what they own and their rank", async () => {
  const before = calls("SetMetafields");
  await app.drain();
  expect(holders()).toBe(CUSTOMERS.length - 1);
  expect(held(OPTED_OUT)).toBeNull();
  const customer = held(REGULAR)!;
  expect(customer.adds[0]).toMatchObject({ product: favouriteOf(REGULAR), again: true });
  expect(customer.owned).toEqual([KETTLE]);
  expect(customer.rank).toMatch(/^[ABCD]$/);
  expect(customer.returning).toBe(true);
  expect(checkout()).toMatchObject({ offers: [], history: true });
  // Twenty-five at a call, the offers' own calls beside them.
  expect(calls("SetMetafields") - before).toBeLessThan(20);
});

test("what is stored names nobody, and is exported to a customer who asks", async () => {
  const stored = await rows();
  expect(stored.length).toBe(CUSTOMERS.length);
  expect(CUSTOMERS.filter((customer) => stored.some((row) => row.includes(customer)))).toEqual([]);
  const data = await exportCustomerData(app.shop, { customerId: REGULAR }, app.context);
  expect(data.suggestion).toMatchObject({ owned: [KETTLE], rank: held(REGULAR)!.rank });
});

test("checkout knows the customer who is logged in, and whether they allow it", async () => {
  expect(await inCheckout(REGULAR, "granted")).toEqual({ preferences: true, customer: held(REGULAR) });
  expect(await inCheckout(REGULAR, "denied")).toMatchObject({ preferences: false });
  expect(await inCheckout("999", "granted")).toEqual({ preferences: true, customer: null });
});

test("what has not changed is not sent again", async () => {
  const before = calls("SetMetafields");
  await runJob("mine-associations", { shop: app.shop }, app.context);
  await app.drain();
  expect(calls("SetMetafields") - before).toBeLessThan(3);
  expect(holders()).toBe(CUSTOMERS.length - 1);
});

test("a product that is excluded as a companion leaves every customer's history, and comes back", async () => {
  const product = favouriteOf(CUSTOMERS[0]!);
  const adding = () =>
    [...shop.metafields.values()].filter(
      ({ key, value }) => key === "history" && parseCustomer(value)?.adds.some((one) => one.product === product),
    ).length;
  const before = adding();
  expect(before).toBeGreaterThan(0);
  await excludeProduct(app.shop, gid("Product", product), { asTrigger: true, asCompanion: true }, app.context);
  await app.drain();
  expect(adding()).toBe(0);
  await excludeProduct(app.shop, gid("Product", product), { asTrigger: false, asCompanion: false }, app.context);
  await app.drain();
  expect(adding()).toBe(before);
});

test("a publish that ended half-way goes on where it was", async () => {
  await app.context.database.pool.query("UPDATE customer_suggestions SET revision = revision + 1, digest = NULL");
  for (const key of [...shop.metafields.keys()])
    if (key.startsWith("gid://shopify/Customer/")) shop.metafields.delete(key);
  await publishCustomers(app.shop, app.context);
  expect(holders()).toBe(99);
  await app.drain();
  expect(holders()).toBe(CUSTOMERS.length - 1);
});

test("an order that claims what its customer bought before is owed to it, and no other claim is", async () => {
  const claimed = (id: string, customerId: string) => {
    const order = smallOrder(id, [favouriteOf(REGULAR), "201"], now);
    const [first, ...rest] = order.lines;
    const properties = { _tsuide: `again-${favouriteOf(REGULAR)}/checkout` };
    shop.orders.set(id, { ...order, customerId, lines: [{ ...first!, properties }, ...rest] });
    return syncOrder(app.shop, gid("Order", id), app.context);
  };
  const stranger = CUSTOMERS.find((customer) => favouriteOf(customer) !== favouriteOf(REGULAR))!;
  await claimed("20001", REGULAR);
  await claimed("20002", stranger);
  const owed = await inShop(app.context.database, app.shop, (tx) => latestAttributions(tx, 10));
  expect(owed).toMatchObject([{ orderName: "#20001", surface: "checkout", revenueMinor: 1999 }]);
});

test("who opts out later is found out within days, and holds nothing any more", async () => {
  shop.optedOut!.add(LEAVING);
  now += 8 * DAY_MS;
  await runJob("publish-customers", { shop: app.shop }, app.context);
  await app.drain();
  expect(held(LEAVING)).toBeNull();
  expect(holders()).toBe(CUSTOMERS.length - 2);
});

test("who is redacted holds nothing any more, and is in no row", async () => {
  const before = await rows();
  await redactCustomer(app.shop, { customerId: REGULAR, orderIds: [] }, app.context);
  expect(held(REGULAR)).toBeNull();
  expect((await rows()).length).toBe(before.length - 1);
  expect((await exportCustomerData(app.shop, { customerId: REGULAR }, app.context)).suggestion).toBeNull();
});

test("turned off, checkout is updated at once, and what customers held is taken back", async () => {
  expect(await choose(false)).toMatchObject({ code: "saved" });
  await app.drain();
  expect(checkout()).toMatchObject({ offers: [], history: false });
  expect(holders()).toBe(0);
  expect(await rows()).toEqual([]);
});

test("without the permission histories do not count any more", async () => {
  await choose(true);
  await app.drain();
  expect(holders()).toBeGreaterThan(100);
  const scopes = shop.installation.scopes.filter((scope) => scope !== "write_customers");
  app.store.context(app.shop).setScopes(scopes);
  await runJob("refresh-shop", { shop: app.shop }, app.context);
  await app.drain();
  expect(checkout()).toMatchObject({ offers: [], history: false });
  expect(await rows()).toEqual([]);
});
