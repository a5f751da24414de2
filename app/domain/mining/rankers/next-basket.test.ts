import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { buildModel } from "../model/model.ts";
import { Suggester } from "../model/suggest.ts";

const DAY = 86_400_000;

async function shopOf(orders: readonly (readonly [customer: string, day: number, items: string])[]) {
  const builder = new BasketTableBuilder();
  orders.forEach(([customer, day, items], order) => {
    for (const item of items) builder.add(`o${order}`, customer, day * DAY, item);
  });
  return new Suggester(await buildModel(builder.build()));
}

function nextOf(shop: Suggester, customer: string, day: number | null, top = 3): string[] {
  return shop.suggestNext({ customer, at: day === null ? null : day * DAY }, top).map(({ item }) => item);
}

test("what a customer keeps buying comes before what they bought once", async () => {
  const shop = await shopOf([
    ["ann", 1, "ab"],
    ["ann", 2, "a"],
    ["ann", 3, "a"],
    ["bob", 3, "c"],
  ]);
  expect(nextOf(shop, "ann", 4)).toEqual(["a", "b", "c"]);
});

test("of two things bought as often, the later one comes first", async () => {
  const shop = await shopOf([
    ["ann", 1, "a"],
    ["ann", 20, "b"],
    ["bob", 1, "b"],
    ["bob", 20, "a"],
  ]);
  expect(nextOf(shop, "ann", 21, 1)).toEqual(["b"]);
  expect(nextOf(shop, "bob", 21, 1)).toEqual(["a"]);
});

test("what customers buy again comes before what they buy for good", async () => {
  const again = Array.from({ length: 20 }, (_, k) => [
    [`c${k}`, 1, "tp"] as const,
    [`c${k}`, 2, "t"] as const,
    [`c${k}`, 3, "t"] as const,
  ]).flat();
  const shop = await shopOf([...again, ["ann", 4, "tp"]]);
  expect(nextOf(shop, "ann", 5, 1)).toEqual(["t"]);
});

test("suggests what sells at that time to a customer without a history, and the list is full", async () => {
  const early = Array.from({ length: 100 }, (_, k) => [`c${k}`, k, "s"] as const);
  const late = Array.from({ length: 100 }, (_, k) => [`d${k}`, 300 + k, "w"] as const);
  const shop = await shopOf([...early, ...late]);
  expect(nextOf(shop, "nobody", 100)).toEqual(["s", "w"]);
  expect(nextOf(shop, "nobody", null)).toEqual(["w", "s"]);
});
