import { describe, expect, test } from "vitest";
import { CUSTOMER_ADDS } from "../../shoppers/list-lengths.ts";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import { examine, chooseRanking } from "./choose.ts";
import { callingThread } from "./worker-pool.ts";
import { HistoryAdditions } from "../rankers/history-additions.ts";
import { foundWithHistory, onLists } from "./history-on-lists.ts";
import { learnRankers } from "./learn.ts";
import { fitRankers } from "../rankers/rankers.ts";
import { publishedLists } from "./published-lists.ts";
import { scalesOf } from "./choose.ts";
import { DEFAULT_RIDGE } from "./tune-ridge.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";

const CUSTOMERS = 40;
const FAVOURITES = 60;

/**
 * Orders of one favourite and two things that anyone buys. With `loyal` each customer comes for a favourite of their
 * own; otherwise what is bought does not hang on who buys.
 */
function shop(orders: number, loyal: boolean): BasketTable {
  const builder = new BasketTableBuilder();
  let seed = 1;
  const anyOf = (count: number) => (seed = (seed * 48_271) % 2_147_483_647) % count;
  for (let order = 0; order < orders; order++) {
    const customer = anyOf(CUSTOMERS);
    const favourite = loyal ? customer : anyOf(FAVOURITES);
    for (const item of [`f${favourite}`, `a${anyOf(7)}`, `b${anyOf(5)}`]) {
      builder.add(`o${String(order).padStart(5, "0")}`, `c${String(customer).padStart(2, "0")}`, order, item);
    }
  }
  return builder.build();
}

async function chosenFor(table: BasketTable) {
  const { report } = await chooseRanking(table, await examine(table, callingThread), callingThread);
  return report.history;
}

async function fittedFor(table: BasketTable) {
  const rankers = await learnRankers(table, trainingBaskets(table), DEFAULT_RIDGE, callingThread);
  return { rankers, itemOf: (id: string) => table.itemIds.indexOf(id) };
}

describe("what customers' histories add to published lists", () => {
  test("is heard where customers come back for their own, and finds more than the lists alone", async () => {
    const history = (await chosenFor(shop(800, true)))!;
    expect(history.scales.own).toBeGreaterThan(0);
    expect(history.with.at(-1)!.hitRate4).toBeGreaterThan(history.without.at(-1)!.hitRate4 * 1.05);
    expect(history.with.map(({ orders }) => orders)).toEqual(history.without.map(({ orders }) => orders));
  });

  test("is not heard where nobody does", async () => {
    expect((await chosenFor(shop(800, false)))!.scales).toEqual({ own: 0, ownCompanions: 0 });
  });

  test("is not asked where few customers are known", async () => {
    const table = shop(800, true);
    const unknown = { ...table, customer: table.customer.map((customer) => (customer < 3 ? customer : -1)) };
    expect(await chosenFor(unknown)).toBeNull();
  });
});

describe("the additions of one customer", () => {
  test("are the largest, positive and bounded, and tell what is bought again and again from what was bought once", async () => {
    const builder = new BasketTableBuilder();
    for (let order = 0; order < 30; order++) {
      const items = ["every", ...(order % 2 === 0 ? ["other"] : []), `once${order}`];
      for (const item of items) builder.add(`o${order}`, "c", order, item);
    }
    const { rankers, itemOf } = await fittedFor(builder.build());
    const found = new HistoryAdditions(fitRankers(rankers), { own: 1, ownCompanions: 0 }).of(0);
    expect(found.length).toBe(CUSTOMER_ADDS);
    expect(found[0]).toMatchObject({ item: itemOf("every"), again: true });
    expect(found[1]).toMatchObject({ item: itemOf("other"), again: true });
    expect(found.slice(2).every(({ again, weight }) => !again && weight > 0)).toBe(true);
    const weights = found.map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  test("are none for somebody unknown, and for nobody where histories are not heard", async () => {
    const { rankers } = await fittedFor(shop(200, true));
    expect(new HistoryAdditions(fitRankers(rankers), { own: 1, ownCompanions: 1 }).of(-1)).toEqual([]);
    expect(new HistoryAdditions(fitRankers(rankers), { own: 0, ownCompanions: 0 }).of(0)).toEqual([]);
  });

  test("hold nothing that the customer has for good", async () => {
    const builder = new BasketTableBuilder();
    for (let customer = 0; customer < 60; customer++) {
      for (let order = 0; order < 6; order++) {
        const items = ["tea", ...(order === 0 ? ["kettle"] : [])];
        for (const item of items) builder.add(`o${customer}-${order}`, `c${customer}`, order, item);
      }
    }
    const { rankers, itemOf } = await fittedFor(builder.build());
    const items = new HistoryAdditions(fitRankers(rankers), { own: 1, ownCompanions: 1 }).of(0).map(({ item }) => item);
    expect(items).toContain(itemOf("tea"));
    expect(items).not.toContain(itemOf("kettle"));
  });
});

test("a history alone brings up only what is bought again and again", async () => {
  const builder = new BasketTableBuilder();
  for (let order = 0; order < 40; order++) {
    for (const item of ["a", "b"]) builder.add(`x${order}`, `c${order}`, order, item);
  }
  builder.add("y1", "regular", 50, "once");
  for (const [order, at] of [51, 52, 53].entries()) builder.add(`z${order}`, "regular", at, "again");
  const table = builder.build();
  const { rankers, itemOf } = await fittedFor(table);
  const stand = onLists(rankers, publishedLists(rankers, scalesOf({ ridge: 1 }), 1));
  const asked = { cart: [itemOf("a")], customer: table.customerIds.indexOf("regular"), weight: 1, slice: 0 };
  const scales = Array.from({ length: 4 }, () => ({ own: 100, ownCompanions: 0 }));
  // What sells fills the list up: in a shop of four items only the first place tells.
  const first = (hidden: string) => foundWithHistory(stand, [{ ...asked, hidden: [itemOf(hidden)] }], scales).with[0]!;
  expect(first("again").ndcg10).toBe(1);
  expect(first("b").ndcg10).toBeCloseTo(1 / Math.log2(3));
});
