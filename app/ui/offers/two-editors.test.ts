import { expect, test } from "vitest";
import { offerEditor } from "../../../test/fixtures/offer-editor.ts";
import { renderHtml, renderPage } from "../../../test/fixtures/render-page.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import { rowsText, type ShapeForm } from "../forms/shape-form.ts";
import type { Language } from "../kit/locale.ts";

const view: OfferEditorView = {
  ...{
    stored: null,
    type: "quantity-breaks",
    content: contentShape("quantity-breaks").default,
    paused: false,
    shopMode: "automatic",
  },
  shop: { currency: "USD", currencies: ["USD", "JPY"], timezone: "Asia/Tokyo" },
  shippingRates: [],
};
const percent = (quantity: string, basisPoints: string) => ({
  ...{ quantity, "reward.kind": "percent", "reward.basisPoints": basisPoints },
});
const price = (quantity: string, usd: string, jpy: string) => ({
  ...{ quantity, "reward.kind": "fixed-price", "reward.amounts.USD": usd, "reward.amounts.JPY": jpy },
});
const conditions = (...rows: ShapeForm[]) => rowsText([{ "": rowsText(rows) }]);

function element(typed: ShapeForm, overtaken: { field: string; before: string; now: string }[]) {
  return offerEditor(view, typed, { state: { overtaken: overtaken.map((one) => ({ ...one, contested: true })) } });
}

function page(language: Language, ...[typed, overtaken]: Parameters<typeof element>): string {
  return renderPage(language, element(typed, overtaken));
}

const tiers = {
  ...{ field: "config.tiers", before: rowsText([]) },
  now: rowsText([percent("3", "10"), percent("6", "12.5")]),
};
const mine = { "config.tiers": rowsText([price("4", "7.50", "")]) };

test("two lists of tiers are distinguished by what they hold", () => {
  const english = page("en", mine, [tiers]);
  for (const text of [
    "Tiers: changed from empty to " +
      "From how many units: 3, A percentage off each unit: 10% / From how many units: 6, A percentage off each unit: 12.5%",
    "Yours: From how many units: 4, A price for each unit: 7.50 USD",
    "|Keep mine|",
    "|Use theirs|",
  ])
    expect(english).toContain(text);
  expect(page("ja", mine, [tiers])).toContain("自分の値：数量（以上）：4、1点あたりの価格：7.50 USD");
});

test.each([
  ["en", "Germany and Japan", "Euro (EUR)"],
  ["ja", "ドイツ、日本", "ユーロ (EUR)"],
] as const)("what is kept as a code is named, in %s", (language, countries, currency) => {
  const shoppers = (...rows: ShapeForm[]) => rowsText([{ "": rowsText(rows) }]);
  const codes = (...all: string[]) => rowsText(all.map((code) => ({ "": code })));
  const before = shoppers({ shopper: "countries", matches: "any", inCountries: codes("DE", "JP") });
  const now = shoppers({ shopper: "currencies", matches: "any", inCurrencies: codes("EUR") });
  const shown = page(language, {}, [{ field: "audience.shoppers", before, now }]);
  expect(shown).toContain(countries);
  expect(shown).toContain(currency);
});

test("conditions and products are distinguished, too", () => {
  const before = conditions({ condition: "tags", tags: rowsText([{ "": "sale" }, { "": "tea" }]) });
  const now = conditions({ condition: "products", products: "gid://shopify/Product/1 gid://shopify/Product/2" });
  const shown = page("en", {}, [{ field: "conditions", before, now }]);
  expect(shown).toContain(
    "Products: changed from Products with tags: sale and tea to These products: Product 1 and Product 2",
  );
  expect(shown).toContain("|Keep mine: empty|");
});

test("an amount is labelled as a price where it is one", () => {
  expect(page("en", mine, [])).toContain("Price in USD");
  const off = [{ ...price("4", "7.50", ""), "reward.kind": "amount-off" }];
  const amount = page("en", { "config.tiers": rowsText(off) }, []);
  expect(amount).toContain("Amount in USD");
  expect(amount).not.toContain("Price in USD");
});

test("the empty field of a name shows what an offer without one goes by", () => {
  expect(renderHtml("en", element({}, []))).toContain('placeholder="Quantity breaks"');
  expect(renderHtml("ja", element({}, []))).toContain('placeholder="数量割引"');
});
