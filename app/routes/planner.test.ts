import { afterAll, beforeAll, expect, test } from "vitest";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallShop } from "../../test/fixtures/small-shop.ts";
import { pastSpending } from "../../test/fixtures/simulated-experiments.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { type CustomerKey, gid, type ShopDomain, shopDomain } from "../domain/ids.ts";
import type { OrderHead } from "../domain/orders/fetched-order.ts";
import { spendCap } from "../domain/statistics/capped-values.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { type Past, readBuyerSpending } from "../persistence/measurement/buyer-spending.ts";
import { saveHistory } from "../persistence/orders/save-orders.ts";
import type { PlannerView } from "../views/planner-view.ts";
import * as route from "./app.experiments.planner.tsx";

const NOW = Date.UTC(2026, 10, 28, 12);
const OTHER = shopDomain("other.myshopify.com");
/** What 300 buyers spent in the last 56 days, 40 of them in two orders. */
const SPENT = Array.from({ length: 300 }, (_, n) => 500 + ((n * 7919) % 9000) + (n === 17 ? 900_000 : 0));
let app: WiredApp;

beforeAll(async () => {
  app = await wireApp([smallShop(["101"]), smallShop(["501"], { domain: OTHER })], { now: () => NOW });
  for (const shop of [app.shop, OTHER]) {
    await app.signIn(shop);
    await installShop(shop, app.context);
  }
  await saveSales([
    ...SPENT.flatMap((spent, n) =>
      n < 40
        ? [
            { buyer: `b${n}`, net: spent - 200 },
            { buyer: `b${n}`, net: 200 },
          ]
        : [{ buyer: n % 3 === 0 ? null : `b${n}`, net: spent }],
    ),
    { buyer: "old", net: 50_000, daysAgo: 57 },
    { buyer: "till", net: 50_000, change: { channel: "pos" } },
    { buyer: "test", net: 50_000, change: { test: true } },
    { buyer: "cancelled", net: 50_000, change: { cancelledAt: NOW } },
    { buyer: "euro", net: 50_000, change: { currency: "EUR" } },
    { buyer: "refunded", net: 0 },
    { buyer: "future", net: 50_000, daysAgo: -2 },
  ]);
});
afterAll(() => app.close());

interface Sale {
  readonly buyer: string | null;
  readonly net: number;
  readonly daysAgo?: number;
  readonly change?: Partial<OrderHead>;
}

async function saveSales(sales: readonly Sale[], shop: ShopDomain = app.shop): Promise<void> {
  const heads = sales.map(({ buyer, net, daysAgo, change }, n): OrderHead => {
    const at = NOW - (daysAgo ?? 1 + (n % 54)) * DAY_MS;
    return {
      ...{ id: gid("Order", String(1000 + n)), name: `#${n}`, createdAt: at, processedAt: at, updatedAt: at },
      ...{ cancelledAt: null, test: false, currency: "USD", presentmentCurrency: "USD", channel: "online" },
      ...{ channelSource: null, customerKey: buyer as CustomerKey | null, netMinor: net, refundedMinor: 0, ...change },
    };
  });
  await inShop(app.context.database, shop, (tx) => saveHistory(tx, heads, []));
}

async function plan(query = "", shop: ShopDomain = app.shop): Promise<PlannerView> {
  const request = pageRequest(`/app/experiments/planner?_data=routes%2Fapp.experiments.planner&${query}`, { shop });
  return (await route.loader({ request, params: {}, context: app.loadContext })).view;
}

function readSpending(past: Past) {
  return inShop(app.context.database, app.shop, (tx) => readBuyerSpending(tx, new Date(NOW), past, "USD"));
}

test("sums up online buyers of the last eight weeks as the domain does, refunds, tests and the till left out", async () => {
  const spending = await readSpending({ days: 56, orders: 1000 });
  const cap = spendCap(SPENT);
  const wanted = pastSpending(SPENT, 56, cap);
  expect(cap).toBeLessThan(10_000);
  expect(spending).toMatchObject({ buyers: 300, days: 56, capMinor: cap });
  expect(spending.mean).toBeCloseTo(wanted.mean, 6);
  expect(spending.meanSquare / wanted.meanSquare).toBeCloseTo(1, 9);
});

test("reads fewer days where they hold enough orders, but a whole week", async () => {
  const some = await readSpending({ days: 56, orders: 100 });
  expect(some.days).toBeGreaterThan(7);
  expect(some.days).toBeLessThan(30);
  expect(some.buyers).toBeLessThan(200);
  expect(some.buyers / some.days / (300 / 56)).toBeCloseTo(1, 0);
  expect((await readSpending({ days: 56, orders: 3 })).days).toBe(7);
  expect((await readSpending({ days: 30, orders: 1000 })).days).toBe(30);
});

test("plans for the comparison and the difference in the address", async () => {
  const two = await plan("compare=two&difference=30");
  expect(two).toMatchObject({ comparison: "two", pastBuyers: 300, pastDays: 56, plan: { percent: 30 } });
  expect(two.plan!.buyersPerDay).toBeCloseTo(300 / 56, 10);
  expect(two.plan!.curve).toHaveLength(26);
  expect(two.plan!.curve[two.plan!.weeks! - 1]!.difference).toBeLessThanOrEqual(0.3);
  const four = await plan("compare=four&difference=30");
  expect(four.plan!.curve[9]!.difference).toBeGreaterThan(two.plan!.curve[9]!.difference);
  expect((await plan("compare=two&difference=1")).plan!.weeks).toBeNull();
});

test("asks for what the shop can find in eight weeks where the address is silent or garbled", async () => {
  const usual = await plan();
  expect(usual.comparison).toBe("two");
  expect(usual.plan!.weeks).toBeLessThanOrEqual(8);
  expect(usual.plan!.percent).toBe(
    [1, 2, 3, 5, 7, 10, 15, 20, 30, 50].find((p) => p / 100 >= usual.plan!.curve[7]!.difference),
  );
  expect(await plan("compare=%00&difference=1e9&x=1")).toEqual(usual);
});

test("shows nothing of another shop, and says how many buyers are missing", async () => {
  expect(await plan("", OTHER)).toMatchObject({ plan: null, pastBuyers: 0, neededBuyers: 50 });
  await saveSales(
    Array.from({ length: 49 }, () => ({ buyer: null, net: 1000, daysAgo: 3 })),
    OTHER,
  );
  expect(await plan("", OTHER)).toMatchObject({ plan: null, pastBuyers: 49, pastDays: 3 });
  expect(await plan()).toMatchObject({ pastBuyers: 300 });
});
