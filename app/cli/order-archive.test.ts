import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync, type Zippable } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readingReport } from "./order-report.ts";
import { readOrders } from "./read-orders.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "tsuide-archives-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const CSV = "order_id,item_id,quantity,price\n1,tea,2,19.99\n1,cup,1,5\n2,tea,1,19.99\n";

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

type Cell = string | number | { readonly day: number };

/** A workbook as Excel writes it, with numbers in 17 digits and days as numbers of a style. */
function workbook(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Uint8Array {
  const names = Object.keys(sheets);
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const cell = (value: Cell, row: number, column: number) => {
    const r = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === "string") return `<c r="${r}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
    return typeof value === "number" ? `<c r="${r}"><v>${value}</v></c>` : `<c r="${r}" s="1"><v>${value.day}</v></c>`;
  };
  const ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relations = (items: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join("")}</Relationships>`;
  const files: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels": relations([`<Relationship Id="r" Type="${rel}/officeDocument" Target="xl/workbook.xml"/>`]),
    "xl/workbook.xml": `<workbook ${ns} xmlns:r="${rel}"><sheets>${names
      .map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...names.map(
        (_, n) => `<Relationship Id="rId${n + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
      ),
      `<Relationship Id="s" Type="${rel}/styles" Target="styles.xml"/>`,
    ]),
    "xl/styles.xml": `<styleSheet ${ns}><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
  for (const [n, name] of names.entries()) {
    const rows = sheets[name]!.map(
      (row, y) => `<row r="${y + 1}">${row.map((value, x) => cell(value, y, x)).join("")}</row>`,
    );
    files[`xl/worksheets/sheet${n + 1}.xml`] = `<worksheet ${ns}><sheetData>${rows.join("")}</sheetData></worksheet>`;
  }
  return zipped(files);
}

function zipped(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(files)) {
    entries[name] = typeof content === "string" ? strToU8(content) : content;
  }
  return zipSync(entries);
}

const linesOf = async (...paths: string[]) => [...(await readOrders(paths)).lines()];
const ORDERS = {
  Notes: [["About these orders"], ["nothing of use"]],
  Orders: [
    ["order_id", "item_id", "quantity", "price", "date"],
    [1, 'tea & "whisk"', 2, 19.989999999999998, { day: 46027.5 }],
    [1, "cup,\nblue", 1, 5, { day: 46028 }],
    ["2", "5012345678901234", 1, 0.1 + 0.2, { day: 46029 }],
  ],
} satisfies Record<string, Cell[][]>;

test("reads a workbook's first sheet with orders as a CSV file of the same rows", async () => {
  const csv = `order_id,item_id,quantity,price,date
1,"tea & ""whisk""",2,19.99,2026-01-05 12:00:00
1,"cup,
blue",1,5,2026-01-06
2,5012345678901234,1,0.3,2026-01-07
`;
  const book = await readOrders([file("orders.xlsx", workbook(ORDERS))]);
  expect([...book.lines()]).toEqual(await linesOf(file("orders.csv", strToU8(csv))));
  const [first] = readingReport(book);
  expect(first).toMatch(/orders\.xlsx, sheet "Orders": spreadsheet, \d+ rows/);
});

test("reads every file of a zip file, workbooks too, and names those without orders", async () => {
  const path = file(
    "all.zip",
    zipped({
      "2026/jan.csv": CSV,
      "2026/feb.csv": CSV.replaceAll(/^(\d)/gm, "1$1").replaceAll(",", ";"),
      "mar.xlsx": workbook({
        S: [
          ["order_id", "item_id"],
          ["21", "tea"],
        ],
      }),
      "readme.txt": "Thank you for your order export.\nBye\n",
      "more.zip": zipped({ "a.csv": CSV }),
      "__MACOSX/2026/._jan.csv": "\0\0",
      "2026/.DS_Store": "\0",
    }),
  );
  const book = await readOrders([path]);
  expect(new Set([...book.lines()].map(({ orderId }) => orderId))).toEqual(new Set(["1", "2", "11", "12", "21"]));
  const report = readingReport(book).join("\n");
  for (const said of ["jan.csv: commas", "feb.csv: semicolons", 'mar.xlsx, sheet "S": spreadsheet']) {
    expect(report).toContain(said);
  }
  for (const name of ["readme.txt", "more.zip"]) expect(report).toContain(`${name}: left out`);
  expect(report).not.toContain("DS_Store");
});

/** The zip file with the lengths that its list of files says of them replaced. */
function withLength(zip: Uint8Array, length: number): Uint8Array {
  const changed = new Uint8Array(zip);
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 4 < changed.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, length, true);
  }
  return changed;
}

test("unpacks no archive to more than it declares, or to more than the limit", async () => {
  const bomb = zipSync({ "bomb.csv": new Uint8Array(50_000_000).fill(49) }, { level: 9 });
  expect(bomb.length).toBeLessThan(100_000);
  await expect(readOrders([file("large.zip", withLength(bomb, 600 * 2 ** 20))])).rejects.toThrow(/more than 512 MB/);
  await expect(readOrders([file("lies.zip", withLength(bomb, 100))])).rejects.toThrow(/lies\.zip/);
  const inside = withLength(zipSync({ "xl/workbook.xml": strToU8("x") }), 600 * 2 ** 20);
  await expect(readOrders([file("nested.zip", zipped({ "a.xlsx": inside }))])).rejects.toThrow(/more than 512 MB/);
});

test("refuses a workbook of a few cells far apart before its empty cells are made", async () => {
  const far = zipped({
    "xl/workbook.xml": "<workbook/>",
    "xl/worksheets/sheet1.xml":
      '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
  });
  await expect(readOrders([file("far.xlsx", far)])).rejects.toThrow(/too large/);
});

test.each([
  ["cut off", () => workbook(ORDERS).subarray(0, 600), /broken or has a password/],
  ["a zip file of nothing", () => zipped({ "a/": "" }), /holds no order file/],
  [
    "a zip file of pictures",
    () => zipped({ "a.png": Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0, 0) }),
    /a\.png" is not a CSV file/,
  ],
  ["a workbook without orders", () => workbook({ Notes: ORDERS.Notes }), /sheet "Notes"" has no columns for the order/],
  ["an empty workbook", () => workbook({ A: [] }), /is empty/],
  ["no workbook inside", () => zipped({ "xl/workbook.xml": "<nothing/>" }), /cannot be read|is empty/],
])("what is %s is refused with what is wrong", async (name, make, message) => {
  await expect(readOrders([file(`${name}.xlsx`, make())])).rejects.toThrow(message);
});
