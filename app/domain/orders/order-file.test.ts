import { expect, test } from "vitest";
import { OrderFileReader } from "./order-file.ts";
import type { FileOrderLine, LineProblem } from "./file-order-line.ts";

function readFile(text: string | Uint8Array) {
  const lines: FileOrderLine[] = [];
  const problems: [number, LineProblem][] = [];
  const reader = new OrderFileReader({
    onLine: (line) => lines.push(line),
    onProblem: (line, problem) => problems.push([line, problem]),
  });
  reader.push(typeof text === "string" ? new TextEncoder().encode(text) : text);
  return { unreadable: reader.end(), format: reader.format, lines, problems };
}

test("reads a plain order file", () => {
  const { format, lines, problems } = readFile(
    "order_id,customer_id,timestamp,item_id,quantity,price,title,category\n" +
      "536365,17850,2010-12-01 08:26:00,85123A,6,2.55,WHITE HANGING HEART,decor\n",
  );
  expect(format).toBe("plain");
  expect(problems).toEqual([]);
  expect(lines).toMatchObject([
    {
      line: 2,
      orderId: "536365",
      customerId: "17850",
      at: Date.UTC(2010, 11, 1, 8, 26),
      itemId: "85123A",
      quantity: 6,
      price: 2.55,
      title: "WHITE HANGING HEART",
      category: "decor",
    },
  ]);
});

test("reads columns in any order, and a file with the two that are needed", () => {
  expect(readFile("Item_ID,order_id\na,1\n").lines).toMatchObject([
    { orderId: "1", itemId: "a", quantity: 1, price: null, customerId: null, at: NaN },
  ]);
});

test("reports every unreadable line with its number and reads the rest", () => {
  const { lines, problems } = readFile(
    "order_id,item_id,quantity,price,timestamp\n" +
      "1,a,1,1,2020-01-01\n" +
      "2\n" +
      ",b,1,1,\n" +
      "3,,1,1,\n" +
      "4,d,many,1,\n" +
      "5,e,1,cheap,2020-01-01\n" +
      "6,f,1,-2,2020-02-31\n",
  );
  expect(problems).toEqual([
    [3, "too-few-fields"],
    [4, "no-order-id"],
    [5, "no-item-id"],
    [6, "unreadable-quantity"],
    [7, "unreadable-price"],
    [8, "unreadable-timestamp"],
  ]);
  expect(lines.map((line) => [line.orderId, line.price, Number.isNaN(line.at)])).toEqual([
    ["1", 1, false],
    ["5", null, false],
    ["6", -2, true],
  ]);
});

const EXPORT_HEADER =
  "Name,Email,Financial Status,Paid at,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Billing Name,Cancelled at,Payment Method,Id,Source,Lineitem discount\n";

test("reads Shopify's order export, carrying order fields to the order's further rows", () => {
  const { format, lines } = readFile(
    EXPORT_HEADER +
      "#1001,a@example.com,paid,2026-05-01 10:00:00 +0200,EUR,2026-05-01 09:59:00 +0200,1,Matcha - 100 g,62.95,MAT-100,true,A Person,,Shopify Payments,555,web,0.00\n" +
      "#1001,a@example.com,,,,,2,Whisk,37.95,,true,,,,,,5.00\n" +
      "#1002,b@example.com,refunded,,EUR,2026-05-02 09:59:00 +0200,1,Whisk,37.95,,true,B,,Shopify Payments,556,pos,0\n",
  );
  expect(format).toBe("shopify-export");
  const at = Date.UTC(2026, 4, 1, 7, 59);
  expect(lines).toMatchObject([
    { orderId: "#1001", itemId: "MAT-100", at, currency: "EUR", channel: "online", price: 62.95, refunded: false },
    { orderId: "#1001", itemId: "Whisk", at, quantity: 2, discount: 5, channel: "online" },
    { orderId: "#1002", itemId: "Whisk", refunded: true, channel: "pos" },
  ]);
});

test("keeps nothing of a customer's e-mail, name or address", () => {
  const { lines } = readFile(
    EXPORT_HEADER + "#1,a@example.com,paid,,EUR,2026-05-01 09:59:00 +0200,1,Tea,1,,true,A Person,,x,5,web,\n",
  );
  expect(lines[0]!.customerId).toBeNull();
  expect(JSON.stringify(lines)).not.toMatch(/example\.com|Person/);
});

test("knows cancelled, voided and test orders of the export", () => {
  const { lines } = readFile(
    EXPORT_HEADER +
      "#1,,paid,,EUR,2026-05-01,1,Tea,1,,true,,2026-05-02 09:59:00 +0200,x,1,web,\n" +
      "#2,,voided,,EUR,2026-05-01,1,Tea,1,,true,,,x,2,web,\n" +
      "#3,,paid,,EUR,2026-05-01,1,Tea,1,,true,,,(for testing) Bogus Gateway,3,web,\n",
  );
  expect(lines.map(({ cancelled, test }) => [cancelled, test])).toEqual([
    [true, false],
    [true, false],
    [false, true],
  ]);
});

test("refuses a file that is empty, binary, or has neither header", () => {
  expect(readFile("").unreadable).toEqual({ code: "empty-file" });
  expect(readFile("\n\n").unreadable).toEqual({ code: "empty-file" });
  expect(readFile(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0)).unreadable).toEqual({ code: "not-csv" });
  expect(readFile("a,b\n1,2\n").unreadable).toEqual({ code: "wrong-header", header: "a,b" });
});

test("takes a file with a header only for a shop without orders", () => {
  expect(readFile("order_id,item_id\n")).toMatchObject({ unreadable: null, lines: [], problems: [] });
});
