import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvRows } from "./csv-rows.ts";
import { OrderItemColumns } from "./order-item-columns.ts";

/** Baskets in the order in which their orders first appear, as the fast reader gives them. */
function readFast(text: string, chunkBytes = 1 << 16): { baskets: string[][]; malformed: number } {
  const columns = new OrderItemColumns();
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) columns.push(bytes.slice(at, at + chunkBytes));
  expect(columns.end()).toBe(true);
  const ids = columns.itemIds();
  const { start, items } = columns.rows();
  const baskets = Array.from({ length: start.length - 1 }, (_, order) =>
    [...items.subarray(start[order], start[order + 1])].map((item) => ids[item]!).sort(),
  );
  return { baskets, malformed: columns.malformed };
}

/** The same by the reader that knows all rules of CSV. */
function readCarefully(text: string): string[][] {
  const baskets = new Map<string, Set<string>>();
  let columns: [number, number] | null = null;
  const rows = new CsvRows(
    (row) => {
      const fields = Array.from({ length: row.fields }, (_, field) => row.text(field));
      if (columns === null) columns = [fields.indexOf("order_id"), fields.indexOf("item_id")];
      else if (row.fields > Math.max(...columns) && fields[columns[0]] !== "" && fields[columns[1]] !== "") {
        const order = fields[columns[0]]!;
        baskets.set(order, (baskets.get(order) ?? new Set()).add(fields[columns[1]]!));
      }
    },
    () => {},
  );
  rows.push(new TextEncoder().encode(text));
  rows.end();
  return [...baskets.values()].map((basket) => [...basket].sort());
}

const id = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map(String),
  fc.integer({ min: 990, max: 1010 }).map((number) => `#${number}`),
  fc.constantFrom(
    "007",
    "7",
    "85123A",
    "12345678",
    "123456789",
    "1234567890123456",
    "茶",
    "ÿÿÿÿ",
    "a b",
    "",
    "A,B",
    'x"y',
  ),
);
const written = id.map((text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
const anyFile = fc
  .record({
    columns: fc.shuffledSubarray(["order_id", "item_id", "title", "price"], { minLength: 4 }),
    rows: fc.array(fc.tuple(written, written, fc.constantFrom("", "plain", '"with ""quotes"", and\nlines"', "a b")), {
      maxLength: 30,
    }),
    newline: fc.constantFrom("\n", "\r\n"),
    bom: fc.constantFrom("", "\ufeff"),
    ended: fc.boolean(),
  })
  .map(({ columns, rows, newline, bom, ended }) => {
    const lines = rows.map(([order, item, title]) => {
      const values: Record<string, string> = { order_id: order, item_id: item, title, price: "2.55" };
      return columns.map((column) => values[column]).join(",");
    });
    return bom + [columns.join(","), ...lines].join(newline) + (ended ? newline : "");
  });

test("reads the same as the full CSV reader, in any order of columns and for any chunks", () => {
  fc.assert(
    fc.property(anyFile, fc.integer({ min: 1, max: 90 }), (text, chunk) => {
      expect(readFast(text, chunk).baskets).toEqual(readCarefully(text));
    }),
    { numRuns: 400 },
  );
});

test("joins lines of one order that are apart, and reads descending order numbers", () => {
  const { baskets } = readFast("order_id,item_id\n9,a\n8,b\n9,c\n7,d\n8,a\n10,e\n");
  expect(baskets).toEqual([["a", "c"], ["a", "b"], ["d"], ["e"]]);
});

test("counts lines that cannot be read, and reads the rest", () => {
  const { baskets, malformed } = readFast('order_id,item_id\n1,a\n2\n,b\n3,\n"4"x,d\n\n5,e\n');
  expect(baskets).toEqual([["a"], ["e"]]);
  expect(malformed).toBe(4);
});

test("refuses a file without its two columns", () => {
  const columns = new OrderItemColumns();
  expect(columns.push(new TextEncoder().encode("a,b\n1,2\n"))).toBe(false);
  const empty = new OrderItemColumns();
  expect(empty.end()).toBe(false);
});

test("reads files longer than expected", () => {
  const lines = Array.from({ length: 40_000 }, (_, line) => `${line >> 1},i${line % 5000}`);
  const { baskets } = readFast(`order_id,item_id\n${lines.join("\n")}\n`);
  expect(baskets.length).toBe(20_000);
  expect(new Set(baskets.flat()).size).toBe(5000);
});
