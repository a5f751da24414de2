import { createElement } from "react";
import { expect, test } from "vitest";
import { ADMIN_PAGES } from "../../../test/fixtures/admin-pages.ts";
import { renderHtml, renderPage } from "../../../test/fixtures/render-page.ts";
import { TRIED_OFFER } from "../../../test/fixtures/tried-offer.ts";
import type { BacktestView } from "../../views/backtest-view.ts";
import { LANGUAGES } from "../kit/locale.ts";
import { BacktestCard } from "./backtest/backtest-card.tsx";
import { BacktestResult } from "./backtest/backtest-result.tsx";

test.each(LANGUAGES.flatMap((language) => Object.keys(ADMIN_PAGES).map((name) => [language, name] as const)))(
  "every text has its words, in %s, with %s",
  (language, name) => {
    // Where a locale file lacks a text, its key is shown in its place.
    expect(renderPage(language, ADMIN_PAGES[name]!()).match(/\b(?:field|of-[a-z-]+)\.[\w.-]+/g)).toBeNull();
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

/** The ids that names, descriptions and labels refer to, without those that the page has. */
function missingIds(html: string): string[] {
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const named = [...html.matchAll(/ (?:aria-labelledby|aria-describedby|for)="([^"]+)"/g)];
  return named.flatMap(([, list]) => list!.split(" ")).filter((id) => !ids.has(id));
}

test.each(Object.keys(ADMIN_PAGES))("what names a field or a figure is on the page, with %s", (name) => {
  expect(missingIds(renderPage("en", ADMIN_PAGES[name]!()))).toEqual([]);
});

test("an offer that is being tried says how far it is, and its bar is named by that", () => {
  const view = { status: "running", ordersDone: 250, ordersTotal: 1_000, outcome: null } as unknown as BacktestView;
  const nothing = () => {};
  const backtest = {
    view,
    running: true,
    invalid: false,
    failed: false,
    outdated: false,
    start: nothing,
    cancel: nothing,
  };
  const html = renderHtml("en", createElement(BacktestCard, { backtest }));
  expect(html).toContain("250 of 1,000 orders");
  expect(html).toContain('aria-labelledby="backtest-progress"');
  expect(missingIds(html)).toEqual([]);
});
