import fc from "fast-check";
import { expect, test } from "vitest";
import type { FileOrderLine } from "./file-order-line.ts";
import { OrderBook } from "./order-book.ts";
import type { NamedColumns } from "./order-columns.ts";
import { encodingName, OrderFileReader } from "./order-file.ts";

type Content = string | Uint8Array;

function readRows(content: Content, { chunk = 1 << 20, named = {} as NamedColumns } = {}) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const reader = new OrderFileReader(named);
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.slice(at, at + chunk));
  return reader.end();
}

function bookOf(...contents: Content[]): OrderBook {
  return new OrderBook(
    contents.map((content, file) => {
      const rows = readRows(content);
      if ("code" in rows) throw new Error(JSON.stringify(rows));
      return { name: `file ${file}`, rows };
    }),
  );
}

const linesOf = (...contents: Content[]): FileOrderLine[] => [...bookOf(...contents).lines()];
const itemsOf = (...contents: Content[]) => linesOf(...contents).map(({ orderId, itemId }) => [orderId, itemId]);
const problemsOf = (book: OrderBook) => book.problems.map(({ problem, lines }) => [problem, ...lines]);
const iso = (at: number) => new Date(at).toISOString();

test("reads a plain order file", () => {
  const book = bookOf(
    "order_id,customer_id,timestamp,item_id,quantity,price,title,category\n" +
      "536365,17850,2010-12-01 08:26:00,85123A,6,2.55,WHITE HANGING HEART,decor\n",
  );
  expect(problemsOf(book)).toEqual([]);
  expect([...book.lines()]).toMatchObject([
    {
      ...{ line: 2, orderId: "536365", customerId: "17850", at: Date.UTC(2010, 11, 1, 8, 26), itemId: "85123A" },
      ...{ quantity: 6, unitPrice: 255, title: "WHITE HANGING HEART", category: "decor" },
    },
  ]);
});

test("reads columns in any order, and a file with the two that are needed", () => {
  expect(linesOf("Item_ID,order_id\na,1\n")).toMatchObject([
    { orderId: "1", itemId: "a", quantity: 1, unitPrice: null, customerId: null },
  ]);
});

test("names every unreadable line and reads the rest", () => {
  const book = bookOf(
    "order_id,item_id,quantity,price,timestamp\n" +
      "1,a,1,1,2020-01-01\n" +
      "2\n" +
      ",b,1,1,\n" +
      "3,,1,1,\n" +
      "4,d,many,1,\n" +
      "5,e,1,cheap,2020-01-01\n" +
      "6,f,1,-2,2020-02-31\n",
  );
  expect(problemsOf(book).sort()).toEqual([
    ["no-item-id", 5],
    ["no-order-id", 4],
    ["too-few-fields", 3],
    ["unreadable-price", 7],
    ["unreadable-quantity", 6],
    ["unreadable-timestamp", 8],
  ]);
  expect([...book.lines()].map(({ orderId, unitPrice, at }) => [orderId, unitPrice, Number.isNaN(at)])).toEqual([
    ["1", 100, false],
    ["5", null, false],
    ["6", -200, true],
  ]);
});

const EXPORT_HEADER =
  "Name,Email,Financial Status,Paid at,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Billing Name,Cancelled at,Payment Method,Id,Source,Lineitem discount\n";

test("reads Shopify's order export, whose order fields stand on one of the order's rows", () => {
  const at = Date.UTC(2026, 4, 1, 7, 59);
  expect(
    linesOf(
      EXPORT_HEADER +
        "#1001,a@example.com,paid,2026-05-01 10:00:00 +0200,EUR,2026-05-01 09:59:00 +0200,1,Matcha - 100 g,62.95,MAT-100,true,A Person,,Shopify Payments,555,web,0.00\n" +
        "#1001,a@example.com,,,,,2,Whisk,37.95,,true,,,,,,5.00\n" +
        "#1002,b@example.com,refunded,,EUR,2026-05-02 09:59:00 +0200,1,Whisk,37.95,,true,B,,Shopify Payments,556,pos,0\n",
    ),
  ).toMatchObject([
    { orderId: "#1001", itemId: "MAT-100", at, currency: "EUR", channel: "online", unitPrice: 6295, refunded: false },
    { orderId: "#1001", itemId: "Whisk", at, quantity: 2, discount: 500, channel: "online" },
    { orderId: "#1002", itemId: "Whisk", refunded: true, channel: "pos" },
  ]);
});

test("keeps nothing of a customer's e-mail, name or address", () => {
  const lines = linesOf(
    EXPORT_HEADER + "#1,a@example.com,paid,,EUR,2026-05-01 09:59:00 +0200,1,Tea,1,,true,A Person,,x,5,web,\n",
  );
  expect(lines[0]!.customerId).toBeNull();
  expect(JSON.stringify(lines)).not.toMatch(/example\.com|Person/);
});

test("knows cancelled, voided and test orders, whichever row says it and wherever it stands", () => {
  const rows = [
    "#1,,paid,,EUR,2026-05-01,1,Tea,1,,true,,2026-05-02 09:59:00 +0200,x,1,web,\n",
    "#2,,voided,,EUR,2026-05-01,1,Tea,1,,true,,,x,2,web,\n",
    "#3,,paid,,EUR,2026-05-01,1,Tea,1,,true,,,(for testing) Bogus Gateway,3,web,\n",
    "#1,,,,,,1,Cup,1,,true,,,,,,\n",
    "#2,,,,,,1,Cup,1,,true,,,,,,\n",
    "#3,,,,,,1,Cup,1,,true,,,,,,\n",
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (sorted) => {
      const states = linesOf(EXPORT_HEADER + sorted.join("")).map(({ orderId, cancelled, test, currency }) => [
        ...[orderId, cancelled, test, currency],
      ]);
      for (const [orderId, ...state] of states) {
        expect(state).toEqual([orderId !== "#3", orderId === "#3", "EUR"]);
      }
    }),
    { numRuns: 30 },
  );
});

test("never takes an export's order numbers for cancellations", () => {
  const row = (name: string) => `${name},,paid,,EUR,2026-05-01,1,Tea,1,,true,,,x,1,web,\n`;
  expect(linesOf(EXPORT_HEADER + row("#1001") + row("1005") + row("C1005")).some(({ cancelled }) => cancelled)).toBe(
    false,
  );
  const other = "Order ID,SKU,Status\n1005,A,complete\nC1005,A,complete\n";
  expect(linesOf(other).some(({ cancelled }) => cancelled)).toBe(false);
});

test("takes a C before a number for a cancellation where units come back, or the order is repeated", () => {
  const cancelled = (text: string) => new Set(linesOf(text).flatMap((line) => (line.cancelled ? [line.orderId] : [])));
  const header = "order_id,item_id,quantity\n";
  expect(cancelled(`${header}1001,a,1\n1002,a,1\nC7,a,-1\n`)).toEqual(new Set(["C7"]));
  expect(cancelled(`${header}1001,a,1\n1002,a,1\nC1001,a,1\n`)).toEqual(new Set(["C1001"]));
  expect(cancelled(`${header}1001,a,1\n1002,a,1\nC1003,a,1\nC1004,b,1\n`)).toEqual(new Set());
  expect(cancelled(`${header}C1,a,1\nC2,a,1\nC3,a,-1\n`)).toEqual(new Set(["C3"]));
});

test("refuses a file that is empty, binary, or has no header for orders", () => {
  expect(readRows("")).toEqual({ code: "empty-file" });
  expect(readRows("\n\n")).toEqual({ code: "empty-file" });
  expect(readRows(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0))).toEqual({ code: "not-text" });
  expect(readRows("a,b\n1,2\n")).toEqual({ code: "wrong-header", header: ["a", "b"], encoding: "utf-8" });
  expect(bookOf("order_id,item_id\n").orders).toBe(0);
});

test.each([
  ["semicolons and decimal commas", "Vorgang;Ware;Betrag\n1;Tee;12,50\n1;Tasse;8,00\n2;Tee;12,50\n"],
  ["empty cells", "Vorgang,Ware,Notiz\n1,Tee,\n1,Tasse,zerbrechlich\n2,Tee,\n3,Tasse,zerbrechlich\n"],
])("takes a table whose columns it does not know for no baskets: %s", (_, text) => {
  expect(readRows(text)).toMatchObject({ code: "wrong-header", header: ["Vorgang", "Ware", expect.any(String)] });
});

test("reads baskets that are filled up to one width", () => {
  const book = bookOf("milk,bread,\nbread,,\nmilk,bread,butter\nbutter,milk,\nbread,butter,\n");
  expect([book.orders, [...book.lines()].length]).toEqual([5, 10]);
});

test("names the header that it does not know in the encoding that it has", () => {
  const header = CP932("95698f9182ab2c8b7d907b0a");
  const rows = readRows(joined(header, ascii("1,A\n1,B\n2,A\n")));
  expect(rows).toEqual({ code: "wrong-header", header: ["品書き", "急須"], encoding: "shift_jis" });
});

test("takes a line for refunded where all of its units came back", () => {
  const book = bookOf(
    "Order number,Item,Qty,Quantity refunded\n1,Tea,2,0\n1,Cup,2,2\n2,Tea,2,1\n2,Cup,1,?\n3,Tea,1,\n",
  );
  expect([...book.lines()].map(({ refunded }) => refunded)).toEqual([false, true, false, false, false]);
});

test("reads columns that a person named", () => {
  const rows = readRows("Beleg X,Ding\n1,A\n", { named: { order: "Beleg X", item: "Ding" } });
  if ("code" in rows) throw new Error(rows.code);
  expect([...new OrderBook([{ name: "f", rows }]).lines()]).toMatchObject([{ orderId: "1", itemId: "A" }]);
});

const PAIR = [
  ["1", "A"],
  ["1", "B"],
  ["2", "A"],
];

test.each([
  ["commas", "order_id,item_id\n1,A\n1,B\n2,A\n"],
  ["semicolons", "order_id;item_id\n1;A\n1;B\n2;A\n"],
  ["tabs", "order_id\titem_id\n1\tA\n1\tB\n2\tA\n"],
  ["vertical bars", "order_id|item_id\n1|A\n1|B\n2|A\n"],
  ["a line that names the delimiter", "sep=;\norder_id;item_id\n1;A\n1;B\n2;A\n"],
  ["a quoted line that names the delimiter", '"sep=\t"\norder_id\titem_id\n1\tA\n1\tB\n2\tA\n'],
  ["carriage returns alone", "order_id,item_id\r1,A\r1,B\r2,A\r"],
  ["CRLF and no end", "order_id,item_id\r\n1,A\r\n1,B\r\n2,A"],
  ["a byte-order mark and quotes", '\ufeff"order_id","item_id"\n"1","A"\n"1","B"\n"2","A"\n'],
  ["titles above the header", "Orders of my shop\n\nFrom 1 to 2\norder_id,item_id\n1,A\n1,B\n2,A\n"],
  ["empty rows of a spreadsheet below", "order_id,item_id,\n1,A,\n1,B,\n2,A,\n,,\n,,\n"],
  ["ids that a spreadsheet was kept from reading", 'order_id,item_id\n"=""1""",A\n1,\'B\n2,"=""A"""\n'],
])("reads %s", (_, text) => {
  expect(itemsOf(text)).toEqual(PAIR);
});

test("leaves out headers among the rows, and names them", () => {
  const book = bookOf("order_id,item_id\n1,A\n\ufefforder_id,item_id\n1,B\norder_id,item_id\n2,A\n");
  expect([...book.lines()].map(({ orderId, itemId }) => [orderId, itemId])).toEqual(PAIR);
  expect(problemsOf(book)).toEqual([["repeated-header", 3, 5]]);
});

test("goes on with the columns of another file that was appended", () => {
  const book = bookOf("order_id,item_id\n1,A\n1,B\nItem_ID,price,order_id\nA,5,2\n");
  expect([...book.lines()].map(({ orderId, itemId }) => [orderId, itemId])).toEqual(PAIR);
  expect(problemsOf(book)).toEqual([["repeated-header", 4]]);
});

test("tells products by code and title where the ids only number an order's lines", () => {
  const rows = "1,1,Hoodie - Blue,H-B\n1,2,Cap,C\n2,1,Hoodie - Red,H-R\n2,2,Cap,C\n2,3,Mug,M\n";
  const book = bookOf(`Order Number,Item #,Item Name,SKU\n${rows}`);
  expect([...book.lines()].map(({ itemId }) => itemId)).toEqual(["Hoodie", "C", "Hoodie", "C", "M"]);
  expect(book.identityNotes.map(({ code }) => code)).toContain("ids-not-used");
});

test("reads several files as one, each by its own rules, and lines of overlapping exports once", () => {
  const first = "order_id,item_id,timestamp,quantity\n1,A,2026-01-31,1\n1,B,2026-01-31,2\n";
  const second = "Bestellnummer;Artikelnummer;Datum;Menge\n1;B;31.01.2026;2\n2;A;01.02.2026;1\n";
  const book = bookOf(first, second);
  expect([...book.lines()].map(({ orderId, itemId, at }) => [orderId, itemId, iso(at).slice(0, 10)])).toEqual([
    ["1", "A", "2026-01-31"],
    ["1", "B", "2026-01-31"],
    ["2", "A", "2026-02-01"],
  ]);
  expect(book.problems).toEqual([{ file: 1, problem: "repeated-in-another-file", lines: [2] }]);
});

test.each([
  ["one order a row", "milk,bread\nbread\nmilk,bread,butter\nbutter\n", 4, 7],
  ["one order a row under a word", "items\nmilk,bread\nbread\nmilk,bread,butter\n", 3, 6],
  ["numbers with spaces", "0 1 2\n1 2\n0 2\n2\n", 4, 8],
  ["numbered columns", "Item 1,Item 2,Item 3\nmilk,bread,\nbread,,\nmilk,bread,butter\n", 3, 6],
  ["an id and numbered columns", "order_id,item_1,item_2\n7,milk,bread\n8,bread,\n", 2, 3],
  ["a cell that lists the items", 'order_id,items\n7,"milk, bread"\n8,bread\n', 2, 3],
  ["a cell with amounts", "Order #;Product(s)\n7;2× milk, 1× bread\n8;1x bread\n", 2, 3],
  [
    "a cell of named fields",
    'Order ID,Product Details\n7,"Product ID: 1, Product Qty: 2, Product Name: Milk, Product Weight: 1|Product ID: 2, Product Name: Bread"\n8,"Product ID: 2, Product Name: Bread"\n',
    2,
    3,
  ],
  [
    "a cell of fields and colons",
    "order_id,line_items\n7,id:1|name:Milk|quantity:2;id:2|name:Bread|quantity:1\n8,id:3|name:Bread\n",
    2,
    3,
  ],
  [
    "no order id, but customer and date",
    "Member_number,Date,itemDescription\n1,21-07-2015,milk\n1,21-07-2015,bread\n1,22-07-2015,milk\n",
    2,
    3,
  ],
])("reads %s", (_, text, orders, lines) => {
  const book = bookOf(text);
  expect([book.orders, [...book.lines()].length]).toEqual([orders, lines]);
  const known = ["milk", "bread", "butter", "0", "1", "2"];
  expect([...book.lines()].map(({ itemId }) => itemId.toLowerCase()).filter((item) => !known.includes(item))).toEqual(
    [],
  );
});

const CP932 = (hex: string) => Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
/** "急須,湯呑" with its line end. */
const SHIFT_JIS_ROW = CP932("8b7d907b2c9392936a0a".replace("936a", "93db"));
const ascii = (text: string) => new TextEncoder().encode(text);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

test("reads Shift_JIS below an ASCII header, and names it and the line", () => {
  const rows = readRows(joined(ascii("order_id,item_id\n1,A\n"), SHIFT_JIS_ROW));
  if ("code" in rows) throw new Error(rows.code);
  expect([encodingName(rows), rows.firstForeignLine]).toEqual(["Shift_JIS", 3]);
  expect([...new OrderBook([{ name: "f", rows }]).lines()][1]).toMatchObject({ orderId: "急須", itemId: "湯呑" });
});

test("reads UTF-16 of both orders, with and without a byte-order mark, however the file is cut", () => {
  const text = "order_id\titem_id\n1\t急須\n1\t湯呑\n";
  const little = Buffer.from(text, "utf16le");
  const big = Buffer.from(little).swap16();
  for (const bytes of [
    little,
    big,
    Buffer.from(`\ufeff${text}`, "utf16le"),
    Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  ]) {
    for (const chunk of [1, 7, 1000]) {
      const rows = readRows(new Uint8Array(bytes), { chunk });
      if ("code" in rows) throw new Error(rows.code);
      expect([...new OrderBook([{ name: "f", rows }]).lines()].map(({ itemId }) => itemId)).toEqual(["急須", "湯呑"]);
    }
  }
});

test("gives back ids as they were written, in any encoding, delimiter, line end and chunk", () => {
  const id = fc
    .string({ unit: fc.constantFrom(..."AB12é茶ü-_ç"), minLength: 1, maxLength: 5 })
    .filter((text) => /^[^-'=\s]/.test(text));
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(id, id), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.boolean(),
      fc.integer({ min: 1, max: 50 }),
      (pairs, delimiter, newline, isWide, chunk) => {
        const text = [["order_id", "item_id"], ...pairs]
          .map((row) => row.map(quoted).join(delimiter) + newline)
          .join("");
        const bytes = isWide ? new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le")) : new TextEncoder().encode(text);
        const rows = readRows(bytes, { chunk });
        if ("code" in rows) throw new Error(rows.code);
        const { order, item } = Object.fromEntries(rows.column);
        expect(Array.from(order!.at, (at, row) => [order!.texts[at], item!.texts[item!.at[row]!]])).toEqual(pairs);
      },
    ),
  );
});

test("never stops on arbitrary bytes below a header", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (bytes, chunk) => {
      const rows = readRows(joined(ascii("order_id,item_id,timestamp,price\n"), bytes), { chunk });
      if (!("code" in rows)) new OrderBook([{ name: "f", rows }]);
    }),
  );
});

test("leaves out orders whose ids a spreadsheet has shortened, and takes such product ids for none", () => {
  const book = bookOf(
    "Order ID,Product ID,Product Name\n4.50123E+12,1,Tea\n4.50123E+12,2,Cup\n7,8.1234E+12,Tea\n7,8.1234E+12,Cup\n",
  );
  expect([...book.lines()].map(({ orderId, itemId }) => [orderId, itemId])).toEqual([
    ["7", "Tea"],
    ["7", "Cup"],
  ]);
  expect(problemsOf(book)).toEqual([["damaged-order-id", 2, 3]]);
});

test("orders without times follow the file, newest first where its numbers fall or Shopify wrote it", () => {
  const at = (text: string) => linesOf(text).map((line) => line.at);
  expect(at("order_id,item_id\n1,a\n2,a\n1,b\n")).toEqual([0, 1, 0]);
  expect(at("order_id,item_id\n9,a\n8,a\n7,b\n")).toEqual([2, 1, 0]);
  expect(at("Name,Lineitem name\nx,Tea\ny,Tea\n")).toEqual([1, 0]);
});
