import { describe, expect, it } from "vitest";
import { inputsInUse } from "../../../domain/customers/lifetime-inputs.ts";
import { lifetimeForm, parseLifetimeForm } from "./lifetime-form.ts";

describe("the form of lifetime value", () => {
  it("shows what was entered as it was typed, and asks for nothing that the orders give", () => {
    const entered = { marginShare: 0.425, acquisitionCost: 1250, years: 2.5 };
    const form = lifetimeForm({ averageOrder: 5000, years: 3 }, entered, "USD");
    expect(form).toMatchObject({ marginShare: "42.5", acquisitionCost: "12.50", monthlyFee: "" });
    expect(Object.keys(form)).not.toContain("years");
    expect(parseLifetimeForm(form, "USD")).toEqual({
      values: { marginShare: 0.425, acquisitionCost: 1250 },
      errors: {},
    });
  });

  it("understands percent signs, separators and full-width digits", () => {
    const { values, errors } = parseLifetimeForm(
      { marginShare: "４２．５％", initialFee: "1,200", ordersPerYear: " 2.5 " },
      "JPY",
    );
    expect(errors).toEqual({});
    expect(values).toEqual({ marginShare: 0.425, initialFee: 1200, ordersPerYear: 2.5 });
  });

  it("says for each field what is wrong, and keeps those that are right", () => {
    const form = {
      ...{ marginShare: "101", renewalShare: "all", initialFee: "9.50", monthlyFee: "-3", years: "two" },
      ...{ ordersPerYear: "5000", monthsPerTerm: "12" },
    };
    expect(parseLifetimeForm(form, "JPY")).toEqual({
      values: { monthsPerTerm: 12 },
      errors: {
        ...{ marginShare: "not-a-percentage", renewalShare: "not-a-percentage", initialFee: "no-decimals" },
        ...{ monthlyFee: "not-an-amount", years: "not-a-number", ordersPerYear: "too-large" },
      },
    });
  });

  it("lets a person overrule the margin that unit costs give, and nothing else that the orders say", () => {
    const known = { averageOrder: 5000, marginShare: 0.6 };
    expect(Object.keys(lifetimeForm(known, {}, "USD"))).toContain("marginShare");
    expect(Object.keys(lifetimeForm(known, {}, "USD"))).not.toContain("averageOrder");
    expect(inputsInUse(known, { marginShare: 0.4, averageOrder: 1, years: 2 })).toEqual({
      ...{ averageOrder: 5000, marginShare: 0.4, years: 2 },
    });
    expect(inputsInUse(known, {})).toEqual(known);
  });
});
