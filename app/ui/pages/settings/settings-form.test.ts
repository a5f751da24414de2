import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShapeForm } from "../../forms/shape-form.ts";
import { parseSettingsForm, settingsForm } from "./settings-form.ts";

const form: ShapeForm = {
  setDiscountBasisPoints: "10",
  setSize: "3",
  mode: "automatic",
  tellOrdersTogether: true,
  useCustomerHistory: false,
  goalEnabled: true,
  "goalAmounts.USD": "75.00",
  "goalAmounts.JPY": "8000",
};

describe("parseSettingsForm", () => {
  it("reads percent and amounts into basis points and minor units", () => {
    expect(parseSettingsForm(form)).toEqual({
      code: "ok",
      input: {
        setDiscountBasisPoints: 1000,
        setSize: 3,
        mode: "automatic",
        tellOrdersTogether: true,
        useCustomerHistory: false,
        goalEnabled: true,
        goalAmounts: { USD: 7500, JPY: 8000 },
      },
    });
  });

  it("understands full-width digits, a percent sign and thousands separators", () => {
    expect(
      parseSettingsForm({
        ...form,
        setDiscountBasisPoints: "12.5%",
        "goalAmounts.JPY": "8,000",
        "goalAmounts.USD": "1,250.50",
      }),
    ).toMatchObject({
      code: "ok",
      input: { setDiscountBasisPoints: 1250, goalAmounts: { JPY: 8000, USD: 125050 } },
    });
  });

  it("names every field that is wrong, not the first alone", () => {
    expect(
      parseSettingsForm({
        ...form,
        setDiscountBasisPoints: "ten",
        setSize: "4",
        mode: "magic",
        "goalAmounts.JPY": "80.5",
        "goalAmounts.USD": "0",
        "goalAmounts.EUR": "8,5",
        "goalAmounts.KWD": "",
      }),
    ).toEqual({
      code: "invalid",
      errors: {
        setDiscountBasisPoints: "not-a-percentage",
        setSize: "too-large",
        mode: "unknown-choice",
        "goalAmounts.JPY": "no-decimals",
        "goalAmounts.USD": "too-small",
        "goalAmounts.EUR": "not-an-amount",
      },
    });
  });

  it("refuses more than half off, which is a slip of the finger", () => {
    expect(parseSettingsForm({ ...form, setDiscountBasisPoints: "100" })).toEqual({
      code: "invalid",
      errors: { setDiscountBasisPoints: "too-large" },
    });
    expect(parseSettingsForm({ ...form, setDiscountBasisPoints: "50" }).code).toBe("ok");
  });

  it("refuses a goal that is on and has no amount", () => {
    const empty = { ...form, "goalAmounts.USD": " ", "goalAmounts.JPY": "" };
    expect(parseSettingsForm(empty)).toEqual({
      code: "invalid",
      errors: { goalEnabled: "no-amount" },
    });
    expect(parseSettingsForm({ ...empty, goalEnabled: false }).code).toBe("ok");
  });

  it("does not let a folded-away amount hold up the rest", () => {
    expect(parseSettingsForm({ ...form, goalEnabled: false, "goalAmounts.USD": "lots" })).toMatchObject({
      code: "ok",
      input: { goalAmounts: { JPY: 8000 } },
    });
  });

  it("reads back whatever the form shows of saved settings", () => {
    const saved = fc.record({
      setDiscountBasisPoints: fc.integer({ min: 0, max: 5000 }),
      setSize: fc.constantFrom(1, 2, 3),
      mode: fc.constantFrom("automatic", "review", "manual"),
      tellOrdersTogether: fc.boolean(),
      useCustomerHistory: fc.boolean(),
      goalEnabled: fc.constant(true),
      goalAmounts: fc.record({
        USD: fc.integer({ min: 1, max: 1_000_000_000 }),
        JPY: fc.integer({ min: 1, max: 1_000_000_000 }),
        KWD: fc.integer({ min: 1, max: 1_000_000_000 }),
      }),
    });
    fc.assert(
      fc.property(saved, (input) => {
        const shown = settingsForm({ ...input, currencies: ["USD", "JPY", "KWD"] } as Parameters<
          typeof settingsForm
        >[0]);
        expect(parseSettingsForm(shown)).toEqual({ code: "ok", input });
      }),
    );
  });
});
