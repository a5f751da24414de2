import { afterAll, beforeAll, expect, test } from "vitest";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid } from "../../domain/ids.ts";
import { readAssociations } from "../../persistence/mining/counts/associations.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { findOrder } from "../../persistence/orders/orders.ts";
import { installShop } from "../shop/install-shop.ts";
import { readHome } from "../shop/read-home.ts";
import { reconcile } from "./reconcile.ts";
import { scheduleNightlyWork } from "../shop/schedule-nightly-work.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";

const HOUR_MS = 3_600_000;
const TEA = "101";
const CUP = "102";
let now = Date.parse("2026-11-20T12:00:00Z");

let app: WiredApp;
let shop: DevShop;

// The dev store's webhooks are lost: whatever is found here, reconciling found it.
beforeAll(async () => {
  shop = smallShop([TEA, CUP]);
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

const stored = (id: string) => inShop(app.context.database, app.shop, (tx) => findOrder(tx, gid("Order", id)));
/** In how many baskets tea was, and in how many of them with the cup. */
async function teaCounts(): Promise<[number, number]> {
  const tea = gid("Product", TEA);
  const rows = await inShop(app.context.database, app.shop, (tx) => readAssociations(tx, [tea]));
  const row = rows.get(tea);
  return [row?.baskets ?? 0, row?.companions.find(({ productId }) => productId === CUP)?.together ?? 0];
}

test("an order without a webhook is found and counted once, however often reconciliation runs", async () => {
  shop.orders.set("1", smallOrder("1", [TEA, CUP], now - HOUR_MS));
  expect(await reconcile(app.shop, app.context)).toEqual({ looked: 1, missed: 1 });
  await app.drain();
  expect((await stored("1"))?.lines.length).toBe(2);
  expect(await teaCounts()).toEqual([1, 1]);
  shop.orders.set("2", smallOrder("2", [TEA], now));
  await reconcile(app.shop, app.context);
  await reconcile(app.shop, app.context);
  await app.drain();
  expect(await teaCounts()).toEqual([2, 1]);
  expect((await readHome(app.shop, app.context)).headline.orders).toBe(2);
});

test("an order that changed without a webhook is counted as it is now, and its earlier state no more", async () => {
  now += 24 * HOUR_MS;
  shop.orders.set("1", { ...smallOrder("1", [TEA], now - HOUR_MS), createdAt: now - 25 * HOUR_MS });
  expect(await reconcile(app.shop, app.context)).toMatchObject({ missed: 1 });
  await app.drain();
  expect((await stored("1"))?.lines.map(({ productId }) => productId)).toEqual([gid("Product", TEA)]);
  expect(await teaCounts()).toEqual([2, 0]);
});

test("a change that came while an earlier look was under way is still found", async () => {
  now += 24 * HOUR_MS;
  await reconcile(app.shop, app.context);
  shop.orders.set("3", smallOrder("3", [TEA], now - 10 * 60_000));
  now += 24 * HOUR_MS;
  expect(await reconcile(app.shop, app.context)).toEqual({ looked: 1, missed: 1 });
  await app.drain();
  expect(await teaCounts()).toEqual([3, 0]);
});

test("every order of several pages is looked at", async () => {
  now += 24 * HOUR_MS;
  for (let place = 0; place < 260; place++) {
    const id = String(1000 + place);
    shop.orders.set(id, smallOrder(id, [CUP], now - HOUR_MS - place * 1000));
  }
  expect(await reconcile(app.shop, app.context)).toEqual({ looked: 260, missed: 260 });
  expect(await reconcile(app.shop, app.context)).toEqual({ looked: 0, missed: 0 });
});

test("the night's work looks at every shop that is installed, and at none that left", async () => {
  await scheduleNightlyWork(app.context);
  const { rows } = await app.context.database.pool.query<{ task: string }>(
    "SELECT DISTINCT task_identifier AS task FROM graphile_worker.jobs",
  );
  expect(rows.map(({ task }) => task)).toEqual(
    expect.arrayContaining(["refresh-shop", "refresh-catalogue", "reconcile", "mine-associations"]),
  );
  await uninstallShop(app.shop, app.context);
  expect(await reconcile(app.shop, app.context)).toEqual({ looked: 0, missed: 0 });
});
