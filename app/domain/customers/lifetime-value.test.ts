import fc from "fast-check";
import { expect, test } from "vitest";
import { EXPRESSIONS, lifetimeValue, type LifetimeValueInputs } from "./lifetime-value.ts";

const REPEAT = { averageOrderMinor: 8000, marginShare: 0.4, ordersPerYear: 3.5, years: 2.5 };
const NET = { ...REPEAT, formula: "net", acquisitionCostMinor: 5000, retentionCostPerYearMinor: 1200 } as const;

function valueOf(inputs: LifetimeValueInputs, currency = "USD"): number {
  const result = lifetimeValue(inputs, currency);
  if (result.code !== "value") throw new Error(result.code);
  return result.value.amountMinor;
}

test("gives each formula's value", () => {
  expect(valueOf({ formula: "simple", averageOrderMinor: 8000, ordersPerCustomer: 2.25 })).toBe(18_000);
  expect(valueOf({ formula: "lasting", averageOrderMinor: 8000, ordersPerYear: 3.5, years: 2.5 })).toBe(70_000);
  // ARPU x 100 / churn %: 30.00 x 100 / 5.
  expect(valueOf({ formula: "subscription", monthlyRevenueMinor: 3000, monthlyChurnShare: 0.05 })).toBe(60_000);
  expect(valueOf({ formula: "yearly", yearlyRevenueMinor: 28_000, marginShare: 0.4, years: 2.5 })).toBe(28_000);
  const allowance = {
    formula: "allowance",
    averageOrderMinor: 8000,
    ordersPerCustomer: 2.25,
    marginShare: 0.4,
  } as const;
  expect(valueOf(allowance)).toBe(7200);
  const contract = { formula: "contract", initialFeeMinor: 10_000, monthlyFeeMinor: 5000, monthsPerTerm: 12 } as const;
  expect(valueOf({ ...contract, marginShare: 0.6, renewalShare: 0.75 })).toBe(154_000);
  expect(valueOf(NET)).toBe(28_000 - 5000 - 3000);
});

test("names the formula and its inputs", () => {
  expect(lifetimeValue({ formula: "simple", averageOrderMinor: 8000, ordersPerCustomer: 2 }, "JPY")).toEqual({
    code: "value",
    formula: "simple",
    expression: "averageOrder × ordersPerCustomer",
    inputs: [
      { name: "averageOrder", kind: "money", value: 8000 },
      { name: "ordersPerCustomer", kind: "count", value: 2 },
    ],
    value: { amountMinor: 16_000, currency: "JPY" },
  });
});

test("uses in its expression exactly the names that it lists", () => {
  const result = lifetimeValue(NET, "USD");
  if (result.code !== "value") throw new Error(result.code);
  const words = EXPRESSIONS.net.match(/[a-zA-Z]+/g);
  expect([...new Set(words)].sort()).toEqual(result.inputs.map(({ name }) => name).sort());
});

test("rounds once, half away from zero, to the smallest unit", () => {
  expect(valueOf({ formula: "simple", averageOrderMinor: 1, ordersPerCustomer: 1.5 })).toBe(2);
  expect(valueOf({ formula: "simple", averageOrderMinor: 1, ordersPerCustomer: 1.4999 })).toBe(1);
  expect(valueOf({ ...NET, averageOrderMinor: 0, acquisitionCostMinor: 0, retentionCostPerYearMinor: 1 })).toBe(-3);
});

test("may be below zero where a customer costs more than they leave", () => {
  expect(valueOf({ ...NET, acquisitionCostMinor: 50_000 })).toBe(-25_000);
});

test("refuses impossible inputs by name", () => {
  const refused = (inputs: LifetimeValueInputs) => lifetimeValue(inputs, "USD");
  expect(refused({ ...NET, years: -1 })).toEqual({ code: "impossible-input", input: "years" });
  expect(refused({ ...NET, averageOrderMinor: 10.5 })).toEqual({ code: "impossible-input", input: "averageOrder" });
  expect(refused({ ...NET, ordersPerYear: NaN })).toEqual({ code: "impossible-input", input: "ordersPerYear" });
  expect(refused({ ...NET, marginShare: 40 })).toEqual({ code: "not-a-share", input: "marginShare" });
  const endless = { formula: "subscription", monthlyRevenueMinor: 1, monthlyChurnShare: 0 } as const;
  expect(refused(endless)).toEqual({ code: "endless", input: "monthlyChurnShare" });
  const bound = { formula: "contract", initialFeeMinor: 0, monthlyFeeMinor: 1, monthsPerTerm: 12 } as const;
  expect(refused({ ...bound, marginShare: 1, renewalShare: 1 })).toEqual({ code: "endless", input: "renewalShare" });
  expect(refused({ formula: "simple", averageOrderMinor: 9e11, ordersPerCustomer: 9e11 })).toEqual({
    code: "too-large",
  });
  expect(() => lifetimeValue(NET, "yen")).toThrow("Not a currency code");
});

test("is a safe integer or a refusal for any input, and grows with the basket", () => {
  const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -0, 0.5));
  fc.assert(
    fc.property(anyNumber, anyNumber, anyNumber, (yearlyRevenueMinor, marginShare, years) => {
      const result = lifetimeValue({ formula: "yearly", yearlyRevenueMinor, marginShare, years }, "JPY");
      if (result.code === "value") expect(Number.isSafeInteger(result.value.amountMinor)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((averageOrderMinor) =>
        valueOf({ ...NET, averageOrderMinor }),
      );
      expect(less!).toBeLessThanOrEqual(more!);
    }),
  );
});
