import { createElement } from "react";
import { expect, test } from "vitest";
import { renderPage } from "../../../../test/fixtures/render-page.ts";
import type { ShopDiscountView } from "../../../views/simulator-view.ts";
import type { Language } from "../../kit/locale.ts";
import { OwnDiscountsCard } from "./own-discounts-card.tsx";

function said(language: Language, found: Partial<ShopDiscountView>): string {
  const automatic = [{ title: "SALE", beside: [], onProducts: false, ...found }];
  return renderPage(
    language,
    createElement(OwnDiscountsCard, { own: { code: "known", automatic, more: false, codes: [] } }),
  );
}

test("says what of ours can be in one order with a discount of the shop's own, and what cannot", () => {
  expect(said("en", { beside: ["products", "delivery"] })).toContain(
    "SALE: can be combined with this app’s discounts on products and free delivery, but not with its discounts on the order: of these Shopify applies whichever saves more.",
  );
  expect(said("ja", { beside: ["order"] })).toContain(
    "SALE：このアプリの注文全体の割引と併用できますが、商品の割引、配送料無料とは併用できず、割引額の大きいほうをShopifyが適用します。",
  );
  expect(said("en", {})).toContain("SALE: cannot be combined with what this app gives");
});

test("says that a product gets one discount, where both are on products", () => {
  const all: ShopDiscountView["beside"] = ["products", "order", "delivery"];
  expect(said("en", { beside: all, onProducts: true })).toContain(
    "can be combined with all that this app gives. A product gets only the larger of the two.",
  );
  expect(said("en", { beside: all })).not.toContain("larger");
  expect(said("en", { beside: ["order"], onProducts: true })).not.toContain("A product gets");
});
