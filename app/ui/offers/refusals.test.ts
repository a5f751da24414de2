import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { offerEditor } from "../../../test/fixtures/offer-editor.ts";
import { renderHtml } from "../../../test/fixtures/render-page.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import { rowsText, type ShapeForm } from "../forms/shape-form.ts";
import { LANGUAGES } from "../kit/locale.ts";
import english from "../locales/en/common.json" with { type: "json" };
import japanese from "../locales/ja/common.json" with { type: "json" };
import { offerForm, parseOfferForm } from "./offer-form.ts";

/** What is wrong with an offer is said at the field in question, in words of its own, and nothing typed is lost. */

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
const fixedPrice = (quantity: string, amounts: ShapeForm) => ({
  ...{ quantity, "reward.kind": "fixed-price", ...amounts },
});
const usd = (amount: string) => ({ "reward.amounts.USD": amount });
const tiers = (...rows: ShapeForm[]) => ({ "config.tiers": rowsText(rows) });

const WRONG: readonly { name: string; typed: ShapeForm; at: string; code: string }[] = [
  {
    ...{ name: "a smaller percentage for more units", at: "config.tiers.1.reward", code: "rises-in-price" },
    typed: tiers(percent("3", "20"), percent("6", "10")),
  },
  {
    ...{ name: "a higher price for more units", at: "config.tiers.1.reward", code: "rises-in-price" },
    typed: tiers(fixedPrice("3", usd("9")), fixedPrice("6", usd("9.50"))),
  },
  {
    ...{ name: "a currency that only the first tier has", at: "config.tiers.1.reward", code: "rises-in-price" },
    typed: tiers(fixedPrice("3", usd("9")), fixedPrice("6", { "reward.amounts.JPY": "900" })),
  },
  {
    ...{ name: "tiers out of order", at: "config.tiers.1.quantity", code: "not-rising" },
    typed: tiers(percent("6", "10"), percent("3", "20")),
  },
  {
    ...{ name: "tiers of two kinds", at: "config.tiers.1.reward.kind", code: "not-as-before" },
    typed: tiers(percent("3", "10"), fixedPrice("6", usd("8"))),
  },
  {
    ...{ name: "a price without an amount", at: "config.tiers.0.reward.amounts", code: "no-amount" },
    typed: tiers(fixedPrice("3", {})),
  },
  {
    ...{ name: "an active offer without a tier", at: "config.tiers", code: "too-few" },
    typed: { status: "active" },
  },
  {
    ...{ name: "a schedule that ends before it begins", at: "schedule.to", code: "ends-before-it-begins" },
    typed: { "schedule.isSet": true, "schedule.from": "2026-12-02T00:00", "schedule.to": "2026-12-01T00:00" },
  },
];

test.each(WRONG.flatMap((wrong) => LANGUAGES.map((language) => ({ ...wrong, language }))))(
  "$name is refused at its field, in words ($language)",
  ({ typed, at, code, language }) => {
    const fields = { ...offerForm(view), ...typed };
    const parsed = parseOfferForm(view.type, fields);
    const errors = parsed.code === "invalid" ? parsed.errors : {};
    expect(errors).toEqual({ [at]: code });
    const { document } = new JSDOM(renderHtml(language, offerEditor(view, typed, { state: { errors } }))).window;
    // The first field that is wrong is put under the keyboard.
    expect(document.getElementById(at)).not.toBeNull();
    const said = [...document.querySelectorAll("[id$=Error], .Polaris-InlineError")].map((part) => part.textContent);
    expect(said.join("").length).toBeGreaterThan(0);
    const anyField = { en: english, ja: japanese }[language].form.error.invalid;
    expect(said.join(" ")).not.toContain(anyField);
    for (const row of JSON.parse(String(fields["config.tiers"])) as { quantity: string }[]) {
      expect(document.documentElement.innerHTML).toContain(`value="${row.quantity}"`);
    }
  },
);
