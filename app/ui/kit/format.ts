import { formatMoney } from "../../domain/money/format.ts";
import type { CodeKind } from "../../domain/shape/field.ts";
import type { MoneyView } from "../../views/money-view.ts";

/** How figures are written for one person and one shop; made by {@link formatsFor}. */
export interface Formats {
  /** At most two digits after the point, one from ten on: more would say more than the figures hold. */
  number(value: number): string;
  /** With exactly so many digits after the point. */
  decimal(value: number, digits: number): string;
  /**
   * Of a ratio, with exactly so many digits after the point, so that figures below each other line up: 0.2 is "20%" with no
   * digits, "20.0%" with one.
   */
  percent(ratio: number, digits?: number): string;
  /** Of a ratio, as a person would type it: at most two digits after the point. */
  typedPercent(ratio: number): string;
  /** A factor such as a lift, with one digit after the point, so that factors below each other line up: "4.0". */
  factor(value: number): string;
  money(amount: MoneyView): string;
  /** In few letters, for the axis of a chart: "1.2K", "12万". */
  compact(value: number): string;
  /** As {@link Formats.compact}, of an amount: "$1.2K", "¥12万". */
  compactMoney(amount: MoneyView): string;
  /** A day without its year, for the axis of a chart: "Oct 3". */
  shortDate(iso: string): string;
  /** A day, from an ISO date ("2026-10-03", meant as it stands) or an ISO time (put into the shop's timezone). */
  date(iso: string): string;
  /** From one day or ISO time to another, in days as {@link Formats.date}: "May 3 – May 12, 2026"; one day as itself. */
  dateRange(from: string, to: string): string;
  dateTime(iso: string): string;
  /** The time of day of an ISO time: "2:30 PM". */
  time(iso: string): string;
  list(items: readonly string[]): string;
  /** The name behind a code, a currency with it: "Germany", "Euro (EUR)"; the code alone where it is not known. */
  codeName(kind: CodeKind, code: string): string;
  /** A month of a year ("2026-10"): "Oct 2026". */
  month(iso: string): string;
  /** Months of the year, 1 being January: "July and August". */
  months(months: readonly number[]): string;
  /** Whole sentences one after another; Japanese sets no space between them. */
  sentences(parts: readonly string[]): string;
}

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Formats in a language (BCP 47 tag) and an IANA timezone. Both are always named, never the machine's own, so that
 * server and browser write the same. An unknown timezone is taken as UTC: a wrong clock beats a broken page.
 *
 * @param countryName Names a country by its code: servers and browsers do not agree on the names of all of them.
 */
export function formatsFor(
  tag: string,
  timezone = "UTC",
  countryName: (code: string) => string = (code) => code,
): Formats {
  const timeZone = isTimezone(timezone) ? timezone : "UTC";
  const day = { year: "numeric", month: "short", day: "numeric" } as const;
  return {
    number: (value) =>
      new Intl.NumberFormat(tag, { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 }).format(value),
    decimal: (value, digits) =>
      new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    percent: (ratio, digits = 0) =>
      new Intl.NumberFormat(tag, {
        ...{ style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits },
      }).format(ratio),
    typedPercent: (ratio) => new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 2 }).format(ratio),
    factor: (value) => new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value),
    money: (amount) => formatMoney(amount, tag),
    compact: (value) => new Intl.NumberFormat(tag, { notation: "compact", maximumFractionDigits: 1 }).format(value),
    compactMoney: (amount) => formatMoney(amount, tag, { compact: true }),
    date: (iso) =>
      new Intl.DateTimeFormat(tag, { ...day, timeZone: DATE_ONLY.test(iso) ? "UTC" : timeZone }).format(new Date(iso)),
    shortDate: (iso) =>
      new Intl.DateTimeFormat(tag, {
        ...(tag.startsWith("ja") ? { month: "numeric", day: "numeric" } : { month: "short", day: "numeric" }),
        timeZone: DATE_ONLY.test(iso) ? "UTC" : timeZone,
      }).format(new Date(iso)),
    dateRange: (from, to) => dateRange(tag, DATE_ONLY.test(from) ? "UTC" : timeZone, [new Date(from), new Date(to)]),
    dateTime: (iso) =>
      new Intl.DateTimeFormat(tag, { ...day, hour: "numeric", minute: "2-digit", timeZone }).format(new Date(iso)),
    time: (iso) => new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit", timeZone }).format(new Date(iso)),
    sentences: (parts) => parts.join(tag.startsWith("ja") ? "" : " "),
    codeName: (kind, code) => {
      if (kind === "country") return countryName(code);
      try {
        const name = new Intl.DisplayNames(tag, { type: kind }).of(code) ?? code;
        return kind === "currency" && name !== code ? `${name} (${code})` : name;
      } catch {
        return code;
      }
    },
    list: (items) => new Intl.ListFormat(tag, { type: "conjunction" }).format(items),
    month: (iso) => {
      const name = new Intl.DateTimeFormat(tag, { year: "numeric", month: "short", timeZone: "UTC" });
      return name.format(new Date(`${iso}-01T00:00:00Z`));
    },
    months: (months) => {
      const name = new Intl.DateTimeFormat(tag, { month: "long", timeZone: "UTC" });
      const names = months.map((month) => name.format(Date.UTC(2024, month - 1, 1)));
      return tag.startsWith("ja") ? names.join("・") : new Intl.ListFormat(tag, { type: "conjunction" }).format(names);
    },
  };
}

/** Not `formatRange`: browsers and servers differ in the spaces that it sets. The year is said once where it is one. */
function dateRange(tag: string, timeZone: string, [from, to]: readonly [Date, Date]): string {
  const whole = new Intl.DateTimeFormat(tag, { year: "numeric", month: "short", day: "numeric", timeZone });
  const short = new Intl.DateTimeFormat(tag, { month: "short", day: "numeric", timeZone });
  const yearOf = (date: Date) => new Intl.DateTimeFormat("en", { year: "numeric", timeZone }).format(date);
  const isSameYear = yearOf(from) === yearOf(to);
  if (whole.format(from) === whole.format(to)) return whole.format(to);
  // The year comes first in Japanese, and last in English.
  if (tag.startsWith("ja")) return `${whole.format(from)}～${(isSameYear ? short : whole).format(to)}`;
  return `${(isSameYear ? short : whole).format(from)} – ${whole.format(to)}`;
}

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
