import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ExperimentShop, START } from "../../../../test/fixtures/experiment-shop.ts";
import { eventsOf } from "../../../../test/fixtures/experiment-shoppers.ts";
import { gid } from "../../../domain/ids.ts";
import type { ShopEvent } from "../../../domain/measurement/shop-event.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import { readDays, runningExperimentsOf } from "../../../persistence/measurement/experiment-rows.ts";
import { readSplit } from "../../../persistence/measurement/experiments.ts";
import { readIncremental } from "../../../persistence/measurement/incremental.ts";
import { redactCustomer } from "../../customers/redact-customer.ts";
import { experimentsToDecide } from "./list-experiments.ts";
import { measureExperiments } from "./measure-experiments.ts";
import { stopExperiment } from "./stop-experiment.ts";

let shop: ExperimentShop;
beforeAll(async () => {
  shop = await ExperimentShop.open();
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

test("runs from a draft to a verdict, and keeps the offer that earns more", async () => {
  await shop.pastOrders();
  const [a, b] = [await shop.offer(), await shop.offer({ name: "Other words" })];
  const number = await shop.started({ compares: "offers", offers: [a, b] });
  expect(await shop.inside((tx) => runningExperimentsOf(tx, b))).toEqual([{ number, name: "Cart" }]);
  expect((await shop.row(number))!.plan).toMatchObject({ weights: [1, 1], currency: "USD" });
  expect((await shop.inside(readSplit)).experiments[0]).toMatchObject({ id: String(number), layer: `e${number}` });
  const shoppers = await shop.shopping((arms) => (arms.get(number) === 1 ? 0.16 : 0.06));
  shop.clock.now = START + 15 * DAY_MS;
  await shop.take(shoppers);
  await measureExperiments(shop.app.shop, shop.app.context);
  const [day] = await shop.inside((tx) => readDays(tx, number));
  expect(day).toMatchObject({ day: 15, reading: { verdict: { kind: "better", arm: 1 } } });
  // Home says so until staff end it.
  expect(await shop.inside(experimentsToDecide)).toMatchObject([{ number, kept: b, isDecided: false }]);
  const takingPart = shoppers.filter(({ arms }) => arms.has(number));
  expect(day!.reading.arms.map(({ units }) => units)).toEqual(
    [0, 1].map((arm) => takingPart.filter(({ arms }) => arms.get(number) === arm).length),
  );
  expect(day!.reading.leftOut).toEqual({ mixedUnits: 0, outside: 0, unexposedOrders: 0, otherCurrencies: 0 });
  // Measured again, it is the same.
  await measureExperiments(shop.app.shop, shop.app.context);
  expect(await shop.inside((tx) => readDays(tx, number))).toEqual([{ ...day, at: new Date(shop.clock.now) }]);
  const answer = await stopExperiment(shop.app.shop, { number, version: 2 }, b, shop.app.context);
  expect(answer).toEqual({ code: "saved", number, version: 3 });
  expect(await shop.inside(experimentsToDecide)).toEqual([]);
  expect(await shop.inside((tx) => runningExperimentsOf(tx, b))).toEqual([]);
  expect((await shop.inside(readSplit)).experiments).toEqual([]);
  const { rows } = await shop.query("SELECT number, status FROM offers ORDER BY number");
  expect(rows).toEqual([
    { number: a, status: "paused" },
    { number: b, status: "active" },
  ]);
  await measureExperiments(shop.app.shop, shop.app.context);
  const ended = await shop.row(number);
  expect(ended).toMatchObject({ status: "ended", verdict: { kind: "better", arm: 1 } });
  // What comes later changes nothing any more.
  await shop.query("UPDATE orders SET net_minor = 0");
  await measureExperiments(shop.app.shop, shop.app.context);
  expect(await shop.row(number)).toEqual(ended);
});

test("holds an offer against nothing, and counts who was shown nothing as the control", async () => {
  await shop.pastOrders();
  const number = await shop.started({ compares: "nothing", offers: [await shop.offer()], weights: [3, 1] });
  const shoppers = await shop.shopping((arms) => (arms.get(number) === 0 ? 0.16 : 0.06));
  shop.clock.now = START + 15 * DAY_MS;
  await shop.take(shoppers);
  await measureExperiments(shop.app.shop, shop.app.context);
  const [day] = await shop.inside((tx) => readDays(tx, number));
  expect(day!.reading.verdict).toMatchObject({ kind: "better", arm: 1 });
  const [nothing, shown] = day!.reading.arms;
  expect(shown!.units / nothing!.units).toBeCloseTo(3, 0);
  expect((await shop.row(number))!.plan!.weights).toEqual([1, 3]);
});

test("repeated and forged events, wrong clocks and other currencies change no figure, and are counted", async () => {
  await shop.pastOrders();
  const number = await shop.started({ compares: "offers", offers: [await shop.offer(), await shop.offer()] });
  const shoppers = await shop.shopping(() => 0.1, 3000, 10);
  shop.clock.now = START + 10 * DAY_MS;
  await shop.take(shoppers);
  await measureExperiments(shop.app.shop, shop.app.context);
  const [honest] = await shop.inside((tx) => readDays(tx, number));
  const theirs = shoppers.find(({ orders, arms }) => orders.length === 1 && arms.get(number) === 0)!;
  const event = { shop: shop.app.shop, offer: 0, surface: "", product: "0" } as const;
  const forged = { ...event, visitor: "forger", at: START + DAY_MS };
  const exposed = (id: string, arm: number): ShopEvent => ({
    ...{ ...forged, id, kind: "exposed", shown: { experiment: number, arm } },
  });
  await shop.take(
    [],
    [
      // The same once more, and an order of somebody else.
      ...eventsOf(shop.app.shop, shoppers.slice(0, 500)).map((sent) => ({ ...sent, id: `again-${sent.id}` })),
      exposed("f1", 0),
      exposed("f2", 1),
      exposed("f3", 7),
      { ...forged, id: "f4", kind: "checkout-completed", order: theirs.orders[0]!.order },
      // An order from before it was exposed, and one that was made at another time than the browser says.
      { ...forged, visitor: "late", id: "f5", kind: "exposed", shown: { experiment: number, arm: 0 } },
      { ...forged, visitor: "late", id: "f6", kind: "checkout-completed", order: "10000000", at: START + 2 * DAY_MS },
    ],
  );
  await measureExperiments(shop.app.shop, shop.app.context);
  const days = await shop.inside((tx) => readDays(tx, number));
  expect(days).toHaveLength(1);
  const { arms, leftOut } = days[0]!.reading;
  expect(arms[1]).toEqual(honest!.reading.arms[1]);
  expect(arms[0]).toMatchObject({ units: honest!.reading.arms[0]!.units + 1, buyers: honest!.reading.arms[0]!.buyers });
  expect(leftOut).toMatchObject({ mixedUnits: 1, outside: 1 });
  await shop.query("UPDATE orders SET currency = 'EUR' WHERE order_id = $1", [theirs.orders[0]!.order]);
  await measureExperiments(shop.app.shop, shop.app.context);
  expect((await shop.inside((tx) => readDays(tx, number)))[0]!.reading.leftOut.otherCurrencies).toBe(1);
  // A clock that jumps by years, and back before the start.
  for (const jump of [START + 4000 * DAY_MS, START - 5 * DAY_MS]) {
    shop.clock.now = jump;
    await measureExperiments(shop.app.shop, shop.app.context);
    expect((await shop.row(number))!.status).toBe("running");
  }
  expect((await shop.row(number))!.verdict).toBeNull();
});

test("reads what all offers earned in a period, after refunds, and forgets redacted orders", async () => {
  await shop.pastOrders();
  await shop.makeSplit(20);
  await shop.query(
    `INSERT INTO settings (shop, chosen) VALUES ('${shop.app.shop}', '{"holdoutPercent": 20}')
     ON CONFLICT (shop) DO UPDATE SET chosen = EXCLUDED.chosen`,
  );
  const shoppers = await shop.shopping((arms) => (arms.get(0) === 1 ? 0.12 : 0.06), 5000, 14);
  shop.clock.now = START + 14 * DAY_MS;
  const read = async (fromDay: number, toDay: number) => {
    const period = { from: new Date(START + fromDay * DAY_MS), to: new Date(START + toDay * DAY_MS), currency: "USD" };
    return shop.inside((tx) => readIncremental(tx, period));
  };
  expect((await read(0, 14)).incremental).toEqual({ kind: "no-visitors" });
  await shop.take(shoppers);
  await measureExperiments(shop.app.shop, shop.app.context);
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
  await redactCustomer(shop.app.shop, { customerId: "1", orderIds: ids }, shop.app.context);
  for (let again = 0; again < 2; again++) {
    const without = (await read(0, 14)).incremental;
    expect(without).toMatchObject({ buyers: { shown: incremental.buyers.shown - 1 } });
    await measureExperiments(shop.app.shop, shop.app.context);
  }
});
