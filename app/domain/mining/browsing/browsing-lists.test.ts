import { expect, test } from "vitest";
import { browsingShop } from "../../../../test/fixtures/browsing-shop.ts";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";
import { browsingLists, NO_BROWSING, withBrowsing, type BrowsingCounts } from "./browsing-lists.ts";

const COUNTS: BrowsingCounts = {
  ...{ from: 0, to: 1, visits: 100 },
  products: ["tea", "pot", "cup"].map((product) => {
    const boughtAfter = [product === "tea" ? 6 : 0];
    return { product, viewers: 30, buyers: 10, days: [0], pairs: [20], boughtAfter, boughtAs: [2] };
  }),
  pairs: [
    { product: "tea", companion: "pot", viewed: 16, thenBought: 0 },
    { product: "tea", companion: "gone", viewed: 16, thenBought: 3 },
    { product: "pot", companion: "tea", viewed: 16, thenBought: 0 },
  ],
};

function baskets(orders: readonly (readonly string[])[]) {
  const builder = new BasketTableBuilder();
  orders.forEach((items, n) => items.forEach((item) => builder.add(`o${n}`, null, n, item)));
  const table = builder.build();
  return { table, baskets: trainingBaskets(table) };
}

test("counts for less, the more orders a product has of its own", () => {
  const few = baskets([["pot"], ["tea"]]);
  const many = baskets([["pot"], ...Array.from({ length: 20 }, () => ["tea"])]);
  const weightOf = ({ table, baskets: of }: typeof few, item: string) => {
    const { viewed } = browsingLists(COUNTS, table.itemIds, of);
    return viewed.weight[viewed.start[table.itemIds.indexOf(item)]!]!;
  };
  expect(weightOf(many, "tea") / weightOf(few, "tea")).toBeCloseTo(20 / 40 / (20 / 21), 5);
  expect(weightOf(many, "pot")).toBeCloseTo(weightOf(few, "pot"), 6);
});

test("adds to each list in proportion to the scales, and changes nothing without them", () => {
  const { table, baskets: of } = baskets([["cup", "tea"], ["pot"]]);
  const added = browsingLists(COUNTS, table.itemIds, of);
  const [cup, pot, tea] = [0, 1, 2];
  const lists = { start: Uint32Array.of(0, 0, 0, 1), companion: Uint32Array.of(cup), weight: Float32Array.of(0.25) };
  expect(withBrowsing(lists, added, NO_BROWSING, 50)).toBe(lists);
  const more = withBrowsing(lists, added, { viewed: 0.5, thenBought: 0 }, 50);
  const weight = added.viewed.weight[added.viewed.start[tea]!]!;
  expect([...more.companion.subarray(more.start[tea], more.start[tea + 1])].sort()).toEqual([cup, pot]);
  const ofPot = more.companion.indexOf(pot, more.start[tea]);
  expect(more.weight[ofPot]).toBeCloseTo(0.5 * weight, 6);
  expect(more.weight[more.companion.indexOf(cup, more.start[tea])]).toBe(0.25);
});

test("visits that wander over what is popular put no products together", () => {
  const options = { random: seededRandom(5), orders: 300, visits: 6000, newShare: 0 };
  const strength = (tells: boolean) => {
    const { table, material } = browsingShop({ ...options, tells });
    const { viewed } = browsingLists(material.all, table.itemIds, trainingBaskets(table));
    const best = table.itemIds.map((_, item) => viewed.weight[viewed.start[item]!] ?? 0);
    return best.reduce((sum, one) => sum + one, 0) / best.length;
  };
  expect(strength(true)).toBeGreaterThan(5 * strength(false));
});
