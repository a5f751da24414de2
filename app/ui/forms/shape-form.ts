/*
A declared object as a form: a flat record of texts and ticks by path ("setSize", "goalAmounts.USD"), as people type them,
and back. A list is one field, the JSON of its rows, so that two people who edit the same list choose between two lists
and never get a mixture of both.
*/
import {
  type Description,
  type IntegerUnit,
  isRecord,
  type ObjectDescription,
  within,
} from "../../domain/shape/field.ts";
import type { Shape } from "../../domain/shape/shape.ts";
import { isCurrencyCode } from "../../domain/money/currency.ts";
import { toDecimalString } from "../../domain/money/money.ts";
import type { FieldValue } from "./draft.ts";
import { type Typed, typedAmount, typedPercent, typedWhole } from "./typed-values.ts";

export type ShapeForm = Readonly<Record<string, FieldValue | undefined>>;
/** Code of the words for each field that is wrong, by the field's name. */
export type FormErrors = Readonly<Record<string, string>>;

/** What a shop's forms have a field of their own for. */
export interface FormContext {
  readonly currencies: readonly string[];
  readonly languages: readonly string[];
}

/** The form that shows a value. */
export function shapeForm<T>({ description }: Shape<T>, value: T, context: FormContext): ShapeForm {
  return describedForm(description, value, context);
}

/** As {@link shapeForm}, of a description that allows less than the shape does. */
export function describedForm(description: ObjectDescription, value: unknown, context: FormContext): ShapeForm {
  return Object.fromEntries(fieldsOf(description, value, context, ""));
}

function fieldsOf(
  description: Description,
  value: unknown,
  context: FormContext,
  path: string,
): [string, FieldValue][] {
  const record = isRecord(value) ? value : {};
  switch (description.kind) {
    case "boolean":
      return [[path, value === true]];
    case "integer":
      return [[path, value === undefined ? "" : numberText(Number(value), description.unit)]];
    case "choice":
    case "text":
      return [[path, String(value ?? "")]];
    case "amounts":
      return context.currencies.map((currency) => {
        const amountMinor = record[currency] as number | undefined;
        const text = amountMinor === undefined ? "" : toDecimalString({ amountMinor, currency });
        return [within(path, currency), text];
      });
    case "texts":
      return context.languages.map((language) => [within(path, language), String(record[language] ?? "")]);
    case "ids":
      return [[path, (value as readonly string[] | undefined)?.join(" ") ?? ""]];
    case "list": {
      const rows = (value as readonly unknown[] | undefined) ?? [];
      return [[path, rowsText(rows.map((row) => Object.fromEntries(fieldsOf(description.of, row, context, ""))))]];
    }
    case "optional": {
      const fields = fieldsOf(description.of, value ?? undefined, context, path);
      return isSwitched(description) ? [[switchOf(path), value !== null && value !== undefined], ...fields] : fields;
    }
    case "object":
      return Object.entries(description.fields).flatMap(([name, field]) =>
        fieldsOf(field, record[name], context, within(path, name)),
      );
    case "one-of": {
      const stored = String(record[description.tag]);
      const chosen = Object.hasOwn(description.variants, stored) ? stored : Object.keys(description.variants)[0];
      if (chosen === undefined) return [];
      return [
        [within(path, description.tag), chosen],
        ...fieldsOf(description.variants[chosen]!, value, context, path),
      ];
    }
  }
}

type OneOf = Extract<Description, { kind: "one-of" }>;

function numberText(value: number, unit: IntegerUnit): string {
  return String(unit === "basis-points" ? value / 100 : value);
}

/** The fields of a form that hold the numbers of a variant, also those that may be left empty. */
export function numbersOf(variant: ObjectDescription | undefined, form: ShapeForm, path: string): ShapeForm {
  const names = Object.entries(variant?.fields ?? {}).filter(([, field]) => numberIn(field) !== null);
  return Object.fromEntries(names.map(([name]) => [within(path, name), form[within(path, name)]]));
}

/**
 * The numbers that a form shows of a variant that is being chosen. A number that all variants declare alike, or this one and
 * the one that is left, keeps what was typed. Of other numbers with one name ("10 %" of a discount says nothing about
 * store credit) those come back that were `typed` for this variant before. What nobody typed begins as it was declared.
 */
export function chosenNumbers(
  { tag, variants }: OneOf,
  chosen: string,
  { form, path, typed }: { form: ShapeForm; path: string; typed: ShapeForm },
): ShapeForm {
  const left = variants[String(form[within(path, tag)])]?.fields ?? {};
  const numbers = Object.entries(variants[chosen]?.fields ?? {}).flatMap(([name, field]): [string, FieldValue][] => {
    const number = numberIn(field);
    if (number === null) return [];
    const at = within(path, name);
    const others = Object.values(variants).flatMap(({ fields }) => fields[name] ?? []);
    const isShared = others.every((one) => isAlike(one, field)) || isAlike(left[name], field);
    const known = isShared ? form[at] : typed[at];
    const isKnown = known !== undefined && (known !== "" || field.kind === "optional");
    return [[at, isKnown ? known : numberText(number.initial, number.unit)]];
  });
  return Object.fromEntries(numbers);
}

/** The number that a field holds, or may hold. */
function numberIn(field: Description): Extract<Description, { kind: "integer" }> | null {
  const of = field.kind === "optional" ? field.of : field;
  return of.kind === "integer" ? of : null;
}

function isAlike(one: Description | undefined, other: Description): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The rows of a list in a form. */
export function rowsOf(text: FieldValue | undefined): ShapeForm[] {
  try {
    const rows: unknown = JSON.parse(typeof text === "string" ? text : "");
    return Array.isArray(rows) ? rows.filter(isRecord).map((row) => row as ShapeForm) : [];
  } catch {
    return [];
  }
}

/** A row that nobody has filled in yet. */
export function emptyRow(of: Description, context: FormContext): ShapeForm {
  return Object.fromEntries(fieldsOf(of, undefined, context, ""));
}

/** The field that holds these rows. */
export function rowsText(rows: readonly ShapeForm[]): string {
  return JSON.stringify(rows);
}

/**
 * Reads a form, in the browser before it is sent and on the server when it comes. Full-width digits, percent signs and
 * thousands separators are understood. Refuses with a code for every field that is wrong, never the first alone.
 */
export function readShapeForm<T>(
  shape: Shape<T>,
  form: ShapeForm,
): { code: "ok"; input: T } | { code: "invalid"; errors: FormErrors } {
  const errors: Record<string, string> = {};
  const input = readValue(shape.description, form, "", (path, code) => (errors[path] ??= code));
  const parsed = shape.parse(input);
  // A text that is no number is refused as what it is, not as the number that is missing in its place.
  if (!parsed.ok) for (const { path, code } of parsed.refusals) errors[path] ??= code;
  return parsed.ok && Object.keys(errors).length === 0
    ? { code: "ok", input: parsed.value }
    : { code: "invalid", errors };
}

type Refuse = (path: string, code: string) => void;

function readValue(description: Description, form: ShapeForm, path: string, refuse: Refuse): unknown {
  const text = form[path];
  switch (description.kind) {
    case "boolean":
    case "choice":
    case "text":
      return text;
    case "integer":
      return typed(text, path, refuse, description.unit === "basis-points" ? typedPercent : typedWhole);
    case "amounts":
      return keyedTexts(form, path, (amount, currency, at) =>
        isCurrencyCode(currency) ? typed(amount, at, refuse, (one) => typedAmount(one, currency)) : undefined,
      );
    case "texts":
      return keyedTexts(form, path, (written) => written);
    case "ids":
      return typeof text === "string" ? text.split(" ").filter((id) => id !== "") : undefined;
    case "list":
      return rowsOf(text).map((row, index) =>
        readValue(description.of, row, "", (at, code) => refuse(within(within(path, index), at), code)),
      );
    case "optional": {
      const isAbsent = isSwitched(description) ? form[switchOf(path)] !== true : isEmpty(form[path]);
      return isAbsent ? null : readValue(description.of, form, path, refuse);
    }
    case "object":
      return Object.fromEntries(
        Object.entries(description.fields).map(([name, field]) => [
          name,
          readValue(field, form, within(path, name), refuse),
        ]),
      );
    case "one-of": {
      const chosen = form[within(path, description.tag)];
      const variant = typeof chosen === "string" && Object.hasOwn(description.variants, chosen) ? chosen : null;
      const fields = variant === null ? {} : readValue(description.variants[variant]!, form, path, refuse);
      return { [description.tag]: chosen, ...(fields as object) };
    }
  }
}

function typed(text: FieldValue | undefined, path: string, refuse: Refuse, read: (text: string) => Typed): unknown {
  if (typeof text !== "string") return undefined;
  const value = read(text);
  if (typeof value === "number") return value;
  refuse(path, value.code);
  return Number.NaN;
}

function isEmpty(text: FieldValue | undefined): boolean {
  return typeof text !== "string" || text.trim() === "";
}

export const SWITCH = "isSet";

/** The tick that says whether an optional object or list is there at all. */
export function switchOf(path: string): string {
  return within(path, SWITCH);
}

/** Whether an optional value has such a tick; an optional text or number is simply left empty. */
export function isSwitched({ of }: { readonly of: Description }): boolean {
  return ["object", "one-of", "list", "amounts", "texts", "ids"].includes(of.kind);
}

/** The values of the fields below a path; an empty text is no value. */
function keyedTexts(
  form: ShapeForm,
  path: string,
  read: (text: string, key: string, path: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, text]): [string, unknown][] => {
      if (!name.startsWith(`${path}.`) || typeof text !== "string" || text.trim() === "") return [];
      const key = name.slice(path.length + 1);
      return [[key, read(text, key, name)]];
    }),
  );
}

/** What a field's name stands for in a form of this description; null where there is no such field. */
export function descriptionAt(description: ObjectDescription, name: string): Description | null {
  let at: Description = description;
  for (const part of name === "" ? [] : name.split(".")) {
    if (at.kind === "optional" && part === SWITCH && isSwitched(at)) return { kind: "boolean" };
    while (at.kind === "optional") at = at.of;
    if (at.kind === "object" && Object.hasOwn(at.fields, part)) at = at.fields[part]!;
    else if (at.kind === "one-of") {
      const variants: ObjectDescription[] = Object.values(at.variants);
      if (part === at.tag) at = { kind: "choice", choices: Object.keys(at.variants) };
      else {
        const found: ObjectDescription | undefined = variants.find(({ fields }) => Object.hasOwn(fields, part));
        if (found === undefined) return null;
        at = found.fields[part]!;
      }
    } else if (at.kind === "amounts" && isCurrencyCode(part)) at = { kind: "text", longest: LONGEST_NUMBER };
    else if (at.kind === "texts" && LANGUAGE.test(part)) at = { kind: "text", longest: at.longest };
    else if (at.kind === "list" && /^\d+$/.test(part)) at = at.of;
    else return null;
  }
  while (at.kind === "optional") at = at.of;
  return at;
}

const LANGUAGE = /^[a-zA-Z-]{2,20}$/;
const LONGEST_NUMBER = 40;
/** Longest text of a list's rows, and of ids. */
const LONGEST_LIST = 10_000;
const MOST_FIELDS = 1_000;

/** Whether something that was sent is a form of this description: every field is one that the form has, of its kind. */
export function isFormOf(description: ObjectDescription, sent: unknown): sent is ShapeForm {
  if (!isRecord(sent) || Object.keys(sent).length > MOST_FIELDS) return false;
  const isWhole = Object.entries(description.fields).every(
    ([name, { kind }]) => !["boolean", "integer", "choice"].includes(kind) || Object.hasOwn(sent, name),
  );
  return isWhole && Object.entries(sent).every(([name, value]) => isFieldOf(descriptionAt(description, name), value));
}

function isFieldOf(description: Description | null, value: unknown): boolean {
  switch (description?.kind) {
    case undefined:
    case "object":
    case "one-of":
    case "amounts":
    case "texts":
      return false;
    case "boolean":
      return typeof value === "boolean";
    case "list":
    case "ids":
      return typeof value === "string" && value.length <= LONGEST_LIST;
    case "text":
      return typeof value === "string" && value.length <= description.longest;
    default:
      return typeof value === "string" && value.length <= LONGEST_NUMBER;
  }
}
