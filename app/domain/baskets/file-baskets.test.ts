import { expect, test } from "vitest";
import type { FileOrderLine } from "../orders/file-order-line.ts";
import { LARGEST_BASKET } from "./basket.ts";
import { FileBaskets } from "./file-baskets.ts";

const buildLine = (orderId: string, itemId: string, line: Partial<FileOrderLine> = {}): FileOrderLine => ({
  line: 1,
  orderId,
  customerId: null,
  at: NaN,
  itemId,
  quantity: 1,
  price: null,
  discount: 0,
  title: "",
  category: "",
  currency: null,
  channel: "other",
  cancelled: false,
  test: false,
  refunded: false,
  requiresShipping: null,
  ...line,
});

function read(lines: Iterable<FileOrderLine>) {
  const baskets = new FileBaskets();
  for (const line of lines) baskets.add(line);
  return baskets.finish();
}

const reasonsOf = (lines: Iterable<FileOrderLine>) =>
  read(lines).leftOut.byReason.map(({ reason, lines: count, orders }) => [reason, count, orders]);

test("keeps items whose ids are words", () => {
  const { table } = read(["soda", "tea", "manual", "post it"].map((item) => buildLine("1", item, { title: item })));
  expect(table.itemIds).toEqual(["post it", "soda", "tea"]);
});

test("leaves out cancellations, returns, services and free lines, and says how many", () => {
  const lines = [
    buildLine("536365", "85123A", { title: "White hanging heart", price: 2.55 }),
    buildLine("C536379", "85123A", { quantity: -1, price: 2.55 }),
    buildLine("536380", "85123A", { quantity: -3, price: 0 }),
    buildLine("536381", "POST", { title: "POSTAGE", price: 18 }),
    buildLine("536381", "M", { title: "Manual", price: 18 }),
    buildLine("536382", "22423", { title: "Cake stand", price: 0 }),
    buildLine("536383", "22424", { title: "Bad debt", price: -11062 }),
    buildLine("536384", "22425", { title: "Bread bin", price: -1 }),
  ];
  expect(reasonsOf(lines)).toEqual([
    ["cancelled-order", 1, 1],
    ["return", 1, 1],
    ["service", 3, 2],
    ["negative-price", 1, 1],
    ["free-line", 1, 1],
  ]);
  expect(read(lines).leftOut.linesKept).toBe(1);
});

test("takes a few orders numbered with a C for cancellations, even without a negative quantity", () => {
  const lines = [buildLine("1001", "a"), buildLine("1002", "a"), buildLine("C1001", "a")];
  expect(reasonsOf(lines)).toEqual([["cancelled-order", 1, 1]]);
});

test("takes a C for the shop's numbering where most orders have it, in small files and large ones", () => {
  expect(reasonsOf([buildLine("C1", "a"), buildLine("C2", "a"), buildLine("C3", "a", { quantity: -1 })])).toEqual([
    ["cancelled-order", 1, 1],
  ]);
  const many = Array.from({ length: 3000 }, (_, order) => buildLine(`C${order}`, "a"));
  expect(read(many).table.at.length).toBe(3000);
});

test("dates orders by the file's order where it has no times, and by their times where it has", () => {
  expect([...read([buildLine("9", "a"), buildLine("1", "a"), buildLine("9", "b")]).table.at]).toEqual([0, 1]);
  expect([...read([buildLine("9", "a", { at: 50 }), buildLine("1", "a")]).table.at]).toEqual([NaN, 50]);
});

test("learns of each item its first title and category and its lowest price", () => {
  const { items } = read([
    buildLine("1", "a", { price: 3, category: "tea" }),
    buildLine("2", "a", { title: "Sencha", price: 2 }),
    buildLine("3", "a", { title: "SENCHA!", price: 0 }),
  ]);
  expect(items).toEqual([{ title: "Sencha", category: "tea", price: 2 }]);
});

test("gives an empty table for an empty shop, and no pairs for a single order of one item", () => {
  expect(read([]).table.itemIds).toEqual([]);
  const one = read([buildLine("1", "a"), buildLine("1", "a")]).table;
  expect([...one.start]).toEqual([0, 1]);
});

test("leaves out an order too large to be a basket, and says so", () => {
  const giant = Array.from({ length: LARGEST_BASKET + 1 }, (_, item) => buildLine("1", `i${item}`));
  const { table, leftOut } = read([...giant, buildLine("2", "a"), buildLine("2", "b")]);
  expect(table.itemIds).toEqual(["a", "b"]);
  expect(leftOut.byReason).toEqual([{ reason: "giant-order", lines: LARGEST_BASKET + 1, orders: 1 }]);
  expect(leftOut.linesKept).toBe(2);
});
