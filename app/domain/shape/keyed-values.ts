/* Fields that hold one value for each currency or language. */
import { isCurrencyCode } from "../money/currency.ts";
import { type Field, isRecord, type Reading, within } from "./field.ts";
import { isStorable } from "./values.ts";

/** More than there are currencies or languages in any shop. */
const MOST_KEYS = 200;

/** Amounts in a currency's smallest unit, by currency code. */
export type Amounts = Readonly<Record<string, number>>;

/** Texts by language tag ("en", "pt-BR"). */
export type Texts = Readonly<Record<string, string>>;

/**
 * Amounts of `min`, 1 unless said otherwise, to `max` in minor units, by currency; none where nothing was chosen. Refuses `wrong-type`, `too-many`,
 * and for one currency `not-a-currency`, `not-whole`, `too-small` and `too-large`.
 */
export function amounts(options: { min?: number; max: number }): Field<Amounts> {
  const { min = 1 } = options;
  return {
    default: {},
    description: { kind: "amounts", max: options.max },
    read: (input, reading, path) =>
      readKeyed(input, reading, path, (amount, currency, at) => {
        if (!isCurrencyCode(currency)) reading.refuse(at, "not-a-currency");
        else if (typeof amount !== "number" || Number.isNaN(amount)) reading.refuseType(at, amount);
        else if (amount < min) reading.refuse(at, "too-small", min);
        else if (amount > options.max) reading.refuse(at, "too-large", options.max);
        else if (!Number.isInteger(amount)) reading.refuse(at, "not-whole");
        else return amount;
        return null;
      }),
  };
}

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/;

/**
 * A text for each language, of at most `longest` UTF-16 units; none where nothing was written. Refuses `wrong-type`,
 * `too-many`, and for one language `not-a-language`, `too-long` and `unreadable`.
 */
export function texts(options: { longest: number }): Field<Texts> {
  return {
    default: {},
    description: { kind: "texts", longest: options.longest },
    read: (input, reading, path) =>
      readKeyed(input, reading, path, (written, language, at) => {
        if (!LANGUAGE_TAG.test(language)) reading.refuse(at, "not-a-language");
        else if (typeof written !== "string") reading.refuseType(at, written);
        else if (written.length > options.longest) reading.refuse(at, "too-long", options.longest);
        else if (!isStorable(written)) reading.refuse(at, "unreadable");
        else return written;
        return null;
      }),
  };
}

function readKeyed<V>(
  input: unknown,
  reading: Reading,
  path: string,
  readOne: (value: unknown, key: string, path: string) => V | null,
): Readonly<Record<string, V>> {
  if (!isRecord(input)) {
    reading.refuseType(path, input);
    return {};
  }
  const keys = Object.keys(input);
  if (keys.length > MOST_KEYS) {
    reading.refuse(path, "too-many", MOST_KEYS);
    return {};
  }
  const values: Record<string, V> = {};
  for (const key of keys) {
    const value = readOne(input[key], key, within(path, key));
    if (value !== null) values[key] = value;
  }
  return values;
}
