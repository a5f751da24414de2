import { expect, test } from "vitest";
import { isCancelledBy, isServiceKind, stateOf } from "./order-states.ts";

test.each([
  ["paid", "sold"],
  ["wc-completed", "sold"],
  ["partially_refunded", "sold"],
  ["一部返金", "sold"],
  ["Teilweise erstattet", "sold"],
  ["発送済み", "sold"],
  ["キャンセルなし", "sold"],
  ["Shipped", "sold"],
  ["refunded", "refunded"],
  ["返金済み", "refunded"],
  ["Remboursé", "refunded"],
  ["Reembolsado", "refunded"],
  ["Cancelled", "cancelled"],
  ["canceled", "cancelled"],
  ["voided", "cancelled"],
  ["Payment error", "cancelled"],
  ["キャンセル済", "cancelled"],
  ["Storniert", "cancelled"],
  ["Annulée", "cancelled"],
  ["Anulado", "cancelled"],
] as const)("an order that is %s is %s", (status, state) => {
  expect(stateOf(status)).toBe(state);
});

test("a cancellation is a date or a flag, and nothing that says no", () => {
  for (const text of ["2026-01-02", "1", "true", "yes", "○"]) expect(isCancelledBy(text)).toBe(true);
  for (const text of ["", "0", "false", "No", "-", "なし", "0000-00-00 00:00:00"])
    expect(isCancelledBy(text)).toBe(false);
});

test("knows lines that are no product by their kind", () => {
  for (const kind of ["Shipping Line", "送料", "手数料", "Discount", "Tip"]) expect(isServiceKind(kind)).toBe(true);
  for (const kind of ["", "Line Item", "商品", "simple", "Physical Good"]) expect(isServiceKind(kind)).toBe(false);
});
