import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../../../test/dev-store/shop/random.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { DAYS, goTogether, madeUpVisits, PRODUCTS } from "../../../test/fixtures/browsing-shop.ts";
import { smallOrder, smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import type { ShopEvent } from "../../domain/measurement/shop-event.ts";
import { parseProductOffer, type PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readBrowsedDays, readBrowsing } from "../../persistence/mining/browsing/browsing-counts.ts";
import { moveEvents } from "../measurement/move-events.ts";
import { readCompanions } from "../offers/read-companions.ts";
import { redactCustomer } from "../customers/redact-customer.ts";
import { installShop } from "../shop/install-shop.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { countBrowsing } from "./count-browsing.ts";
import { learnAssociations, mineAssociations } from "./mine-associations.ts";
import { readRanking } from "./read-ranking.ts";

/** The end of the made-up days, some hours into the next one. */
const NOW = Date.parse("2026-11-20T03:30:00Z");
const START = Date.parse("2026-11-20T00:00:00Z") - DAYS * DAY_MS;

let now = NOW;
let app: WiredApp;
let shop: DevShop;
let made = 0;

/** Sixty days of orders in which some products are new, and visits that say what goes together. */
beforeAll(async () => {
  const { orders, visits } = madeUpVisits({
    ...{ random: seededRandom(11), orders: 700, visits: 14_000, tells: true, newShare: 0.2 },
  });
  const products = new Map(
    PRODUCTS.map((id, n) => [id, smallProduct(id, { title: `Thing ${"abcdefghij"[n % 10]}${n}` })]),
  );
  shop = smallShop([], { products });
  for (const { id, at, items } of orders)
    shop.orders.set(id, { ...smallOrder(id, items, START + at), customerId: `9${id}` });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  // The days were counted when nothing was known of them.
  await app.context.database.pool.query("TRUNCATE browsing_days, browsing_products");
  await app.context.events.append(
    visits.flatMap(({ visitor, at, views, order }) => [
      ...views.map((product, n) => eventOf("product-viewed", visitor, START + at + n, { product })),
      ...(order === null
        ? []
        : [eventOf("checkout-completed", visitor, START + order.at, { product: "0", order: order.id })]),
    ]),
  );
  await moveEvents(app.context);
});
afterAll(() => app.close());

function eventOf(kind: ShopEvent["kind"], visitor: string, at: number, more: Partial<ShopEvent>): ShopEvent {
  const about = { shop: app.shop, id: `event-${made++}`, kind, at, visitor, offer: 0, surface: "" as const };
  return { ...about, product: "0", ...more };
}

async function stored() {
  const { pool } = app.context.database;
  const { rows: days } = await pool.query(
    "SELECT day, visits, visitors, left_out, buyers FROM browsing_days ORDER BY day",
  );
  const { rows: products } = await pool.query("SELECT * FROM browsing_products ORDER BY day, product_id");
  return { days, products };
}

const offers = () =>
  [...shop.metafields.values()]
    .filter(({ key }) => key === "offers")
    .flatMap(({ ownerId, value }): (readonly [string, PublishedOffer])[] => {
      const offer = parseProductOffer(value);
      return offer === null ? [] : [[ownerId.split("/").at(-1)!, offer]];
    });

test("counts the days that are over, and none twice", async () => {
  // Events are kept for 30 days: what happened before is known to nobody.
  expect(await countBrowsing(app.shop, app.context)).toEqual({ days: 29 });
  const first = await stored();
  expect(first.days.length).toBe(29);
  expect(Math.min(...first.days.map(({ visits }: { visits: number }) => visits))).toBeGreaterThan(50);
  expect(first.products.some(({ bought_after: after }: { bought_after: number }) => after > 0)).toBe(true);
  expect(await countBrowsing(app.shop, app.context)).toEqual({ days: 0 });
  now += 7 * 3_600_000;
  // Only the days of which events may still come; the counts are the same.
  expect(await countBrowsing(app.shop, app.context)).toEqual({ days: 2 });
  expect(await stored()).toEqual(first);
});

test("takes in events that come late", async () => {
  const yesterday = now - DAY_MS;
  const before = await stored();
  await app.context.events.append([
    eventOf("product-viewed", "late", yesterday, { product: PRODUCTS[0]! }),
    eventOf("product-viewed", "late", yesterday + 1, { product: PRODUCTS[9]! }),
  ]);
  await moveEvents(app.context);
  now += 7 * 3_600_000;
  await countBrowsing(app.shop, app.context);
  const visits = ({ days }: typeof before) =>
    days.reduce((sum: number, day: { visits: number }) => sum + day.visits, 0);
  expect(visits(await stored())).toBe(visits(before) + 1);
});

test("keeps another shop out", async () => {
  const other = shopDomain("other.myshopify.com");
  expect(await inShop(app.context.database, other, readBrowsedDays)).toEqual([]);
});

test("learns from browsing where it helps: new products show what is viewed with them, called by its name", async () => {
  expect(offers().some(([, offer]) => offer.viewed === true)).toBe(false);
  await mineAssociations(app.shop, app.context);
  await app.drain();
  const { browsing } = await readRanking(app.shop, app.context);
  expect(browsing.use).toBe("in-use");
  expect(browsing.period).toEqual({ from: "2026-10-22T00:00:00.000Z", to: "2026-11-19T23:59:59.999Z" });
  const ofNew = browsing.trials.find(({ surface }) => surface === "new-products")!;
  expect(ofNew).toMatchObject({ verdict: "in-use" });
  expect(ofNew.hitRate4With).toBeGreaterThan(ofNew.hitRate4Without);
  const viewed = offers().filter(([, offer]) => offer.viewed === true);
  expect(viewed.length).toBeGreaterThan(5);
  const pairs = viewed.flatMap(([product, { companions }]) => companions.map((one) => [product, one.product] as const));
  const right = pairs.filter(([product, companion]) => goTogether(product, companion)).length;
  expect(right / pairs.length).toBeGreaterThan(0.9);
  // No number of orders stands beside them, and staff see what they rest on.
  for (const [, offer] of viewed) {
    expect(offer).not.toHaveProperty("similar");
    for (const companion of offer.companions) expect(companion).not.toHaveProperty("orders");
  }
  const [product, { companions }] = viewed[0]!;
  const detail = await readCompanions(app.shop, gid("Product", product), "", app.context);
  const first = detail!.companions.find(({ productId }) => productId === gid("Product", companions[0]!.product))!;
  expect(first).toMatchObject({ source: "viewed", grade: "thin", shown: true, placed: { by: "viewed" } });
  expect(first.viewed!.viewed).toBeGreaterThanOrEqual(10);
  expect(detail!.bestSellers).toEqual([]);
});

test("learning again without a new choice keeps to it", async () => {
  const before = offers();
  now += 3_600_000;
  expect(await learnAssociations(app.shop, app.context)).toMatchObject({
    code: "learnt",
    chosen: false,
    listsWritten: 0,
  });
  await app.drain();
  expect(offers()).toEqual(before);
});

test("a customer who is forgotten is in no later count, and what was counted names nobody", async () => {
  const order = [...shop.orders.values()].at(-1)!;
  await redactCustomer(app.shop, { customerId: order.customerId!, orderIds: [gid("Order", order.id)] }, app.context);
  const before = await stored();
  now += 7 * 3_600_000;
  await countBrowsing(app.shop, app.context);
  const buyers = ({ days }: typeof before) =>
    days.reduce((sum: number, day: { buyers: number }) => sum + day.buyers, 0);
  expect(buyers(await stored())).toBe(buyers(before) - 1);
  const { rows } = await app.context.database.pool.query<{ column_name: string }>(
    "SELECT column_name FROM information_schema.columns WHERE table_name LIKE 'browsing%'",
  );
  expect(rows.filter(({ column_name: name }) => /visitor$|order|customer/.test(name))).toEqual([]);
});

test("forgets days that are older than the counts are kept", async () => {
  now += 100 * DAY_MS;
  await countBrowsing(app.shop, app.context);
  const days = await inShop(app.context.database, app.shop, readBrowsedDays);
  expect(days).toEqual([]);
  expect((await inShop(app.context.database, app.shop, (tx) => readBrowsing(tx, days))).products).toEqual([]);
});

test("keeps nothing of a shop that uninstalled the app", async () => {
  await uninstallShop(app.shop, app.context);
  expect(await stored()).toEqual({ days: [], products: [] });
  expect(await countBrowsing(app.shop, app.context)).toEqual({ days: 0 });
  expect(await stored()).toEqual({ days: [], products: [] });
});
