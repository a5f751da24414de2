/** The sign between whole units and their fractions. */
export type DecimalMark = "." | ",";

/** An exact decimal: `digits` of `10^-decimals` units. `{ digits: 1250, decimals: 2 }` is 12.50. */
export interface Decimal {
  readonly digits: number;
  readonly decimals: number;
}

const CURRENCY = String.raw`(?:\p{Sc}|円|元|[A-Z]{2,3}\$?|R\$|kr\.?|zł|Kč|Ft|Rs\.?|Fr\.?|Stk\.?|Stück|pcs?|pieces?|units?|ea|個|点|本|枚|袋|箱|x|×)`;
const LEADING = new RegExp(`^([-+(]?)\\s*${CURRENCY}\\s*`, "iu");
const TRAILING = new RegExp(`\\s*${CURRENCY}(\\)?)$`, "iu");
const NUMBER = /^[-+]?(?:\d[\d.,]*|[.,]\d+)$/;

/** A number's text with signs at one place, ASCII digits, and without currency, units, spaces and apostrophes. */
function bare(text: string): string | null {
  let clean = text
    .normalize("NFKC")
    .trim()
    .replace(/[\u2212\u2012\u2013]/g, "-");
  clean = clean.replace(LEADING, "$1").replace(TRAILING, "$1");
  // Swiss prices: "5.-".
  clean = clean.replace(/[.,]-$/, "");
  if (/^\(.*\)$/.test(clean)) clean = `-${clean.slice(1, -1)}`;
  if (/^[^-].*-$/.test(clean)) clean = `-${clean.slice(0, -1)}`;
  clean = clean
    .replace(LEADING, "$1")
    .replace(/(\d)[\s'’`](?=\d{3}(?!\d))/g, "$1")
    .replace(/^([-+])\s+/, "$1");
  return NUMBER.test(clean) ? clean : null;
}

/** The mark that a text's own form proves, and null for one like "1,234" or "12" that proves none. */
function provenMark(clean: string): DecimalMark | null {
  const points = clean.split(".").length - 1;
  const commas = clean.split(",").length - 1;
  if (points > 0 && commas > 0) return clean.lastIndexOf(".") > clean.lastIndexOf(",") ? "." : ",";
  if (points > 1) return ",";
  if (commas > 1) return ".";
  if (points + commas === 0) return null;
  const mark = points === 1 ? "." : ",";
  const [whole, fraction] = clean.replace(/^[-+]/, "").split(mark) as [string, string];
  return fraction.length === 3 && whole.length <= 3 && !/^0?$/.test(whole) ? null : mark;
}

/**
 * The decimal mark of a file, detected from all numbers of its amounts. Numbers like "1.234" prove nothing alone: then
 * the mark is a point, or a comma where `commaIsLikelier` (fields separated by semicolons).
 */
export function decimalMarkOf(texts: Iterable<string>, commaIsLikelier: boolean): DecimalMark {
  const votes = { ".": 0, ",": 0 };
  let grouped = 0;
  for (const text of texts) {
    const clean = bare(text);
    if (clean === null) continue;
    const mark = provenMark(clean);
    if (mark !== null) votes[mark]++;
    else if (clean.includes(",")) grouped++;
  }
  if (votes["."] !== votes[","]) return votes["."] > votes[","] ? "." : ",";
  return commaIsLikelier && grouped === 0 ? "," : ".";
}

/**
 * Reads a number as people and programs write it: "2.55", "-1", "1,234.50", "1.234,50", "12,50 €", "¥1,200", "(5.00)".
 * `mark` decides where the text proves nothing itself ("1,234"). Null for anything else, for "" and for numbers that
 * cannot be held exactly.
 */
export function readDecimal(text: string, mark: DecimalMark): Decimal | null {
  const clean = bare(text);
  if (clean === null) return null;
  const own = provenMark(clean) ?? mark;
  const [whole = "", fraction = "", ...more] = clean.replaceAll(own === "." ? "," : ".", "").split(own);
  if (more.length > 0 || !isGrouped(clean, own)) return null;
  const significant = fraction.replace(/0+$/, "");
  const digits = Number(`${whole}${significant}`);
  return Number.isSafeInteger(digits) ? { digits: digits === 0 ? 0 : digits, decimals: significant.length } : null;
}

/** Thousands are separated by threes, or not at all: "1,23,456" (Indian) passes, "12,34.5" does not. */
function isGrouped(clean: string, mark: DecimalMark): boolean {
  const group = mark === "." ? "," : ".";
  const [whole = ""] = clean.replace(/^[-+]/, "").split(mark);
  if (!whole.includes(group)) return !(clean.split(mark)[1] ?? "").includes(group);
  const [first = "", ...rest] = whole.split(group);
  return (
    first.length >= 1 &&
    first.length <= 3 &&
    rest.at(-1)!.length === 3 &&
    rest.every(({ length }) => length === 3 || length === 2)
  );
}

/**
 * The decimal as a whole number of `10^-decimals` units, rounded half away from zero where it has more digits. Null
 * where it cannot be held exactly.
 */
export function inUnits(value: Decimal, decimals: number): number | null {
  if (value.decimals <= decimals) {
    const digits = value.digits * 10 ** (decimals - value.decimals);
    return Number.isSafeInteger(digits) ? digits : null;
  }
  return roundedQuotient(value.digits, 10 ** (value.decimals - decimals));
}

/** `a / b` for integers, `b` above zero, rounded half away from zero. */
export function roundedQuotient(a: number, b: number): number {
  const whole = Math.floor(Math.abs(a) / b);
  const quotient = whole + (2 * (Math.abs(a) % b) >= b ? 1 : 0);
  return a < 0 && quotient !== 0 ? -quotient : quotient;
}
