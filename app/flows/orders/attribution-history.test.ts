import { afterEach, beforeEach, expect, test } from "vitest";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { CLAIM_SECONDS } from "../../domain/publishing/listing-history.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { recordDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { readTouchableOffers } from "../../persistence/measurement/order-visits.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { deleteShop } from "../../persistence/shop/shops.ts";
import { changeStatus } from "../offers/change-status.ts";
import { chooseCompanion, takeBackChoice } from "../offers/choose-companion.ts";
import { createNewOffer, saveOffer } from "../offers/save-offer.ts";
import { installShop } from "../shop/install-shop.ts";
import { readHome } from "../shop/read-home.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { syncOrder } from "./sync-order.ts";

const START = Date.parse("2026-11-01T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [TEA, CUP, JAR, SAFE] = ["101", "102", "103", "104"];

let now: number;
let app: WiredApp;
let shop: DevShop;

beforeEach(async () => {
  now = START;
  shop = smallShop([TEA, CUP, JAR, SAFE]);
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterEach(() => app.close());

const product = (id: string) => gid("Product", id);
const pin = async (companion: string) => {
  await chooseCompanion(app.shop, { trigger: product(TEA), companion: product(companion), kind: "pin" }, app.context);
  await app.drain();
};
const unpin = async (companion: string) => {
  await takeBackChoice(app.shop, { trigger: product(TEA), companion: product(companion), kind: "pin" }, app.context);
  await app.drain();
};

/** Switches the goal on that each shop has as a draft. */
async function switchGoalOn(): Promise<void> {
  const { config, ...content } = contentShape("goal").default;
  const goal = {
    ...content,
    name: "Goal",
    status: "active",
    config: { ...(config as object), amounts: { USD: 9_000 } },
  };
  expect(await saveOffer(app.shop, { number: 2, version: 1 }, goal, app.context)).toMatchObject({ code: "saved" });
  await app.drain();
}

/** An order, now, of tea and of something that claims to come from an offer, by default tea's own. */
async function order(id: string, claimed: string, claim = `bt-1-${TEA}/product`, other = TEA): Promise<void> {
  const made = smallOrder(id, [other, claimed], now);
  Object.assign(made.lines[1]!, { properties: { _tsuide: claim } });
  shop.orders.set(id, made);
  await syncOrder(app.shop, gid("Order", id), app.context);
}

async function attributed(): Promise<string[]> {
  const { rows } = await app.context.database.pool.query<{ id: string }>(
    "SELECT order_id::text AS id FROM attributions ORDER BY 1",
  );
  return rows.map(({ id }) => id);
}

/** Orders of every kind: true, forged, of a product that was listed once, of one that is listed since. */
async function aHistory(): Promise<void> {
  await pin(CUP);
  await order("1", CUP);
  await order("2", SAFE);
  now += 5 * DAY;
  await unpin(CUP);
  await pin(JAR);
  await order("3", JAR);
  now += 2 * DAY;
  await order("4", CUP);
  now += CLAIM_SECONDS * 1000;
  await order("5", CUP);
  await order("6", JAR, `bt-1-${TEA}/cart`);
}

/** The app's database is built again while the app stays installed; nothing is lost at Shopify but our discount. */
async function loseDatabase(): Promise<void> {
  await inShop(app.context.database, app.shop, deleteShop);
  for (const id of [...shop.discounts.keys()]) app.store.shops.get(shop.domain)!.changes.deleteDiscount(id);
}

test("a line earns only what the offer that it names listed when it was paid, or shortly before", async () => {
  await aHistory();
  expect(await attributed()).toEqual(["1", "3", "4", "6"]);
  const { headline } = await readHome(app.shop, app.context);
  expect(headline).toMatchObject({ attributedOrders: 4, attributedRevenue: { amountMinor: 4 * 1999 } });
});

test("a goal earns with what it may propose: companions of what else was bought, at the time", async () => {
  await switchGoalOn();
  await pin(CUP);
  await order("1", CUP, "goal-2/cart");
  await order("2", SAFE, "goal-2/cart");
  await order("3", CUP, "goal-2/cart", JAR);
  await order("4", TEA, "goal-2/checkout", TEA);
  now += DAY;
  await unpin(CUP);
  now += CLAIM_SECONDS * 1000 + HOUR;
  await order("5", CUP, "goal-2/cart");
  expect(await attributed()).toEqual(["1"]);
});

test.each([`bt-1-${TEA}/product`, "goal-2/cart"])(
  "what came through %s stays so when the order is read again after its products were deleted",
  async (claim) => {
    await switchGoalOn();
    await pin(CUP);
    await order("1", CUP, claim);
    for (const id of [TEA, CUP]) app.store.shops.get(shop.domain)!.deleteProduct(id);
    app.store.shops.get(shop.domain)!.refund("1", [{ lineId: "10", quantity: 1 }]);
    await syncOrder(app.shop, gid("Order", "1"), app.context);
    expect(await attributed()).toEqual(["1"]);
    const { headline } = await readHome(app.shop, app.context);
    expect(headline).toMatchObject({ attributedRevenue: { amountMinor: 1999 }, totalRevenue: { amountMinor: 1999 } });
  },
);

test("a line that names an offer which the shop did not have by then earns nothing", async () => {
  await pin(CUP);
  now += DAY;
  const claims = [`bt-3-${TEA}/product`, `bt-2-${TEA}/product`, "goal-1/cart", "goal-3/cart", "goal-2/cart"];
  for (const [place, claim] of claims.entries()) await order(String(place + 11), CUP, claim);
  expect(await attributed()).toEqual([]);
  now += DAY;
  const content = { ...contentShape("bought-together").default, name: "Cups" };
  expect(await createNewOffer(app.shop, "bought-together", content, app.context)).toMatchObject({ number: 3 });
  // A draft lists nothing.
  await order("5", CUP, `bt-3-${TEA}/product`);
  await changeStatus(app.shop, [1, 2, 3], "archived", app.context);
  await order("6", CUP, `bt-1-${TEA}/product`);
  for (const id of ["11", "5"]) await syncOrder(app.shop, gid("Order", id), app.context);
  expect(await attributed()).toEqual(["6"]);
});

test("a product that offers list for the first time, long after the installation, earned nothing before", async () => {
  now += 2 * DAY;
  await order("1", CUP, `bt-1-${JAR}/product`, JAR);
  now += CLAIM_SECONDS * 1000;
  await chooseCompanion(app.shop, { trigger: product(JAR), companion: product(CUP), kind: "pin" }, app.context);
  await app.drain();
  await syncOrder(app.shop, gid("Order", "1"), app.context);
  expect(await attributed()).toEqual([]);
  await order("2", CUP, `bt-1-${JAR}/product`, JAR);
  expect(await attributed()).toEqual(["2"]);
});

test("what an offer earned and gave stays its own once it is a draft again", async () => {
  const config = { tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 1_000 } }], variants: "together" };
  const breaks = { ...contentShape("quantity-breaks").default, name: "Breaks", status: "active" };
  const made = await createNewOffer(app.shop, "quantity-breaks", { ...breaks, config }, app.context);
  expect(made).toMatchObject({ number: 3 });
  await inShop(app.context.database, app.shop, (tx) =>
    recordDiscountNames(tx, [{ name: "More for less", kind: "quantity-breaks" }], app.context.now()),
  );
  now += DAY;
  const bought = smallOrder("1", [TEA], now);
  Object.assign(bought.lines[0]!, { quantity: 3, currentQuantity: 3 });
  bought.lines[0]!.discounts = [{ title: "More for less", amountMinor: 600 }];
  shop.orders.set("1", bought);
  const keys = async () => {
    await syncOrder(app.shop, gid("Order", "1"), app.context);
    const sql = "SELECT offer_key AS key FROM attributions UNION ALL SELECT offer_key FROM offer_discounts";
    return (await app.context.database.pool.query<{ key: string }>(sql)).rows.map(({ key }) => key);
  };
  expect(await keys()).toEqual(["qb-3", "qb-3"]);
  const touchable = () => inShop(app.context.database, app.shop, readTouchableOffers);
  expect([...(await touchable()).keys()]).toEqual([1, 3]);
  await changeStatus(app.shop, [3], "draft", app.context);
  expect(await keys()).toEqual(["qb-3", "qb-3"]);
  const draft = (await inShop(app.context.database, app.shop, (tx) => readOffers(tx, [3])))[0]!;
  const edited = { ...breaks, name: "Other breaks", status: "draft", config };
  expect(await saveOffer(app.shop, draft, edited, app.context)).toMatchObject({ code: "saved" });
  expect(await keys()).toEqual(["qb-3", "qb-3"]);
  expect([...(await touchable()).keys()]).toEqual([1, 3]);
});

test("an offer that came later earns nothing of what was bought before", async () => {
  await pin(CUP);
  await order("1", JAR);
  now += 3 * DAY;
  await pin(JAR);
  await syncOrder(app.shop, gid("Order", "1"), app.context);
  expect(await attributed()).toEqual([]);
  await order("2", JAR);
  expect(await attributed()).toEqual(["2"]);
});

test("a reinstall attributes the same revenue as before, though nothing that was pinned is offered any more", async () => {
  await aHistory();
  const { headline } = await readHome(app.shop, app.context);
  app.store.shops.get(shop.domain)!.uninstall();
  await uninstallShop(app.shop, app.context);
  expect(await attributed()).toEqual([]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  expect(await attributed()).toEqual(["1", "3", "4", "6"]);
  expect((await readHome(app.shop, app.context)).headline).toEqual(headline);
});

test("a rebuilt database attributes the same revenue as before, and takes down what it does not offer", async () => {
  await aHistory();
  const { headline } = await readHome(app.shop, app.context);
  const offers = () => [...shop.metafields.values()].filter(({ key }) => key === "offers").length;
  expect(offers()).toBe(1);
  await loseDatabase();
  await installShop(app.shop, app.context);
  await app.drain();
  expect((await readHome(app.shop, app.context)).headline).toEqual(headline);
  expect(offers()).toBe(0);
});

test("where Shopify has kept nothing, the first lists that are published settle earlier claims, by type", async () => {
  await pin(CUP);
  await order("1", CUP);
  await order("2", CUP, `bt-7-${TEA}/product`);
  await order("3", CUP, `bt-${TEA}/product`);
  await order("4", CUP, `up-1-${TEA}/product`);
  await loseDatabase();
  for (const key of [...shop.metafields.keys()]) shop.metafields.delete(key);
  await installShop(app.shop, app.context);
  await app.drain();
  expect(await attributed()).toEqual([]);
  await pin(CUP);
  expect(await attributed()).toEqual(["1", "2", "3"]);
  now += HOUR;
  await order("5", CUP, `bt-${TEA}/product`);
  await order("6", CUP);
  expect(await attributed()).toEqual(["1", "2", "3", "6"]);
});
