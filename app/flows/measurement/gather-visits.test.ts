import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attributedOrders, LISTED, TRIGGER, UNLISTED } from "../../../test/fixtures/attributed-orders.ts";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { bareNumber, gid } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { assistedMinor } from "../../domain/measurement/figures.ts";
import type { ShopEvent } from "../../domain/measurement/shop-event.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readAssisted } from "../../persistence/measurement/assisted.ts";
import { findOrders } from "../../persistence/orders/orders.ts";
import { saveFetchedOrders } from "../../persistence/orders/save-orders.ts";
import { recordListings } from "../../persistence/publishing/listings.ts";
import { saveSettings } from "../settings/save-settings.ts";
import { redactCustomer } from "../customers/redact-customer.ts";
import { installShop } from "../shop/install-shop.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { attributeStoredOrders } from "./attribute-order.ts";
import { gatherVisits } from "./gather-visits.ts";

const NOW = Date.UTC(2026, 10, 28, 12);
const START = NOW - 8 * DAY_MS;
let app: WiredApp;

beforeAll(async () => {
  const yen = { currency: "JPY", timezone: "UTC", locale: "ja" } as const;
  app = await wireApp([smallShop([TRIGGER, LISTED, UNLISTED], yen)], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  await inShop(app.context.database, app.shop, (tx) =>
    recordListings(
      tx,
      [{ product: gid("Product", TRIGGER), listed: [{ code: "bt", number: 1, companion: LISTED }] }],
      new Date(0),
    ),
  );
});
afterAll(() => app.close());
beforeEach(async () => {
  const tables =
    "orders, order_lines, refund_lines, order_sales, sales_totals, attributions, order_visits, order_touches";
  await app.context.database.pool.query(`TRUNCATE ${tables}`);
  await app.context.database.pool.query("UPDATE shops SET visits_gathered_at = NULL");
  await app.context.events.forgetShop(app.shop);
});

let made = 0;
function event(kind: ShopEvent["kind"], at: number, changes: Partial<ShopEvent> = {}): ShopEvent {
  const about = { offer: 1, surface: "product", product: TRIGGER, visitor: "v" } as const;
  return { shop: app.shop, id: `e${made++}`, kind, at, ...about, ...changes };
}
const completed = (order: string, at: number, visitor = "v"): ShopEvent =>
  event("checkout-completed", at, { visitor, order, offer: 0, surface: "", product: "0" });

async function store(fetched: readonly FetchedOrder[], events: readonly ShopEvent[]): Promise<void> {
  await inShop(app.context.database, app.shop, async (tx) => {
    const stored = await saveFetchedOrders(tx, fetched);
    await attributeStoredOrders(tx, await findOrders(tx, [...stored]));
  });
  await app.context.events.append(events);
  await app.context.events.move(new Date(NOW));
}

const gather = () => gatherVisits(app.shop, app.context);
const PERIOD = { from: new Date(START), to: new Date(NOW), currency: "JPY" };
const assisted = (by: "offer" | "surface" | null = null) =>
  inShop(app.context.database, app.shop, (tx) => readAssisted(tx, PERIOD, by));

/** Orders of one line each, of which everything is still sold, on different days. */
function plainOrders(count: number): FetchedOrder[] {
  const [[made]] = fc.sample(attributedOrders(START, 1), { numRuns: 1, seed: 5 }) as [[FetchedOrder]];
  return Array.from({ length: count }, (_, place): FetchedOrder => {
    const [number, netMinor, at] = [900 + place, 1_000 + 10 ** place, START + (place + 1) * DAY_MS];
    const times = { createdAt: at, processedAt: at, updatedAt: at, cancelledAt: null };
    const money = { currency: "JPY", netMinor, refundedMinor: 0, refundedWithoutLinesMinor: 0, taxesIncluded: false };
    const line = {
      ...{ id: gid("LineItem", number), productId: gid("Product", UNLISTED), quantity: 1, currentQuantity: 1 },
      ...{ unitPriceMinor: netMinor, discountMinor: 0, taxMinor: 0, isGiftCard: false, offer: null },
    };
    return {
      order: { ...made.order, ...times, ...money, test: false, id: gid("Order", number) },
      ...{ lines: [{ ...made.lines[0]!, ...line }], refunds: [] },
    };
  });
}
const numberOf = ({ order }: FetchedOrder) => bareNumber(order.id);

test("an order is assisted by what its visitor did with offers within the windows, each order once", async () => {
  const [seen, seenLongAgo, clicked, none, late] = plainOrders(5) as [
    FetchedOrder,
    FetchedOrder,
    FetchedOrder,
    FetchedOrder,
    FetchedOrder,
  ];
  const at = ({ order }: FetchedOrder) => order.createdAt;
  await store(
    [seen, seenLongAgo, clicked, none, late],
    [
      ...[completed(numberOf(seen), at(seen), "a"), event("seen", at(seen) - DAY_MS, { visitor: "a" })],
      event("seen", at(seen) - 5_000, { visitor: "a", surface: "cart" }),
      completed(numberOf(seenLongAgo), at(seenLongAgo), "b"),
      event("seen", at(seenLongAgo) - DAY_MS - 1_000, { visitor: "b" }),
      ...[completed(numberOf(clicked), at(clicked), "c"), event("clicked", at(clicked) - 7 * DAY_MS, { visitor: "c" })],
      completed(numberOf(none), at(none), "d"),
      // What was done after the order, an offer that never was, and a browser that names an order of hours ago.
      ...[event("added", at(none) + 1, { visitor: "d" }), event("added", at(none) - 1, { visitor: "d", offer: 99 })],
      event("added", at(none) - 1, { visitor: "d", product: UNLISTED }),
      ...[completed(numberOf(late), at(late) + 2 * 3_600_000, "e"), event("added", at(late), { visitor: "e" })],
    ],
  );
  expect((await assisted()).total).toMatchObject({ orders: 0, knownOrders: 0 });
  expect(await gather()).toEqual({ orders: 4 });
  const minor = (...orders: FetchedOrder[]) => orders.reduce((sum, { order }) => sum + order.netMinor, 0);
  const { total, groups } = await assisted("surface");
  const wanted = { throughMinor: 0, usedMinor: minor(clicked), seenMinor: minor(seen) };
  expect(total).toEqual({ orders: 2, knownOrders: 4, ...wanted });
  expect(groups).toEqual([
    { key: "product", orders: 2, minor: minor(seen, clicked) },
    { key: "cart", orders: 1, minor: minor(seen) },
  ]);
  expect((await assisted()).groups).toEqual([]);
  // Gathered again, with nothing new, and with another window: the same touches, read differently.
  await gather();
  expect((await assisted()).total).toEqual(total);
  await saveSettings(app.shop, { seenWindowDays: 2, usedWindowDays: 6 }, null, app.context);
  expect((await assisted()).total).toMatchObject({
    orders: 2,
    usedMinor: 0,
    seenMinor: minor(seen, seenLongAgo),
  });
  await saveSettings(app.shop, { seenWindowDays: 1, usedWindowDays: 7 }, null, app.context);
});

test("keeps the device and the campaign of the visit in which an order was made, and nothing where none is known", async () => {
  const [first, second] = plainOrders(2) as [FetchedOrder, FetchedOrder];
  const nothing = { offer: 0, surface: "", product: "0" } as const;
  const visit = { device: "tablet", source: "letter", medium: "email", campaign: "spring" } as const;
  await store(
    [first, second],
    [
      event("visit-started", first.order.createdAt - 60_000, { ...nothing, visit }),
      completed(numberOf(first), first.order.createdAt),
      completed(numberOf(second), second.order.createdAt),
    ],
  );
  await gather();
  const kept = "SELECT device, source, medium, campaign FROM order_visits ORDER BY order_id";
  const none = { device: null, source: null, medium: null, campaign: null };
  expect((await app.context.database.pool.query(kept)).rows).toEqual([visit, none]);
  await gather();
  expect((await app.context.database.pool.query(kept)).rows).toEqual([visit, none]);
});

const visits = fc.record({
  visitor: fc.constantFrom("a", "b", "c", null),
  touches: fc.array(
    fc.record({
      kind: fc.constantFrom("seen" as const, "clicked" as const, "added" as const),
      minutesBefore: fc.integer({ min: -60, max: 10 * 24 * 60 }),
      product: fc.constantFrom(TRIGGER, UNLISTED),
      surface: fc.constantFrom("product" as const, "cart" as const),
    }),
    { maxLength: 3 },
  ),
});

/** What was assisted, attributed and sold, from what each order holds, its attributed lines and raw events, one by one. */
async function plainAssisted(events: readonly ShopEvent[]) {
  const { rows } = await app.context.database.pool.query<{ id: string; sold: number; through: number | null }>(
    `SELECT order_id::text AS id, sold_minor::float8 AS sold, (
       SELECT sum(revenue_minor - refunded_minor - net_tax_minor)::float8 FROM attributions a WHERE a.order_id = s.order_id
     ) AS through FROM order_sales s WHERE currency = 'JPY'`,
  );
  const sum = { assisted: 0, attributed: 0, sold: 0 };
  for (const { id, sold, through } of rows) {
    const named = events.find((event) => event.order === id);
    const isMet = events.some(({ kind, visitor, at, product }) => {
      const age = named === undefined || visitor !== named.visitor ? -1 : named.at - at;
      const days = kind === "seen" ? 1 : kind === "clicked" || kind === "added" ? 7 : 0;
      return product === TRIGGER && age >= 0 && age < days * DAY_MS + 1000;
    });
    sum.sold += sold;
    sum.attributed += through ?? 0;
    if (isMet || through !== null) sum.assisted += Math.max(0, sold - (through ?? 0));
  }
  return sum;
}

test("equals a plain reading of orders and events, and a line is never attributed and assisted", async () => {
  const [orders] = fc.sample(attributedOrders(START, 60), { numRuns: 1, seed: 21 });
  const apart = orders!.map((one, place) => {
    const at = one.order.processedAt + place;
    return { ...one, order: { ...one.order, createdAt: at, processedAt: at } };
  });
  const samples = fc.sample(visits, { numRuns: apart.length, seed: 22 });
  const events = apart.flatMap((one, place) => {
    const { visitor, touches } = samples[place]!;
    if (visitor === null) return [];
    const { createdAt } = one.order;
    const did = touches.map(({ kind, minutesBefore, ...about }) =>
      event(kind, createdAt - minutesBefore * 60_000, { visitor, ...about }),
    );
    return [completed(numberOf(one), createdAt, visitor), ...did];
  });
  await store(apart, events);
  await gather();
  const wanted = await plainAssisted(events);
  expect(wanted.assisted).toBeGreaterThan(20_000);
  expect(assistedMinor((await assisted()).total)).toBe(wanted.assisted);
  expect(wanted.assisted + wanted.attributed).toBeLessThanOrEqual(wanted.sold);
});

test("visits stay in the figures for 800 days, and a redaction and an uninstall forget them", async () => {
  const [one, other] = plainOrders(2) as [FetchedOrder, FetchedOrder];
  const events = [one, other].flatMap((each, place) => [
    completed(numberOf(each), each.order.createdAt, `v${place}`),
    event("clicked", each.order.createdAt - 60_000, { visitor: `v${place}` }),
  ]);
  await store([one, other], events);
  await gather();
  const old = "INSERT INTO order_visits VALUES ($1, 1, $2), ($1, 2, $3)";
  const days = (count: number) => new Date(NOW - count * DAY_MS);
  await app.context.database.pool.query(old, [app.shop, days(799), days(801)]);
  await gather();
  const { rows } = await app.context.database.pool.query(
    "SELECT order_id::int AS id FROM order_visits WHERE order_id < 9",
  );
  expect(rows).toEqual([{ id: 1 }]);
  expect((await assisted()).total.orders).toBe(2);
  await redactCustomer(app.shop, { customerId: "1", orderIds: [one.order.id] }, app.context);
  await gather();
  expect((await assisted()).total).toMatchObject({ orders: 1, knownOrders: 1 });
  await uninstallShop(app.shop, app.context);
  for (const table of ["order_visits", "order_touches"]) {
    const { rows } = await app.context.database.pool.query(`SELECT 1 FROM ${table}`);
    expect(rows).toEqual([]);
  }
});
