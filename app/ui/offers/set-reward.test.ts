import { createElement } from "react";
import { expect, test } from "vitest";
import { renderPage } from "../../../test/fixtures/render-page.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import { offerForm } from "./offer-form.ts";
import { OfferPage } from "./offer-page.tsx";

const nothing = () => undefined;
const view: OfferEditorView = {
  ...{ stored: null, type: "bought-together", content: contentShape("bought-together").default, paused: false },
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
  const fields = { ...offerForm(view), "reward.isSet": true, "reward.kind": "fixed-price" };
  const form = {
    ...{ fields, change: nothing, errors: {}, dirty: true, saving: false, slow: false, failure: null, refusal: null },
    ...{ answer: undefined, overtaken: [], choose: nothing, save: nothing, discard: nothing },
  };
  const actions = { run: nothing, undo: nothing, pending: false, refused: [], failure: null };
  const page = createElement(OfferPage, {
    ...{ view, form, preview: null, actions, pause: { switching: false, onPause: nothing } },
  });
  const text = renderPage(language, page);
  for (const one of texts) expect(text).toContain(one);
});
