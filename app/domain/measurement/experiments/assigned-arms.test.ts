import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareUpperTail } from "../../statistics/chi-square.ts";
import { isSplitWrong } from "../../statistics/sample-ratio.ts";
import { armOfSlot, assignedArms } from "./assigned-arms.ts";
import { HOLDOUT_NUMBER, type PublishedExperiment, type PublishedSplit } from "./published-split.ts";
import { SLOTS, slotOf } from "./slot.ts";
import { placeInLayer } from "./split.ts";

const VISITORS = Array.from({ length: 40_000 }, (_, n) => `v:a1b2-${n}`);

function experiment(number: number, layer: string, from = 0, to = SLOTS, weights = [1, 1]): PublishedExperiment {
  return [number, layer, from, to, weights.map((weight) => [weight, []] as const)];
}

function split(...experiments: PublishedExperiment[]): PublishedSplit {
  return [1, "shop-1", 500, experiments];
}

/** The arms of a visitor by the numbers of their experiments; null for one who is held out. */
function shownArms(unit: string, published: PublishedSplit): Map<number, number> | null {
  const arms = new Map(assignedArms(published, unit));
  return arms.get(HOLDOUT_NUMBER) === 0 ? null : arms;
}

/** The p-value that rows and columns of a table of counts are independent (Pearson). */
function independence(table: readonly (readonly number[])[]): number {
  const rows = table.map((row) => row.reduce((sum, n) => sum + n, 0));
  const columns = table[0]!.map((_, column) => table.reduce((sum, row) => sum + row[column]!, 0));
  const all = rows.reduce((sum, n) => sum + n, 0);
  let statistic = 0;
  table.forEach((row, r) =>
    row.forEach((n, c) => {
      const wanted = (rows[r]! * columns[c]!) / all;
      statistic += (n - wanted) ** 2 / wanted;
    }),
  );
  return chiSquareUpperTail(statistic, (rows.length - 1) * (columns.length - 1));
}

test("gives the slots that scripts of the storefront were released with", () => {
  // Computed by another implementation, in Python. Another result would move every shopper of every shop to another arm.
  expect(["", "v:1", "v:2", "c:Z2NwLXVzLWVhc3Qx", "日本"].map((unit) => slotOf("salt", unit))).toEqual([
    823, 6782, 7144, 9819, 9178,
  ]);
});

test("fills all slots evenly, also with units that differ in one character", () => {
  const counts = new Array<number>(100).fill(0);
  for (const unit of VISITORS) counts[Math.floor(slotOf("any", unit) / 100)]!++;
  expect(independence([counts, counts.map(() => VISITORS.length / 100)])).toBeGreaterThan(0.001);
});

test("spreads the same units independently under two salts", () => {
  for (const [one, other] of [
    ["1", "2"],
    ["shop/experiment/1", "shop/experiment/3"],
    ["a", "b"],
  ] as const) {
    const table = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
    for (const unit of VISITORS) {
      table[Math.floor(slotOf(one, unit) / 1000)]![Math.floor(slotOf(other, unit) / 1000)]!++;
    }
    expect(independence(table)).toBeGreaterThan(0.001);
  }
});

test("holds out 5 % of shoppers, and splits the others by weight", () => {
  const counts = [0, 0, 0];
  let heldOut = 0;
  for (const unit of VISITORS) {
    const arms = shownArms(unit, split(experiment(1, "copy", 0, SLOTS, [1, 1, 2])));
    if (arms === null) heldOut++;
    else counts[arms.get(1)!]!++;
  }
  expect(isSplitWrong([heldOut, VISITORS.length - heldOut], [5, 95])).toBe(false);
  expect(isSplitWrong(counts, [1, 1, 2])).toBe(false);
});

test("puts a shopper in at most one experiment of a layer, and in others independently", () => {
  const running = split(experiment(1, "copy", 0, 5000), experiment(2, "copy", 5000, 7000), experiment(3, "ranking"));
  const table = [
    [0, 0],
    [0, 0],
  ];
  for (const unit of VISITORS) {
    const arms = shownArms(unit, running);
    if (arms === null) continue;
    expect(arms.has(1) && arms.has(2)).toBe(false);
    expect(arms.has(3)).toBe(true);
    if (arms.has(1)) table[arms.get(1)!]![arms.get(3)!]!++;
  }
  expect(independence(table)).toBeGreaterThan(0.001);
});

test("who is held out takes part in nothing, and without a holdout nobody is named", () => {
  const [one] = VISITORS.filter((unit) => shownArms(unit, split()) === null);
  expect(assignedArms(split(experiment(1, "copy")), one!)).toEqual([[HOLDOUT_NUMBER, 0]]);
  expect(assignedArms([1, "shop-1", 0, []], one!)).toEqual([]);
});

test("moves nobody when another experiment starts or ends, and keeps the held out when more are", () => {
  const before = split(experiment(1, "copy", 0, 5000));
  const others = [experiment(4, "copy", 5000), experiment(1, "copy", 0, 5000), experiment(9, "x")];
  for (const unit of VISITORS.slice(0, 5000)) {
    const [was, is] = [shownArms(unit, before), shownArms(unit, [1, "shop-1", 1000, others])];
    if (was === null) expect(is).toBeNull();
    else if (is !== null) expect(is.get(1)).toBe(was.get(1));
  }
});

test("gives each arm the slots of its weight", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(weights, (given) => {
      const arms = given.map((weight) => [weight, []] as const);
      const slots = given.map(() => 0);
      for (let slot = 0; slot < SLOTS; slot++) slots[armOfSlot(slot, arms)]!++;
      const all = given.reduce((sum, weight) => sum + weight, 0);
      given.forEach((weight, arm) => expect(Math.abs(slots[arm]! - (SLOTS * weight) / all)).toBeLessThan(1));
    }),
    { numRuns: 30 },
  );
});

test("places an experiment where its layer has room, and says how much there is", () => {
  expect(placeInLayer([], SLOTS)).toEqual({ range: { from: 0, to: SLOTS } });
  const taken = [
    { from: 6000, to: 9000 },
    { from: 0, to: 2000 },
  ];
  expect(placeInLayer(taken, 4000)).toEqual({ range: { from: 2000, to: 6000 } });
  expect(placeInLayer(taken, 4001)).toEqual({ code: "layer-full", largest: 4000 });
  expect(placeInLayer([{ from: 0, to: SLOTS }], 1)).toEqual({ code: "layer-full", largest: 0 });
});
