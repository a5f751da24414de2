import fc from "fast-check";
import { expect, test } from "vitest";
import type { DiscountAnswer } from "./apply-discounts.ts";
import { combinations, type DiscountPart } from "./combine-discounts.ts";

type Made = Pick<DiscountPart, "as"> & Pick<DiscountAnswer, "discountId" | "combinesWith">;

function part({ as, discountId, combinesWith }: Made): DiscountPart {
  return { as, answer: { discountId, combinesWith, title: "", code: null, classes: [as], operations: [] } };
}

const flags = (products: boolean, order: boolean, shipping: boolean) => ({
  ...{ productDiscounts: products, orderDiscounts: order, shippingDiscounts: shipping },
});
const names = (found: DiscountPart[][]) => found.map((parts) => parts.map(({ answer }) => answer.discountId).join("+"));

test("combines two discounts only where each allows the other's class", () => {
  const ours = part({ discountId: "ours", as: "PRODUCT", combinesWith: flags(true, true, true) });
  const closed = part({ discountId: "closed", as: "ORDER", combinesWith: flags(false, true, true) });
  const open = part({ discountId: "open", as: "ORDER", combinesWith: flags(true, false, false) });
  expect(names(combinations([ours, closed]))).toEqual(["ours", "closed"]);
  expect(names(combinations([ours, open]))).toEqual(["ours+open"]);
  // Both are for orders, and one of them allows no other on the order.
  expect(names(combinations([ours, closed, open]))).toEqual(["ours+open", "closed"]);
});

test("has one discount on shipping at most, and keeps the parts of one discount together", () => {
  const all = flags(true, true, true);
  const ours = (["PRODUCT", "ORDER", "SHIPPING"] as const).map((as) =>
    part({ discountId: "ours", as, combinesWith: flags(false, false, false) }),
  );
  const free = part({ discountId: "free", as: "SHIPPING", combinesWith: all });
  const other = part({ discountId: "other", as: "SHIPPING", combinesWith: all });
  expect(names(combinations([...ours, free]))).toEqual(["ours+ours+ours", "free"]);
  expect(names(combinations([free, other]))).toEqual(["free", "other"]);
  expect(combinations([])).toEqual([[]]);
});

test("finds every set that nothing can be added to, whatever combines with what", () => {
  const made = fc.record({
    discountId: fc.constantFrom("1", "2", "3", "4", "5", "6"),
    as: fc.constantFrom("PRODUCT" as const, "ORDER" as const, "SHIPPING" as const),
    combinesWith: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()).map((given) => flags(...given)),
  });
  const key = (parts: readonly DiscountPart[], all: readonly DiscountPart[]) =>
    parts.map((each) => all.indexOf(each)).join();
  fc.assert(
    fc.property(fc.array(made, { maxLength: 7 }), (given) => {
      const parts = given.map(part);
      const fits = (one: DiscountPart, other: DiscountPart) => combinations([one, other]).length === 1;
      const subsets = Array.from({ length: 2 ** parts.length }, (_, bits) =>
        parts.filter((_part, index) => bits & (2 ** index)),
      );
      const together = (some: DiscountPart[]) =>
        some.every((one, at) => some.slice(at + 1).every((other) => fits(one, other)));
      const maximal = subsets.filter(
        (some) => together(some) && parts.every((extra) => some.includes(extra) || !together([...some, extra])),
      );
      const found = combinations(parts).map((some) => key(some, parts));
      expect(found.toSorted()).toEqual(maximal.map((some) => key(some, parts)).toSorted());
    }),
    { numRuns: 200 },
  );
});
