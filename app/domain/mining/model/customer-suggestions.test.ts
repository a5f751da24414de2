import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { callingThread } from "../selection/worker-pool.ts";
import { learnRankers } from "../selection/learn.ts";
import { DEFAULT_RIDGE } from "../selection/tune-ridge.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";
import { customerSuggestions } from "./customer-suggestions.ts";
import { isSuggestionToReplace } from "../../publishing/customer-change.ts";

/** Sixty customers buy tea (1) six times and a kettle (2) once, the first time; the later ones order last. */
function shop() {
  const builder = new BasketTableBuilder();
  for (let customer = 10; customer < 70; customer++) {
    for (let order = 0; order < 6; order++) {
      for (const item of order === 0 ? ["1", "2"] : ["1"]) {
        builder.add(`${customer}-${order}`, `c${customer}`, customer * 10 + order, item);
      }
    }
  }
  return builder.build();
}

async function suggested(scales: { own: number; ownCompanions: number }, most?: number) {
  const table = shop();
  const rankers = await learnRankers(table, trainingBaskets(table), DEFAULT_RIDGE, callingThread);
  return customerSuggestions(table, rankers, scales, most);
}

test("tells of every customer what is bought again and what is owned for good", async () => {
  const found = await suggested({ own: 0.5, ownCompanions: 0 });
  expect(found.length).toBe(60);
  expect(found[0]).toMatchObject({ customer: "c10", owned: ["2"], adds: [{ product: "1", again: true }] });
  expect(found.map(({ customer }) => customer)).toEqual(found.map(({ customer }) => customer).sort());
});

test("adds nothing where histories are not heard, and still knows what is owned", async () => {
  const found = await suggested({ own: 0, ownCompanions: 0 });
  expect(found.every(({ adds, owned }) => adds.length === 0 && owned.join() === "2")).toBe(true);
});

test("is of those who ordered last where there are too many customers", async () => {
  const found = await suggested({ own: 1, ownCompanions: 0 }, 3);
  expect(found.map(({ customer }) => customer)).toEqual(["c67", "c68", "c69"]);
});

const STORED = {
  adds: [
    { product: "1", weight: 0.5, again: true as const },
    { product: "2", weight: 0.1 },
  ],
  owned: ["3"],
};

test.each([
  ["nothing changed", STORED, false],
  ["weights drifted a little", { ...STORED, adds: [{ ...STORED.adds[0]!, weight: 0.53 }, STORED.adds[1]!] }, false],
  ["the same in another order", { ...STORED, adds: STORED.adds.toReversed() }, false],
  ["a weight moved much", { ...STORED, adds: [{ ...STORED.adds[0]!, weight: 0.6 }, STORED.adds[1]!] }, true],
  [
    "the weakest gave way to another",
    { ...STORED, adds: [STORED.adds[0]!, { product: "4", weight: 0.02 }, { product: "2", weight: 0.09 }] },
    false,
  ],
  ["something else is added", { ...STORED, adds: [STORED.adds[0]!, { product: "4", weight: 0.1 }] }, true],
  [
    "it came to be bought again",
    { ...STORED, adds: [STORED.adds[0]!, { ...STORED.adds[1]!, again: true as const }] },
    true,
  ],
  ["something else is owned", { ...STORED, owned: ["3", "5"] }, true],
  ["nothing is left", { adds: [], owned: ["3"] }, true],
])("is published again or not: %s", (_why, learnt, replaced) => {
  expect(isSuggestionToReplace(STORED, learnt)).toBe(replaced);
});
