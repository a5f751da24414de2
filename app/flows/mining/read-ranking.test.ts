import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { emptyShop } from "../../../test/dev-store/shop/empty-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { BasketTableBuilder } from "../../domain/baskets/basket-table.ts";
import { buildModel } from "../../domain/mining/model/model.ts";
import { installShop } from "../shop/install-shop.ts";
import { readRanking } from "./read-ranking.ts";

let app: WiredApp;

beforeAll(async () => {
  const shop = emptyShop({
    ...{
      domain: "ranked.myshopify.com",
      name: "Ranked",
      currency: "USD",
      locale: "en" as const,
      timezone: "Asia/Tokyo",
    },
  });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
});
beforeEach(() => app.context.database.pool.query("DELETE FROM mining_runs"));
afterAll(() => app.close());

async function storeRun(scores: unknown, finishedAt: string | null = "2026-11-21T20:00:00Z"): Promise<void> {
  await app.context.database.pool.query(
    `INSERT INTO mining_runs (shop, started_at, finished_at, limits, left_out, scores)
     VALUES ($1, '2026-11-21T19:59:00Z', $2, '{}', '[]', $3)`,
    [app.shop, finishedAt, JSON.stringify(scores)],
  );
}

/** What is chosen on orders of two products each, where what goes with a product is always the same. */
async function reportOn(orders: number) {
  const builder = new BasketTableBuilder();
  for (let order = 0; order < orders; order++) {
    for (const half of ["a", "b"]) builder.add(`o${order}`, `c${order % 40}`, order, `${half}${order % 15}`);
  }
  return (await buildModel(builder.build())).report;
}

test("shows what was measured on the shop's own orders, for every surface", async () => {
  const report = await reportOn(600);
  await storeRun(report);
  const view = await readRanking(app.shop, app.context);
  expect(view).toMatchObject({ status: "measured", finishedAt: "2026-11-21T20:00:00.000Z", timezone: "Asia/Tokyo" });
  expect(view.learningOrders + view.heldOutOrders).toBe(600);
  expect(view.surfaces.map(({ surface }) => surface)).toEqual(["cart", "page", "customer"]);
  const [cart] = view.surfaces;
  const used = cart!.rankers.filter(({ chosen }) => chosen);
  expect(used.map(({ name }) => name)).toEqual([report.cart.winner]);
  expect(used[0]!.overall.hitRate4).toBe(1);
  expect(used[0]!.slices.length).toBeGreaterThan(1);
  for (const { rankers } of view.surfaces) expect(rankers.filter(({ chosen }) => chosen)).toHaveLength(1);
  expect(view.published).toEqual(report.published);
  expect(view.history.hitRate4OfLists).toBe(report.history!.without.at(-1)!.hitRate4);
});

test("says whether customers' histories count: the merchant's word, where they were found to add anything", async () => {
  const report = await reportOn(600);
  const useAfter = async (history: unknown) => {
    await storeRun({ ...report, history });
    return (await readRanking(app.shop, app.context)).history.use;
  };
  expect(await useAfter({ ...report.history!, scales: { own: 0.2, ownCompanions: 0 } })).toBe("switched-off");
  expect(await useAfter({ ...report.history!, scales: { own: 0, ownCompanions: 0 } })).toBe("no-gain");
  expect(await useAfter(undefined)).toBe("not-measured");
});

test("says whether browsing is used, from which visits, and what it gained on each surface", async () => {
  const report = await reportOn(600);
  const browsingAfter = async (browsing: unknown) => {
    await storeRun({ ...report, browsing });
    return (await readRanking(app.shop, app.context)).browsing;
  };
  expect(await browsingAfter(null)).toMatchObject({ use: "no-visits", visits: 0, period: null, trials: [] });
  const figures = (hitRate4: number, orders = 80) => ({ orders, hitRate4, hitRate10: 0.5, ndcg10: 0.3 });
  const trial = (viewed: number) => ({
    ...{ scales: { viewed, thenBought: 0 }, gained: 9, lost: 1, pValue: 0.01 },
    ...{ without: [figures(0.1), figures(0.2)], with: [figures(0.1), figures(0.3)] },
    newProducts: { without: figures(0.1, 12), with: figures(0.25, 12) },
  });
  const choice = {
    ...{ verdict: "in-use", from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 9, 31), visits: 9000 },
    ...{ earlierVisits: 6000, heldOutOrders: 80, page: trial(0.4), cart: trial(0), leadsNewProducts: true },
  };
  const gain = { orders: 80, hitRate4Without: 0.2, hitRate4With: 0.3 };
  expect(await browsingAfter(choice)).toEqual({
    ...{ use: "in-use", visits: 9000, earlierVisits: 6000, neededVisits: 500 },
    period: { from: "2026-10-01T00:00:00.000Z", to: "2026-10-30T23:59:59.999Z" },
    trials: [
      { surface: "page", verdict: "in-use", ...gain },
      { surface: "cart", verdict: "no-gain", ...gain },
      { surface: "new-products", verdict: "in-use", orders: 12, hitRate4Without: 0.1, hitRate4With: 0.25 },
    ],
  });
  const fewNew = { ...choice.page, newProducts: { without: figures(0.1, 9), with: figures(0.2, 9) } };
  const unsure = await browsingAfter({ ...choice, page: fewNew, leadsNewProducts: false });
  expect(unsure.trials.at(-1)).toMatchObject({ surface: "new-products", verdict: "too-few-orders", orders: 9 });
  const few = { ...choice, verdict: "too-few-visits", page: null, cart: null };
  expect(await browsingAfter(few)).toMatchObject({ use: "too-few-visits", trials: [] });
});

test("tells a shop with too few orders that nothing could be measured", async () => {
  await storeRun(await reportOn(20));
  const view = await readRanking(app.shop, app.context);
  expect(view).toMatchObject({ status: "measured", published: null });
  for (const { reason, rankers } of view.surfaces)
    expect({ reason, rankers }).toEqual({ reason: "too-few-orders", rankers: [] });
});

test("takes figures that it cannot read for none, and a run under way for no run", async () => {
  await storeRun(null, null);
  expect(await readRanking(app.shop, app.context)).toMatchObject({ status: "never", finishedAt: null, surfaces: [] });
  for (const scores of [null, {}, [], "blend", { ...(await reportOn(20)), cart: { winner: 3 } }]) {
    await storeRun(scores);
    expect(await readRanking(app.shop, app.context)).toMatchObject({ status: "not-measured", surfaces: [] });
  }
});

test("shows which segments were tried, and none where they were stored in a shape that it cannot read", async () => {
  await storeRun(await reportOn(20));
  const tried = { learntOrders: 700, heldOutOrders: 310, hitRateOfAll: 0.2, hitRateOfSegment: 0.25 };
  const gain = { ...tried, gained: 9, lost: 1, qValue: 0.01, priorOrders: 40, verdict: "gain" };
  const segments = [
    { by: "channel", is: "pos", ...gain },
    { by: "market", is: "EUR", ...gain },
    { by: "rank", is: "B", ...gain },
    { by: "rank", is: "A", ...gain, priorOrders: null, verdict: "no-gain" },
  ];
  const store = (judged: unknown) =>
    app.context.database.pool.query("UPDATE mining_runs SET judged = $1", [JSON.stringify(judged)]);
  await store({ substitutes: [], seasons: [], segments });
  const figures = { heldOutOrders: 310, hitRate4OfAll: 0.2, hitRate4OfSegment: 0.25 };
  expect((await readRanking(app.shop, app.context)).segments).toEqual([
    { by: "market", is: "EUR", verdict: "in-use", ...figures },
    { by: "rank", is: "B", verdict: "switched-off", ...figures },
    { by: "channel", is: "pos", verdict: "elsewhere", ...figures },
    { by: "rank", is: "A", verdict: "no-gain", ...figures },
  ]);
  const earlier = { by: "channel", segment: "pos", verdict: "gain", ...tried };
  for (const judged of [{ substitutes: [], seasons: [] }, { segments: [{ by: "moon" }] }, { segments: [earlier] }, 3]) {
    await store(judged);
    expect((await readRanking(app.shop, app.context)).segments).toEqual([]);
  }
});
