import { expect, test } from "vitest";
import type { FileOrderLine } from "../orders/files/file-order-line.ts";
import { LARGEST_BASKET } from "./basket.ts";
import { FileBaskets } from "./file-baskets.ts";

const buildLine = (orderId: string, itemId: string, line: Partial<FileOrderLine> = {}): FileOrderLine => ({
  file: 0,
  line: 1,
  orderId,
  customerId: null,
  at: NaN,
  itemId,
  quantity: 1,
  unitPrice: null,
  discount: 0,
  title: "",
  category: "",
  currency: null,
  channel: "other",
  cancelled: false,
  test: false,
  refunded: false,
  requiresShipping: null,
  isService: false,
  ...line,
});

function read(lines: Iterable<FileOrderLine>) {
  const baskets = new FileBaskets(2);
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
    buildLine("536365", "85123A", { title: "White hanging heart", unitPrice: 255 }),
    buildLine("C536379", "85123A", { quantity: -1, unitPrice: 255, cancelled: true }),
    buildLine("536380", "85123A", { quantity: -3, unitPrice: 0 }),
    buildLine("536381", "POST", { title: "POSTAGE", unitPrice: 1800 }),
    buildLine("536381", "M", { title: "Manual", unitPrice: 1800 }),
    buildLine("536382", "22423", { title: "Cake stand", unitPrice: 0 }),
    buildLine("536383", "22424", { title: "Bad debt", unitPrice: -1106200 }),
    buildLine("536384", "22425", { title: "Bread bin", unitPrice: -100 }),
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

test("treats an order as cancelled, and a line as a service, where the file says so", () => {
  expect(reasonsOf([buildLine("1", "a", { cancelled: true }), buildLine("2", "a", { isService: true })])).toEqual([
    ["cancelled-order", 1, 1],
    ["service", 1, 1],
  ]);
});

test("recognises free lines to the smallest unit, also for fractional quantities", () => {
  const free = (quantity: number, unitPrice: number, discount: number) =>
    reasonsOf([buildLine("1", "a", { quantity, unitPrice, discount })]).length === 1;
  expect(free(3, 110, 330)).toBe(true);
  expect(free(3, 820, 2460)).toBe(true);
  expect(free(3, 820, 2459)).toBe(false);
  expect(free(0.07, 100, 7)).toBe(true);
  expect(free(0.07, 100, 6)).toBe(false);
});

test("learns of each item its first title and category and its lowest price", () => {
  const { items } = read([
    buildLine("1", "a", { unitPrice: 300, category: "tea" }),
    buildLine("2", "a", { title: "Sencha", unitPrice: 200 }),
    buildLine("3", "a", { title: "SENCHA!", unitPrice: 0 }),
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
