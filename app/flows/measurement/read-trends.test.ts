import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ExperimentShop, START } from "../../../test/fixtures/experiment-shop.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { daysOfPeriod, type ReportPeriod } from "../../domain/time/report-days.ts";
import { reportRange } from "../../domain/time/report-range.ts";
import { readIncremental, readIncrementalUpTo } from "../../persistence/measurement/incremental.ts";
import type { TrendsView } from "../../views/trends-view.ts";
import { measureExperiments } from "./experiments/measure-experiments.ts";
import { readIncrementalView } from "./incremental-view.ts";
import { readResultsEffect } from "./read-results-effect.ts";
import { readTrends } from "./read-trends.ts";

const MONTH = { range: "30", from: "", to: "" } as const;
const TIMEZONE = "Asia/Tokyo";
/** Visitors come from `START` on for so many days: in most of the period before, and in the whole period. */
const DAYS = 58;
const NOW = START + DAYS * DAY_MS;
const { period, before: past } = reportRange(MONTH, NOW, TIMEZONE);
/** Visitors are counted up to now, so those of the days before are up to the same time. */
const before = { ...past, to: NOW - 30 * DAY_MS };

let shop: ExperimentShop;
beforeAll(async () => {
  shop = await ExperimentShop.open();
});
beforeEach(async () => {
  await shop.reset();
  await shop.pastOrders();
  await holdOut(50);
});
afterAll(() => shop.close());

async function holdOut(percent: number): Promise<void> {
  await shop.makeSplit(percent);
  await shop.query(
    `INSERT INTO settings (shop, chosen) VALUES ($1, jsonb_build_object('holdoutPercent', $2::int))
     ON CONFLICT (shop) DO UPDATE SET chosen = EXCLUDED.chosen`,
    [shop.app.shop, percent],
  );
  await shop.query("UPDATE splits SET holdout_since = NULL");
}

/** Has visitors come and buy, in the order of time, since old events are not kept, and counts them at the end of their days. */
async function count(visitors = 9_000): Promise<void> {
  const shoppers = await shop.shopping((arms) => (arms.get(0) === 1 ? 0.22 : 0.16), visitors, DAYS);
  for (let from = START; from < NOW; from += DAYS * (DAY_MS / 4)) {
    const until = from + DAYS * (DAY_MS / 4);
    const isThen = ({ at }: { at: number }) => at >= from && at < until;
    const they = shoppers.map((shopper) => ({ ...shopper, orders: shopper.orders.filter(isThen) }));
    shop.clock.now = until;
    await shop.take(they.filter((shopper) => isThen(shopper) || shopper.orders.length > 0));
  }
  await measureExperiments(shop.app.shop, shop.app.context);
}

const trends = (): Promise<TrendsView> => readTrends(shop.app.shop, shop.app.context);

/** What one reading after another says of the days from a period's first one up to each. */
function oneByOne(of: ReportPeriod, currency = "USD") {
  const ends = [
    ...daysOfPeriod(of, TIMEZONE)
      .slice(1)
      .map(({ from }) => from),
    of.to,
  ];
  return shop.inside(async (tx) => {
    const points = [];
    for (const to of ends) {
      const view = await readIncrementalView(tx, { from: of.from, to }, currency);
      const { estimate, low, high } = view.kind === "estimate" ? view : { estimate: null, low: null, high: null };
      points.push(estimate && { estimate: estimate.amountMinor, low: low.amountMinor, high: high.amountMinor });
    }
    return points;
  });
}

test("each point of the chart is what a period that ends on its day says, and the last one is the figure of Results", async () => {
  await count();
  const view = await trends();
  const [now, earlier] = [await oneByOne(period), await oneByOne(before)];
  expect(view.steps.map(({ incremental }) => incremental)).toEqual(now);
  expect(view.steps.map(({ incrementalBefore }) => incrementalBefore)).toEqual(earlier);
  // A week is needed, and of the days before only the last ones had visitors.
  expect(now.slice(0, 6).every((point) => point === null)).toBe(true);
  expect(now.filter((point) => point !== null).length).toBeGreaterThan(12);
  expect(earlier.filter((point) => point !== null).length).toBeGreaterThan(3);
  expect(earlier.filter((point) => point === null).length).toBeGreaterThan(16);
  const { incremental } = await readResultsEffect(shop.app.shop, { range: MONTH, by: "offer" }, shop.app.context);
  if (incremental.kind !== "estimate") throw new Error(incremental.kind);
  expect(view.incremental).toEqual(incremental);
  const { estimate, low, high } = incremental;
  const last = { estimate: estimate.amountMinor, low: low.amountMinor, high: high.amountMinor };
  expect(view.steps.at(-1)!.incremental).toEqual(last);
  expect(view.measuredAt).toBe(new Date(NOW).toISOString());
});

test("what a visitor spends in several orders counts up to the cap at every end", async () => {
  await count();
  const from = new Date(period.from);
  // Hours, some of them with no order between, one twice.
  const ends = [1, 26, 240, 241, 241, 300, 443, 444, 600, 720].map(
    (hours) => new Date(period.from + hours * 3_600_000),
  );
  await shop.inside(async (tx) => {
    const read = await readIncrementalUpTo(tx, { from, ends, currency: "USD" });
    const beyond = await tx.select<{ n: number }>(
      `SELECT count(*)::int AS n FROM (
         SELECT FROM holdout_orders WHERE at >= $1::timestamptz AND at < $2::timestamptz GROUP BY unit
         HAVING count(*) > 1 AND sum(net_minor) > $3::float8 AND max(net_minor) < $3::float8
       ) visitor`,
      [from, ends.at(-1), read.capMinor],
    );
    expect(beyond[0]!.n).toBeGreaterThan(5);
    for (const [place, to] of ends.entries()) {
      const one = await readIncremental(tx, { from, to, currency: "USD" });
      expect({ ...read, incremental: read.incremental[place] }).toEqual(one);
    }
  });
});

test("a share that was set within the period is compared from then on", async () => {
  await count();
  const since = new Date(period.from + 12 * DAY_MS + 3_600_000);
  await shop.query("UPDATE splits SET holdout_since = $1", [since]);
  await measureExperiments(shop.app.shop, shop.app.context);
  const view = await trends();
  const points = view.steps.map(({ incremental }) => incremental);
  expect(points).toEqual(await oneByOne(period));
  expect(points.findIndex((point) => point !== null)).toBeGreaterThanOrEqual(19);
  expect(view.incremental).toMatchObject({ kind: "estimate", since: since.toISOString() });
  expect(view.steps.every(({ incrementalBefore }) => incrementalBefore === null)).toBe(true);
  expect(view.incrementalBefore.kind).toBe("no-visitors");
});

test("only orders in the shop's present currency are compared", async () => {
  await count();
  const changed = new Date(period.from + 8 * DAY_MS);
  await shop.query("UPDATE holdout_orders SET currency = 'EUR' WHERE at >= $1", [changed]);
  await shop.query("UPDATE shops SET currency = 'EUR'");
  const view = await trends();
  const points = view.steps.map(({ incremental }) => incremental);
  expect(points).toEqual(await oneByOne(period, "EUR"));
  expect(points.slice(0, 8).every((point) => point === null)).toBe(true);
  expect(view.incremental).toMatchObject({ kind: "estimate", estimate: { currency: "EUR" } });
  expect(view.incrementalBefore).toEqual({ kind: "not-enough", buyers: 0, daysLeft: null });
});

test("both lines end with the day on which visitors were last counted, and at the same time", async () => {
  await count();
  await shop.query("UPDATE splits SET measured_at = $1", [new Date(NOW - 3 * DAY_MS)]);
  await shop.query("DELETE FROM holdout_orders WHERE at >= $1", [new Date(NOW - 3 * DAY_MS)]);
  const view = await trends();
  const points = view.steps.map(({ incremental }) => incremental);
  expect(points.slice(-3)).toEqual([null, null, null]);
  expect(points.slice(0, -4)).toEqual((await oneByOne(period)).slice(0, -4));
  if (view.incremental.kind !== "estimate") throw new Error(view.incremental.kind);
  expect(points.at(-4)!.estimate).toBe(view.incremental.estimate.amountMinor);
  const earlier = view.steps.map(({ incrementalBefore }) => incrementalBefore);
  expect(earlier.slice(-3)).toEqual([null, null, null]);
  const upTo = { from: before.from, to: before.to - 3 * DAY_MS };
  expect(view.incrementalBefore).toEqual(await shop.inside((tx) => readIncrementalView(tx, upTo, "USD")));
  if (view.incrementalBefore.kind !== "estimate") throw new Error(view.incrementalBefore.kind);
  expect(earlier.at(-4)!.estimate).toBe(view.incrementalBefore.estimate.amountMinor);
});

test("no point is claimed where nobody is held out, none was counted, or the split is wrong", async () => {
  const kinds = async () => {
    const { steps, incremental } = await trends();
    expect(steps.every((step) => step.incremental === null && step.incrementalBefore === null)).toBe(true);
    return incremental.kind;
  };
  shop.clock.now = NOW;
  expect(await kinds()).toBe("no-visitors");
  await count(600);
  expect(await kinds()).toBe("not-enough");
  await shop.query("UPDATE holdout_units SET units = units * 9 WHERE arm = 0");
  expect(await kinds()).toBe("wrong-split");
  await holdOut(0);
  expect(await kinds()).toBe("off");
});
