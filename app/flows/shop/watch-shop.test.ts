import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { changeFirstOffers } from "../../../test/fixtures/first-offers.ts";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import type { OrderChannel } from "../../domain/orders/order.ts";
import { DISCOUNT_NAMES } from "../../domain/offers/discount-names.ts";
import { readShippingRates } from "../settings/read-shipping-rates.ts";
import { setPaused } from "../settings/pause.ts";
import { runJob } from "../../jobs/run-job.ts";
import { installShop } from "./install-shop.ts";
import { readHome } from "./read-home.ts";
import { scheduleWatching } from "./schedule-watching.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const INSTALLED = Date.parse("2026-08-01T12:00:00Z");
const START = Date.parse("2026-11-20T12:20:00Z");

let now = INSTALLED;
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101", "102"]);
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  await changeFirstOffers(app.shop, { discountBasisPoints: 1000, goal: { USD: 7500 } }, app.context);
  await app.drain();
  // The first call makes the tables.
  await app.context.events.move(new Date(now));
});
afterAll(() => app.close());
beforeEach(async () => {
  now = START;
  shop.flowTriggers = [];
  await sql("DELETE FROM flow_triggers");
  await sql("DELETE FROM events.hourly; DELETE FROM events.refused; DELETE FROM attributions; DELETE FROM order_lines");
  await sql("DELETE FROM orders; DELETE FROM notices; DELETE FROM activity; UPDATE offers SET updated_at = created_at");
});

const sql = (text: string, ...values: unknown[]) => app.context.database.pool.query(text, values);
const watch = () => runJob("watch-shop", { shop: app.shop }, app.context);
const notices = async () => (await readHome(app.shop, app.context)).notices;
const codes = async () => (await notices()).map(({ code }) => code);

/** Totals of one hour, so many days ago. */
const counted = (daysAgo: number, kind: string, events: number, about: { offer?: number; surface?: string } = {}) =>
  sql(
    "INSERT INTO events.hourly VALUES ($1, date_trunc('hour', $2::timestamptz, 'UTC'), $3, $4, 0, $5, $6)",
    ...[app.shop, new Date(now - daysAgo * DAY_MS - 2 * HOUR_MS), about.offer ?? 0, about.surface ?? "", kind, events],
  );

/** Each day product pages are seen, and the set is shown on so many of them; `shown` by days ago. */
async function browsed(views: number, shown: (daysAgo: number) => number, days = 36): Promise<void> {
  for (let day = 0; day < days; day++) {
    await counted(day, "product-viewed", views);
    if (shown(day) > 0) await counted(day, "shown", shown(day), { offer: 1, surface: "product" });
  }
}

let order = 1000;
const OWN_NAME = DISCOUNT_NAMES.en["bought-together"];
/** Orders of one day that hold something from the set; the others than those discounted got a sale of the shop's own. */
async function ordered(
  daysAgo: number,
  orders: number,
  discounted: number,
  channel: OrderChannel = "online",
): Promise<void> {
  for (let place = 0; place < orders; place++) {
    const id = ++order;
    const at = new Date(now - daysAgo * DAY_MS - 3 * HOUR_MS);
    await sql(
      `INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency,
         presentment_currency, channel, net_minor, refunded_minor)
       VALUES ($1, $2, '#1', $3, $3, $3, false, 'USD', 'USD', $4, 1000, 0)`,
      ...[app.shop, id, at, channel],
    );
    await sql(
      `INSERT INTO order_lines (shop, line_id, order_id, title, quantity, current_quantity, is_gift_card, unit_price_minor,
         discount_minor, automatic_discounts, version) VALUES ($1, $2, $2, 'Cup', 1, 1, false, 1000, 100, $3, $4)`,
      ...[app.shop, id, JSON.stringify([[place < discounted ? OWN_NAME : "Summer sale", 100]]), at],
    );
    await sql(
      `INSERT INTO attributions (shop, line_id, order_id, order_name, at, offer_id, surface, title, revenue_minor,
         refunded_minor, currency) VALUES ($1, $2, $2, '#1', $3, 'bt-1-101', 'product', 'Cup', 900, 0, 'USD')`,
      ...[app.shop, id, at],
    );
  }
}

test("a healthy shop, a quiet one and one without any event have no notice", async () => {
  await watch();
  await browsed(200, () => 120);
  for (let day = 0; day < 36; day++) await counted(day, "checkout-completed", 3);
  for (let day = 0; day < 36; day++) await ordered(day, 3, 3);
  await watch();
  await sql("DELETE FROM events.hourly");
  await browsed(4, (day) => (day === 0 ? 0 : 2));
  await watch();
  expect(await codes()).toEqual([]);
});

test("a widget that is not shown any more is noticed with its figures, for as long as it lasts", async () => {
  await browsed(300, (day) => (day === 0 ? 0 : 180));
  await watch();
  expect(await notices()).toMatchObject([
    {
      code: "widget-stopped",
      isForMerchant: true,
      details: { surfaces: [{ surface: "product", days: 1, now: { events: 0, opportunities: 300 } }] },
    },
  ]);
  // Forty days later it still is compared with what was before.
  now += 40 * DAY_MS;
  await browsed(300, () => 0, 35);
  await watch();
  expect(await codes()).toEqual(["widget-stopped"]);
  now += DAY_MS;
  await browsed(300, () => 180, 1);
  await watch();
  expect(await codes()).toEqual([]);
});

test("what staff changed themselves is no fault", async () => {
  await browsed(300, (day) => (day < 2 ? 0 : 180));
  now -= DAY_MS;
  await setPaused(app.shop, true, app.context);
  await setPaused(app.shop, false, app.context);
  now = START;
  await watch();
  expect(await codes()).toEqual([]);
  await sql("DELETE FROM activity");
  await watch();
  expect(await codes()).toEqual(["widget-stopped"]);
  await sql("UPDATE offers SET updated_at = $1 WHERE number = 1", new Date(now - DAY_MS));
  await watch();
  expect(await codes()).toEqual([]);
});

test("a discount that was switched off or deleted at Shopify is noticed, and taken back from what is promised", async () => {
  const [node] = [...shop.discounts.values()];
  shop.discounts.set(node!.id, { ...node!, endsAt: now - 1000 });
  await watch();
  expect(await codes()).toEqual(["discount-off"]);
  const { rows } = await sql("SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'publish-offers'");
  expect(rows).toHaveLength(1);
  shop.discounts.set(node!.id, { ...node!, endsAt: null });
  await app.drain();
  await watch();
  expect(await codes()).toEqual([]);
});

test("an alarm starts the workflows of Shopify Flow once, and again when it is raised again", async () => {
  const [node] = [...shop.discounts.values()];
  const off = { ...node!, endsAt: now - 1000 };
  const sent = () => (shop.flowTriggers ?? []).map(({ handle, payload }) => [handle, payload.Alarm]);
  shop.discounts.set(node!.id, off);
  for (let look = 0; look < 3; look++) {
    await watch();
    await app.drain();
  }
  expect(sent()).toEqual([["alarm-raised", "discount-off"]]);
  shop.discounts.set(node!.id, { ...node!, endsAt: null });
  await watch();
  now += DAY_MS;
  shop.discounts.set(node!.id, { ...off, endsAt: now - 1000 });
  await watch();
  await app.drain();
  expect(sent()).toEqual([
    ["alarm-raised", "discount-off"],
    ["alarm-raised", "discount-off"],
  ]);
  shop.discounts.set(node!.id, { ...node!, endsAt: null });
  await watch();
  await app.drain();
});

test("a discount that orders do not get any more is noticed, whatever Shopify says of it", async () => {
  for (let day = 0; day < 36; day++) await ordered(day, 6, day < 3 ? 0 : 6);
  for (let day = 0; day < 36; day++) await counted(day, "checkout-completed", 6);
  await watch();
  expect(await notices()).toMatchObject([
    { code: "discount-stopped", details: { stopped: { now: { events: 0 }, earlier: { dispersion: 1 } } } },
  ]);
  now += DAY_MS;
  await ordered(0, 30, 30);
  await counted(0, "checkout-completed", 30);
  await watch();
  expect(await codes()).toEqual([]);
});

test("a goal above the shop's own free rate is noticed, and one that a raised rate left behind, until it is changed", async () => {
  const rate = async (freeFromMinor: number | null) => {
    Object.assign(shop, { shipping: { flatMinor: 500, freeFromMinor }, marketDrivenShipping: false });
    await readShippingRates(app.shop, app.context);
  };
  await rate(5000);
  expect(await notices()).toMatchObject([
    { code: "goal-differs", details: { goals: [{ currency: "USD", goalMinor: 7500, ratesMinor: 5000 }] } },
  ]);
  await rate(7500);
  expect(await codes()).toEqual([]);
  await rate(9000);
  await watch();
  expect(await codes()).toEqual(["goal-differs"]);
  await changeFirstOffers(app.shop, { goal: { USD: 9000 } }, app.context);
  expect(await codes()).toEqual([]);
  await rate(null);
  expect(await codes()).toEqual([]);
});

test("orders without a single event are noticed, and orders that are reported no more", async () => {
  for (let day = 0; day < 6; day++) await ordered(day, 20, 20);
  await ordered(1, 200, 200, "pos");
  await watch();
  expect(await notices()).toMatchObject([{ code: "pixel-silent", details: { orders: 120 } }]);
  await counted(0, "page-viewed", 1);
  await watch();
  expect(await codes()).toEqual([]);
  // Four of ten orders were reported until three days ago.
  for (let day = 0; day < 36; day++) await ordered(day, 20, 20);
  for (let day = 0; day < 36; day++) await counted(day, "checkout-completed", day < 3 ? 0 : 12);
  await watch();
  expect(await notices()).toMatchObject([{ code: "pixel-silent", details: { stopped: { now: { events: 0 } } } }]);
});

test("many refused events are noticed, and alarm whoever runs the app", async () => {
  await counted(0, "page-viewed", 1500);
  await app.context.events.countRefused([{ shop: app.shop, reason: "malformed", events: 499 }], new Date(now));
  await watch();
  expect(await codes()).toEqual([]);
  await app.context.events.countRefused([{ shop: app.shop, reason: "future", events: 101 }], new Date(now));
  const alarmed = vi.spyOn(app.context.log, "error");
  await watch();
  expect(await notices()).toMatchObject([
    { code: "events-refused", isForMerchant: false, details: { count: 600, of: 2100 } },
  ]);
  expect(alarmed.mock.calls.map(([facts]) => (facts as { alarm?: string }).alarm)).toEqual(["events-refused"]);
  now += 3 * DAY_MS;
  await watch();
  expect(await codes()).toEqual([]);
});

test("where events cannot be read, what is known of them stays", async () => {
  await browsed(300, (day) => (day === 0 ? 0 : 180));
  await watch();
  const events = new Proxy(app.context.events, {
    get: (target, name, receiver): unknown =>
      name === "readStepTotals"
        ? () => Promise.reject(new Error("no connection"))
        : Reflect.get(target, name, receiver),
  });
  now += DAY_MS;
  await runJob("watch-shop", { shop: app.shop }, { ...app.context, events });
  expect(await codes()).toEqual(["widget-stopped"]);
});

test("every installed shop is looked at", async () => {
  await scheduleWatching(app.context);
  const { rows } = await sql(
    "SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'watch-shop'",
  );
  expect(rows).toEqual([{ payload: { shop: app.shop } }]);
  await app.drain();
});
