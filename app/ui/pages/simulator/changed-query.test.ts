import { expect, test } from "vitest";
import { EMPTY_QUERY, type SimulatedQuery } from "../../../domain/simulation/simulated-query.ts";
import type { SimulatedOrderView } from "../../../views/simulator-view.ts";
import { changedQuery, inCurrency } from "./changed-query.ts";

const line = {
  variant: "9101",
  quantity: 2,
  subscription: false,
  priceMinor: 2_980,
} as SimulatedQuery["lines"][number];
const asked: SimulatedQuery = { ...EMPTY_QUERY, currency: "JPY", order: "1001", lines: [line], feeMinor: 700 };
const order: SimulatedOrderView = { name: "#1001", leftOut: 0, prices: "paid", paidIn: "JPY", notAnswered: false };
const SHOP = { shopCurrency: "USD" };

test("in another currency an order's cart is taken again, and any other cart loses its prices", () => {
  const again = { order: "1001", lines: [], feeMinor: null };
  expect(inCurrency("EUR", asked, { ...SHOP, order })).toEqual({ ...again, currency: "EUR" });
  // Named, since an order without a currency is taken in the one that was paid.
  expect(inCurrency("USD", asked, { ...SHOP, order })).toEqual({ ...again, currency: "USD" });
  const own = { lines: [{ ...line, priceMinor: null }], feeMinor: null };
  const byHand = { ...asked, order: null };
  expect(inCurrency("EUR", byHand, { ...SHOP, order })).toEqual({ ...own, currency: "EUR" });
  expect(inCurrency("USD", byHand, { ...SHOP, order: null })).toEqual({ ...own, currency: null });
  expect(inCurrency("EUR", asked, { ...SHOP, order: { notFound: "1001" } })).toEqual({ ...own, currency: "EUR" });
});

test("a changed cart is no order's, but one that is on its way still comes", () => {
  expect(changedQuery(asked, { country: "JP" })).toEqual({ ...asked, country: "JP", order: null });
  const onItsWay = changedQuery(asked, inCurrency("USD", asked, { ...SHOP, order }));
  expect(changedQuery(onItsWay, { country: "JP" })).toMatchObject({ order: "1001", lines: [], country: "JP" });
  expect(changedQuery(onItsWay, { lines: [line] }).order).toBeNull();
});
