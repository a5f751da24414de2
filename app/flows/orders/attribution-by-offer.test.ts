import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { CLAIM_SECONDS } from "../../domain/publishing/listing-history.ts";
import { changeStatus } from "../offers/change-status.ts";
import { chooseCompanion, takeBackChoice } from "../offers/choose-companion.ts";
import { createNewOffer, saveOffer } from "../offers/save-offer.ts";
import { publishOffers } from "../publishing/publish-offers.ts";
import { installShop } from "../shop/install-shop.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { syncOrder } from "./sync-order.ts";

const START = Date.parse("2026-11-01T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CARTS_ARE_GONE = CLAIM_SECONDS * 1000 + 2 * DAY;
const [TEA, CUP, JAR, SAFE] = ["101", "102", "103", "104"];
const MIGRATION = readFileSync(
  join(import.meta.dirname, "../../../prisma/migrations/20261201090000_listings_of_each_offer/migration.sql"),
  "utf8",
);

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
  now += HOUR;
});
afterEach(() => app.close());

const product = (id: string) => gid("Product", id);
const choice = (trigger: string, companion: string) =>
  ({ trigger: product(trigger), companion: product(companion), kind: "pin" }) as const;
const pin = async (trigger: string, companion: string) => {
  await chooseCompanion(app.shop, choice(trigger, companion), app.context);
  await app.drain();
};

/** Sets of another offer, 3, that come before those of the first one. */
async function secondOffer(changes: object): Promise<void> {
  const content = { ...contentShape("bought-together").default, name: "Second", status: "active", priority: 200 };
  const made = await createNewOffer(app.shop, "bought-together", { ...content, ...changes }, app.context);
  expect(made).toMatchObject({ code: "saved", number: 3 });
  await app.drain();
}
const onlyOn = (id: string) => ({ conditions: [[{ condition: "products", products: [product(id)] }]] });
/** Others are shown the first offer, so that pages carry both. */
const onlyForGuests = {
  audience: { shoppers: [[{ shopper: "customer", who: "guest" }]], forBusiness: true, atCounter: true },
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

/** An order, now, of a product and of another one that claims to come from an offer. */
async function order(id: string, claim: string, claimed = CUP, other = TEA): Promise<void> {
  const made = smallOrder(id, [other, claimed], now);
  Object.assign(made.lines[1]!, { properties: { _tsuide: claim } });
  shop.orders.set(id, made);
  await syncOrder(app.shop, gid("Order", id), app.context);
}

/** Which offer each order came through; again from the orders. */
async function attributed(): Promise<string[]> {
  for (const id of shop.orders.keys()) await syncOrder(app.shop, gid("Order", id), app.context);
  const { rows } = await app.context.database.pool.query<{ text: string }>(
    "SELECT order_id || ' ' || offer_key AS text FROM attributions ORDER BY order_id",
  );
  return rows.map(({ text }) => text);
}

test("a line that names another active offer of the same type, which did not list its product there, earns nothing", async () => {
  await pin(TEA, CUP);
  await pin(JAR, CUP);
  await secondOffer(onlyOn(JAR));
  now += CARTS_ARE_GONE;
  await order("1", `bt-1-${TEA}/product`);
  await order("2", `bt-3-${TEA}/product`);
  await order("3", `bt-3-${JAR}/product`, CUP, JAR);
  await order("4", `bt-1-${JAR}/product`, CUP, JAR);
  await order("5", `bt-${TEA}/product`);
  expect(await attributed()).toEqual(["1 bt-1", "3 bt-3"]);
});

test("where two offers of a type list a product on one page, each earns its own", async () => {
  await pin(TEA, CUP);
  await secondOffer(onlyForGuests);
  await order("1", `bt-1-${TEA}/product`);
  await order("2", `bt-3-${TEA}/cart`);
  await order("3", `bt-3-${TEA}/cart`, SAFE);
  expect(await attributed()).toEqual(["1 bt-1", "2 bt-3"]);
});

test("a goal earns with what any set of the order's other products listed, and nothing as long as it was never more than a draft", async () => {
  await pin(JAR, CUP);
  await secondOffer(onlyOn(JAR));
  now += CARTS_ARE_GONE;
  await order("1", "goal-2/cart", CUP, JAR);
  expect(await attributed()).toEqual([]);
  await switchGoalOn();
  await order("2", "goal-2/cart", CUP, JAR);
  await changeStatus(app.shop, [2], "draft", app.context);
  expect(await attributed()).toContain("2 goal-2");
});

test("an offer that has ended keeps what it earned, earns from carts of two weeks, and nothing after that", async () => {
  await pin(TEA, CUP);
  await secondOffer(onlyForGuests);
  await order("1", `bt-3-${TEA}/product`);
  now += DAY;
  await changeStatus(app.shop, [3], "archived", app.context);
  await app.drain();
  now += CLAIM_SECONDS * 1000 - HOUR;
  await order("2", `bt-3-${TEA}/product`);
  now += DAY;
  await order("3", `bt-3-${TEA}/product`);
  await order("4", `bt-1-${TEA}/product`);
  expect(await attributed()).toEqual(["1 bt-3", "2 bt-3", "4 bt-1"]);
});

test("an offer that takes the place of another one earns from then on, and nothing of what the other one sold", async () => {
  await pin(TEA, CUP);
  await order("1", `bt-3-${TEA}/product`);
  now += 5 * DAY;
  await secondOffer({});
  await order("2", `bt-3-${TEA}/product`);
  await order("3", `bt-1-${TEA}/product`);
  now += CARTS_ARE_GONE;
  await order("4", `bt-1-${TEA}/product`);
  expect(await attributed()).toEqual(["2 bt-3", "3 bt-1"]);
  expect(await reinstalled()).toEqual(["2 bt-3", "3 bt-1"]);
});

test("what an offer listed from the first day on stays its own after a reinstall", async () => {
  await pin(TEA, CUP);
  await pin(JAR, CUP);
  await secondOffer(onlyOn(JAR));
  now += CARTS_ARE_GONE;
  await order("1", `bt-1-${TEA}/product`);
  await order("2", `bt-3-${TEA}/product`);
  await order("3", `bt-3-${JAR}/product`, CUP, JAR);
  const before = ["1 bt-1", "3 bt-3"];
  expect(await attributed()).toEqual(before);
  expect(await reinstalled()).toEqual(before);
});

async function reinstalled(): Promise<string[]> {
  now += HOUR;
  app.store.shops.get(shop.domain)!.uninstall();
  await uninstallShop(app.shop, app.context);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  return attributed();
}

/** The table as the release before had it, and then as the migration leaves it. */
async function migrate(): Promise<void> {
  await app.context.database.pool.query("ALTER TABLE offer_listings DROP COLUMN numbers");
  await app.context.database.pool.query(MIGRATION);
}

/** The histories that Shopify holds with products, by product. */
const histories = () =>
  new Map(
    [...shop.metafields.values()].flatMap(({ key, ownerId, value }) =>
      key === "listed" ? [[ownerId, (JSON.parse(value) as { listings: unknown[] }).listings] as const] : [],
    ),
  );

test("of the time before offers' numbers were kept the type decides; the night after, with nothing changed, the offer does", async () => {
  await pin(TEA, CUP);
  await pin(JAR, CUP);
  await secondOffer(onlyOn(JAR));
  await migrate();
  // Its list changes before the night.
  await takeBackChoice(app.shop, choice(JAR, CUP), app.context);
  await pin(JAR, SAFE);
  await order("1", `bt-1-${TEA}/product`);
  await order("2", `bt-3-${TEA}/product`);
  await order("3", `bt-${TEA}/product`);
  await order("4", `up-3-${TEA}/product`);
  await order("5", `bt-1-${JAR}/product`, CUP, JAR);
  await order("6", `bt-1-${JAR}/product`, SAFE, JAR);
  const before = ["1 bt-1", "2 bt-3", "3 bt", "5 bt-1"];
  expect(await attributed()).toEqual(before);
  now += DAY;
  await publishOffers(app.shop, app.context);
  const night = Math.floor(now / 1000);
  expect(histories().get(product(TEA))).toEqual([
    [CUP, 0, night],
    [CUP, night, 0, "bt", 1],
  ]);
  expect(await attributed()).toEqual(before);
  // Carts of before.
  await order("7", `bt-${TEA}/product`);
  now += CARTS_ARE_GONE;
  await order("8", `bt-1-${TEA}/product`);
  await order("9", `bt-3-${TEA}/product`);
  await order("10", `bt-${TEA}/product`);
  await order("11", `bt-3-${JAR}/product`, SAFE, JAR);
  await order("12", `bt-1-${JAR}/product`, SAFE, JAR);
  const after = [...before, "7 bt", "8 bt-1", "11 bt-3"];
  expect(await attributed()).toEqual(after);
  expect(await reinstalled()).toEqual(after);
});

test("a night with nothing to complete writes no history", async () => {
  await pin(TEA, CUP);
  await migrate();
  const versions = async () =>
    (await app.context.database.pool.query<{ xmin: string }>("SELECT xmin FROM offer_listings")).rows;
  now += DAY;
  await publishOffers(app.shop, app.context);
  const [held, written] = [histories(), await versions()];
  expect(held.size).toBe(1);
  now += DAY;
  await publishOffers(app.shop, app.context);
  expect([histories(), await versions()]).toEqual([held, written]);
});

test("what ended before the migration earned by type, and is left as it is", async () => {
  await pin(TEA, CUP);
  await order("1", `bt-1-${TEA}/product`);
  await changeStatus(app.shop, [1], "archived", app.context);
  await app.drain();
  await migrate();
  now += DAY;
  await publishOffers(app.shop, app.context);
  const { rows } = await app.context.database.pool.query("SELECT numbers FROM offer_listings");
  expect(rows).toEqual([{ numbers: [] }]);
  expect(await attributed()).toEqual(["1 bt-1"]);
});

test("numbers that a release which does not keep them has left behind say nothing", async () => {
  await pin(TEA, CUP);
  await pin(TEA, JAR);
  await app.context.database.pool.query("UPDATE offer_listings SET numbers = '{9}'");
  await order("1", `bt-1-${TEA}/product`);
  expect(await attributed()).toEqual(["1 bt-1"]);
});
