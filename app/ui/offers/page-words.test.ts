import { createElement } from "react";
import { expect, test } from "vitest";
import { ADMIN_PAGES } from "../../../test/fixtures/admin-pages.ts";
import { renderHtml, renderPage } from "../../../test/fixtures/render-page.ts";
import { TRIED_OFFER } from "../../../test/fixtures/tried-offer.ts";
import { LANGUAGES } from "../kit/locale.ts";
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
