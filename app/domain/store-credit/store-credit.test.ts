import fc from "fast-check";
import { expect, test } from "vitest";
import { gid } from "../ids.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { type CreditFacts, nextMove } from "./next-move.ts";
import { owedMinor } from "./owed.ts";
import { promisedMinor } from "./promised.ts";
import { creditFor, type CreditTerms, readCreditTerms } from "./terms.ts";
import { type CreditPromise, earnedCredits, PROMISE_LEEWAY_MS, wholeSetMinor } from "./whole-set.ts";

const AT = Date.parse("2026-11-20T12:00:00Z");
const percent: CreditTerms = { kind: "store-credit", basisPoints: 500, waitDays: 14 };

function line(product: string, changes: Partial<OrderLine> = {}): OrderLine {
  return {
    ...{
      id: gid("LineItem", `7${product}`),
      productId: gid("Product", product),
      variantId: null,
      title: "",
      quantity: 1,
    },
    ...{ currentQuantity: 1, isGiftCard: false, unitPriceMinor: 1_000, discountMinor: 0, groupId: null, offer: null },
    ...changes,
  };
}

function order(lines: OrderLine[], changes: Partial<Order> = {}): Order {
  return {
    ...{
      id: gid("Order", "1"),
      name: "#1",
      createdAt: AT,
      processedAt: AT,
      updatedAt: AT,
      cancelledAt: null,
      test: false,
    },
    ...{ currency: "USD", channel: "online", channelSource: null, customerKey: null, lines },
    ...changes,
  };
}

const promise = (changes: Partial<CreditPromise> = {}): CreditPromise => ({
  ...{ offerNumber: 3, product: "1", companions: ["2"], terms: percent, since: AT - 1, until: null },
  ...changes,
});

test("a share is rounded half up, and limited where a limit is set", () => {
  expect(creditFor(percent, { amountMinor: 1_990, currency: "USD" })).toBe(100);
  const limited = { ...percent, most: { USD: 80 } };
  expect(creditFor(limited, { amountMinor: 1_990, currency: "USD" })).toBe(80);
  expect(creditFor(limited, { amountMinor: 1_990, currency: "EUR" })).toBe(0);
});

test("an amount is never converted, and never more than the set costs", () => {
  const amount: CreditTerms = { kind: "store-credit", amounts: { USD: 500 }, waitDays: 0 };
  expect(creditFor(amount, { amountMinor: 1_990, currency: "USD" })).toBe(500);
  expect(creditFor(amount, { amountMinor: 400, currency: "USD" })).toBe(400);
  expect(creditFor(amount, { amountMinor: 1_990, currency: "EUR" })).toBe(0);
});

test("what is not understood is no promise", () => {
  expect(readCreditTerms(JSON.parse(JSON.stringify({ ...percent, most: { USD: 9 }, expiryDays: 30 })))).toEqual({
    ...percent,
    ...{ most: { USD: 9 }, expiryDays: 30 },
  });
  for (const wrong of [null, {}, { ...percent, waitDays: -1 }, { ...percent, basisPoints: 20_000 }]) {
    expect(readCreditTerms(wrong)).toBeNull();
  }
  expect(readCreditTerms({ ...percent, most: {} })).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      readCreditTerms(value);
    }),
  );
});

test("a whole set is one unit of each product, discounts off", () => {
  const lines = [
    line("1", { quantity: 3, currentQuantity: 3, discountMinor: 300 }),
    line("2", { unitPriceMinor: 500 }),
  ];
  expect(wholeSetMinor(order(lines), promise())).toBe(1_400);
  expect(wholeSetMinor(order([lines[0]!]), promise())).toBe(0);
  expect(wholeSetMinor(order([lines[0]!, line("2", { currentQuantity: 0 })]), promise())).toBe(0);
  expect(wholeSetMinor(order(lines, { cancelledAt: AT }), promise())).toBe(0);
  expect(wholeSetMinor(order(lines, { test: true }), promise())).toBe(0);
  expect(wholeSetMinor(order([lines[0]!, line("2", { isGiftCard: true })]), promise())).toBe(0);
  expect(wholeSetMinor(order(lines, { refundedWithoutLinesMinor: 3_200 }), promise())).toBe(0);
});

test("what a buyer writes into a line earns nothing, and is not needed", () => {
  const lines = [line("1", { offer: "bt-3-1/product" }), line("2", { offer: "bt-3-1/product" })];
  expect(earnedCredits(order(lines), [])).toEqual([]);
  expect(earnedCredits(order(lines), [promise({ companions: ["5"] })])).toEqual([]);
  expect(earnedCredits(order([line("1"), line("2")]), [promise()])).toMatchObject([{ setMinor: 2_000 }]);
});

test("a promise holds for orders placed while it was published, and a little while after", () => {
  const placed = order([line("1"), line("2")]);
  const ended = (before: number) => promise({ since: 0, until: AT - before });
  expect(earnedCredits(placed, [ended(PROMISE_LEEWAY_MS)])).toHaveLength(1);
  expect(earnedCredits(placed, [ended(PROMISE_LEEWAY_MS + 1)])).toEqual([]);
  expect(earnedCredits(placed, [promise({ since: AT + 1 })])).toEqual([]);
});

test("one offer is earned once in an order: by the set that costs most, on the latest terms", () => {
  const placed = order([line("1"), line("2"), line("4", { unitPriceMinor: 9_000 })]);
  const old = { ...percent, basisPoints: 100 };
  const promises = [
    promise({ since: 5, until: AT, terms: old, product: "4" }),
    promise({ since: 9, product: "4" }),
    promise(),
  ];
  expect(earnedCredits(placed, promises)).toEqual([{ promise: promises[1], setMinor: 10_000 }]);
  expect(earnedCredits(placed, [...promises, promise({ offerNumber: 8 })])).toHaveLength(2);
});

test("what was paid in another currency is converted by the order's own rate", () => {
  const set = { setMinor: 2_000, setCurrency: "USD", currency: "JPY" };
  expect(owedMinor(percent, set, { shopMinor: 4_000, paidMinor: 6_001 })).toBe(150);
  expect(owedMinor(percent, set, { shopMinor: 0, paidMinor: 0 })).toBe(0);
});

test("what is promised counts as the order says, and in another currency than the shop's as an amount or a limit", () => {
  const waiting = { terms: percent, setMinor: 2_000, setCurrency: "USD", currency: "USD" };
  expect(promisedMinor(waiting)).toBe(100);
  expect(promisedMinor({ ...waiting, setMinor: 0 })).toBe(0);
  expect(promisedMinor({ ...waiting, terms: null })).toBe(0);
  const abroad = { ...waiting, currency: "JPY" };
  expect(promisedMinor(abroad)).toBe(0);
  expect(promisedMinor({ ...abroad, terms: { ...percent, most: { JPY: 300 } } })).toBe(300);
  expect(promisedMinor({ ...abroad, terms: { kind: "store-credit", amounts: { JPY: 500 }, waitDays: 0 } })).toBe(500);
});

const facts: CreditFacts = {
  ...{ owedMinor: 100, isDue: true, isPaid: true, hasCustomer: true, creditedMinor: 0, takenBackMinor: 0 },
  leftMinor: 0,
};

test.each([
  [{}, { do: "credit", minor: 100 }],
  [{ isPaid: false }, { do: "wait", for: "payment" }],
  [{ isDue: false }, { do: "wait", for: "days" }],
  [{ hasCustomer: false }, { do: "nothing", reason: "no-customer" }],
  [{ owedMinor: 0 }, { do: "nothing", reason: "nothing-owed" }],
  [{ creditedMinor: 100 }, { do: "nothing", reason: null }],
  [
    { creditedMinor: 100, owedMinor: 40, leftMinor: 100 },
    { do: "debit", minor: 60 },
  ],
  [
    { creditedMinor: 100, owedMinor: 0, leftMinor: 30 },
    { do: "debit", minor: 30 },
  ],
  [
    { creditedMinor: 100, owedMinor: 0, takenBackMinor: 30, leftMinor: 0 },
    { do: "nothing", reason: "spent" },
  ],
])("with %o the next move is %o", (change, move) => {
  expect(nextMove({ ...facts, ...change })).toEqual(move);
});

test("however orders change and credit is spent, no move takes more than was given or gives more than is owed", () => {
  const step = fc.record({ owed: fc.nat(500), spent: fc.nat(500), isPaid: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let [credited, takenBack, left, credits] = [0, 0, 0, 0];
      for (const { owed, spent, isPaid } of steps) {
        left = Math.max(left - spent, 0);
        const known = { creditedMinor: credited, takenBackMinor: takenBack, leftMinor: left };
        const move = nextMove({ ...facts, ...known, owedMinor: owed, isPaid });
        if (move.do === "credit") {
          credits++;
          [credited, left] = [move.minor, move.minor];
          expect(move.minor).toBeLessThanOrEqual(owed);
        } else if (move.do === "debit") {
          [takenBack, left] = [takenBack + move.minor, left - move.minor];
          expect(left).toBeGreaterThanOrEqual(0);
          expect(credited - takenBack).toBeGreaterThanOrEqual(owed);
        }
        expect(credits).toBeLessThanOrEqual(1);
        expect(takenBack).toBeLessThanOrEqual(credited);
      }
    }),
  );
});
