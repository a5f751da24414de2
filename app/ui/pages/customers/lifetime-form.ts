import {
  isPossible,
  LIFETIME_INPUTS,
  OVERRIDABLE,
  type LifetimeInput,
  type LifetimeInputValues,
} from "../../../domain/customers/lifetime-inputs.ts";
import { exponentOf } from "../../../domain/money/currency.ts";
import { parseDecimal, toDecimalString } from "../../../domain/money/money.ts";

/** What a person types for the formulas, by input; empty for what they do not know. Shares are in percent. */
export type LifetimeForm = Partial<Record<LifetimeInput, string>>;

/** Code of the words for each field that does not parse. */
export type LifetimeErrors = Partial<Record<LifetimeInput, string>>;

const NAMES = Object.keys(LIFETIME_INPUTS) as LifetimeInput[];
const GROUPED = /^\d{1,3}(,\d{3})+(\.\d+)?$/;
const PLAIN = /^\d{1,9}(\.\d{1,4})?$/;

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
    const text = (form[name] ?? "").normalize("NFKC").replace(/[\s%]/g, "");
    if (text === "") continue;
    const value = valueOf(name, GROUPED.test(text) ? text.replaceAll(",", "") : text, currency);
    if (typeof value !== "number") errors[name] = value.code;
    else if (!isPossible(name, value)) errors[name] = "too-large";
    else values[name] = value;
  }
  return { values, errors };
}

function valueOf(name: LifetimeInput, text: string, currency: string): number | { code: string } {
  switch (LIFETIME_INPUTS[name]) {
    case "money": {
      const amount = parseDecimal(text, currency);
      if (amount !== null && amount.amountMinor >= 0) return amount.amountMinor;
      return { code: exponentOf(currency) === 0 && /^\d+\.\d+$/.test(text) ? "no-decimals" : "not-an-amount" };
    }
    case "share":
      // Four decimals of the share are two of the percentage.
      if (!/^\d{1,3}(\.\d{1,2})?$/.test(text) || Number(text) > 100) return { code: "not-a-percentage" };
      return Math.round(Number(text) * 100) / 10_000;
    case "count":
      return PLAIN.test(text) ? Number(text) : { code: "not-a-number" };
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
