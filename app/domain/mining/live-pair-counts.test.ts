import fc from "fast-check";
import { expect, test } from "vitest";
import type { Basket } from "../baskets/basket.ts";
import { gid, type ProductId } from "../ids.ts";
import { BasketTableBuilder } from "./basket-table.ts";
import { LivePairCounts } from "./live-pair-counts.ts";
import { countPairs } from "./pair-counts.ts";

const product = (number: number) => gid("Product", number);

function buildBasket(order: number, products: readonly number[], more: Partial<Basket> = {}): Basket {
  const ids = [...new Set(products)].map(product).sort();
  const orderId = gid("Order", order);
  const rest = { at: order * 1000, customerKey: null, channel: "online", prompted: [] } as const;
  return { orderId, products: ids, bundle: ids.map(() => 0), ...rest, ...more };
}

/** Everything the counts can say, so that two of them can be compared. */
function snapshot(counts: LivePairCounts, products: readonly ProductId[]) {
  return products.map((id) => ({ id, orders: counts.ordersWith(id), companions: counts.companionsOf(id) }));
}

function rebuilt(baskets: Iterable<Basket>): LivePairCounts {
  const counts = new LivePairCounts();
  for (const basket of baskets) counts.add(basket);
  return counts;
}

const PRODUCTS = [1, 2, 3, 4, 5, 6].map(product);
const anyBasket = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }))
  .map(([order, products]) => buildBasket(order, products));
const anyStep = fc.oneof(
  anyBasket.map((basket) => ({ add: basket })),
  fc.integer({ min: 1, max: 8 }).map((order) => ({ remove: gid("Order", order) })),
);

test("counts after any history what a rebuild from the orders held counts", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const counts = new LivePairCounts();
      const held = new Map<string, Basket>();
      for (const step of steps) {
        if ("add" in step) {
          counts.add(step.add);
          held.set(step.add.orderId, step.add);
        } else {
          counts.remove(step.remove);
          held.delete(step.remove);
        }
      }
      expect(counts.orders).toBe(held.size);
      expect(snapshot(counts, PRODUCTS)).toEqual(snapshot(rebuilt([...held.values()].reverse()), PRODUCTS));
    }),
  );
});

test("undoes an order by removing it", () => {
  fc.assert(
    fc.property(fc.array(anyBasket, { maxLength: 10 }), fc.array(fc.integer({ min: 1, max: 6 })), (baskets, more) => {
      const counts = rebuilt(baskets);
      const before = snapshot(counts, PRODUCTS);
      counts.add(buildBasket(99, more));
      counts.remove(gid("Order", 99));
      expect(snapshot(counts, PRODUCTS)).toEqual(before);
    }),
  );
});

test("agrees with the counts of a basket table", () => {
  fc.assert(
    fc.property(fc.array(anyBasket, { maxLength: 12 }), (baskets) => {
      const held = [...new Map(baskets.map((basket) => [basket.orderId, basket])).values()];
      const builder = new BasketTableBuilder();
      for (const basket of held) for (const id of basket.products) builder.add(basket.orderId, null, basket.at, id);
      const table = builder.build();
      const { start, partner, together } = countPairs(table, 1);
      const live = rebuilt(held);
      for (let a = 0; a < table.itemIds.length; a++) {
        for (let at = start[a]!; at < start[a + 1]!; at++) {
          const [idA, idB] = [table.itemIds[a], table.itemIds[partner[at]!]] as [ProductId, ProductId];
          expect(live.together(idA, idB)).toBe(together[at]);
          expect(live.together(idB, idA)).toBe(together[at]);
        }
      }
    }),
  );
});

test("says when a pair was first and last seen, and forgets an order that was taken off", () => {
  const counts = rebuilt([buildBasket(1, [1, 2]), buildBasket(5, [1, 2, 3]), buildBasket(9, [1, 2])]);
  counts.remove(gid("Order", 9));
  expect(counts.companionsOf(product(1))).toEqual([
    { product: product(2), together: 2, firstAt: 1000, lastAt: 5000 },
    { product: product(3), together: 1, firstAt: 5000, lastAt: 5000 },
  ]);
});

test("does not count the components of one bundle as bought together", () => {
  const counts = rebuilt([buildBasket(1, [1, 2, 3], { bundle: [1, 1, 0] })]);
  expect(counts.together(product(1), product(2))).toBe(0);
  expect(counts.together(product(1), product(3))).toBe(1);
  expect(counts.ordersWith(product(1))).toBe(1);
});
