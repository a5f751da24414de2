import type { UtcMs } from "./order.ts";

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const DATE =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const EPOCH_SECONDS_FROM = 1e8;
const EPOCH_MS_FROM = 1e11;

/** A decimal number as exports write it ("2.55", "-1", "1,234.50"); NaN for anything else, "" included. */
export function parseDecimal(text: string): number {
  const trimmed = text.trim();
  if (DECIMAL.test(trimmed)) return Number(trimmed);
  if (GROUPED.test(trimmed)) return Number(trimmed.replaceAll(",", ""));
  return NaN;
}

/**
 * A time as order files write it, in milliseconds since 1970 UTC: "2010-12-01 08:26:00", "2026-05-01T09:59:00Z",
 * "2025-10-07 09:50:26 +0200", a date alone. A time without a zone is taken as UTC. A bare number is seconds or
 * milliseconds since 1970 where it is large enough, and an ordinal (the 25th day, the 7th week) as it stands
 * otherwise. NaN for anything else, impossible dates included.
 */
export function parseTimestamp(text: string): UtcMs {
  const trimmed = text.trim();
  const match = DATE.exec(trimmed);
  if (match === null) return fromNumber(parseDecimal(trimmed));
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = match;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  const parts = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const;
  const at = Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5], ms);
  const back = new Date(at);
  const exists =
    back.getUTCFullYear() === parts[0] && back.getUTCMonth() === parts[1] - 1 && back.getUTCDate() === parts[2];
  if (!exists || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return NaN;
  return at - zoneOffsetMs(zone);
}

function fromNumber(value: number): UtcMs {
  if (!(value >= 0)) return NaN;
  if (value >= EPOCH_MS_FROM) return value;
  return value >= EPOCH_SECONDS_FROM ? value * 1000 : value;
}

function zoneOffsetMs(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const digits = zone.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith("-") ? -minutes : minutes) * 60_000;
}
