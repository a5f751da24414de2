import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "../basket-table.ts";
import { newOrReturning, segmentLists } from "./segments.ts";

interface Order {
  readonly id: string;
  readonly customer: string | null;
  readonly at: number;
  readonly items: readonly string[];
}

function build(orders: readonly Order[]): BasketTable {
  const builder = new BasketTableBuilder();
  for (const { id, customer, at, items } of orders) for (const item of items) builder.add(id, customer, at, item);
  return builder.build();
}

function evenNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/**
 * Orders of two markets, every eighth being Japan's: each is for one of eight things and one of six that go with it.
 * Where the markets differ, Japan buys the sixth, and elsewhere the others.
 */
function markets(differ: boolean, orders = 3200): Order[] {
  const next = evenNumbers(3);
  return Array.from({ length: orders }, (_, n) => {
    const thing = Math.floor(next() * 8);
    const companion = differ ? (n % 8 === 1 ? 5 : Math.floor(next() * 5)) : Math.floor(next() * 6);
    const items = [`thing ${thing}`, `with ${thing}-${companion}`];
    return { id: String(n).padStart(5, "0"), customer: null, at: n, items };
  });
}
const market = (order: number) => (order % 8 === 1 ? "JP" : "elsewhere");

test("gives a market its own lists where they find more than everybody's", () => {
  const { trials, lists } = segmentLists(build(markets(true)), market);
  const japan = trials.find(({ segment }) => segment === "JP")!;
  expect(japan.verdict).toBe("gain");
  expect(japan.hitRateOfSegment).toBeGreaterThan(japan.hitRateOfAll);
  expect(japan.qValue).toBeLessThan(0.05);
  expect(lists.get("JP")!.get("thing 0")![0]!.id).toBe("with 0-5");
});

test("gives no segment lists where the segments buy alike", () => {
  const { trials, lists } = segmentLists(build(markets(false)), market);
  expect(trials.map(({ verdict }) => verdict)).toEqual(["no-gain", "no-gain"]);
  expect(lists.size).toBe(0);
});

test("does not try segments of few orders, and gives nothing for an empty shop", () => {
  const { trials, lists } = segmentLists(build(markets(true, 200)), market);
  expect(trials.every(({ verdict }) => verdict === "too-few-orders")).toBe(true);
  expect(lists.size).toBe(0);
  expect(segmentLists(build([]), market)).toEqual({ trials: [], lists: new Map() });
  expect(segmentLists(build(markets(true, 50)), () => null)).toEqual({ trials: [], lists: new Map() });
});

test("lists are sorted, bounded, and never hold the item itself", () => {
  const { lists } = segmentLists(build(markets(true)), market);
  for (const [id, companions] of lists.get("JP")!) {
    expect(companions.length).toBeLessThanOrEqual(50);
    companions.forEach((companion, n) => {
      expect(companion.id).not.toBe(id);
      expect(companion.weight > 0 && companion.weight <= 1 + 1e-12).toBe(true);
      if (n > 0) expect(companion.weight).toBeLessThanOrEqual(companions[n - 1]!.weight);
    });
  }
});

test("gives the same lists whatever the order of arrival", () => {
  const orders = markets(true);
  expect(segmentLists(build([...orders].reverse()), market)).toEqual(segmentLists(build(orders), market));
});

test("tells a customer's first order from later ones", () => {
  const orders = [
    { id: "1", customer: "a", at: 1, items: ["x"] },
    { id: "2", customer: "a", at: 2, items: ["x"] },
    { id: "3", customer: null, at: 3, items: ["x"] },
    { id: "4", customer: "b", at: NaN, items: ["x"] },
  ];
  const table = build(orders);
  const segment = newOrReturning(table);
  expect([0, 1, 2, 3, 99].map(segment)).toEqual([null, "new", "returning", null, null]);
});
