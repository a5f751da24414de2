import {
  isPossible,
  LIFETIME_INPUTS,
  OVERRIDABLE,
  type LifetimeInput,
  type LifetimeInputValues,
} from "../../../domain/customers/lifetime-inputs.ts";
import { toDecimalString } from "../../../domain/money/money.ts";
import { isRecord } from "../../../domain/shape/field.ts";
import { plainNumber, type Typed, typedAmount, typedPercent } from "../../forms/typed-values.ts";

/** What a person types for the formulas, by input; empty for what they do not know. Shares are in percent. */
export type LifetimeForm = Partial<Record<LifetimeInput, string>>;

/** Code of the words for each field that does not parse. */
export type LifetimeErrors = Partial<Record<LifetimeInput, string>>;

const NAMES = Object.keys(LIFETIME_INPUTS) as LifetimeInput[];
const COUNT = /^\d{1,9}(\.\d{1,4})?$/;
const LONGEST_FIELD = 40;

/** Whether something that was sent is such a form: known inputs, and texts of a length that people type. */
export function isLifetimeForm(sent: unknown): sent is LifetimeForm {
  return (
    isRecord(sent) &&
    Object.entries(sent).every(
      ([name, text]) =>
        Object.hasOwn(LIFETIME_INPUTS, name) && typeof text === "string" && text.length <= LONGEST_FIELD,
    )
  );
}

/** The inputs that a person is asked for: those that the orders do not give, and those that may overrule them. */
export function askedInputs(known: LifetimeInputValues): LifetimeInput[] {
  return NAMES.filter((name) => known[name] === undefined || OVERRIDABLE.includes(name));
}

/** The form that shows what was entered. */
export function lifetimeForm(known: LifetimeInputValues, entered: LifetimeInputValues, currency: string): LifetimeForm {
  return Object.fromEntries(askedInputs(known).map((name) => [name, textOf(name, entered[name], currency)]));
}

/**
 * Reads a form, in the browser and on the server. Full-width digits, percent signs and thousands separators are
 * understood. `values` holds every field that is right, whether or not others are wrong.
 */
export function parseLifetimeForm(
  form: LifetimeForm,
  currency: string,
): { values: LifetimeInputValues; errors: LifetimeErrors } {
  const values: Partial<Record<LifetimeInput, number>> = {};
  const errors: LifetimeErrors = {};
  for (const name of NAMES) {
    const text = plainNumber(form[name] ?? "");
    if (text === "") continue;
    const value = valueOf(name, text, currency);
    if (typeof value !== "number") errors[name] = value.code;
    else if (!isPossible(name, value)) errors[name] = "too-large";
    else values[name] = value;
  }
  return { values, errors };
}

function valueOf(name: LifetimeInput, text: string, currency: string): Typed {
  switch (LIFETIME_INPUTS[name]) {
    case "money": {
      const amount = typedAmount(text, currency);
      return typeof amount === "number" && amount < 0 ? { code: "not-an-amount" } : amount;
    }
    case "share": {
      const basisPoints = typedPercent(text);
      if (typeof basisPoints !== "number") return basisPoints;
      return basisPoints < 0 || basisPoints > 10_000 ? { code: "not-a-percentage" } : basisPoints / 10_000;
    }
    case "count":
      return COUNT.test(text) ? Number(text) : { code: "not-a-number" };
  }
}

function textOf(name: LifetimeInput, value: number | undefined, currency: string): string {
  if (value === undefined) return "";
  switch (LIFETIME_INPUTS[name]) {
    case "money":
      return toDecimalString({ amountMinor: value, currency });
    case "share":
      return String(Math.round(value * 10_000) / 100);
    case "count":
      return String(value);
  }
}
