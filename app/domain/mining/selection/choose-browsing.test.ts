import { expect, test } from "vitest";
import { browsingShop, type BrowsingShopOptions } from "../../../../test/fixtures/browsing-shop.ts";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { DAY_MS } from "../../time/day.ts";
import { NO_BROWSING } from "../browsing/browsing-lists.ts";
import { buildModel } from "../model/model.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";
import { scalesOf } from "./choose.ts";
import { browsingTestFrom, chooseBrowsing } from "./choose-browsing.ts";
import { learningOrders } from "./held-out.ts";
import { learnRankers } from "./learn.ts";
import { DEFAULT_RIDGE } from "./tune-ridge.ts";
import { callingThread } from "./worker-pool.ts";

const SHOP = { orders: 400, visits: 8000, tells: true, newShare: 0.2 };

function shopOf(seed: number, changes: Partial<BrowsingShopOptions> = {}) {
  return browsingShop({ ...SHOP, random: seededRandom(seed), ...changes });
}

async function chosen(seed: number, changes: Partial<BrowsingShopOptions> = {}) {
  const { table, material } = shopOf(seed, changes);
  return (await buildModel(table, { browsing: material })).report.browsing!;
}

test("uses browsing that says what is bought, and says how much it found", async () => {
  const choice = await chosen(1);
  expect(choice).toMatchObject({ verdict: "in-use", visits: 8000, heldOutOrders: 80, leadsNewProducts: true });
  const { page } = choice;
  expect(page!.scales).not.toEqual(NO_BROWSING);
  expect(page!.with.at(-1)!.ndcg10).toBeGreaterThan(page!.without.at(-1)!.ndcg10 * 1.05);
  expect(page!.newProducts.with.hitRate4).toBeGreaterThan(page!.newProducts.without.hitRate4);
});

/** The verdict of the trial alone, beside a plain ranking. */
async function verdictIn(seed: number, changes: Partial<BrowsingShopOptions>) {
  const { table, material } = shopOf(seed, changes);
  const baskets = trainingBaskets(table, learningOrders(table.at.length));
  const rankers = await learnRankers(table, baskets, DEFAULT_RIDGE, callingThread);
  const confidence = scalesOf({ confidence: 1, prior: 1e-6 });
  const found = { rankers, ridge: DEFAULT_RIDGE, scales: { cart: confidence, page: confidence }, cartSize: 2 };
  return (await chooseBrowsing(table, found, material, callingThread)).verdict;
}

test("is used in most shops where it helps, and in few where it does not", async () => {
  const used = async (shops: number, changes: Partial<BrowsingShopOptions>) => {
    const verdicts = await Promise.all(Array.from({ length: shops }, (_, n) => verdictIn(n + 1, changes)));
    return verdicts.filter((verdict) => verdict === "in-use").length;
  };
  expect(await used(3, {})).toBeGreaterThanOrEqual(2);
  expect(await used(12, { tells: false })).toBeLessThanOrEqual(1);
});

test("a shop where browsing does not help has the very lists that it has without any", async () => {
  const { table, material } = shopOf(2, { tells: false });
  const { report, ...model } = await buildModel(table, { browsing: material });
  const { report: reportWithout, ...without } = await buildModel(table);
  expect(report.browsing!.verdict).toBe("no-gain");
  expect(model).toEqual(without);
  expect({ ...report, browsing: null }).toEqual({ ...reportWithout, browsing: null });
});

test("learns with an earlier choice what that choice found, and nothing where browsing is not known any more", async () => {
  const { table, material } = shopOf(1);
  const first = await buildModel(table, { browsing: material });
  const selection = first.report;
  const again = await buildModel(table, { selection, browsing: { all: material.all, earlier: null } });
  expect(again.pageCompanions).toEqual(first.pageCompanions);
  expect(again.browsing).toEqual(first.browsing);
  const unknown = await buildModel(table, { selection });
  expect(unknown.browsing).toBeNull();
  expect(unknown.pageCompanions).not.toEqual(first.pageCompanions);
  // A choice of an earlier version says nothing of browsing.
  const { browsing: _, ...old } = selection;
  expect((await buildModel(table, { selection: old, browsing: material })).pageCompanions).toEqual(
    unknown.pageCompanions,
  );
});

test("tries nothing with too few visits, or too few orders after them", async () => {
  const few = await chosen(1, { visits: 500 });
  expect(few).toMatchObject({ verdict: "too-few-visits", page: null, cart: null, leadsNewProducts: false });
  expect(await chosen(1, { orders: 200 })).toMatchObject({ verdict: "too-few-orders", page: null });
  expect(await chosen(1, { orders: 20 })).toMatchObject({ verdict: "too-few-orders", page: null });
});

test("tries browsing on orders that came after it", () => {
  const at = Float64Array.from({ length: 100 }, (_, n) => n * DAY_MS + 1000);
  const visits = (days: readonly number[]) => days.map((day) => ({ day: day * DAY_MS, visits: 10 }));
  // Known all the time: the held-out orders, which begin on day 80.
  expect(browsingTestFrom(visits(Array.from({ length: 100 }, (_, day) => day)), { at })).toBe(80 * DAY_MS);
  // Known for the last nine days alone: six of them are learnt from.
  expect(browsingTestFrom(visits([91, 92, 93, 94, 95, 96, 97, 98, 99]), { at })).toBe(97 * DAY_MS);
  expect(browsingTestFrom([], { at })).toBeNull();
  expect(browsingTestFrom(visits([1]), { at: Float64Array.of(NaN, NaN) })).toBeNull();
});
