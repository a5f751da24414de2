import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "../baskets/basket-table.ts";
import { dueProof } from "./due-proof.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 4, 1);

/** Forty customers who buy tea every 20 days or so; those for whom `stays` is false stopped 35 days ago. */
function teaDrinkers(stays: (customer: number) => boolean): BasketTable {
  const builder = new BasketTableBuilder();
  for (let customer = 0; customer < 40; customer++) {
    const pace = 18 + (customer % 5);
    for (let ago = (customer % 17) + 1; ago < 400; ago += pace) {
      if (ago < 35 && !stays(customer)) continue;
      builder.add(`${customer}/${ago}`, `c${customer}`, NOW - ago * DAY, "tea");
    }
  }
  return builder.build();
}

test("counts what became of those who were due thirty days ago, from what was known then", () => {
  expect(
    dueProof(
      teaDrinkers(() => true),
      NOW,
    ),
  ).toEqual({ due: { times: 40, bought: 40 }, overdue: { times: 0, bought: 0 } });
  const half = dueProof(
    teaDrinkers((customer) => customer % 2 === 0),
    NOW,
  );
  expect(half!.due.times + half!.overdue.times).toBe(40);
  expect(half!.due.bought).toBe(20);
  expect(half!.overdue.bought).toBe(0);
});

test("gives no proof where few were due, or for an empty shop", () => {
  expect(dueProof(new BasketTableBuilder().build(), NOW)).toBeNull();
  const builder = new BasketTableBuilder();
  for (let ago = 1; ago < 400; ago += 20) builder.add(`${ago}`, "c", NOW - ago * DAY, "tea");
  expect(dueProof(builder.build(), NOW)).toBeNull();
});

test("looks at nothing that came after: later orders change who bought, never who was due", () => {
  const stayed = dueProof(
    teaDrinkers(() => true),
    NOW - 40 * DAY,
  );
  const left = dueProof(
    teaDrinkers(() => false),
    NOW - 40 * DAY,
  );
  expect(left).toEqual(stayed);
});
