import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/database.ts";
import { spentOnAddition } from "../../../test/fixtures/potential-shoppers.ts";
import { type OpenedShop, SimulatedShops } from "../../../test/fixtures/simulated-days.ts";
import { logNormal } from "../../../test/fixtures/simulated-experiments.ts";
import {
  armsCompared,
  capOf,
  END,
  heldOutAndShown,
  PERIOD,
  type ShopKind,
  simulatedShop,
  START,
  trueGain,
  trueUplift,
} from "../../../test/fixtures/simulated-shop.ts";
import { readExperiment } from "./experiments/read-experiment.ts";
import { readResultsEffect } from "./read-results-effect.ts";
import { readResults } from "./read-results.ts";

/* What pages show, beside what a simulator knows of each of its shoppers. `npm run bench -- shops` has a hundred of them. */

const KIND: ShopKind = {
  ...{ name: "small", shoppers: 640, pastBuyers: 240, holdoutPercent: 20, spending: logNormal("", 5_000, 0.8) },
  conversion: { nothing: 0.55, first: 0.62, second: 0.7 },
  adds: { nothing: 0, first: 0.1, second: 0.2 },
};
const SEEDS = [11, 12, 22];
/** Standard errors of an interval at 95 %. */
const Z = 1.959964;

let shops: SimulatedShops;
let opened: OpenedShop[];
beforeAll(async () => {
  const made = SEEDS.map((seed) => simulatedShop(KIND, seed));
  shops = await SimulatedShops.on(await createTestDatabase(), made);
  opened = await shops.open(made);
  await shops.letDaysPass(opened);
}, 600_000);
afterAll(() => shops.close());

const results = ({ shop }: OpenedShop) => readResults(shop.domain, { range: PERIOD, by: "offer" }, shops.app.context);
const effect = ({ shop }: OpenedShop) =>
  readResultsEffect(shop.domain, { range: PERIOD, by: "offer" }, shops.app.context);

test.each(SEEDS.map((_, place) => place))(
  "Results compares what shoppers in both groups really kept, and its interval holds what offers add: shop %i",
  async (place) => {
    const { shop, split, experiment } = opened[place]!;
    const { incremental } = await effect(opened[place]!);
    if (incremental.kind !== "estimate") throw new Error(incremental.kind);
    const look = { split, experiment, until: END, cap: capOf(shop, END) };
    const { heldOut, shown } = heldOutAndShown(shop, look);
    const estimate = (shown.mean - heldOut.mean) * shown.shoppers;
    const error = Math.sqrt(shown.variance / shown.shoppers + heldOut.variance / heldOut.shoppers) * shown.shoppers;
    expect(incremental).toMatchObject({
      ...{ shown: shown.shoppers, heldOut: heldOut.shoppers },
      perShown: { amountMinor: Math.round(shown.mean) },
      perHeldOut: { amountMinor: Math.round(heldOut.mean) },
    });
    expect(Math.abs(incremental.estimate.amountMinor - estimate)).toBeLessThanOrEqual(1);
    expect(Math.abs(incremental.low.amountMinor - (estimate - Z * error))).toBeLessThanOrEqual(2);
    expect(Math.abs(incremental.high.amountMinor - (estimate + Z * error))).toBeLessThanOrEqual(2);
    const truth = trueUplift(shop, look) * shown.shoppers;
    expect(truth).toBeGreaterThan(0);
    expect(incremental.low.amountMinor).toBeLessThan(truth);
    expect(incremental.high.amountMinor).toBeGreaterThan(truth);
  },
);

test.each(SEEDS.map((_, place) => place))(
  "an experiment's page compares what shoppers in both arms really kept, and its interval holds the difference: shop %i",
  async (place) => {
    const { shop, split, experiment } = opened[place]!;
    const page = (await readExperiment(shop.domain, experiment, shops.app.context))!;
    const last = page.looks.at(-1)!;
    const look = { split, experiment, until: Date.parse(last.at), cap: capOf(shop, START) };
    expect(page.plan!.cap!.amountMinor).toBe(look.cap);
    const arms = armsCompared(shop, look);
    expect(page.reading!.arms.map(({ units }) => units)).toEqual(arms.map(({ shoppers }) => shoppers));
    page.reading!.arms.forEach(({ revenuePerVisitor }, arm) => {
      expect(revenuePerVisitor).toBeCloseTo(arms[arm]!.mean, 6);
    });
    const [gain] = last.gains;
    expect(gain!.low).toBeLessThan(trueGain(shop, look));
    expect(gain!.high).toBeGreaterThan(trueGain(shop, look));
  },
);

test("attributed revenue is what is left of what offers added, of all shoppers", async () => {
  for (const one of opened) {
    const { now } = await results(one);
    // Money back without a product is shared among products in whole units.
    const parts = one.orders.map(({ order }) => spentOnAddition(order, END));
    const shared = one.orders.filter(({ order }) => order.fate === "money-back").length;
    expect(now.attributedLines).toBe(parts.filter((part) => part > 0).length);
    const sum = parts.reduce((all, part) => all + part, 0);
    expect(Math.abs(now.attributed.amountMinor - sum)).toBeLessThanOrEqual(shared);
  }
});
