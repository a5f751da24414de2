import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvRows, type CsvRow } from "./csv-rows.ts";
import { decimalField, RepeatingTexts, RunningValues } from "./field-cache.ts";
import { parseDecimal, parseTimestamp } from "./field-values.ts";

function eachRow(text: string, look: (row: CsvRow) => void): void {
  const rows = new CsvRows(look, () => {});
  rows.push(new TextEncoder().encode(text));
  rows.end();
}

test("reads decimals from bytes exactly as from text", () => {
  const decimal = fc.oneof(
    fc.stringMatching(/^-?\d{0,18}(\.\d{0,6})?$/),
    fc.constantFrom("", "-", ".", "1.2.3", "1,5", "1e3", "0x1", " 7", "+3", "007.50", "abc"),
  );
  fc.assert(
    fc.property(decimal, (text) => {
      let value: number | undefined;
      eachRow(`x,"${text}"\n`, (row) => (value = decimalField(row, 1)));
      expect(value).toBe(parseDecimal(text));
    }),
  );
});

test("gives every text of a column, repeated or not, quoted or not", () => {
  const texts = new RepeatingTexts();
  const running = new RunningValues((text) => text);
  const read: string[][] = [];
  eachRow('a,1\n"a",1\n" b ""c""",2\n茶,1\na,\nshort\n', (row) =>
    read.push([texts.text(row, 0), running.value(row, 1)]),
  );
  expect(read).toEqual([
    ["a", "1"],
    ["a", "1"],
    ['b "c"', "2"],
    ["茶", "1"],
    ["a", ""],
    ["short", ""],
  ]);
});

test.each([
  ["2010-12-01 08:26:00", Date.UTC(2010, 11, 1, 8, 26)],
  ["2010-12-01T08:26:00Z", Date.UTC(2010, 11, 1, 8, 26)],
  ["2025-10-07 09:50:26 +0200", Date.UTC(2025, 9, 7, 7, 50, 26)],
  ["2025-10-07T09:50:26.123-05:30", Date.UTC(2025, 9, 7, 15, 20, 26, 123)],
  ["2025/1/7 9:05", Date.UTC(2025, 0, 7, 9, 5)],
  ["2024-02-29", Date.UTC(2024, 1, 29)],
  ["1700000000", 1_700_000_000_000],
  ["1700000000000", 1_700_000_000_000],
  ["25", 25],
])("reads the time %s", (text, at) => {
  expect(parseTimestamp(text)).toBe(at);
});

test.each(["", "yesterday", "2023-02-29", "2023-13-01", "2023-01-01 24:00", "-5", "01/02/2023"])(
  "does not guess the time of %j",
  (text) => {
    expect(parseTimestamp(text)).toBeNaN();
  },
);
