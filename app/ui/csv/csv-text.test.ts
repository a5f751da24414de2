import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { csvDay, csvPieces, csvText, type CsvCell } from "./csv-text.ts";

it("quotes what needs it, and lets no title become a formula", () => {
  const text = csvText([
    ["Tea, green", 'The "best"', "two\nlines"],
    ["=HYPERLINK(1)", "-5", "煎茶"],
    ["＝1+1", "＠SUM", "\t=1"],
  ]);
  expect(text).toBe(
    '\uFEFF"Tea, green","The ""best""","two\nlines"\r\n\'=HYPERLINK(1),\'-5,煎茶\r\n\'＝1+1,\'＠SUM,\'\t=1\r\n',
  );
});

it("writes numbers and amounts as programs read them, negative ones as well, and nothing for what is not known", () => {
  const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
  const row: CsvCell[] = [1234.5, -3, usd(123_450), usd(-5), { amountMinor: 1200, currency: "JPY" }, null];
  const kwd = { amountMinor: 1250, currency: "KWD" };
  expect(csvText([[...row, kwd]])).toBe("\uFEFF1234.5,-3,1234.50,-0.05,1200,,1.250\r\n");
});

it("writes yes and no as spreadsheets read them", () => {
  expect(csvText([[true, false]])).toBe("\uFEFFTRUE,FALSE\r\n");
});

it("gives another program's parser the same texts, an apostrophe before formulas apart", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab=+-@'\",\r\n\t 茶＝") });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1 }), (rows) => {
      const found: string[][] = parse(csvText(rows), { bom: true, record_delimiter: "\r\n" });
      expect(found.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, "")))).toEqual(
        rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ""))),
      );
      for (const cell of found.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    }),
  );
});

it("writes the same file piece by piece", async () => {
  const rows = [
    ["a", 1],
    ["b", 2],
    ["c", 3],
  ] as const;
  async function* batches() {
    yield rows.slice(0, 2);
    yield [];
    yield rows.slice(2);
  }
  const pieces: string[] = [];
  for await (const piece of csvPieces(batches())) pieces.push(piece);
  expect(pieces.join("")).toBe(csvText(rows));
});

it("writes days as the shop has them", () => {
  expect(csvDay("2026-05-02T20:00:00.000Z", "Asia/Tokyo")).toBe("2026-05-03");
  expect(csvDay("2026-05-02T20:00:00.000Z", "Mars/Olympus")).toBe("2026-05-02");
  expect(csvDay("2026-05-02T20:00:00.000Z", "UTC")).toBe("2026-05-02");
});
