import { createElement } from "react";
import { expect, test } from "vitest";
import { renderPage } from "../../../../test/fixtures/render-page.ts";
import type { SimulatedOrderView } from "../../../views/simulator-view.ts";
import type { Language } from "../../kit/locale.ts";
import { OrderNotice } from "./order-notice.tsx";

const ORDER: SimulatedOrderView = { name: "#1001", leftOut: 0, prices: "paid", paidIn: "JPY", notAnswered: false };

function said(language: Language, order: Partial<SimulatedOrderView>, currency = "USD"): string {
  const view = { currency, shopCurrency: "USD" };
  return renderPage(language, createElement(OrderNotice, { order: { ...ORDER, ...order }, view }));
}

test("says which prices an order's cart has", () => {
  const paid = "at the prices before discounts that it was placed at";
  expect(said("en", {}, "JPY")).toContain(`The cart of order #1001, ${paid}`);
  const converted = said("en", { prices: "converted" });
  expect(converted).toContain("The order was paid in JPY. Its prices before discounts are in USD here");
  expect(converted).not.toContain(paid);
  expect(said("ja", { prices: "converted" })).toContain("支払い通貨はJPYです。ここでは、注文時のストアの通貨（USD）に");
  expect(said("en", { prices: "catalogue" })).toContain("Prices are today’s prices of the catalogue.");
  expect(said("ja", { prices: "catalogue" })).toContain("価格は現在の商品の登録価格です。");
});

test("asks for prices in a currency that nobody knows them in", () => {
  const missing = said("en", { prices: "catalogue" }, "EUR");
  expect(missing).toContain("what its prices were in EUR is not known. Enter the prices below.");
  expect(missing).not.toContain("catalogue");
  expect(said("ja", { prices: "catalogue" }, "EUR")).toContain(
    "EURでの注文時の価格はわかりません。単価を入力してください。",
  );
});

test("says where Shopify did not say what was paid, and names no currency that nobody knows", () => {
  const order = { prices: "converted", notAnswered: true } as const;
  expect(said("en", order)).toContain("Shopify did not say what was paid.");
  expect(said("ja", order)).toContain("実際に支払われた金額をShopifyから取得できませんでした。");
  expect(said("en", { ...order, paidIn: null })).toContain("The order was paid in another currency.");
  expect(said("ja", { ...order, paidIn: null })).toContain("支払い通貨は別の通貨です。");
  expect(said("en", {})).not.toContain("Shopify did not say");
});
