import { afterAll, beforeAll, expect, test } from "vitest";
import { generateShop } from "../../test/dev-store/generator/generate-shop.ts";
import type { DevShop } from "../../test/dev-store/shop/state.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import type { ProductId } from "../domain/ids.ts";
import { parseProductOffer } from "../domain/offers/types/bought-together/published.ts";
import { installShop } from "./shop/install-shop.ts";
import { readBoughtTogether } from "./offers/read-bought-together.ts";
import { readCompanions } from "./offers/read-companions.ts";
import { readCustomers } from "./customers/read-customers.ts";
import { readHome } from "./shop/read-home.ts";
import { readRanking } from "./mining/read-ranking.ts";
import { readUpgrades } from "./mining/upgrades/read-upgrades.ts";

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  shop = generateShop({ locale: "en", seed: 7, now, orders: 3_000 });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

test("an install ends with every order stored, mined and published", async () => {
  const home = await readHome(app.shop, app.context);
  expect(home.setup).toMatchObject({ imported: true, mined: true, published: true, discountActive: true });
  expect(home.import).toMatchObject({ status: "done", ordersStored: shop.orders.size, ordersTotal: shop.orders.size });
  const lines = [...shop.orders.values()].reduce((sum, order) => sum + order.lines.length, 0);
  expect(home.import?.linesStored).toBe(lines);
  expect(home.leftOut.map(({ reason }) => reason)).toContain("test-order");
  expect(home.mining.baskets).toBeGreaterThan(1_000);
});

test("mining finds pairs that the shop's orders truly hold, and publishes them", async () => {
  const offers = [...shop.metafields.values()].filter(({ key }) => key === "offers");
  expect(offers.length).toBeGreaterThan(20);
  const published = new Map(offers.map(({ ownerId, value }) => [ownerId.split("/").at(-1), parseProductOffer(value)]));
  const found = shop.truePairs.filter(([a, b]) => published.get(a)?.companions.some(({ product }) => product === b));
  expect(found.length / shop.truePairs.length).toBeGreaterThan(0.5);
});

test("the bought-together page shows live offers with their evidence", async () => {
  const page = await readBoughtTogether(app.shop, { search: "", page: 1, filter: "live" }, app.context);
  expect(page.rows.length).toBeGreaterThan(0);
  const details = await Promise.all(
    page.rows.map(({ productId }) => readCompanions(app.shop, productId as ProductId, "", app.context)),
  );
  const shown = details.flatMap((detail) => detail!.companions).filter((companion) => companion.shown);
  expect(shown.every(({ grade }) => grade !== "thin")).toBe(true);
  const own = shown.filter(({ similar }) => similar.length === 0);
  expect(own.length).toBeGreaterThan(0);
  expect(own.every(({ ordersTogether, placed }) => ordersTogether >= 5 && placed !== null)).toBe(true);
  const lent = shown.filter(({ similar }) => similar.length > 0);
  expect(lent.every(({ similar }) => similar.some(({ ordersTogether }) => ordersTogether >= 5))).toBe(true);
});

test("an install ends with the rankings measured and with upgrades found", async () => {
  const ranking = await readRanking(app.shop, app.context);
  expect(ranking.status).toBe("measured");
  for (const { surface, rankers } of ranking.surfaces.filter(({ reason }) => reason !== "too-few-orders")) {
    expect({ surface, chosen: rankers.filter(({ chosen }) => chosen).length }).toEqual({ surface, chosen: 1 });
  }
  const upgrades = await readUpgrades(app.shop, { search: "", page: 1, filter: "all" }, app.context);
  expect(upgrades).toMatchObject({ status: "done", orders: (await readHome(app.shop, app.context)).mining.baskets });
  expect(upgrades.rows[0]!.candidates[0]).toMatchObject({ basis: "moved" });
});

test("an install ends with every known customer ranked and valued", async () => {
  const placed = [...shop.orders.values()].filter(
    ({ customerId, test: isTest, cancelledAt }) => customerId !== null && !isTest && cancelledAt === null,
  );
  const counted = placed.filter(({ lines }) => lines.some(({ currentQuantity }) => currentQuantity > 0));
  const customers = new Set(counted.map(({ customerId }) => customerId)).size;
  const { state, learnt } = await readCustomers(app.shop, app.context);
  expect(state).toBe("ready");
  expect(learnt).toMatchObject({ orders: counted.length, customers, otherCurrency: 0 });
  if (learnt?.map.code !== "ranked") throw new Error(`Not ranked: ${learnt?.map.code}`);
  const fields = Object.values(learnt.map.fields);
  expect(fields.reduce((sum, field) => sum + field.customers, 0)).toBe(customers);
  // Net of refunds and discounts, as the shop's own books have it; orders refunded as a whole are worth nothing.
  const revenue = fields.reduce((sum, { record }) => sum + record.amountMinor, 0);
  const refunded = placed.filter((order) => !counted.includes(order) && order.refunds.length > 0);
  expect(refunded.length).toBeGreaterThan(0);
  expect(learnt.lifetime.known.averageOrder).toBe(Math.round(revenue / (counted.length + refunded.length)));
  expect(learnt.lifetime.known.marginShare).toBeGreaterThan(0);
});
