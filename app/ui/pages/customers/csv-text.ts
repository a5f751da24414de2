/**
 * Rows as CSV (RFC 4180) with a byte-order mark, without which spreadsheets misread Japanese. A text that a spreadsheet
 * would take for a formula gets an apostrophe before it: titles are written by anyone.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The day of an ISO time as spreadsheets read it ("2026-05-03"), in a timezone; in UTC where that does not exist. */
export function csvDay(iso: string, timezone: string): string {
  const parts = dayFormat(timezone).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

function dayFormat(timezone: string): Intl.DateTimeFormat {
  const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...day, timeZone: timezone });
  } catch {
    return new Intl.DateTimeFormat("en-CA", { ...day, timeZone: "UTC" });
  }
}
