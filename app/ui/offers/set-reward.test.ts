import { expect, test } from "vitest";
import { offerEditor } from "../../../test/fixtures/offer-editor.ts";
import { renderPage } from "../../../test/fixtures/render-page.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import type { ShapeForm } from "../forms/shape-form.ts";

const view: OfferEditorView = {
  ...{
    stored: null,
    type: "bought-together",
    content: contentShape("bought-together").default,
    paused: false,
    shopMode: "automatic",
  },
  shop: { currency: "USD", currencies: ["USD", "JPY"], timezone: "Asia/Tokyo" },
  shippingRates: [],
};

test.each([
  [
    "en",
    ["An amount off the whole set", "A price for the whole set", "Price of the set in USD", "Price of the set in JPY"],
  ],
  ["ja", ["セット全体から金額で値引き", "セット全体の価格を指定", "セット価格（JPY）"]],
] as const)("a set's reward is worded for the whole set, in %s", (language, texts) => {
  const text = editorText(language, { "reward.isSet": true, "reward.kind": "fixed-price" });
  for (const one of texts) expect(text).toContain(one);
});

test.each([
  ["en", "Free shipping only in certain countries", "Germany", "A price for the whole set"],
  ["ja", "送料無料にする国を限定する", "ドイツ", "セット全体の価格を指定"],
] as const)(
  "a set that ships for free asks for its countries by name, below its reward, and no other does, in %s",
  (language, question, country, otherReward) => {
    const free = { "reward.isSet": true, "reward.kind": "free-shipping" };
    const text = editorText(language, free);
    expect(text.indexOf(question)).toBeGreaterThan(text.indexOf(otherReward));
    expect(editorText(language, free)).not.toContain(country);
    expect(editorText(language, { ...free, "config.countries.isSet": true })).toContain(country);
    expect(editorText(language, { ...free, "reward.kind": "percent" })).not.toContain(question);
    expect(editorText(language, { ...free, "reward.isSet": false })).not.toContain(question);
  },
);

test.each([
  [
    "en",
    ["Store credit in percent of what the set costs", "Days until it is given", "Budget in USD", "At most per order"],
  ],
  ["ja", ["ストアクレジットの割合", "付与までの日数", "予算（USD）", "1注文あたりの上限（USD）"]],
] as const)("a set's store credit is worded as credit, never as a discount, in %s", (language, texts) => {
  const text = editorText(language, { "reward.isSet": true, "reward.kind": "credit-percent" });
  for (const one of texts) expect(text).toContain(one);
  expect(text).not.toContain({ en: "Discount in percent", ja: "割引率" }[language]);
  const amount = editorText(language, { "reward.isSet": true, "reward.kind": "credit-amount" });
  expect(amount).toContain({ en: "Store credit in USD", ja: "ストアクレジット（USD）" }[language]);
});

test.each([
  ["en", "Remove the conditions on shoppers"],
  ["ja", "お客様の条件を外す"],
] as const)("store credit for some shoppers is refused at the conditions, in words, in %s", (language, words) => {
  const errors = { "audience.shoppers": "not-with-credit" };
  const editor = offerEditor(view, { "reward.isSet": true, "reward.kind": "credit-amount" }, { state: { errors } });
  expect(renderPage(language, editor)).toContain(words);
});

function editorText(language: "en" | "ja", typed: ShapeForm): string {
  return renderPage(language, offerEditor(view, typed));
}

test.each([
  ["en", ["Name of the discount", "Also at the counter"]],
  ["ja", ["割引の名称", "店頭での販売"]],
] as const)(
  "only an offer that takes something off asks what its discount is called, and where it applies, in %s",
  (language, words) => {
    const asked = (typed: ShapeForm) => words.filter((one) => editorText(language, typed).includes(one));
    expect(asked({ "reward.isSet": true, "reward.kind": "percent" })).toEqual(words);
    expect(asked({ "reward.isSet": true, "reward.kind": "free-shipping" })).toEqual(words);
    expect(asked({ "reward.isSet": true, "reward.kind": "credit-amount" })).toEqual([]);
    expect(asked({ "reward.isSet": false })).toEqual([]);
  },
);

test.each([
  ["en", "For all products.", "Shoppers choose from the products that you name here.", "Choose products"],
  ["ja", "すべての商品が対象です。", "お客様は、ここで指定した商品の中から選びます。", "商品を指定する"],
] as const)(
  "an offer that needs products never says that it is for all of them, in %s",
  (language, all, needed, choose) => {
    const type = "mix-and-match";
    const mix = renderPage(language, offerEditor({ ...view, type, content: contentShape(type).default }, {}));
    expect(mix).not.toContain(all);
    for (const words of [needed, choose]) expect(mix).toContain(words);
    expect(editorText(language, {})).toContain(all);
  },
);
