import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { offerEditor } from "../../../test/fixtures/offer-editor.ts";
import { renderHtml } from "../../../test/fixtures/render-page.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import { rowsText, type ShapeForm } from "../forms/shape-form.ts";
import type { Language } from "../kit/locale.ts";

const view: OfferEditorView = {
  ...{ stored: null, type: "goal", content: contentShape("goal").default, paused: false, shopMode: "automatic" },
  shop: { currency: "USD", currencies: ["USD"], timezone: "America/New_York" },
  shippingRates: [
    { currency: "USD", amountMinor: 5000, countries: ["US"] },
    { currency: "USD", amountMinor: 30_000, countries: ["CA"] },
  ],
};

function documentOf(of: OfferEditorView, typed: ShapeForm, language: Language, errors: Record<string, string> = {}) {
  return new JSDOM(renderHtml(language, offerEditor(of, typed, { state: { errors } }))).window.document;
}

const pageWith = (typed: ShapeForm, language: Language = "en") => documentOf(view, typed, language).body.textContent;

const onlyIn = (...codes: string[]) => ({
  "config.countries.isSet": true,
  "config.countries": rowsText(codes.map((code) => ({ "": code }))),
});

test("each free rate of the shop is offered as a goal, with the countries that it ships to", () => {
  const text = pageWith({});
  expect(text).toContain("Use $50.00 (United States)");
  expect(text).toContain("Use $300.00 (Canada)");
});

test("a goal for every country warns where the shop's own rates are free in some alone", () => {
  expect(pageWith({ "config.amounts.USD": "50" })).toContain("free only to United States");
  expect(pageWith({ "config.amounts.USD": "300" })).toContain("free only to Canada and United States");
  expect(pageWith({ "config.amounts.USD": "50" }, "ja")).toContain("送料無料になるのは、アメリカ合衆国だけです");
});

test("a goal that a person has limited to countries is not warned of", () => {
  expect(pageWith({ "config.amounts.USD": "50", ...onlyIn("US") })).not.toContain("free only to");
});

test("a further reward is chosen in its own fields, and free shipping is switched once", () => {
  const tier = { "from.USD": "80", "reward.kind": "percent", "reward.basisPoints": "10" };
  const text = pageWith({
    "config.tiers": rowsText([tier, { ...tier, "reward.kind": "gift", "reward.product": "" }]),
  })!;
  expect(text.split("A percentage off the order")).toHaveLength(3);
  expect(text.split("Discount in percent")).toHaveLength(2);
  expect(text.split("Find products")).toHaveLength(2);
  expect(text.split("Make shipping free at the goal")).toHaveLength(2);
});

test("of many currencies the shop's own is shown, with those that hold an amount or a rate; the others open", () => {
  const shop = { ...view.shop, currencies: ["USD", "CAD", "EUR", "GBP", "JPY", "KWD"] };
  const shippingRates = [{ currency: "GBP", amountMinor: 4_000, countries: ["GB"] }];
  const of = (typed: ShapeForm, errors: Record<string, string> = {}) => {
    const page = documentOf({ ...view, shop, shippingRates }, typed, "en", errors);
    return shop.currencies.filter((currency) => page.getElementById(`config.amounts.${currency}`) === null);
  };
  expect(of({})).toEqual(["CAD", "EUR", "JPY", "KWD"]);
  expect(of({ "config.amounts.EUR": "50" })).toEqual(["CAD", "JPY", "KWD"]);
  expect(of({}, { "config.amounts.JPY": "not-an-amount" })).toEqual([]);
});
