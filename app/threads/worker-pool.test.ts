import { expect, test } from "vitest";
import { BasketTableBuilder } from "../domain/baskets/basket-table.ts";
import { buildModel } from "../domain/mining/model/model.ts";
import { serialiseModel } from "../domain/mining/model/serialised-model.ts";
import { withWorkerPool } from "./worker-pool.ts";

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

test("several threads learn the same model as one, to the last bit", async () => {
  const table = shopOf(900);
  const alone = await buildModel(table);
  const together = await withWorkerPool(MANY_LINES, (pool) => buildModel(table, { pool }));
  expect(alone.report.heldOutOrders).toBeGreaterThan(100);
  expect(serialiseModel(together)).toEqual(serialiseModel(alone));
  expect(together.earlier).toEqual(alone.earlier);
});

test("a task that fails rejects the caller's promise and leaves no thread behind", async () => {
  const broken = withWorkerPool(MANY_LINES, (pool) => pool.run("rule-lists", { baskets: null as never }));
  await expect(broken).rejects.toThrow(TypeError);
});

test("a small shop is learnt on the calling thread", async () => {
  expect(await withWorkerPool(10, async (pool) => pool.size)).toBe(1);
});
