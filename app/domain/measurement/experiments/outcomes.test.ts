import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProductId } from "../../ids.ts";
import { DAY_MS } from "../../time/day.ts";
import { interruptionOf } from "./interruption.ts";
import { type Measuring, outcomesOf, type Recorded, type UnitOrder } from "./outcomes.ts";

const START = Date.UTC(2026, 10, 2);
const at = (days: number) => START + days * DAY_MS;
const MEASURING: Measuring = { arms: 2, startedAt: START, until: at(10), currency: "JPY", capMinor: null };
const NOTHING: Recorded = { exposures: [], orders: [], checkouts: [], spentBefore: new Map() };
const LEFT_OUT = { mixedUnits: 0, outside: 0, unexposedOrders: 0, otherCurrencies: 0 };

function order(unit: string, day: number, soldMinor: number, refundedMinor = 0, currency = "JPY"): UnitOrder {
  return { unit, at: at(day), currency, soldMinor, refundedMinor };
}

test("counts every exposed unit once, with all its orders after refunds", () => {
  const { arms, days, leftOut } = outcomesOf(
    {
      exposures: [
        { unit: "v:1", arm: 0, at: at(1) },
        { unit: "v:1", arm: 0, at: at(3) },
        { unit: "v:2", arm: 0, at: at(1.5) },
        { unit: "v:3", arm: 1, at: at(2) },
      ],
      orders: [order("v:1", 1.1, 1000), order("v:1", 4, 3000, 500), order("v:3", 2, 700)],
      checkouts: [
        { unit: "v:1", at: at(1.05) },
        { unit: "v:2", at: at(1) },
        { unit: "v:3", at: at(9) },
      ],
      spentBefore: new Map([["v:2", 400]]),
    },
    MEASURING,
  );
  const [control, variant] = arms;
  expect(control).toMatchObject({ units: 2, buyers: 1 });
  expect(control!.revenue).toMatchObject({ meanY: 1750, meanX: 200 });
  expect(control!.orderValue).toMatchObject({ meanY: 1750, meanX: 1 });
  expect(control!.refunds).toMatchObject({ meanY: 250, meanX: 2000 });
  // v:2 started its checkout before it was exposed.
  expect(control!.checkouts.meanY).toBe(0.5);
  expect(variant).toMatchObject({ units: 1, buyers: 1, revenue: { meanY: 700 }, checkouts: { meanY: 1 } });
  expect(days).toBe(3);
  expect(leftOut).toEqual(LEFT_OUT);
});

test("caps what one unit spends, and what it spent before", () => {
  const { arms } = outcomesOf(
    {
      ...NOTHING,
      exposures: [{ unit: "v:1", arm: 0, at: at(1) }],
      orders: [order("v:1", 2, 4000), order("v:1", 3, 4000)],
      spentBefore: new Map([["v:1", 9000]]),
    },
    { ...MEASURING, capMinor: 5000 },
  );
  expect(arms[0]!.revenue).toMatchObject({ meanY: 5000, meanX: 5000 });
  expect(arms[0]!.orderValue.meanY).toBe(8000);
});

test("leaves out, and counts, what cannot belong to the experiment", () => {
  const { arms, days, leftOut } = outcomesOf(
    {
      ...NOTHING,
      exposures: [
        { unit: "v:1", arm: 0, at: at(2) },
        { unit: "v:mixed", arm: 0, at: at(2) },
        { unit: "v:mixed", arm: 1, at: at(3) },
        { unit: "v:no-arm", arm: 2, at: at(3) },
        { unit: "v:before", arm: 1, at: at(-1) },
        // A clock that jumped by years.
        { unit: "v:future", arm: 1, at: at(4000) },
      ],
      orders: [
        order("v:1", 1, 100),
        order("v:1", 3, 100, 0, "USD"),
        order("v:1", 11, 100),
        order("v:never", 3, 100),
        order("v:mixed", 4, 100),
      ],
    },
    MEASURING,
  );
  expect(arms.map(({ units, buyers }) => [units, buyers])).toEqual([
    [1, 0],
    [0, 0],
  ]);
  expect(days).toBe(2);
  expect(leftOut).toEqual({ mixedUnits: 2, outside: 3, unexposedOrders: 2, otherCurrencies: 1 });
});

test("counts days on which shoppers came, and not the one that is still running", () => {
  const exposures = [0.5, 0.6, 1.2, 4.1, 9.9, 10.4].map((day) => ({ unit: `v:${day}`, arm: 0, at: at(day) }));
  expect(outcomesOf({ ...NOTHING, exposures }, { ...MEASURING, until: at(10.5) }).days).toBe(4);
  expect(outcomesOf({ ...NOTHING, exposures }, { ...MEASURING, until: START - 5 * DAY_MS }).days).toBe(0);
});

test("gives the same in whatever order things were recorded", () => {
  const unit = fc.constantFrom("v:1", "v:2", "c:3", "c:4");
  const day = fc.double({ min: -2, max: 12, noNaN: true });
  const exposures = fc.array(fc.record({ unit, arm: fc.integer({ min: 0, max: 2 }), at: day.map(at) }), {
    maxLength: 12,
  });
  const orders = fc.array(
    fc.record({
      unit,
      at: day.map(at),
      currency: fc.constantFrom("JPY", "JPY", "USD"),
      soldMinor: fc.integer({ min: 0, max: 9999 }),
      refundedMinor: fc.constant(0),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(exposures, orders, (shown, bought) => {
      const forward = outcomesOf({ ...NOTHING, exposures: shown, orders: bought }, MEASURING);
      const backward = outcomesOf(
        { ...NOTHING, exposures: [...shown].reverse(), orders: [...bought].reverse() },
        MEASURING,
      );
      expect(backward.leftOut).toEqual(forward.leftOut);
      expect(backward.days).toBe(forward.days);
      backward.arms.forEach((arm, place) => {
        const other = forward.arms[place]!;
        expect([arm.units, arm.buyers]).toEqual([other.units, other.buyers]);
        expect(arm.revenue.meanY).toBeCloseTo(other.revenue.meanY, 8);
        expect(arm.revenue.squaresY).toBeCloseTo(other.revenue.squaresY, 4);
      });
    }),
  );
});

const CAP = "gid://shopify/Product/1" as ProductId;
const SCARF = "gid://shopify/Product/2" as ProductId;

test("ends an experiment when an arm has no product left, and not before", () => {
  const arms = [[], [CAP, SCARF]];
  const removed = (product: ProductId, day: number) => ({ kind: "product-removed" as const, at: at(day), product });
  expect(interruptionOf(START, arms, [removed(CAP, 3)])).toBeNull();
  expect(interruptionOf(START, arms, [removed(SCARF, 5), removed(CAP, 3)])).toEqual({
    at: at(5),
    reason: "product-removed",
  });
  expect(interruptionOf(START, [[], []], [removed(CAP, 3)])).toBeNull();
});

test("ends an experiment at the first change of the currency after its start", () => {
  const changes = [
    { kind: "currency-changed" as const, at: at(6), to: "EUR" },
    { kind: "currency-changed" as const, at: at(-2), to: "USD" },
    { kind: "currency-changed" as const, at: at(4), to: "JPY" },
  ];
  expect(interruptionOf(START, [[], []], changes)).toEqual({ at: at(4), reason: "currency-changed" });
});
