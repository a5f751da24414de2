import { expect, test } from "vitest";
import { BasketTableBuilder } from "../domain/baskets/basket-table.ts";
import { buildModel } from "../domain/mining/model/model.ts";
import { serialiseModel } from "../domain/mining/model/serialised-model.ts";
import { withHands } from "./hands.ts";

/** As many order lines as make threads worth starting. */
const MANY_LINES = 1_000_000;

function shopOf(orders: number) {
  const builder = new BasketTableBuilder();
  for (let order = 0; order < orders; order++) {
    for (let k = 0; k < 2 + (order % 4); k++) {
      builder.add(`o${order}`, `c${order % 50}`, order, `i${(order * 7 + k * k * (1 + (order % 3))) % 60}`);
    }
  }
  return builder.build();
}

test("threads learn, to the last bit, what one hand learns", async () => {
  const table = shopOf(900);
  const alone = await buildModel(table);
  const together = await withHands(MANY_LINES, (hands) => buildModel(table, { hands }));
  expect(alone.report.heldOutOrders).toBeGreaterThan(100);
  expect(serialiseModel(together)).toEqual(serialiseModel(alone));
  expect(together.earlier).toEqual(alone.earlier);
});

test("a piece of work that fails is told to whoever asked, and leaves no thread behind", async () => {
  const broken = withHands(MANY_LINES, (hands) => hands.do("rule-lists", { baskets: null as never }));
  await expect(broken).rejects.toThrow(TypeError);
});

test("a small shop is learnt by the caller's own thread", async () => {
  expect(await withHands(10, async (hands) => hands.count)).toBe(1);
});
