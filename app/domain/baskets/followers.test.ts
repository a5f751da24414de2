import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "./basket-table.ts";
import { usualFollowers } from "./followers.ts";
import { PurchaseSequences } from "./purchase-sequence.ts";

type Order = { customer: string | null; at: number; items: readonly string[] };

function build(orders: readonly Order[]): BasketTable {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at, items }, n) => {
    for (const item of items) builder.add(`${customer}/${at}/${n}`, customer, at, item);
  });
  return builder.build();
}

/** Eighty customers: every other one buys a machine and later filters; all buy other products as well. */
const ORDERS: Order[] = Array.from({ length: 80 }, (_, n) => `c${n}`).flatMap((customer, n) => [
  { customer, at: 1, items: n % 2 === 0 ? ["machine"] : [`other ${n % 10}`] },
  { customer, at: 2, items: n % 2 === 0 ? ["filters", "milk"] : ["milk", `other ${n % 7}`] },
  { customer, at: 3, items: ["milk", `other ${n % 9}`] },
]);

function followers(orders: readonly Order[]) {
  const table = build(orders);
  return usualFollowers(new PurchaseSequences(table), [...table.itemIds.keys()]);
}

test("finds that filters follow the machine, and that milk, which all customers buy, does not", () => {
  const list = followers(ORDERS).get("machine")!;
  expect(list.map(({ id }) => id)).toEqual(["filters"]);
  expect(list[0]).toMatchObject({ customers: 40, share: 1 });
  expect(list[0]!.expectedCustomers).toBeLessThan(25);
});

test("finds no followers for few customers, unknown times or an empty shop", () => {
  expect(followers([]).size).toBe(0);
  expect(followers(ORDERS.slice(0, 6)).size).toBe(0);
  expect(followers(ORDERS.map((order) => ({ ...order, at: NaN }))).size).toBe(0);
  expect(followers(ORDERS.map((order) => ({ ...order, customer: null }))).size).toBe(0);
  expect(usualFollowers(new PurchaseSequences(build(ORDERS)), [-1, NaN, 999]).size).toBe(0);
});

test("nothing follows itself, and the order of arrival changes nothing", () => {
  const expected = followers(ORDERS);
  for (const [id, list] of expected) expect(list.map((follower) => follower.id)).not.toContain(id);
  fc.assert(
    fc.property(fc.shuffledSubarray(ORDERS, { minLength: ORDERS.length }), (orders) => {
      expect(followers(orders)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});
