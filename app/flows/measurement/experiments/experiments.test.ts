import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ExperimentShop, START } from "../../../../test/fixtures/experiment-shop.ts";
import { gid } from "../../../domain/ids.ts";
import { type ExperimentContent, experimentContent } from "../../../domain/measurement/experiments/experiment.ts";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { OfferContent } from "../../../domain/offers/offer.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import { readSplit } from "../../../persistence/measurement/experiments.ts";
import { changeStatus } from "../../offers/change-status.ts";
import { saveOffer } from "../../offers/save-offer.ts";
import { measureExperiments } from "./measure-experiments.ts";
import { readExperiment } from "./read-experiment.ts";
import { deleteExperiment, saveExperiment } from "./save-experiment.ts";
import { startExperiment } from "./start-experiment.ts";

let shop: ExperimentShop;
beforeAll(async () => {
  shop = await ExperimentShop.open();
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

test("refuses to start what cannot be measured, and says why", async () => {
  const start = async (changes: Partial<ExperimentContent>) => {
    const answer = await startExperiment(
      shop.app.shop,
      { number: await shop.draft(changes), version: 1 },
      shop.app.context,
    );
    return answer.code === "refused" ? answer.refusal : answer.code;
  };
  const [a, b] = [await shop.offer(), await shop.offer()];
  const tenPercent = await shop.offer({ reward: { kind: "percent", basisPoints: 1000 } });
  const hidden = await shop.offer({ status: "paused" });
  expect(await start({ compares: "offers", offers: [a, b] })).toMatchObject({ reason: "few-buyers", needed: 50 });
  await shop.pastOrders();
  // What it would be started with is known before.
  const outlook = async (changes: Partial<ExperimentContent>) =>
    (await readExperiment(shop.app.shop, await shop.draft(changes), shop.app.context))!.outlook;
  expect(await outlook({ compares: "offers", offers: [a, b] })).toMatchObject({
    plan: { days: expect.any(Number), buyers: expect.any(Number), currency: "USD" },
  });
  expect(await outlook({ offers: [hidden] })).toEqual({ refusal: { reason: "offers-not-shown", offers: [hidden] } });
  expect(await start({ compares: "offers", offers: [a], weights: [1] })).toEqual({ reason: "few-offers" });
  expect(await start({ offers: [hidden] })).toEqual({ reason: "offers-not-shown", offers: [hidden] });
  expect(await start({ offers: [999] })).toEqual({ reason: "offers-not-shown", offers: [999] });
  // One product is enough for it, which a button that buys at once takes past the cart.
  const tiers = await shop.breaks();
  expect(await start({ compares: "offers", offers: [a, tiers] })).toEqual({
    ...{ reason: "discounts-differ", offers: [tiers] },
  });
  const sixty = await shop.started({ compares: "offers", offers: [a, b], sharePercent: 60 });
  expect(await start({ offers: [a], sharePercent: 50 })).toEqual({
    ...{ reason: "shoppers-busy", experiments: [sixty], largestPercent: 40 },
  });
  expect(await start({ offers: [a], sharePercent: 40 })).toBe("saved");
  expect(await start({ offers: [tenPercent] })).toBe("saved");
  expect(await start({ compares: "offers", offers: [tenPercent, tiers] })).toMatchObject({
    reason: "discounts-differ",
  });
  expect((await shop.inside(readSplit)).experiments.map(({ layer, range }) => [layer, range.from, range.to])).toEqual([
    [`e${sixty}`, 0, 6000],
    [`e${sixty}`, 6000, 10_000],
    [expect.not.stringMatching(`^e${sixty}$`), 0, 10_000],
  ]);
});

test("gives each arm its own discount, until one of them is changed", async () => {
  await shop.pastOrders();
  const percent = (basisPoints: number) => ({ reward: { kind: "percent" as const, basisPoints } });
  const [ten, twenty] = [await shop.offer(percent(1000)), await shop.offer(percent(2000))];
  const number = await shop.started({ compares: "offers", offers: [ten, twenty] });
  expect((await shop.inside(readSplit)).experiments).toMatchObject([{ id: String(number), byArm: true }]);
  await shop.app.drain();
  const [discount] = [...shop.shopify.metafields].flatMap(([key, { value }]) => (key.endsWith("|policy") ? value : []));
  const { rules } = JSON.parse(discount!) as { rules: string };
  expect(rules).toContain(`;xb${ten},!e${number}.1;xb${twenty},e${number}.1`);
  await measureExperiments(shop.app.shop, shop.app.context);
  expect((await shop.row(number))!.status).toBe("running");
  const cheaper = { ...contentShape("bought-together").default, status: "active", name: "Sets" };
  await saveOffer(shop.app.shop, { number: ten, version: 1 }, { ...cheaper, ...percent(1500) }, shop.app.context);
  await measureExperiments(shop.app.shop, shop.app.context);
  expect((await shop.row(number))!.verdict).toMatchObject({ kind: "interrupted", reason: "discount-changed" });
  await shop.app.drain();
  const [after] = [...shop.shopify.metafields].flatMap(([key, { value }]) => (key.endsWith("|policy") ? value : []));
  expect(after).not.toContain(`e${number}.`);
});

test("saves over nobody else's change, and changes nothing of what runs", async () => {
  await shop.pastOrders();
  const number = await shop.draft({ offers: [await shop.offer()] });
  const content = { ...experimentContent.default, name: "New", weights: [1, 1], offers: [1] };
  expect(await saveExperiment(shop.app.shop, { number, version: 9 }, content, shop.app.context)).toEqual({
    code: "stale",
  });
  expect(await saveExperiment(shop.app.shop, { number: 99, version: 1 }, content, shop.app.context)).toEqual({
    code: "not-found",
  });
  expect(await saveExperiment(shop.app.shop, null, { ...content, weights: [1] }, shop.app.context)).toEqual({
    code: "invalid",
    errors: { weights: "not-one-per-arm" },
  });
  expect(await startExperiment(shop.app.shop, { number, version: 2 }, shop.app.context)).toEqual({ code: "stale" });
  const starts = [1, 1].map((version) => startExperiment(shop.app.shop, { number, version }, shop.app.context));
  expect((await Promise.all(starts)).map(({ code }) => code).sort()).toEqual(["saved", "stale"]);
  expect(await saveExperiment(shop.app.shop, { number, version: 2 }, content, shop.app.context)).toEqual({
    code: "not-possible",
  });
  expect(await deleteExperiment(shop.app.shop, { number, version: 2 }, shop.app.context)).toEqual({
    code: "not-possible",
  });
  const other = await shop.draft({});
  expect(await deleteExperiment(shop.app.shop, { number: other, version: 1 }, shop.app.context)).toEqual({
    code: "deleted",
  });
  expect(await shop.row(other)).toBeNull();
});

test("ends where a product, an offer or the currency goes, and keeps what was known by then", async () => {
  await shop.pastOrders();
  const one = gid("Product", "101");
  const about = (product: typeof one) => ({ conditions: [[{ condition: "products", products: [product] }]] }) as const;
  const interrupted = async (changes: Partial<ExperimentContent>, happen: () => Promise<unknown>) => {
    shop.clock.now = START;
    const number = await shop.started(changes);
    shop.clock.now = START + 3 * DAY_MS;
    await happen();
    await measureExperiments(shop.app.shop, shop.app.context);
    const { status, verdict, endedAt } = (await shop.row(number))!;
    expect(status).toBe("ended");
    expect(endedAt!.getTime()).toBeLessThanOrEqual(shop.clock.now);
    return verdict;
  };
  const removed = await shop.offer(about(one) as Partial<OfferContent>);
  const deletedAt = new Date(START + 2 * DAY_MS);
  const verdict = await interrupted({ offers: [removed] }, () =>
    shop.query("UPDATE products SET deleted_at = $1 WHERE product_id = 101", [deletedAt]),
  );
  expect(verdict).toEqual({ kind: "interrupted", reason: "product-removed", at: deletedAt.getTime() });
  // A change of offers has the experiments looked at without waiting for the night.
  const jobs = "SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'measure-experiments'";
  await shop.query("DELETE FROM graphile_worker._private_jobs");
  const paused = await shop.offer();
  expect((await shop.query(jobs)).rowCount).toBe(0);
  expect(
    await interrupted({ offers: [paused] }, () => changeStatus(shop.app.shop, [paused], "paused", shop.app.context)),
  ).toMatchObject({ kind: "interrupted", reason: "offer-stopped" });
  expect((await shop.query(jobs)).rowCount).toBe(1);
  const [a, b] = [await shop.offer(), await shop.offer()];
  const cheaper = { ...contentShape("bought-together").default, status: "active", name: "Cheaper" };
  const discounted = { ...cheaper, reward: { kind: "percent", basisPoints: 500 } };
  expect(
    await interrupted({ compares: "offers", offers: [a, b] }, () =>
      saveOffer(shop.app.shop, { number: b, version: 1 }, discounted, shop.app.context),
    ),
  ).toMatchObject({ kind: "interrupted", reason: "discount-changed" });
  const last = await shop.offer();
  expect(await interrupted({ offers: [last] }, () => shop.query("UPDATE shops SET currency = 'EUR'"))).toMatchObject({
    kind: "interrupted",
    reason: "currency-changed",
  });
  expect((await shop.inside(readSplit)).experiments).toEqual([]);
});
