import { describe, expect, it } from "vitest";
import { lifetimeForm, parseLifetimeForm, sameLifetimeForm } from "./lifetime-form.ts";

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

  it("is the same form with or without spaces and empty fields", () => {
    expect(sameLifetimeForm({ years: " 2 " }, { years: "2", marginShare: "" })).toBe(true);
    expect(sameLifetimeForm({ years: "2" }, { years: "2.0" })).toBe(false);
  });
});
