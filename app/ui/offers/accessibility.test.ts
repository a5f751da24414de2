import axe from "axe-core";
import { JSDOM } from "jsdom";
import { createElement, type ReactElement, type ReactNode } from "react";
import { expect, test } from "vitest";
import {
  formOf,
  NO_ACTIONS as actions,
  NO_PAUSE as pause,
  nothing,
  offerEditor,
} from "../../../test/fixtures/offer-editor.ts";
import { renderHtml, renderPage } from "../../../test/fixtures/render-page.ts";
import { TRIED_OFFER } from "../../../test/fixtures/tried-offer.ts";
import { OFFER_TYPE_NAMES, type OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { PLAYBOOK_NAMES } from "../../domain/playbooks/proposal.ts";
import { allSettings } from "../../domain/settings/sections.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import type { FailingView } from "../../views/failing-view.ts";
import type { OfferRowView, OffersView } from "../../views/offers-view.ts";
import type { ProposalView } from "../../views/proposals-view.ts";
import type { SettingsView } from "../../views/settings-view.ts";
import { rowsText, type ShapeForm } from "../forms/shape-form.ts";
import type { SavedForm } from "../forms/use-saved-form.ts";
import { LANGUAGES, type Language } from "../kit/locale.ts";
import { settingsForm } from "../pages/settings/settings-form.ts";
import { SettingsPage } from "../pages/settings/settings-page.tsx";
import { BacktestResult } from "./backtest/backtest-result.tsx";
import { ForeignOfferPage } from "./foreign-offer-page.tsx";
import { gid } from "../../domain/ids.ts";
import { voiceOf } from "../../domain/measurement/voice/voice.ts";
import { compatibilityForm } from "../pages/compatibility/compatibility-form.ts";
import { CompatibilityPage } from "../pages/compatibility/compatibility-page.tsx";
import { NewOfferPage } from "./new-offer-page.tsx";
import { OfferPage, type OfferPageProps } from "./offer-page.tsx";
import { OffersPage } from "./offers-page.tsx";

const voice = {
  days: 180,
  ...voiceOf([
    ...[
      { question: "helpful", answer: "yes", orders: 20 },
      { question: "helpful", answer: "no", orders: 8 },
    ],
    ...[
      { question: "reason", answer: "price", orders: 5 },
      { question: "recommend", answer: "7", orders: 9 },
    ],
  ] as const),
};

const row: OfferRowView = {
  ...{ number: 1, type: "goal", name: "Free from 50", status: "active", state: "live", version: 3 },
  ...{ surfaces: ["cart"], schedule: { from: "2026-12-01T00:00", to: null, yearly: false } },
  ...{ changedAt: "2026-11-28T12:00:00Z", canUndo: true, fault: null, failing: null },
};
const sentBack: FailingView = {
  failing: { code: "sent-back", orders: 1_200, returned: 360, usual: 0.08 },
  ...{ paused: true, foundAt: row.changedAt, settled: false },
};
const disliked: FailingView = {
  failing: { code: "disliked", answers: 40, no: 36 },
  ...{ paused: false, foundAt: row.changedAt, settled: false },
};
const proposal: ProposalView = {
  ...{ id: "pair-1-2", playbook: "pair", type: "bought-together", currency: "USD", draft: null },
  products: ["Shampoo", "Conditioner"].map((title, n) => ({
    productId: `gid://shopify/Product/${n}`,
    title,
    imageUrl: null,
  })),
  reason: { code: "pair", together: 214, orders: 1_930 },
  checks: [
    { code: "cost", monthlyMinor: 12_300 },
    { code: "cost-unknown", products: ["Shampoo"] },
  ],
};
const dismissal = { dismiss: nothing, pending: null, failed: true };
const list: OffersView = {
  offers: [
    row,
    { ...row, number: 3, state: "paused", status: "paused", failing: sentBack },
    { ...row, number: 4, failing: disliked },
    { ...row, number: 2, name: "", type: "lottery", state: "unusable", fault: { code: "unknown-type" } },
  ],
  ...{ total: 60, page: 2, pageCount: 3, paused: true, timezone: "Asia/Tokyo" },
  query: { search: "free", status: null, type: null },
  proposals: { proposals: [proposal], without: ["stock-up"], orders: 1_200 },
};

function editor(type: OfferTypeName, typed: ShapeForm = {}, state: Partial<SavedForm<ShapeForm>> = {}): ReactNode {
  const view: OfferEditorView = {
    stored: {
      ...{ number: 1, version: 2, state: "live", changedAt: row.changedAt, canUndo: true },
      ...{ fault: { code: "invalid", refusals: [] }, goneProducts: ["gid://shopify/Product/1"], failing: null },
      experiments: [{ number: 4, name: "Words" }],
    },
    ...{ type, content: contentShape(type).default, paused: false, shopMode: "automatic" },
    shop: { currency: "USD", currencies: ["USD", "JPY"], timezone: "Asia/Tokyo" },
    shippingRates: [{ currency: "USD", amountMinor: 6000, countries: ["US"] }],
  };
  return offerEditor(view, typed, { state, voice });
}

const conditions = rowsText([
  { "": rowsText([{ condition: "tags", tags: rowsText([{ "": "sale" }]) }]) },
  { "": rowsText([{ condition: "products", products: "gid://shopify/Product/1" }]) },
]);
const everything = {
  ...{ "reward.isSet": true, "reward.kind": "percent", "reward.basisPoints": "80", conditions },
  ...{ "schedule.isSet": true, "schedule.from": "2026-12-02T00:00", "schedule.to": "2026-12-01T00:00" },
  "config.tiers": rowsText([{ quantity: "2", "reward.kind": "percent", "reward.basisPoints": "ten" }]),
  "config.pairs": rowsText([{ products: "gid://shopify/Product/1", upgrade: "", "better.en": "", "better.ja": "" }]),
  "config.addOns": rowsText([{ product: "gid://shopify/Product/1", "text.en": "", "text.ja": "" }]),
};
const errors = {
  ...{ "reward.basisPoints": "too-large", "schedule.to": "ends-before-it-begins", name: "missing" },
  ...{ "config.amounts": "no-amount", "config.tiers.0.reward.basisPoints": "not-a-percentage", surfaces: "too-few" },
  ...{ "conditions.0.0.tags": "too-few", "config.pairs.0.upgrade": "too-few" },
  "config.pairs.0.better.en": "line-too-long",
};

function settings(): ReactNode {
  const view: SettingsView = {
    ...allSettings.default,
    ...{ shopCurrency: "USD", reset: ["upgradeCapPercent"], version: 1 },
    modes: { following: [], own: [{ number: 4, type: "upgrade", name: "Cameras", mode: "review" }] },
    ...{ publishedAt: null, publishing: true },
  };
  const form = formOf(settingsForm(view), { errors: { useCustomerHistory: "no-permission" } });
  const language = { choice: null, saving: false, onChoose: nothing };
  const publish = { queueing: false, onPublish: nothing };
  return createElement(SettingsPage, { view, form, language, pause, publish });
}

function compatibility(): ReactNode {
  const product = gid("Product", "1");
  const rule = { products: [product], collections: [], tags: [], fitProducts: [], fitCollections: [], fitTags: ["EF"] };
  const errors = { "rules.0.products": "too-many", "rules.1.fitProducts": "fits-nothing", rules: "too-much" };
  const form = formOf(compatibilityForm({ rules: [rule, { ...rule, fitTags: [] }] }), { errors });
  const unknown = [{ line: 4, name: "bottle", code: "unknown" } as const];
  const outcome = { code: "read", rows: 9, unreadable: [7], unknown, repeated: 1, left: 2, rules: [rule] } as const;
  return createElement(CompatibilityPage, { form, imported: { outcome, reading: false, onFile: nothing } });
}

const overtaken = [{ field: "name", before: "A", now: "B", contested: true }];
const PAGES: Readonly<Record<string, () => ReactNode>> = {
  "the list of offers": () =>
    createElement(OffersPage, {
      ...{ view: list, loading: false, onQuery: nothing, pause, dismissal },
      actions: { ...actions, failure: "too-many", refused: [{ number: 2, name: "Later", reason: "incomplete" }] },
    }),
  "an empty list of offers": () =>
    createElement(OffersPage, {
      view: {
        ...list,
        offers: [],
        total: 0,
        page: 1,
        pageCount: 1,
        paused: false,
        query: { ...list.query, search: "" },
        proposals: { proposals: [], without: [...PLAYBOOK_NAMES], orders: null },
      },
      ...{ loading: false, onQuery: nothing, pause, actions, dismissal },
    }),
  "a proposed offer": () => {
    const view = editor("bought-together") as ReactElement<OfferPageProps>;
    const proposed = { view: proposal, content: contentShape("bought-together").default };
    return createElement(OfferPage, { ...view.props, view: { ...view.props.view, proposal: proposed } });
  },
  "an offer that shoppers have seen": () => {
    const view = editor("quantity-breaks") as ReactElement<OfferPageProps>;
    const surfaces = [{ surface: "product" as const, shown: 1_234, seen: 900, clicked: 40, added: 0, declined: 3 }];
    return createElement(OfferPage, { ...view.props, funnel: { days: 28, surfaces } });
  },
  "an offer that no shopper has seen": () => {
    const view = editor("goal") as ReactElement<OfferPageProps>;
    return createElement(OfferPage, { ...view.props, funnel: { days: 28, surfaces: [] } });
  },
  ...Object.fromEntries(
    [sentBack, disliked].map((failing) => [
      `an offer that is ${failing.failing.code}`,
      () => {
        const view = editor("bought-together") as ReactElement<OfferPageProps>;
        const { stored } = view.props.view;
        return createElement(OfferPage, {
          ...view.props,
          view: { ...view.props.view, stored: { ...stored!, failing } },
        });
      },
    ]),
  ),
  "the choice of a type": () => createElement(NewOfferPage),
  "an offer of another release": () =>
    createElement(ForeignOfferPage, {
      view: {
        ...{ name: "Lottery", type: "lottery" },
        stored: {
          number: 1,
          version: 1,
          state: "unusable",
          changedAt: row.changedAt,
          canUndo: false,
          fault: null,
          ...{ goneProducts: [], failing: null },
          experiments: [],
        },
      },
    }),
  "the settings": settings,
  "what fits what": compatibility,
  ...Object.fromEntries(
    [true, false].map((givesSomething) => [
      `what past orders say of an offer that gives ${givesSomething ? "something" : "nothing"}`,
      () => {
        const shop = { domain: "tea.myshopify.com", timezone: "Asia/Tokyo" };
        return createElement(BacktestResult, { outcome: { ...TRIED_OFFER, givesSomething }, shop });
      },
    ]),
  ),
  ...Object.fromEntries(OFFER_TYPE_NAMES.map((type) => [`a new offer of ${type}`, () => editor(type)])),
  ...Object.fromEntries(
    OFFER_TYPE_NAMES.map((type) => [
      `an offer of ${type} with all fields open and wrong`,
      () => editor(type, everything, { errors, failure: "offline", overtaken, refusal: "too-many" }),
    ]),
  ),
};

/** What axe finds wrong with a page; colours are not computed here, and the frame around the page is the admin's. */
async function violations(language: Language, page: ReactNode): Promise<string[]> {
  const html = `<html lang="${language}"><head><title>Tsuide</title></head><body><main>${renderHtml(language, page)}</main></body></html>`;
  const { window } = new JSDOM(html, { runScripts: "outside-only" });
  // jsdom draws nothing, and says so on the console where axe asks for a canvas.
  window.HTMLCanvasElement.prototype.getContext = () => null;
  window.eval(axe.source);
  const found = await (window as unknown as { axe: typeof axe }).axe.run(window.document, {
    rules: { "color-contrast": { enabled: false } },
  });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html: element }) => `${id}: ${element}`));
}

test.each(LANGUAGES.flatMap((language) => Object.keys(PAGES).map((name) => [language, name] as const)))(
  "axe finds nothing wrong, in %s, with %s",
  async (language, name) => {
    expect(await violations(language, PAGES[name]!())).toEqual([]);
  },
);

test.each(LANGUAGES.flatMap((language) => Object.keys(PAGES).map((name) => [language, name] as const)))(
  "every text has its words, in %s, with %s",
  (language, name) => {
    // Where a locale file lacks a text, its key is shown in its place.
    expect(renderPage(language, PAGES[name]!()).match(/\b(?:field|of-[a-z-]+)\.[\w.-]+/g)).toBeNull();
  },
);

test.each([
  [
    "en",
    "It pays for itself with 14% more orders like these: 6 besides the 40 that were placed anyway.",
    "$2.50 short",
  ],
  ["ja", "同じような注文が14%増えれば採算が取れます。もともとあった40件に加えて、6件の注文が必要です。", "あと$2.50"],
] as const)("what past orders say of an offer is said in words, in %s", (language, pays, short) => {
  const shop = { domain: "tea.myshopify.com", timezone: "Asia/Tokyo" };
  // 7,200 of 60,000 off: 7,200 / (60,000 - 7,200) is 14 %, unless shipping costs something.
  const html = renderHtml(language, createElement(BacktestResult, { outcome: TRIED_OFFER, shop }));
  for (const words of [pays, short, "#1002", "Milk Oolong"]) expect(html).toContain(words);
  expect(html).toContain("https://tea.myshopify.com/admin/orders/4");
});
