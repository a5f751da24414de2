import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvRows, MAX_ROW_BYTES, type MalformedRow } from "./csv-rows.ts";

interface Read {
  rows: { line: number; fields: string[] }[];
  malformed: [line: number, reason: MalformedRow][];
}

function readCsv(text: string | Uint8Array, chunkBytes = 1 << 16): Read {
  const read: Read = { rows: [], malformed: [] };
  const rows = new CsvRows(
    (row) => read.rows.push({ line: row.line, fields: Array.from({ length: row.fields }, (_, i) => row.text(i)) }),
    (line, reason) => read.malformed.push([line, reason]),
  );
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += chunkBytes) rows.push(bytes.slice(at, at + chunkBytes));
  rows.end();
  return read;
}

const fieldsOf = (text: string) => readCsv(text).rows.map((row) => row.fields);

test("reads plain, quoted and empty fields", () => {
  expect(fieldsOf('a,"b, c",,"d ""e"""\n')).toEqual([["a", "b, c", "", 'd "e"']]);
});

test("ends rows with LF, CRLF or the end of the file", () => {
  expect(fieldsOf('a,b\r\nc,"d"\r\ne,f')).toEqual([
    ["a", "b"],
    ["c", "d"],
    ["e", "f"],
  ]);
});

test("drops a byte-order mark, however the file is cut", () => {
  for (const chunk of [1, 2, 3, 100]) expect(readCsv("\ufeffa,b\n", chunk).rows[0]!.fields).toEqual(["a", "b"]);
});

test("keeps what is left of a chunk when the caller reads the next one into the same Buffer", () => {
  const rows: string[][] = [];
  const reader = new CsvRows(
    (row) => rows.push([row.text(0), row.text(1)]),
    () => {},
  );
  const buffer = Buffer.alloc(6);
  for (const chunk of ["a,b\ncc", ",d\ne,f"]) reader.push(buffer.subarray(0, buffer.write(chunk)));
  reader.end();
  expect(rows).toEqual([
    ["a", "b"],
    ["cc", "d"],
    ["e", "f"],
  ]);
});

test("skips blank lines and still counts them", () => {
  expect(readCsv("a\n\n\r\nb\n").rows.map((row) => row.line)).toEqual([1, 4]);
});

test("keeps line breaks inside quotes, and counts them", () => {
  expect(readCsv('a,"x\ny"\nb,c\n').rows).toEqual([
    { line: 1, fields: ["a", "x\ny"] },
    { line: 3, fields: ["b", "c"] },
  ]);
});

test("reports text after a closing quote with its line, and goes on with the next", () => {
  expect(readCsv('a,b\n"x"y,c\nd,e\n')).toEqual({
    rows: [
      { line: 1, fields: ["a", "b"] },
      { line: 3, fields: ["d", "e"] },
    ],
    malformed: [[2, "text-after-quote"]],
  });
});

test("loses only the line of a quote that never closes", () => {
  expect(readCsv('a\n"x,b\nc\nd\n')).toEqual({
    rows: [
      { line: 1, fields: ["a"] },
      { line: 3, fields: ["c"] },
      { line: 4, fields: ["d"] },
    ],
    malformed: [[2, "unclosed-quote"]],
  });
});

test("gives up an endless row within bounded memory", () => {
  const read = readCsv(`a\n${"x".repeat(MAX_ROW_BYTES + 70_000)}`);
  expect(read.rows.length).toBe(1);
  expect(read.malformed[0]).toEqual([2, "row-too-long"]);
});

test("gives back what was written, however the file is cut into chunks", () => {
  const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "茶", " "), maxLength: 6 });
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom("\n", "\r\n"),
      (rows, chunk, newline) => {
        const text = rows.map((row) => row.map(quote).join(",") + newline).join("");
        const read = readCsv(text, chunk);
        expect(read.malformed).toEqual([]);
        expect(read.rows.map((row) => row.fields)).toEqual(rows);
      },
    ),
  );
});

test("never stops on arbitrary bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (bytes, chunk) => {
      readCsv(bytes, chunk);
    }),
  );
});

test("reads what another reader of RFC 4180 reads, whatever is quoted and however lines end", () => {
  const unit = fc.constantFrom("a", "é", "茶", " ", ",", ";", '"', "\n", "\r\n", "1");
  const field = fc.record({ text: fc.string({ unit, maxLength: 6 }), quoted: fc.boolean() });
  const row = fc.record({
    fields: fc.array(field, { minLength: 1, maxLength: 5 }),
    end: fc.constantFrom("\n", "\r\n"),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (rows, chunk) => {
      const csv = rows
        .map(({ fields, end }) => {
          const written = fields.map(({ text, quoted }) =>
            quoted || /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
          );
          return written.join(",") + end;
        })
        .join("");
      const oracle: string[][] = parse(csv, {
        ...{ relax_column_count: true, skip_empty_lines: true, record_delimiter: ["\n", "\r\n"] },
      });
      const read = readCsv(csv, chunk);
      expect(read.malformed).toEqual([]);
      // A row of one empty field says nothing; it is skipped as a blank line is.
      const filled = oracle.filter((fields) => fields.some((text, n) => n > 0 || text !== ""));
      expect(read.rows.map(({ fields }) => fields)).toEqual(filled);
    }),
    { numRuns: 500 },
  );
});
