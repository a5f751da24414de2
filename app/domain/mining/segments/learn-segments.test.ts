import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { learntLists, type LearntList } from "../lists/learnt-lists.ts";
import { buildModel } from "../model/model.ts";
import { learnSegments, type LearntSegments } from "./learn-segments.ts";
import type { SegmentFinding } from "./segment-trials.ts";

interface Order {
  readonly id: string;
  readonly customer: string | null;
  readonly channel: string | null;
  readonly currency: string | null;
  readonly items: readonly string[];
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
 * Each order is for one of eight things and one of ten that go with it, the earlier of the ten more often. A sixth of
 * the orders is placed at the counter; where the channels differ, the last four are what goes with a thing there.
 */
function shopOf(options: { orders?: number; differ?: boolean; seed?: number }): Order[] {
  const { orders = 3000, differ = false, seed = 3 } = options;
  const next = evenNumbers(seed);
  return Array.from({ length: orders }, (_, n) => {
    const channel = next() < 1 / 6 ? "pos" : "online";
    const currency = next() < 0.2 ? "EUR" : "USD";
    const customer = next() < 0.3 ? null : `c${Math.floor(next() ** 2 * orders * 0.3)}`;
    const thing = Math.floor(next() * 8);
    const usual = Math.floor(next() ** 2 * 10);
    const atTheCounter = 6 + Math.floor(next() * 4);
    const companion = differ && channel === "pos" && next() < 0.8 ? atTheCounter : usual;
    const items = [`thing ${thing}`, `with ${thing}-${companion}`];
    return { id: String(n).padStart(6, "0"), customer, channel, currency, items };
  });
}

async function learnt(orders: readonly Order[]): Promise<LearntSegments & { defaults: readonly LearntList[] }> {
  const builder = new BasketTableBuilder();
  for (const { id, customer, items } of orders) for (const item of items) builder.add(id, customer, Number(id), item);
  const table = builder.build();
  const model = await buildModel(table);
  const defaults = [...learntLists(table, model, [])];
  const sorted = orders.toSorted((a, b) => Number(a.id) - Number(b.id));
  const facts = {
    channel: sorted.map(({ channel }) => channel),
    currency: sorted.map(({ currency }) => currency),
    revenueMinor: Float64Array.from(sorted, ({ id }) => 1000 + (Number(id) % 7) * 100),
  };
  return { ...learnSegments(table, facts, model, defaults, []), defaults };
}

const gains = (findings: readonly SegmentFinding[]) => findings.filter(({ verdict }) => verdict === "gain");
const firstEight = (companions: readonly { readonly item: string }[]) => companions.slice(0, 8).map(({ item }) => item);

test("a channel that buys otherwise gets lists of its own, and they lead with what it buys", async () => {
  const { findings, lists, defaults } = await learnt(shopOf({ differ: true }));
  const pos = findings.find(({ is }) => is === "pos")!;
  expect(pos).toMatchObject({ by: "channel", verdict: "gain" });
  expect(pos.hitRateOfSegment).toBeGreaterThan(1.02 * pos.hitRateOfAll);
  expect(pos.qValue).toBeLessThan(0.05);
  const own = lists.find(({ product, is }) => is === "pos" && product === "thing 0")!;
  const LAST_FOUR = ["with 0-6", "with 0-7", "with 0-8", "with 0-9"];
  expect(firstEight(own.companions).slice(0, 4).sort()).toEqual(LAST_FOUR);
  const all = defaults.find(({ item }) => item === "thing 0")!;
  expect(firstEight(all.companions).slice(0, 2)).toEqual(["with 0-0", "with 0-1"]);
});

test("the segment with the largest gain is tried first, and only lists that differ from the default lists are kept", async () => {
  const { findings, lists, defaults } = await learnt(shopOf({ differ: true }));
  expect(lists.length).toBeGreaterThan(0);
  const placeOf = new Map(lists.map(({ by, is, place }) => [`${by}/${is}`, place]));
  const used = findings
    .filter(({ by, is }) => placeOf.has(`${by}/${is}`))
    .map((one) => ({ gain: one.hitRateOfSegment - one.hitRateOfAll, place: placeOf.get(`${one.by}/${one.is}`)! }))
    .sort((a, b) => a.place - b.place);
  used.slice(1).forEach(({ gain }, n) => expect(gain).toBeLessThanOrEqual(used[n]!.gain));
  for (const { product, companions } of lists) {
    const all = defaults.find(({ item }) => item === product)!.companions;
    expect(firstEight(companions)).not.toEqual(firstEight(all));
    expect(companions.length).toBeLessThanOrEqual(24);
    expect(new Set(companions.map(({ item }) => item)).size).toBe(companions.length);
    expect(companions.every(({ item }) => item !== product && all.some((one) => one.item === item))).toBe(true);
    expect(companions.every(({ weight }) => Number.isFinite(weight) && weight >= 0)).toBe(true);
  }
});

test("shops whose shoppers buy alike get no lists for some of them", async () => {
  let shops = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const { findings, lists } = await learnt(shopOf({ seed, orders: 2400 }));
    expect(findings.filter(({ verdict }) => verdict !== "too-few-orders").length).toBeGreaterThan(5);
    if (gains(findings).length > 0) shops++;
    else expect(lists).toEqual([]);
  }
  // Of eight shops at a level of 5 %, less than one.
  expect(shops).toBeLessThanOrEqual(1);
});

test("a segment of few orders is not tried, and orders that nothing is known of are in none", async () => {
  const few = await learnt(shopOf({ differ: true, orders: 600 }));
  expect(few.findings.find(({ is }) => is === "pos")).toMatchObject({ verdict: "too-few-orders", qValue: 1 });
  expect(few.lists).toEqual([]);
  const unknown = shopOf({ orders: 600 }).map((order) => ({
    ...order,
    ...{ customer: null, channel: null, currency: null },
  }));
  expect(await learnt(unknown)).toMatchObject({ findings: [], lists: [] });
});

test("an empty shop and one order have nothing to tell apart", async () => {
  for (const orders of [0, 1, 5]) {
    expect(await learnt(shopOf({ orders }))).toMatchObject({ findings: [], lists: [] });
  }
});

test("the same orders give the same lists, whatever the order of their arrival", async () => {
  const orders = shopOf({ differ: true, orders: 2400 });
  const expected = await learnt(orders);
  expect(gains(expected.findings).length).toBeGreaterThan(0);
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
      const shuffled = orders
        .map((order) => ({ order, at: numbers.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ order }) => order);
      expect(await learnt(shuffled)).toEqual(expected);
    }),
    { numRuns: 3 },
  );
});

test("with an earlier choice the segments stay as they were found, and their lists follow the orders", async () => {
  const orders = shopOf({ differ: true });
  const { findings } = await learnt(orders);
  const builder = new BasketTableBuilder();
  for (const { id, customer, items } of orders) for (const item of items) builder.add(id, customer, Number(id), item);
  const table = builder.build();
  const { report: selection } = await buildModel(table);
  const model = await buildModel(table, { selection });
  const facts = {
    channel: orders.map(({ channel }) => channel),
    currency: orders.map(({ currency }) => currency),
    revenueMinor: Float64Array.from(orders, () => 1000),
  };
  const defaults = [...learntLists(table, model, [])];
  const followed = learnSegments(table, facts, model, defaults, findings);
  expect(followed.findings).toBe(findings);
  expect(followed.lists.some(({ is }) => is === "pos")).toBe(true);
  expect(learnSegments(table, { ...facts, channel: orders.map(() => null) }, model, defaults, findings).lists).toEqual(
    [],
  );
});
