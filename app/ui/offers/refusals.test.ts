import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { offerEditor } from "../../../test/fixtures/offer-editor.ts";
import { renderHtml } from "../../../test/fixtures/render-page.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { rowsOf, rowsText, type ShapeForm } from "../forms/shape-form.ts";
import { LANGUAGES } from "../kit/locale.ts";
import english from "../locales/en/common.json" with { type: "json" };
import japanese from "../locales/ja/common.json" with { type: "json" };
import { compatibilityForm, parseCompatibilityForm } from "../pages/compatibility/compatibility-form.ts";
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

const NO_RULE = {
  ...{ products: [], collections: [], tags: [] },
  ...{ fitProducts: [], fitCollections: [], fitTags: [] },
};

/** Names a condition on the products of an offer without saying which. */
const noProducts = rowsText([{ "": rowsText([{ condition: "products", products: "" }]) }]);
const noLanguage = rowsText([{ "": rowsText([{ shopper: "languages", matches: "any", inLanguages: rowsText([]) }]) }]);
const MANY: readonly { type: OfferTypeName; typed: ShapeForm; errors: Readonly<Record<string, string>> }[] = [
  {
    type: "fixed-bundle",
    typed: {
      ...{ status: "active", priority: "many", "config.title": " ", "reward.isSet": true, "reward.basisPoints": "x" },
      "config.components": rowsText([{ variant: "", quantity: "two" }]),
    },
    errors: {
      ...{ priority: "not-a-number", "config.title": "missing", "reward.basisPoints": "not-a-percentage" },
      ...{ "config.components.0.quantity": "not-a-number", "config.components.0.variant": "too-few" },
    },
  },
  {
    type: "goal",
    typed: {
      ...{ status: "active", priority: "many", "config.closesGapAt": "x", "config.countries.isSet": true },
      "config.tiers": rowsText([{ "from.USD": "", "reward.kind": "gift", "reward.product": "" }]),
    },
    errors: {
      ...{ priority: "not-a-number", "config.closesGapAt": "not-a-number", "config.countries": "too-few" },
      ...{ "config.tiers.0.from": "no-amount", "config.tiers.0.reward.product": "too-few" },
    },
  },
  {
    type: "buy-x-get-y",
    typed: {
      ...{ status: "active", "config.buy": "x", "config.gets": "others", "config.gotProducts": "" },
      ...{ conditions: noProducts, "audience.shoppers": noLanguage },
      ...{ "config.reward.kind": "fixed-price", "config.reward.amounts.USD": "" },
    },
    errors: {
      ...{ "config.buy": "not-a-number", "config.gotProducts": "too-few", "config.reward.amounts": "no-amount" },
      ...{ "conditions.0.0.products": "too-few", "audience.shoppers.0.0.inLanguages": "too-few" },
    },
  },
  {
    type: "mix-and-match",
    typed: {
      status: "active",
      "config.choose": "x",
      "config.reward.kind": "fixed-price",
      "config.reward.amounts.USD": "",
    },
    errors: { "config.choose": "not-a-number", "config.reward.amounts": "no-amount", conditions: "too-few" },
  },
  {
    type: "quantity-breaks",
    typed: {
      ...tiers(percent("x", "10"), fixedPrice("3", {}), percent("5", "y"), percent("6", "10")),
      ...{ "schedule.isSet": true, "schedule.from": "tomorrow", "schedule.to": "", "schedule.yearly": true },
    },
    errors: {
      ...{ "config.tiers.0.quantity": "not-a-number", "config.tiers.1.reward.amounts": "no-amount" },
      ...{ "config.tiers.2.reward.basisPoints": "not-a-percentage", "config.tiers.2.reward.kind": "not-as-before" },
      ...{ "schedule.from": "not-a-time", "schedule.to": "missing" },
    },
  },
  {
    type: "upgrade",
    typed: {
      ...{ "config.upgradesShown": "x" },
      "config.pairs": rowsText([{ products: "", upgrade: "", "better.en": "a\nb\nc\nd\ne\nf\ng\nh" }]),
      "config.variantPairs": rowsText([{ variant: "", betterVariant: "" }]),
    },
    errors: {
      ...{ "config.upgradesShown": "not-a-number", "config.pairs.0.products": "too-few" },
      ...{ "config.pairs.0.upgrade": "too-few", "config.pairs.0.better.en": "too-many-lines" },
      ...{ "config.variantPairs.0.variant": "too-few", "config.variantPairs.0.betterVariant": "too-few" },
    },
  },
  {
    type: "add-on",
    typed: {
      status: "active",
      "config.cap": "x",
      "config.addOns": rowsText([{ product: "" }]),
      surfaces: rowsText([]),
    },
    errors: { "config.cap": "not-a-number", "config.addOns.0.product": "too-few", surfaces: "too-few" },
  },
  {
    type: "bought-together",
    typed: {
      ...{ status: "active", "config.setSize": "x", "reward.isSet": true, "reward.kind": "percent" },
      ...{ "reward.basisPoints": "x", conditions: noProducts, "audience.shoppers": noLanguage },
    },
    errors: {
      ...{ "config.setSize": "not-a-number", "reward.basisPoints": "not-a-percentage" },
      ...{ "conditions.0.0.products": "too-few", "audience.shoppers.0.0.inLanguages": "too-few" },
    },
  },
];

test.each(MANY)("all that is wrong with a $type offer is said at once", ({ type, typed, errors }) => {
  const fields = { ...offerForm({ ...view, type, content: contentShape(type).default }), ...typed };
  const parsed = parseOfferForm(type, fields);
  expect(parsed.code === "invalid" ? parsed.errors : {}).toEqual(errors);
});

test("all that is wrong with rules of compatibility is said at once", () => {
  const products = Array.from({ length: 251 }, (_, n) => `gid://shopify/Product/${n + 1}`).join(" ");
  const [none] = rowsOf(compatibilityForm({ rules: [{ ...NO_RULE }] }).rules);
  const parsed = parseCompatibilityForm({ rules: rowsText([{ ...none, products }, { ...none }]) });
  expect(parsed.code === "invalid" ? parsed.errors : {}).toEqual({
    ...{ "rules.0.products": "too-many", "rules.0.fitProducts": "fits-nothing" },
    ...{ "rules.1.products": "no-products", "rules.1.fitProducts": "fits-nothing" },
  });
});
