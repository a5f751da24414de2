import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attributedOrders, LISTED, TRIGGER } from "../../test/fixtures/attributed-orders.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid, type ShopDomain, shopDomain } from "../domain/ids.ts";
import type { ShopEvent } from "../domain/measurement/shop-event.ts";
import { BREAKDOWNS } from "../domain/measurement/breakdown.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { attributeStoredOrders } from "../flows/measurement/attribute-order.ts";
import { saveSettings } from "../flows/settings/save-settings.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { findOrders } from "../persistence/orders/orders.ts";
import { saveFetchedOrders } from "../persistence/orders/save-orders.ts";
import { recordListings } from "../persistence/publishing/listings.ts";
import type { BreakdownView } from "../views/breakdown-view.ts";
import type { ResultsEffectView, ResultsFunnelView, ResultsView } from "../views/results-view.ts";
import * as page from "./app.results._index.tsx";
import * as breakdownRoute from "./app.results.breakdown.tsx";
import * as effectRoute from "./app.results.effect.tsx";
import * as fileRoute from "./app.results.file.tsx";
import * as funnelRoute from "./app.results.funnel.tsx";
import * as linesRoute from "./app.results.lines.tsx";
import * as reconciliation from "./app.results.reconciliation.tsx";
import * as trendsRoute from "./app.trends.tsx";

const NOW = Date.UTC(2026, 10, 28, 12);
const OTHER = shopDomain("other.myshopify.com");
/** Orders are placed over six days from here on, which both the last 7 days and the ones before reach. */
const START = Date.UTC(2026, 10, 19, 3);
let app: WiredApp;

beforeAll(async () => {
  const yen = { currency: "JPY", timezone: "Asia/Tokyo", locale: "ja" } as const;
  app = await wireApp([smallShop([TRIGGER, LISTED], yen), smallShop(["501"], { domain: OTHER })], { now: () => NOW });
  for (const shop of [app.shop, OTHER]) {
    await app.signIn(shop);
    await installShop(shop, app.context);
  }
  await app.drain();
  const [orders] = fc.sample(attributedOrders(START, 900), { numRuns: 1, seed: 11 });
  await inShop(app.context.database, app.shop, async (tx) => {
    const listed = [{ code: "bt", number: 1, companion: LISTED }];
    await recordListings(tx, [{ product: gid("Product", TRIGGER), listed }], new Date(0));
    const stored = await saveFetchedOrders(tx, orders!);
    await attributeStoredOrders(tx, await findOrders(tx, [...stored]));
  });
  await app.context.events.append([
    ...[event("shown"), event("shown"), event("seen"), event("added", { surface: "cart" })],
    event("visit-started", { at: NOW - 30_000, offer: 0, surface: "", product: "0", visit: VISIT }),
    ...[event("seen", { at: Date.UTC(2026, 10, 27, 14, 59) }), event("seen", { shop: OTHER })],
  ]);
  await app.context.events.move(new Date(NOW));
});
afterAll(() => app.close());

const VISIT = { device: "phone", source: "newsletter", medium: "email", campaign: "spring" } as const;
let made = 0;
function event(kind: ShopEvent["kind"], changes: Partial<ShopEvent> = {}): ShopEvent {
  const about = { offer: 1, surface: "product", product: TRIGGER, visitor: "v" } as const;
  return { shop: app.shop, id: `e${made++}`, kind, at: NOW - 60_000, ...about, ...changes };
}

const args = (path: string, shop: ShopDomain) => ({
  ...{ request: pageRequest(path, { shop }), params: {}, context: app.loadContext },
});
const results = async (query = "", shop = app.shop): Promise<ResultsView> =>
  (await page.loader(args(`/app/results?${query}`, shop))).view;
const effect = async (query = "", shop = app.shop): Promise<ResultsEffectView> =>
  (await effectRoute.loader(args(`/app/results/effect?${query}`, shop))).part;
const breakdown = async (query: string, shop = app.shop): Promise<BreakdownView> =>
  (await breakdownRoute.loader(args(`/app/results/breakdown?${query}`, shop))).part!;
const funnel = async (query = "", shop = app.shop): Promise<ResultsFunnelView> =>
  (await funnelRoute.loader(args(`/app/results/funnel?${query}`, shop))).part!;
const lines = async (query = "", shop = app.shop) =>
  (await linesRoute.loader(args(`/app/results/lines?${query}`, shop))).view;

async function file(query: string, shop = app.shop): Promise<{ name: string; rows: string[][] }> {
  const response = await fileRoute.loader(args(`/app/results/file?${query}`, shop));
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const name = /filename="(.+)"/.exec(response.headers.get("content-disposition")!)![1]!;
  return { name, rows: parse(new TextDecoder().decode(bytes)) };
}

/** Attributed revenue straight from the stored lines, by PostgreSQL alone. */
async function sumOf(condition: string): Promise<number> {
  const { rows } = await app.context.database.pool.query<{ minor: number }>(
    `SELECT coalesce(sum(revenue_minor - refunded_minor - net_tax_minor), 0)::float8 AS minor FROM attributions
     WHERE shop = '${app.shop}' AND currency = 'JPY' AND ${condition}`,
  );
  return rows[0]!.minor;
}
const onDays = (from: string, to: string) => `(at AT TIME ZONE 'Asia/Tokyo')::date BETWEEN '${from}' AND '${to}'`;
const WEEK = onDays("2026-11-22", "2026-11-28");
/** Now it is 9 p.m. in Tokyo. */
const WEEK_BEFORE = `${onDays("2026-11-15", "2026-11-21")} AND at <= '2026-11-21T12:00:00Z'`;

test("shows what offers earned in the shop's days, and in the period before", async () => {
  const view = await results("range=7");
  expect(view.range).toMatchObject({ from: "2026-11-22", to: "2026-11-28", beforeFrom: "2026-11-15" });
  expect(view.range).toMatchObject({ beforeTo: "2026-11-21", beforeUpTo: "2026-11-21T12:00:00.000Z" });
  const [now, before] = [await sumOf(WEEK), await sumOf(WEEK_BEFORE)];
  expect(Math.min(now, before)).toBeGreaterThan(5_000);
  expect(view.now.attributed).toEqual({ amountMinor: now, currency: "JPY" });
  expect(view.before.attributed.amountMinor).toBe(before);
  expect(before).not.toBe(await sumOf(onDays("2026-11-15", "2026-11-21")));
  expect(view.steps).toHaveLength(7);
  for (const { from, to, attributedMinor } of view.steps) expect(attributedMinor).toBe(await sumOf(onDays(from, to)));
  const sum = (of: "attributedMinor" | "beforeMinor") => view.steps.reduce((total, step) => total + step[of], 0);
  expect([sum("attributedMinor"), sum("beforeMinor")]).toEqual([now, before]);
  expect(view.otherCurrencyOrders).toBeGreaterThan(0);
  // Some shoppers are held out from the start, and none has come yet.
  expect(await effect("range=7")).toMatchObject({ from: "2026-11-22", incremental: { kind: "no-visitors" } });
});

test("rows by offer, surface and product each add up to the whole", async () => {
  for (const by of ["offer", "surface", "product"] as const) {
    const { rows, now, moreRows } = await results(`range=30&by=${by}`);
    expect(rows.reduce((sum, row) => sum + row.attributed.amountMinor, 0)).toBe(now.attributed.amountMinor);
    expect(moreRows).toBe(0);
    expect(rows.length).toBeGreaterThan(0);
  }
  const bySurface = await results("range=30&by=surface");
  for (const { key, attributed } of bySurface.rows)
    expect(attributed.amountMinor).toBe(await sumOf(`surface = '${key}'`));
  expect((await results("by=product")).rows[0]!.name).toEqual({
    kind: "product",
    productId: LISTED,
    title: `Product ${LISTED}`,
  });
  expect((await results()).rows.map(({ name }) => name)).toContainEqual(
    expect.objectContaining({ kind: "offer", type: "bought-together", number: 1 }),
  );
});

test("names the costs that are not known, and counts those that staff state", async () => {
  const { roi } = await effect("range=7");
  expect(roi).toMatchObject({
    basis: "attributed",
    ratio: null,
    cost: null,
    missing: ["discounts", "goods", "monthly"],
  });
  expect(roi.goodsWithoutCost).toBeGreaterThan(0);
  await saveSettings(app.shop, { monthlyCosts: { JPY: 30_000 }, marginPercent: 60 }, null, app.context);
  const { roi: stated } = await effect("range=7");
  const { now } = await results("range=7");
  expect(stated.missing).toEqual(["discounts"]);
  expect(stated.goods!.amountMinor).toBe(Math.round(now.attributed.amountMinor * 0.4));
  expect(stated.monthly!.amountMinor).toBe(Math.round((30_000 * 7 * 12) / 365.25));
  expect((await file("file=roi&range=7")).rows.slice(2, 4)).toEqual([
    ["Discounts given on items", "", "JPY"],
    ["Shipping given free", "", "JPY"],
  ]);
});

test("breaks all orders down so that rows add up to the page's figures, and saves the rows", async () => {
  const { now } = await results("range=30");
  const { assisted } = await effect("range=30");
  for (const split of BREAKDOWNS) {
    const { rows, by } = await breakdown(`range=30&split=${split}`);
    expect(by).toBe(split);
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
    expect(sum(({ net }) => net.amountMinor)).toBe(now.net.amountMinor);
    expect(sum(({ attributed }) => attributed.amountMinor)).toBe(now.attributed.amountMinor);
    expect(sum((row) => row.assisted.amountMinor)).toBe(assisted.total.amountMinor);
    expect(sum(({ orders }) => orders)).toBe(now.orders);
  }
  const saved = await file("file=breakdown&range=30&split=market");
  expect(saved.name).toContain("breakdown-market");
  const { rows: shown } = await breakdown("range=30&split=market");
  expect(saved.rows[0]!.slice(0, 3)).toEqual(["Currency paid in", "Net sales", "Orders"]);
  expect(saved.rows.slice(1).map((row) => row.slice(1, 3).map(Number))).toEqual(
    shown.map(({ net, orders }) => [net.amountMinor, orders]),
  );
  expect(await breakdown("range=30&split=x", OTHER)).toMatchObject({ by: "channel", rows: [] });
});

test("takes a senseless address for the usual period, and shows another shop nothing", async () => {
  const usual = await results("range=30");
  expect(await results("range=%00&from=x&by=1")).toEqual(usual);
  expect(await results("range=own&from=2026-12-01&to=2026-11-01")).toEqual(usual);
  const other = await results("range=30", OTHER);
  expect([other.now.attributed.amountMinor, other.now.orders, other.rows.length]).toEqual([0, 0, 0]);
  expect((await lines("range=30", OTHER)).total).toBe(0);
  expect((await file("file=lines&range=30", OTHER)).rows).toHaveLength(1);
  await expect(
    page.loader({ ...args("/app/results", app.shop), request: new Request("https://x.test/app/results") }),
  ).rejects.toBeInstanceOf(Response);
});

test("the lines behind a figure add up to it, page after page", async () => {
  const { now } = await results("range=own&from=2026-11-19&to=2026-11-25");
  const query = "range=own&from=2026-11-19&to=2026-11-25";
  const first = await lines(query);
  expect(first.pageCount).toBeGreaterThan(1);
  const pages = await Promise.all(
    Array.from({ length: first.pageCount }, (_, place) => lines(`${query}&page=${place + 1}`)),
  );
  const all = pages.flatMap((one) => one.lines);
  expect(all).toHaveLength(first.total);
  expect(all.reduce((sum, line) => sum + line.attributed.amountMinor, 0)).toBe(now.attributed.amountMinor);
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .toSorted()
      .reverse(),
  );
  const refunded = await lines(`${query}&refunded=1`);
  expect(refunded.total).toBeGreaterThan(0);
  expect(refunded.lines.every((line) => line.refunded.amountMinor > 0)).toBe(true);
  const narrowed = await lines(`${query}&offer=bt-1&surface=cart&product=${LISTED}`);
  expect(narrowed.filter.names).toHaveLength(3);
  expect(narrowed.total).toBeLessThan(first.total);
  expect(await lines(`${query}&offer=x&surface=y&product=z&page=19999`)).toMatchObject({
    total: first.total,
    page: first.pageCount,
  });
});

test("a day beside Shopify's own net sales is explained to the smallest unit, with the orders of each difference", async () => {
  const day = async (query: string, shop = app.shop) =>
    (await reconciliation.loader(args(`/app/results/reconciliation?${query}`, shop))).view;
  const view = await day("day=2026-11-22");
  const { shopify, ours, differences } = view;
  expect(ours).toEqual((await results("range=own&from=2026-11-22&to=2026-11-22")).now.net);
  const minor = (of: "gross" | "discounts" | "returns" | "net") => shopify[of].amountMinor;
  expect(minor("gross") - minor("discounts") - minor("returns")).toBe(minor("net"));
  const between = differences.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  expect(minor("net") + between).toBe(ours.amountMinor);
  expect(differences.length).toBeGreaterThan(2);
  for (const { reason, orders, orderCount, amount } of differences.filter((one) => one.reason !== "rounding")) {
    expect(orders.length, reason).toBe(orderCount);
    expect(orders.reduce((sum, order) => sum + order.amount.amountMinor, 0)).toBe(amount.amountMinor);
  }
  expect((await day("day=2026-13-01")).day).toBe("2026-11-27");
  expect((await day("day=2027-01-01")).day).toBe("2026-11-27");
  expect(await day("day=2026-11-22", OTHER)).toMatchObject({ ours: { amountMinor: 0 }, differences: [] });
});

test("the chart of the first page is of the same figures, by day, with the acceptance of what was seen", async () => {
  const { part: trends } = await trendsRoute.loader(args("/app/trends", app.shop));
  const { now, before } = await results("range=30");
  const sum = (of: "attributed" | "attributedBefore") => trends.steps.reduce((total, step) => total + step[of], 0);
  expect(sum("attributed")).toBe(now.attributed.amountMinor);
  expect(sum("attributedBefore")).toBe(before.attributed.amountMinor);
  expect(trends.steps.map(({ day }) => day).slice(-2)).toEqual(["2026-11-27", "2026-11-28"]);
  // One view on each of the last two days, and one addition on the last.
  expect(trends.steps.slice(-3).map((step) => step.acceptance)).toEqual([null, 0, 1]);
  const day = await results("range=own&from=2026-11-22&to=2026-11-22");
  expect(trends.steps.find((step) => step.day === "2026-11-22")!.averageOrder).toBe(day.now.averageOrder!.amountMinor);
});

test("counts the steps of the same time on both sides", async () => {
  const view = await funnel("range=30");
  // Events are counted from the hour before the last day on: what was bought before is left out.
  expect(view.countedSince).toBe("2026-11-27T14:00:00.000Z");
  expect(view.total).toMatchObject({ shown: 2, seen: 2, added: 1, bought: 0 });
  expect(view.rows).toEqual([expect.objectContaining({ key: "bt-1", shown: 2, seen: 2, added: 1 })]);
  expect((await funnel("range=7&by=product")).rows[0]).toMatchObject({ key: TRIGGER, shown: 2 });
  expect((await funnel("range=own&from=2026-11-01&to=2026-11-20")).rows).toEqual([]);
  expect((await funnel("range=30", OTHER)).total).toMatchObject({ shown: 0, seen: 1 });
});

test("files hold what the page shows, amounts as programs read them", async () => {
  const { now, steps } = await results("range=30");
  const days = await file("file=days&range=30");
  expect(days.name).toBe("tsuide-small-days-2026-10-30-2026-11-28.csv");
  expect(days.rows.slice(1).map((row) => [row[0], row[2], row[4]])).toEqual(
    steps.map((step) => [step.from, String(step.attributedMinor), "JPY"]),
  );
  expect(days.rows[0]!.at(-1)).toBe("Is over");
  expect(days.rows.slice(-2).map((row) => row.at(-1))).toEqual(["TRUE", "FALSE"]);
  const over = await file("file=days&range=own&from=2026-11-20&to=2026-11-27");
  expect(over.rows.slice(1).every((row) => row.at(-1) === "TRUE")).toBe(true);
  const earned = await file("file=rows&by=surface&range=30");
  expect(earned.name).toContain("rows-surface");
  expect(earned.rows.slice(1).reduce((sum, row) => sum + Number(row[2]), 0)).toBe(now.attributed.amountMinor);
  const all = await file("file=lines&range=30");
  const column = all.rows[0]!.indexOf("Attributed revenue");
  expect(all.rows.slice(1).reduce((sum, row) => sum + Number(row[column]), 0)).toBe(now.attributed.amountMinor);
  const formulas = await file("file=formulas&range=30");
  expect(formulas.rows.map(([name]) => name)).toContain("Attributed revenue");
  expect((await file("file=funnel&range=30")).rows).toHaveLength(2);
});

test("the event log is that of one day of the shop, without a word of the browser's own names", async () => {
  const day = await file("file=events&range=own&from=2026-11-28&to=2026-11-28");
  expect(day.name).toBe("tsuide-small-events-2026-11-28.csv");
  expect(day.rows.slice(1).map((row) => row[1])).toEqual(["shown", "shown", "seen", "added", "visit-started"]);
  expect(day.rows.at(-1)!.slice(-4)).toEqual(["phone", "newsletter", "email", "spring"]);
  // 23:59 in Tokyo.
  const dayBefore = await file("file=events&range=own&from=2026-11-27&to=2026-11-27");
  expect(dayBefore.rows.slice(1).map((row) => row[0])).toEqual(["2026-11-27T14:59:00.000Z"]);
});

test("a file of many lines holds each of them once, however many share a moment", async () => {
  await app.context.database.pool.query(
    `INSERT INTO attributions (shop, line_id, order_id, order_name, at, offer_id, surface, product_id, title,
       revenue_minor, refunded_minor, kept_units, net_tax_minor, currency)
     SELECT $1, 1000000 + n, 1000000 + n, '#' || n, $2::timestamptz + (n % 3) * interval '1 hour', 'bt-1-7', 'cart', 8,
       '=Tea', 100, 0, 1, 0, 'USD' FROM generate_series(1, 4500) n`,
    [OTHER, new Date(NOW - 20 * DAY_MS)],
  );
  const { rows } = await file("file=lines&range=30", OTHER);
  expect(new Set(rows.slice(1).map((row) => row[2])).size).toBe(4500);
  expect(rows).toHaveLength(4501);
  expect(rows[1]![4]).toBe("'=Tea");
  expect(rows[1]!.at(-2)).toBe("1.00");
});

test("no more than a few files are made at once, and each one that ends makes room", async () => {
  const ask = () => fileRoute.loader(args("/app/results/file?file=lines&range=30", OTHER));
  const asked = await Promise.all(Array.from({ length: 6 }, ask));
  expect(asked.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 503, 503]);
  const [left, ...read] = asked.filter(({ status }) => status === 200);
  await left!.body!.cancel();
  await Promise.all(read.map((response) => response.text()));
  expect((await file("file=days&range=7")).rows.length).toBeGreaterThan(1);
  const again = await Promise.all(Array.from({ length: 4 }, ask));
  expect(again.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await Promise.all(again.map((response) => response.text()));
});

test("acceptance of the day 30 days before is up to the same time", async () => {
  const then = NOW - 30 * DAY_MS;
  await app.context.events.append([
    ...[event("seen", { at: then - 3_600_000 }), event("added", { at: then - 3_600_000, surface: "cart" })],
    ...[1, 2, 3].map((hours) => event("seen", { at: then + hours * 3_600_000 })),
  ]);
  await app.context.events.move(new Date(NOW));
  const { part: trends } = await trendsRoute.loader(args("/app/trends", app.shop));
  expect(trends.steps.at(-1)).toMatchObject({ day: "2026-11-28", acceptance: 1, acceptanceBefore: 1 });
  expect(trends.beforeUpTo).toBe("2026-10-29T12:00:00.000Z");
});
