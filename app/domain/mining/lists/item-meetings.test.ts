import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import { ItemMeetings } from "./item-meetings.ts";
import { DAY_MS } from "../../time/day.ts";

const RECENT_DAYS = 90;

const shops = fc.array(
  fc.tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 300 }).map((day) => day * DAY_MS),
      fc.constant(NaN),
    ),
    fc.uniqueArray(fc.constantFrom(..."abcdefg"), { minLength: 1, maxLength: 5 }),
  ),
  { minLength: 1, maxLength: 60 },
);

test("counts and places are those of a count by hand, whatever was read before", () => {
  fc.assert(
    fc.property(shops, fc.array(fc.nat({ max: 6 }), { maxLength: 4 }), (orders, before) => {
      const builder = new BasketTableBuilder();
      orders.forEach(([at, items], n) => items.forEach((item) => builder.add(`o${n}`, null, at, item)));
      const table = builder.build();
      const meetings = new ItemMeetings(table, RECENT_DAYS);
      for (const item of before) meetings.read(item);
      const latest = Math.max(...orders.map(([at]) => at).filter((at) => !Number.isNaN(at)));
      const isRecent = (at: number) => at > latest - RECENT_DAYS * DAY_MS;
      table.itemIds.forEach((id, item) => {
        meetings.read(item);
        const mine = orders.filter(([, items]) => items.includes(id));
        expect(meetings.ordersOf(item)).toBe(mine.length);
        expect(meetings.recentOrders).toBe(mine.filter(([at]) => isRecent(at)).length);
        const togetherWith = (other: string) => mine.filter(([, items]) => items.includes(other)).length;
        table.itemIds.forEach((otherId, other) => {
          if (other === item) return expect(meetings.rankByConfidence(other)).toBeNull();
          const together = togetherWith(otherId);
          expect(meetings.together(other)).toBe(together);
          const recent = mine.filter(([at, items]) => isRecent(at) && items.includes(otherId)).length;
          expect(meetings.recentTogether(other)).toBe(recent);
          const ahead = table.itemIds.filter((one) => one !== id && togetherWith(one) > together).length;
          return expect(meetings.rankByConfidence(other)).toBe(together === 0 ? null : ahead + 1);
        });
      });
    }),
  );
});

test("an item that the table does not hold meets nobody", () => {
  const builder = new BasketTableBuilder();
  builder.add("1", null, 0, "a");
  const meetings = new ItemMeetings(builder.build(), RECENT_DAYS);
  meetings.read(-1);
  expect([meetings.recentOrders, meetings.together(0), meetings.ordersOf(-1)]).toEqual([0, 0, 0]);
  expect(meetings.rankByConfidence(0)).toBeNull();
});
