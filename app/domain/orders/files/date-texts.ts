import type { UtcMs } from "../order.ts";
import { DAY_MS } from "../../time/day.ts";

/** Which of three bare numbers is what: "31/12/2023", "12/31/2023", "23/12/31". */
export type DateOrder = "day-month-year" | "month-day-year" | "year-month-day";

/** What the dates of a column turned out to be. */
export interface DateColumn {
  /** Distinct text -> time, NaN where it cannot be read. */
  readonly at: readonly UtcMs[];
  /** How bare numbers are ordered; null where no date needed it. */
  readonly order: DateOrder | null;
  /** The column does not show whether day or month comes first; dates that could be either are NaN. */
  readonly isAmbiguous: boolean;
}

/** What else a file says about how its dates may be written, where the dates alone do not decide. */
export interface DateHints {
  /** Fields are separated by semicolons, or decimals by commas, as where days come first. */
  readonly dayFirstIsLikelier: boolean;
}

const ORDERS: readonly DateOrder[] = ["day-month-year", "month-day-year", "year-month-day"];
/** An order of parts may leave this share of dates unread: files hold typing errors. */
const MOST_UNREAD = 0.02;
/** One order of parts must leave so much less disorder than another to be believed. */
const CLEARLY_LESS_DISORDER = 0.7;
const LEAST_SERIAL = 30_000;
const MOST_SERIAL = 60_000;
/** Day 0 of spreadsheets, chosen so that their days from March 1900 on come out right. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const EPOCH_SECONDS_FROM = 1e8;
const EPOCH_MS_FROM = 1e11;

/**
 * Reads the times of a whole column, so that dates like "01/02/2026" are read as the others prove: a number above 12
 * is a day, and where none is, that reading counts which leaves orders in a clearer order of time. `texts` are
 * distinct, in the order of their first appearance. A time without a zone is taken as UTC.
 */
export function readDates(texts: readonly string[], hints: DateHints): DateColumn {
  const readings = texts.map(readDate);
  const triples = readings.filter((reading) => reading?.kind === "triple");
  const order = triples.length === 0 ? null : orderOf(readings, hints);
  const numbers = readings.filter((reading) => reading?.kind === "number").map(({ value }) => value);
  const areSerials = numbers.length > 0 && numbers.every((value) => value >= LEAST_SERIAL && value <= MOST_SERIAL);
  const at = readings.map((reading) => {
    if (reading === null) return NaN;
    if (reading.kind === "time") return reading.at;
    if (reading.kind === "number") return areSerials ? fromSerial(reading.value) : fromNumber(reading.value);
    return order === null ? onlyReading(reading) : atOf(reading, order);
  });
  return { at, order, isAmbiguous: triples.length > 0 && order === null };
}

/** Reads one time by itself; NaN also where its day and month could be either. */
export function readTime(text: string): UtcMs {
  return readDates([text], { dayFirstIsLikelier: false }).at[0]!;
}

type Reading =
  Triple | { readonly kind: "time"; readonly at: UtcMs } | { readonly kind: "number"; readonly value: number };

/** A date of three numbers whose order is not known. */
interface Triple {
  readonly kind: "triple";
  readonly parts: readonly [number, number, number];
  readonly lengths: readonly [number, number, number];
  readonly separator: string;
  readonly hasAmPm: boolean;
  readonly timeMs: number;
}

function orderOf(readings: readonly (Reading | null)[], hints: DateHints): DateOrder | null {
  const triples = readings.filter((reading) => reading?.kind === "triple");
  const possible = ORDERS.filter((order) => {
    const unread = triples.filter((triple) => Number.isNaN(atOf(triple, order))).length;
    return unread <= triples.length * MOST_UNREAD;
  });
  if (possible.length <= 1) return possible[0] ?? mostRead(triples);
  const disorder = possible.map((order) => disorderOf(readings, order));
  const least = Math.min(...disorder);
  const best = possible.filter((_, index) => disorder[index]! * CLEARLY_LESS_DISORDER <= least);
  if (best.length === 1) return best[0]!;
  return likelierOrder(triples, best, hints);
}

/** A date that only one order of parts can read; NaN for one that could be two days. */
function onlyReading(triple: Triple): UtcMs {
  const [only, ...others] = new Set(ORDERS.map((order) => atOf(triple, order)).filter((at) => !Number.isNaN(at)));
  return only === undefined || others.length > 0 ? NaN : only;
}

/** Where no order reads nearly all dates: the one that reads clearly more of them than any other, if any. */
function mostRead(triples: readonly Triple[]): DateOrder | null {
  const read = ORDERS.map((order) => triples.filter((triple) => !Number.isNaN(atOf(triple, order))).length);
  const most = Math.max(...read);
  const isClear = read.filter((count) => count * 2 > most).length === 1 && most * 2 > triples.length;
  return isClear ? ORDERS[read.indexOf(most)]! : null;
}

function likelierOrder(triples: readonly Triple[], among: readonly DateOrder[], hints: DateHints): DateOrder | null {
  const hinted: DateOrder | null = triples.some(({ hasAmPm }) => hasAmPm)
    ? "month-day-year"
    : hints.dayFirstIsLikelier || triples.every(({ separator }) => separator === ".")
      ? "day-month-year"
      : null;
  return hinted !== null && among.includes(hinted) ? hinted : null;
}

/** Steps against the main direction of time, and how far they go, summed as days. */
function disorderOf(readings: readonly (Reading | null)[], order: DateOrder): number {
  let up = 0;
  let down = 0;
  let before = NaN;
  for (const reading of readings) {
    const at = reading?.kind === "triple" ? atOf(reading, order) : reading?.kind === "time" ? reading.at : NaN;
    if (Number.isNaN(at)) continue;
    const days = Math.floor(at / DAY_MS) - Math.floor(before / DAY_MS);
    if (days > 0) up += Math.min(days, 366);
    if (days < 0) down += Math.min(-days, 366);
    before = at;
  }
  // What a sorted column goes through is the same whichever way it is read; only steps back tell.
  return Math.min(up, down) + (up + down === 0 ? 0 : 1e-9 * (up + down));
}

function atOf({ parts, lengths, timeMs }: Triple, order: DateOrder): UtcMs {
  const [a, b, c] = parts;
  const [year, month, day, yearLength] =
    order === "year-month-day"
      ? [a, b, c, lengths[0]]
      : order === "day-month-year"
        ? [c, b, a, lengths[2]]
        : [c, a, b, lengths[2]];
  if (yearLength !== 4 && yearLength !== 2) return NaN;
  return utc(yearLength === 2 ? (year < 70 ? 2000 : 1900) + year : year, month, day) + timeMs;
}

const ZONES: Readonly<Record<string, number>> = {
  ...{ z: 0, utc: 0, gmt: 0, wet: 0, bst: 60, cet: 60, west: 60, cest: 120, eet: 120, eest: 180, jst: 540, kst: 540 },
  ...{ est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420, aest: 600, aedt: 660 },
};
const MONTHS: readonly (readonly string[])[] = [
  ["jan", "janv", "januar", "january", "enero", "ene", "janvier", "jänner", "janeiro", "gennaio"],
  ["feb", "fev", "fevr", "februar", "february", "febrero", "fevrier", "fevereiro", "febbraio"],
  ["mar", "mars", "mär", "mrz", "marz", "märz", "march", "marzo", "março", "maart"],
  ["apr", "avr", "april", "avril", "abril", "abr", "aprile"],
  ["may", "mai", "mayo", "maio", "maggio", "mei"],
  ["jun", "juin", "juni", "june", "junio", "junho", "giugno"],
  ["jul", "juil", "juli", "july", "julio", "juillet", "julho", "luglio"],
  ["aug", "aou", "aout", "august", "agosto", "ago"],
  ["sep", "sept", "september", "septiembre", "septembre", "setembro", "settembre"],
  ["oct", "okt", "oktober", "october", "octubre", "octobre", "outubro", "ottobre"],
  ["nov", "november", "noviembre", "novembre", "novembro"],
  ["dec", "dez", "dic", "dezember", "december", "diciembre", "decembre", "dezembro", "dicembre"],
];
const MONTH_OF_NAME = new Map(MONTHS.flatMap((names, month) => names.map((name) => [plain(name), month + 1] as const)));
/** Years that Japanese eras count from. */
const ERAS: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925, R: 2018, H: 1988, S: 1925 };

const CLOCK = String.raw`(\d{1,2})[:時시](\d{1,2})[分분]?(?:[:.]?(\d{1,2})[秒초]?(?:[.,](\d{1,9}))?)?`;
const TIME = new RegExp(
  String.raw`^[T,\s]*(?:at |um |à )?(午前|午後|오전|오후)?\s*${CLOCK}\s*(a\.?m\.?|p\.?m\.?)?(?:\s*uhr)?\s*(?:\(?([A-Za-z]{1,4})?\)?\s*([+-]\d{1,2}:?\d{2}|[+-]\d{2})?)(?:\s*\([^)]*\))?$`,
  "i",
);
const YEAR_FIRST = /^(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})[日일.]?(?:\s*[(（][^)）]*[)）])?/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T_ -]?(\d{2})(\d{2})(\d{2})?)?(Z)?$/;
const TRIPLE = /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{2,4})(?!\d)(?:\s*[(（][^)）\d]*[)）])?/;
const NAMED_DAY_FIRST =
  /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:of |de )?\s*(\p{L}{3,})\.?,?[\s-]*(?:de )?\s*(\d{4}|\d{2}(?![\d:]))/u;
const NAMED_MONTH_FIRST = /^(?:\p{L}+\.?,?\s+)?(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/u;
const ERA = /^(令和|平成|昭和|[RHS])\s*(\d{1,2}|元)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})日?/;
const BARE_NUMBER = /^\d+(?:[.,]\d+)?$/;

function readDate(text: string): Reading | null {
  const clean = text.normalize("NFKC").trim();
  const compact = COMPACT.exec(clean);
  if (compact !== null && isYear(Number(compact[1]))) {
    const [, year, month, day, hour = "0", minute = "0", second = "0"] = compact;
    const at = utc(Number(year), Number(month), Number(day)) + clock(Number(hour), Number(minute), Number(second));
    if (!Number.isNaN(at)) return { kind: "time", at };
  }
  if (BARE_NUMBER.test(clean)) return { kind: "number", value: Number(clean.replace(",", ".")) };
  return dated(clean) ?? triple(clean);
}

/** A date that says itself which part is which. */
function dated(clean: string): Reading | null {
  const matched = (pattern: RegExp, date: (match: RegExpExecArray) => number): number | null => {
    const match = pattern.exec(clean);
    return match === null ? null : date(match) + timeAfter(clean.slice(match[0].length));
  };
  const at =
    matched(YEAR_FIRST, ([, year, month, day]) => utc(Number(year), Number(month), Number(day))) ??
    matched(ERA, ([, era, year, month, day]) =>
      utc(ERAS[era!]! + (year === "元" ? 1 : Number(year)), Number(month), Number(day)),
    ) ??
    matched(NAMED_DAY_FIRST, ([, day, month, year]) => named(year!, month!, day!)) ??
    matched(NAMED_MONTH_FIRST, ([, month, day, year]) => named(year!, month!, day!));
  return at === null || Number.isNaN(at) ? null : { kind: "time", at };
}

function triple(clean: string): Triple | null {
  const match = TRIPLE.exec(clean);
  if (match === null) return null;
  const [whole, a, separator, b, c] = match as unknown as [string, string, string, string, string];
  const rest = clean.slice(whole.length);
  const timeMs = timeAfter(rest);
  if (Number.isNaN(timeMs)) return null;
  return {
    kind: "triple",
    parts: [Number(a), Number(b), Number(c)],
    lengths: [a.length, b.length, c.length],
    separator,
    hasAmPm: /[ap]\.?m/i.test(rest),
    timeMs,
  };
}

function named(year: string, month: string, day: string): UtcMs {
  const number = MONTH_OF_NAME.get(plain(month)) ?? MONTH_OF_NAME.get(plain(month).slice(0, 3)) ?? NaN;
  return utc(year.length === 2 ? 2000 + Number(year) : Number(year), number, Number(day));
}

function plain(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Milliseconds since midnight UTC that the rest of a text says; 0 for none, NaN where it cannot be read. */
function timeAfter(rest: string): number {
  if (/^[\s,]*(Z|UTC|GMT)?$/i.test(rest)) return 0;
  const match = TIME.exec(rest);
  if (match === null) return NaN;
  const [, half, hour, minute, second = "0", fraction = "", after, zoneName, offset] = match;
  const isAfternoon = /^(午後|오후|p)/i.test(half ?? after ?? "");
  const isHalfDay = half !== undefined || after !== undefined;
  let hours = Number(hour);
  if (isHalfDay && (hours > 12 || (hours === 0 && half === undefined))) return NaN;
  if (isHalfDay) hours = (hours % 12) + (isAfternoon ? 12 : 0);
  const zone = zoneName === undefined ? 0 : ZONES[zoneName.toLowerCase()];
  if (zone === undefined) return NaN;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  return (
    clock(hours, Number(minute), Number(second)) + ms - (offset === undefined ? zone : offsetMinutes(offset)) * 60_000
  );
}

function offsetMinutes(text: string): number {
  const digits = text.slice(1).replace(":", "");
  const minutes =
    digits.length <= 2 ? Number(digits) * 60 : Number(digits.slice(0, -2)) * 60 + Number(digits.slice(-2));
  return text.startsWith("-") ? -minutes : minutes;
}

function clock(hours: number, minutes: number, seconds: number): number {
  if (hours > 23 || minutes > 59 || seconds > 59) return NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Midnight of a day that exists; NaN otherwise. */
function utc(year: number, month: number, day: number): UtcMs {
  if (!isYear(year) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= 31)) return NaN;
  const at = Date.UTC(year, month - 1, day);
  return new Date(at).getUTCDate() === day ? at : NaN;
}

const isYear = (year: number) => year >= 1970 && year <= 2100;

function fromSerial(value: number): UtcMs {
  return SERIAL_EPOCH + Math.round(value * 86_400) * 1000;
}

function fromNumber(value: number): UtcMs {
  if (value >= EPOCH_MS_FROM) return value;
  return value >= EPOCH_SECONDS_FROM ? value * 1000 : value;
}
