import { exponentOf } from "../../../domain/money/currency.ts";
import { parseDecimal, toDecimalString } from "../../../domain/money/money.ts";
import type { SettingsView } from "../../../views/settings-view.ts";

/** The goal's field in one currency; empty for no goal in it. */
type GoalField = `goalAmounts.${string}`;

/** The settings as a person types them; nothing of it is lost where it does not parse. */
export interface SettingsForm {
  discountPercent: string;
  setSize: string;
  mode: string;
  tellOrdersTogether: boolean;
  useCustomerHistory: boolean;
  goalEnabled: boolean;
  [amount: GoalField]: string;
}

/** The settings as they are saved. */
export type SettingsInput = Pick<
  SettingsView,
  | "setDiscountBasisPoints"
  | "setSize"
  | "mode"
  | "tellOrdersTogether"
  | "useCustomerHistory"
  | "goalEnabled"
  | "goalAmounts"
>;

/** Code of the words for each field that does not parse, by the field's name. */
export type SettingsErrors = Readonly<Record<string, string>>;

/** What the cards of the form share. */
export interface FormCardProps {
  form: SettingsForm;
  /** Changes some fields of the form. */
  onChange: (change: Partial<SettingsForm>) => void;
  errors: SettingsErrors;
}

/**
 * For `memo`: a card is rendered anew only where one of its own fields changed, so that typing in one does not wait for
 * all the others.
 */
export function showSame(...fields: (keyof SettingsForm)[]) {
  return <Props extends FormCardProps>({ form: before, ...others }: Props, { form: after, ...next }: Props): boolean =>
    fields.every((field) => before[field] === after[field]) &&
    Object.keys(next).every((name) => next[name as keyof typeof next] === others[name as keyof typeof others]);
}

const GOAL_FIELD = /^goalAmounts\.([A-Z]{3})$/;

/** The name of the goal's field in a currency. */
export function goalField(currency: string): GoalField {
  return `goalAmounts.${currency}`;
}

/** The currency of a goal's field; null for any other field. */
export function currencyOfField(field: string): string | null {
  return GOAL_FIELD.exec(field)?.[1] ?? null;
}

/** The goal's texts, by currency. */
export function goalTexts(form: SettingsForm): [currency: string, text: string][] {
  return Object.entries(form).flatMap(([field, text]): [string, string][] => {
    const currency = currencyOfField(field);
    return currency === null || typeof text !== "string" ? [] : [[currency, text]];
  });
}

export const MODES = ["automatic", "review", "manual"] as const satisfies SettingsView["mode"][];
export const SET_SIZES = ["1", "2", "3"] as const;

/** Half off: more is far likelier a slip of the finger than a plan. */
export const LARGEST_DISCOUNT_PERCENT = 50;
/** From here on the form asks to look at the margin. */
export const LARGE_DISCOUNT_PERCENT = 30;

const PERCENT = /^\d{1,3}(\.\d{1,2})?$/;
const GROUPED = /^\d{1,3}(,\d{3})+(\.\d+)?$/;

/** The form that shows saved settings. */
export function settingsForm(view: SettingsInput & Pick<SettingsView, "currencies">): SettingsForm {
  return {
    discountPercent: String(view.setDiscountBasisPoints / 100),
    setSize: String(view.setSize),
    mode: view.mode,
    tellOrdersTogether: view.tellOrdersTogether,
    useCustomerHistory: view.useCustomerHistory,
    goalEnabled: view.goalEnabled,
    ...Object.fromEntries(
      view.currencies.map((currency) => {
        const amountMinor = view.goalAmounts[currency];
        return [goalField(currency), amountMinor === undefined ? "" : toDecimalString({ amountMinor, currency })];
      }),
    ),
  };
}

/**
 * Reads a form, in the browser before it is sent and on the server when it comes. Full-width digits, a percent sign
 * and thousands separators are understood. Refuses with a code for every field that is wrong, never the first alone.
 */
export function parseSettingsForm(
  form: SettingsForm,
): { code: "ok"; input: SettingsInput } | { code: "invalid"; errors: SettingsErrors } {
  const errors: Record<string, string> = {};
  const setDiscountBasisPoints = parsePercent(form.discountPercent);
  if (typeof setDiscountBasisPoints !== "number") errors.discountPercent = setDiscountBasisPoints.code;
  const mode = MODES.find((known) => known === form.mode);
  if (mode === undefined) errors.mode = "invalid";
  const setSize = SET_SIZES.find((known) => known === form.setSize);
  if (setSize === undefined) errors.setSize = "invalid";
  const goalAmounts: Record<string, number> = {};
  for (const [currency, text] of goalTexts(form)) {
    if (text.trim() === "") continue;
    const amount = parseAmount(text, currency);
    if (typeof amount === "number") goalAmounts[currency] = amount;
    // With the goal off its fields are folded away; an amount that nobody can see must not hold up the rest.
    else if (form.goalEnabled) errors[goalField(currency)] = amount.code;
  }
  if (form.goalEnabled && Object.keys(goalAmounts).length === 0 && !hasGoalError(errors))
    errors.goalEnabled = "no-amount";
  if (Object.keys(errors).length > 0) return { code: "invalid", errors };
  return {
    code: "ok",
    input: {
      setDiscountBasisPoints: setDiscountBasisPoints as number,
      setSize: Number(setSize),
      mode: mode!,
      tellOrdersTogether: form.tellOrdersTogether,
      useCustomerHistory: form.useCustomerHistory,
      goalEnabled: form.goalEnabled,
      goalAmounts,
    },
  };
}

function hasGoalError(errors: SettingsErrors): boolean {
  return Object.keys(errors).some((field) => currencyOfField(field) !== null);
}

/** A discount in basis points, or the code of what is wrong with it. */
export function parsePercent(text: string): number | { code: string } {
  const plain = text.normalize("NFKC").replace(/%$/, "").trim();
  if (!PERCENT.test(plain)) return { code: "not-a-percentage" };
  const basisPoints = Math.round(Number(plain) * 100);
  return basisPoints > LARGEST_DISCOUNT_PERCENT * 100 ? { code: "too-large" } : basisPoints;
}

/** An amount in the currency's smallest unit, or the code of what is wrong with it. */
export function parseAmount(text: string, currency: string): number | { code: string } {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  const digits = GROUPED.test(plain) ? plain.replaceAll(",", "") : plain;
  const amount = parseDecimal(digits, currency);
  if (amount === null)
    return { code: exponentOf(currency) === 0 && /^\d+\.\d+$/.test(digits) ? "no-decimals" : "not-an-amount" };
  return amount.amountMinor > 0 ? amount.amountMinor : { code: "not-positive" };
}
