import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevShop } from "../../../../test/dev-store/shop/state.ts";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { type ExperimentShopper, eventsOf, experimentShoppers } from "../../../../test/fixtures/experiment-shoppers.ts";
import { logNormal } from "../../../../test/fixtures/simulated-experiments.ts";
import { smallShop } from "../../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../../test/fixtures/wired-app.ts";
import { gid } from "../../../domain/ids.ts";
import { type ExperimentContent, experimentContent } from "../../../domain/measurement/experiments/experiment.ts";
import type { ShopEvent } from "../../../domain/measurement/shop-event.ts";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { OfferContent } from "../../../domain/offers/offer.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import { findExperiment, readDays, runningExperimentsOf } from "../../../persistence/measurement/experiment-rows.ts";
import { readSplit } from "../../../persistence/measurement/experiments.ts";
import { readIncremental } from "../../../persistence/measurement/incremental.ts";
import { saveOrders } from "../../../persistence/orders/save-orders.ts";
import { changeStatus } from "../../offers/change-status.ts";
import { createNewOffer, saveOffer } from "../../offers/save-offer.ts";
import { installShop } from "../../shop/install-shop.ts";
import { redactCustomer } from "../../customers/redact-customer.ts";
import { experimentsToDecide } from "./list-experiments.ts";
import { measureExperiments } from "./measure-experiments.ts";
import { readExperiment } from "./read-experiment.ts";
import { deleteExperiment, saveExperiment } from "./save-experiment.ts";
import { startExperiment } from "./start-experiment.ts";
import { stopExperiment } from "./stop-experiment.ts";

const START = Date.parse("2026-11-01T00:00:00Z");
const spending = logNormal("", 5000, 0.6);
let app: WiredApp;
let shopify: DevShop;
let now = START;

beforeAll(async () => {
  shopify = smallShop(["101", "102"], { timezone: "Asia/Tokyo" });
  app = await wireApp([shopify], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  // The first call makes the tables.
  await app.context.events.keepDays(new Date(START));
});
beforeEach(async () => {
  now = START;
  const tables = ["offers", "experiments", "experiment_days", "holdout_orders", "holdout_units", "orders", "splits"];
  const events = ["staged", "events", "exposures", "checkouts", "order_visitors"].map((name) => `events.${name}`);
  for (const table of [...tables, ...events]) await app.context.database.pool.query(`DELETE FROM ${table}`);
  // A shop makes its salt by chance; the same visitors are to be in the same arms each time.
  await makeSplit(5);
  await app.context.database.pool.query("UPDATE products SET deleted_at = NULL");
  await app.context.database.pool.query("UPDATE shops SET currency = 'USD'");
});
afterAll(() => app.close());

async function makeSplit(holdoutPercent: number): Promise<void> {
  await app.context.database.pool.query(
    `INSERT INTO splits (shop, salt, holdout_percent) VALUES ($1, 'salt-of-these-tests', $2)
     ON CONFLICT (shop) DO UPDATE SET holdout_percent = EXCLUDED.holdout_percent`,
    [app.shop, holdoutPercent],
  );
}

async function offer(changes: Partial<OfferContent> = {}): Promise<number> {
  const content = { ...contentShape("bought-together").default, reward: null, name: "Sets", status: "active" };
  const answer = await createNewOffer(app.shop, "bought-together", { ...content, ...changes }, app.context);
  if (answer.code !== "saved" || answer.number === undefined) throw new Error(JSON.stringify(answer));
  return answer.number;
}

async function breaks(): Promise<number> {
  const tiers = [{ quantity: 2, reward: { kind: "percent", basisPoints: 1000 } }];
  const { config, ...plain } = contentShape("quantity-breaks").default;
  const content = { ...plain, config: { ...(config as object), tiers }, name: "Breaks", status: "active" };
  const answer = await createNewOffer(app.shop, "quantity-breaks", content, app.context);
  if (answer.code !== "saved" || answer.number === undefined) throw new Error(JSON.stringify(answer));
  return answer.number;
}

async function draft(changes: Partial<ExperimentContent>): Promise<number> {
  const content = { ...experimentContent.default, name: "Cart", weights: [1, 1], ...changes };
  const answer = await saveExperiment(app.shop, null, content, app.context);
  if (answer.code !== "saved") throw new Error(JSON.stringify(answer));
  return answer.number;
}

async function started(changes: Partial<ExperimentContent>): Promise<number> {
  const number = await draft(changes);
  const answer = await startExperiment(app.shop, { number, version: 1 }, app.context);
  if (answer.code !== "saved") throw new Error(JSON.stringify(answer));
  return number;
}

const inside = <T>(work: Parameters<typeof inShop<T>>[2]) => inShop(app.context.database, app.shop, work);
const row = (number: number) => inside((tx) => findExperiment(tx, number));

function orderHead(number: string, at: number, minor: number, change: object = {}) {
  return {
    ...{ id: gid("Order", number), name: `#${number}`, createdAt: at, processedAt: at, updatedAt: at },
    ...{ cancelledAt: null, test: false, currency: "USD", presentmentCurrency: "USD", channel: "online" as const },
    ...{ channelSource: null, customerKey: null, netMinor: minor, refundedMinor: 0, ...change },
  };
}

/** Orders of the weeks before, which a plan is made from. */
async function pastOrders(count = 600): Promise<void> {
  const random = seededRandom(5);
  const heads = Array.from({ length: count }, (_, n) => {
    return orderHead(String(10_000_000 + n), START - random() * 50 * DAY_MS, Math.round(spending.draw(random)));
  });
  await inside((tx) => saveOrders(tx, heads));
}

async function take(shoppers: readonly ExperimentShopper[], more: readonly ShopEvent[] = []): Promise<void> {
  const heads = shoppers.flatMap(({ orders }) => orders.map(({ order, at, minor }) => orderHead(order, at, minor)));
  await inside((tx) => saveOrders(tx, heads));
  const events = [...eventsOf(app.shop, shoppers), ...more];
  await app.context.events.append(events);
  for (let hasMore = true; hasMore;) hasMore = (await app.context.events.move(new Date(now))).hasMore;
}

async function shopping(conversion: (arms: ReadonlyMap<number, number>) => number, visitors = 5000, days = 15) {
  const split = await inside(readSplit);
  const random = seededRandom(7);
  const times = { from: START, until: START + days * DAY_MS };
  return experimentShoppers(random, { visitors, ...times, split, conversion, spending, firstOrder: 1 });
}

test("runs from a draft to a verdict, and keeps the offer that earns more", async () => {
  await pastOrders();
  const [a, b] = [await offer(), await offer({ name: "Other words" })];
  const number = await started({ compares: "offers", offers: [a, b] });
  expect(await inside((tx) => runningExperimentsOf(tx, b))).toEqual([{ number, name: "Cart" }]);
  expect((await row(number))!.plan).toMatchObject({ weights: [1, 1], currency: "USD" });
  expect((await inside(readSplit)).experiments[0]).toMatchObject({ id: String(number), layer: `e${number}` });
  const shoppers = await shopping((arms) => (arms.get(number) === 1 ? 0.16 : 0.06));
  now = START + 15 * DAY_MS;
  await take(shoppers);
  await measureExperiments(app.shop, app.context);
  const [day] = await inside((tx) => readDays(tx, number));
  expect(day).toMatchObject({ day: 15, reading: { verdict: { kind: "better", arm: 1 } } });
  // Home says so until staff end it.
  expect(await inside(experimentsToDecide)).toMatchObject([{ number, kept: b, isDecided: false }]);
  const takingPart = shoppers.filter(({ arms }) => arms.has(number));
  expect(day!.reading.arms.map(({ units }) => units)).toEqual(
    [0, 1].map((arm) => takingPart.filter(({ arms }) => arms.get(number) === arm).length),
  );
  expect(day!.reading.leftOut).toEqual({ mixedUnits: 0, outside: 0, unexposedOrders: 0, otherCurrencies: 0 });
  // Measured again, it is the same.
  await measureExperiments(app.shop, app.context);
  expect(await inside((tx) => readDays(tx, number))).toEqual([{ ...day, at: new Date(now) }]);
  const answer = await stopExperiment(app.shop, { number, version: 2 }, b, app.context);
  expect(answer).toEqual({ code: "saved", number, version: 3 });
  expect(await inside(experimentsToDecide)).toEqual([]);
  expect(await inside((tx) => runningExperimentsOf(tx, b))).toEqual([]);
  expect((await inside(readSplit)).experiments).toEqual([]);
  const { rows } = await app.context.database.pool.query("SELECT number, status FROM offers ORDER BY number");
  expect(rows).toEqual([
    { number: a, status: "paused" },
    { number: b, status: "active" },
  ]);
  await measureExperiments(app.shop, app.context);
  const ended = await row(number);
  expect(ended).toMatchObject({ status: "ended", verdict: { kind: "better", arm: 1 } });
  // What comes later changes nothing any more.
  await app.context.database.pool.query("UPDATE orders SET net_minor = 0");
  await measureExperiments(app.shop, app.context);
  expect(await row(number)).toEqual(ended);
}, 60_000);

test("holds an offer against nothing, and counts who was shown nothing as the control", async () => {
  await pastOrders();
  const number = await started({ compares: "nothing", offers: [await offer()], weights: [3, 1] });
  const shoppers = await shopping((arms) => (arms.get(number) === 0 ? 0.16 : 0.06));
  now = START + 15 * DAY_MS;
  await take(shoppers);
  await measureExperiments(app.shop, app.context);
  const [day] = await inside((tx) => readDays(tx, number));
  expect(day!.reading.verdict).toMatchObject({ kind: "better", arm: 1 });
  const [nothing, shown] = day!.reading.arms;
  expect(shown!.units / nothing!.units).toBeCloseTo(3, 0);
  expect((await row(number))!.plan!.weights).toEqual([1, 3]);
}, 60_000);

test("refuses to start what cannot be measured, and says why", async () => {
  const start = async (changes: Partial<ExperimentContent>) => {
    const answer = await startExperiment(app.shop, { number: await draft(changes), version: 1 }, app.context);
    return answer.code === "refused" ? answer.refusal : answer.code;
  };
  const [a, b] = [await offer(), await offer()];
  const tenPercent = await offer({ reward: { kind: "percent", basisPoints: 1000 } });
  const hidden = await offer({ status: "paused" });
  expect(await start({ compares: "offers", offers: [a, b] })).toMatchObject({ reason: "few-buyers", needed: 50 });
  await pastOrders();
  // What it would be started with is known before.
  const outlook = async (changes: Partial<ExperimentContent>) =>
    (await readExperiment(app.shop, await draft(changes), app.context))!.outlook;
  expect(await outlook({ compares: "offers", offers: [a, b] })).toMatchObject({
    plan: { days: expect.any(Number), buyers: expect.any(Number), currency: "USD" },
  });
  expect(await outlook({ offers: [hidden] })).toEqual({ refusal: { reason: "offers-not-shown", offers: [hidden] } });
  expect(await start({ compares: "offers", offers: [a], weights: [1] })).toEqual({ reason: "few-offers" });
  expect(await start({ offers: [hidden] })).toEqual({ reason: "offers-not-shown", offers: [hidden] });
  expect(await start({ offers: [999] })).toEqual({ reason: "offers-not-shown", offers: [999] });
  // One product is enough for it, which a button that buys at once takes past the cart.
  const tiers = await breaks();
  expect(await start({ compares: "offers", offers: [a, tiers] })).toEqual({
    ...{ reason: "discounts-differ", offers: [tiers] },
  });
  const sixty = await started({ compares: "offers", offers: [a, b], sharePercent: 60 });
  expect(await start({ offers: [a], sharePercent: 50 })).toEqual({
    ...{ reason: "shoppers-busy", experiments: [sixty], largestPercent: 40 },
  });
  expect(await start({ offers: [a], sharePercent: 40 })).toBe("saved");
  expect(await start({ offers: [tenPercent] })).toBe("saved");
  expect(await start({ compares: "offers", offers: [tenPercent, tiers] })).toMatchObject({
    reason: "discounts-differ",
  });
  expect((await inside(readSplit)).experiments.map(({ layer, range }) => [layer, range.from, range.to])).toEqual([
    [`e${sixty}`, 0, 6000],
    [`e${sixty}`, 6000, 10_000],
    [expect.not.stringMatching(`^e${sixty}$`), 0, 10_000],
  ]);
});

test("gives each arm its own discount, until one of them is changed", async () => {
  await pastOrders();
  const percent = (basisPoints: number) => ({ reward: { kind: "percent" as const, basisPoints } });
  const [ten, twenty] = [await offer(percent(1000)), await offer(percent(2000))];
  const number = await started({ compares: "offers", offers: [ten, twenty] });
  expect((await inside(readSplit)).experiments).toMatchObject([{ id: String(number), byArm: true }]);
  await app.drain();
  const [discount] = [...shopify.metafields].flatMap(([key, { value }]) => (key.endsWith("|policy") ? value : []));
  const { rules } = JSON.parse(discount!) as { rules: string };
  expect(rules).toContain(`;xb${ten},!e${number}.1;xb${twenty},e${number}.1`);
  await measureExperiments(app.shop, app.context);
  expect((await row(number))!.status).toBe("running");
  const cheaper = { ...contentShape("bought-together").default, status: "active", name: "Sets" };
  await saveOffer(app.shop, { number: ten, version: 1 }, { ...cheaper, ...percent(1500) }, app.context);
  await measureExperiments(app.shop, app.context);
  expect((await row(number))!.verdict).toMatchObject({ kind: "interrupted", reason: "discount-changed" });
  await app.drain();
  const [after] = [...shopify.metafields].flatMap(([key, { value }]) => (key.endsWith("|policy") ? value : []));
  expect(after).not.toContain(`e${number}.`);
});

test("saves over nobody else's change, and changes nothing of what runs", async () => {
  await pastOrders();
  const number = await draft({ offers: [await offer()] });
  const content = { ...experimentContent.default, name: "New", weights: [1, 1], offers: [1] };
  expect(await saveExperiment(app.shop, { number, version: 9 }, content, app.context)).toEqual({ code: "stale" });
  expect(await saveExperiment(app.shop, { number: 99, version: 1 }, content, app.context)).toEqual({
    code: "not-found",
  });
  expect(await saveExperiment(app.shop, null, { ...content, weights: [1] }, app.context)).toEqual({
    code: "invalid",
    errors: { weights: "not-one-per-arm" },
  });
  expect(await startExperiment(app.shop, { number, version: 2 }, app.context)).toEqual({ code: "stale" });
  const starts = [1, 1].map((version) => startExperiment(app.shop, { number, version }, app.context));
  expect((await Promise.all(starts)).map(({ code }) => code).sort()).toEqual(["saved", "stale"]);
  expect(await saveExperiment(app.shop, { number, version: 2 }, content, app.context)).toEqual({
    code: "not-possible",
  });
  expect(await deleteExperiment(app.shop, { number, version: 2 }, app.context)).toEqual({ code: "not-possible" });
  const other = await draft({});
  expect(await deleteExperiment(app.shop, { number: other, version: 1 }, app.context)).toEqual({ code: "deleted" });
  expect(await row(other)).toBeNull();
});

test("ends where a product, an offer or the currency goes, and keeps what was known by then", async () => {
  await pastOrders();
  const one = gid("Product", "101");
  const about = (product: typeof one) => ({ conditions: [[{ condition: "products", products: [product] }]] }) as const;
  const interrupted = async (changes: Partial<ExperimentContent>, happen: () => Promise<unknown>) => {
    now = START;
    const number = await started(changes);
    now = START + 3 * DAY_MS;
    await happen();
    await measureExperiments(app.shop, app.context);
    const { status, verdict, endedAt } = (await row(number))!;
    expect(status).toBe("ended");
    expect(endedAt!.getTime()).toBeLessThanOrEqual(now);
    return verdict;
  };
  const removed = await offer(about(one) as Partial<OfferContent>);
  const deletedAt = new Date(START + 2 * DAY_MS);
  const verdict = await interrupted({ offers: [removed] }, () =>
    app.context.database.pool.query("UPDATE products SET deleted_at = $1 WHERE product_id = 101", [deletedAt]),
  );
  expect(verdict).toEqual({ kind: "interrupted", reason: "product-removed", at: deletedAt.getTime() });
  // A change of offers has the experiments looked at without waiting for the night.
  const jobs = "SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'measure-experiments'";
  await app.context.database.pool.query("DELETE FROM graphile_worker._private_jobs");
  const paused = await offer();
  expect((await app.context.database.pool.query(jobs)).rowCount).toBe(0);
  expect(
    await interrupted({ offers: [paused] }, () => changeStatus(app.shop, [paused], "paused", app.context)),
  ).toMatchObject({ kind: "interrupted", reason: "offer-stopped" });
  expect((await app.context.database.pool.query(jobs)).rowCount).toBe(1);
  const [a, b] = [await offer(), await offer()];
  const cheaper = { ...contentShape("bought-together").default, status: "active", name: "Cheaper" };
  const discounted = { ...cheaper, reward: { kind: "percent", basisPoints: 500 } };
  expect(
    await interrupted({ compares: "offers", offers: [a, b] }, () =>
      saveOffer(app.shop, { number: b, version: 1 }, discounted, app.context),
    ),
  ).toMatchObject({ kind: "interrupted", reason: "discount-changed" });
  const last = await offer();
  expect(
    await interrupted({ offers: [last] }, () => app.context.database.pool.query("UPDATE shops SET currency = 'EUR'")),
  ).toMatchObject({ kind: "interrupted", reason: "currency-changed" });
  expect((await inside(readSplit)).experiments).toEqual([]);
});

test("repeated and forged events, wrong clocks and other currencies change no figure, and are counted", async () => {
  await pastOrders();
  const number = await started({ compares: "offers", offers: [await offer(), await offer()] });
  const shoppers = await shopping(() => 0.1, 3000, 10);
  now = START + 10 * DAY_MS;
  await take(shoppers);
  await measureExperiments(app.shop, app.context);
  const [honest] = await inside((tx) => readDays(tx, number));
  const theirs = shoppers.find(({ orders, arms }) => orders.length === 1 && arms.get(number) === 0)!;
  const event = { shop: app.shop, offer: 0, surface: "", product: "0" } as const;
  const forged = { ...event, visitor: "forger", at: START + DAY_MS };
  const exposed = (id: string, arm: number): ShopEvent => ({
    ...{ ...forged, id, kind: "exposed", shown: { experiment: number, arm } },
  });
  await take(
    [],
    [
      // The same once more, and an order of somebody else.
      ...eventsOf(app.shop, shoppers.slice(0, 500)).map((sent) => ({ ...sent, id: `again-${sent.id}` })),
      exposed("f1", 0),
      exposed("f2", 1),
      exposed("f3", 7),
      { ...forged, id: "f4", kind: "checkout-completed", order: theirs.orders[0]!.order },
      // An order from before it was exposed, and one that was made at another time than the browser says.
      { ...forged, visitor: "late", id: "f5", kind: "exposed", shown: { experiment: number, arm: 0 } },
      { ...forged, visitor: "late", id: "f6", kind: "checkout-completed", order: "10000000", at: START + 2 * DAY_MS },
    ],
  );
  await measureExperiments(app.shop, app.context);
  const days = await inside((tx) => readDays(tx, number));
  expect(days).toHaveLength(1);
  const { arms, leftOut } = days[0]!.reading;
  expect(arms[1]).toEqual(honest!.reading.arms[1]);
  expect(arms[0]).toMatchObject({ units: honest!.reading.arms[0]!.units + 1, buyers: honest!.reading.arms[0]!.buyers });
  expect(leftOut).toMatchObject({ mixedUnits: 1, outside: 1 });
  await app.context.database.pool.query("UPDATE orders SET currency = 'EUR' WHERE order_id = $1", [
    theirs.orders[0]!.order,
  ]);
  await measureExperiments(app.shop, app.context);
  expect((await inside((tx) => readDays(tx, number)))[0]!.reading.leftOut.otherCurrencies).toBe(1);
  // A clock that jumps by years, and back before the start.
  for (const jump of [START + 4000 * DAY_MS, START - 5 * DAY_MS]) {
    now = jump;
    await measureExperiments(app.shop, app.context);
    expect((await row(number))!.status).toBe("running");
  }
  expect((await row(number))!.verdict).toBeNull();
}, 60_000);

test("reads what all offers earned in a period, after refunds, and forgets redacted orders", async () => {
  await pastOrders();
  await makeSplit(20);
  await app.context.database.pool.query(
    `INSERT INTO settings (shop, chosen) VALUES ('${app.shop}', '{"holdoutPercent": 20}')
     ON CONFLICT (shop) DO UPDATE SET chosen = EXCLUDED.chosen`,
  );
  const shoppers = await shopping((arms) => (arms.get(0) === 1 ? 0.12 : 0.06), 5000, 14);
  now = START + 14 * DAY_MS;
  const read = async (fromDay: number, toDay: number) => {
    const period = { from: new Date(START + fromDay * DAY_MS), to: new Date(START + toDay * DAY_MS), currency: "USD" };
    return inside((tx) => readIncremental(tx, period));
  };
  expect((await read(0, 14)).incremental).toEqual({ kind: "no-visitors" });
  await take(shoppers);
  await measureExperiments(app.shop, app.context);
  const { incremental, capMinor } = await read(0, 14);
  if (incremental.kind !== "estimate") throw new Error(incremental.kind);
  const count = (arm: number) => shoppers.filter(({ arms }) => arms.get(0) === arm);
  expect(incremental.units).toEqual({ holdout: count(0).length, shown: count(1).length });
  const perVisitor = (arm: number, from = 0, to = 14) => {
    const spent = count(arm).map(({ orders }) =>
      orders
        .filter(({ at }) => at >= START + from * DAY_MS && at < START + to * DAY_MS)
        .reduce((sum, { minor }) => sum + minor, 0),
    );
    return spent.reduce((sum, minor) => sum + Math.min(minor, capMinor ?? Infinity), 0) / spent.length;
  };
  expect(incremental.perVisitor.shown).toBeCloseTo(perVisitor(1), 6);
  expect(incremental.perVisitor.holdout).toBeCloseTo(perVisitor(0), 6);
  expect(incremental.estimateMinor).toBeCloseTo((perVisitor(1) - perVisitor(0)) * count(1).length, 2);
  expect(incremental.interval.low).toBeGreaterThan(0);
  expect(incremental.anyLook.low).toBeLessThan(incremental.interval.low);
  // Who came in the first week counts in the second as well.
  const second = (await read(7, 14)).incremental;
  expect(second).toMatchObject({ kind: "estimate", units: incremental.units });
  expect((await read(0, 2)).incremental.kind).toBe("not-enough");
  const [buyer] = count(1).filter(({ orders }) => orders.length > 0);
  const ids = buyer!.orders.map(({ order }) => gid("Order", order));
  await redactCustomer(app.shop, { customerId: "1", orderIds: ids }, app.context);
  for (let again = 0; again < 2; again++) {
    const without = (await read(0, 14)).incremental;
    expect(without).toMatchObject({ buyers: { shown: incremental.buyers.shown - 1 } });
    await measureExperiments(app.shop, app.context);
  }
}, 60_000);
