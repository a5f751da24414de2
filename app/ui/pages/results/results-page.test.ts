import { createElement } from "react";
import { expect, test } from "vitest";
import { renderHtml, renderPage } from "../../../../test/fixtures/render-page.ts";
import type { FiguresView, ResultsEffectView, ResultsView } from "../../../views/results-view.ts";
import type { BreakdownRowView, BreakdownView } from "../../../views/breakdown-view.ts";
import { ChartLine } from "../../charts/shapes.tsx";
import { TimeChart } from "../../charts/time-chart.tsx";
import type { Language } from "../../kit/locale.ts";
import { changeText } from "./change-text.ts";
import { StepsTable } from "./revenue-chart-card.tsx";
import { ResultsPage } from "./results-page.tsx";

const yen = (amountMinor: number) => ({ amountMinor, currency: "JPY" });
const figures: FiguresView = {
  ...{ attributed: yen(123_456), attributedOrders: 31, attributedLines: 40, refunded: yen(2_000) },
  ...{ discount: yen(9_000), discountOnItems: yen(8_500), discountOnShipping: yen(500), discountUnknownOrders: 0 },
  ...{ orders: 310, net: yen(2_480_000), averageOrder: yen(8_000), unitsPerOrder: 2.126 },
};
const view: ResultsView = {
  shop: { domain: "tea.myshopify.com", currency: "JPY", timezone: "Asia/Tokyo", today: "2026-11-28" },
  range: {
    ...{ name: "7", days: 2, from: "2026-11-27", to: "2026-11-28", beforeFrom: "2026-11-25", beforeTo: "2026-11-26" },
    beforeUpTo: "2026-11-26T05:37:00Z",
  },
  now: figures,
  before: { ...figures, attributed: yen(100_000), averageOrder: null },
  assistance: { seenDays: 1, usedDays: 7, asOf: "2026-11-28T07:15:00Z" },
  steps: [
    { from: "2026-11-27", to: "2026-11-27", attributedMinor: 100_000, beforeMinor: 90_000 },
    { from: "2026-11-28", to: "2026-11-28", attributedMinor: 23_456, beforeMinor: 10_000 },
  ],
  by: "offer",
  rows: [
    {
      ...{ key: "bt-1", name: { kind: "offer", number: 1, type: "bought-together", name: "" } },
      ...{
        attributed: yen(123_456),
        refunded: yen(2_000),
        discount: yen(9_000),
        discountOnShipping: yen(500),
        assisted: null,
        orders: 31,
        units: 44,
      },
    },
  ],
  moreRows: 0,
  otherCurrencyOrders: 0,
  hasOffers: true,
};

const effect: ResultsEffectView = {
  ...{ from: "2026-11-27", to: "2026-11-28", by: "offer" },
  assisted: {
    ...{ total: yen(50_000), orders: 8, knownOrders: 120 },
    ...{ through: yen(30_000), used: yen(15_000), seen: yen(5_000) },
  },
  assistedRows: [{ key: "bt-1", name: view.rows[0]!.name, assisted: yen(50_000) }],
  incremental: { kind: "off" },
  roi: {
    ...{ basis: "attributed", ratio: 0.5, interval: null, added: yen(90_000), cost: yen(60_000), missing: [] },
    ...{
      discounts: yen(8_500),
      shipping: yen(500),
      goods: yen(48_000),
      monthly: yen(3_000),
      goodsWithoutCost: 0,
      marginPercent: null,
    },
    credit: yen(0),
  },
};

const row = (key: string, name: BreakdownRowView["name"], net: number): BreakdownRowView => ({
  ...{ key, name, orders: 10, net: yen(net), averageOrder: yen(net / 10), unitsPerOrder: 2.5 },
  ...{ attributed: yen(700), assisted: yen(300), discount: yen(50), visits: 400, conversion: 0.025, acceptance: 0.1 },
});
const breakdown: BreakdownView = {
  ...{ from: "2026-11-27", to: "2026-11-28", by: "campaign", visitsUpTo: "2026-11-28T07:15:00Z" },
  rows: [
    row("=spring", { kind: "campaign", campaign: "spring" }, 9_000),
    row("=", { kind: "campaign", campaign: "" }, 5_000),
    row("other", { kind: "other" }, 3_000),
    { ...row("unknown", { kind: "unknown" }, 20_000), visits: null, conversion: null, acceptance: null },
  ],
  ...{ others: 12, discountUnknownOrders: 0 },
};

const element = (changes: Partial<ResultsView> = {}, late: Partial<ResultsEffectView> | null = {}) =>
  createElement(ResultsPage, {
    view: { ...view, ...changes },
    effect: { part: late && { ...effect, ...late }, loading: false, onRetry: () => {} },
    funnel: { part: null, loading: false, onRetry: () => {} },
    breakdown: { by: "campaign", late: { part: breakdown, loading: false, onRetry: () => {} }, onBy: () => {} },
    ...{ loading: false, onRange: () => {}, onBy: () => {} },
  });
const page = (language: Language, changes: Partial<ResultsView> = {}, late: Partial<ResultsEffectView> | null = {}) =>
  renderPage(language, element(changes, late));

test("shows the figures side by side, how they moved, and a way to the orders of each", () => {
  const text = page("en");
  for (const part of [
    "|¥123,456|+23.5% vs. the period before|",
    "|¥50,000|In 8 orders. Visits known for 120 of all 310 orders.|",
    "|Not measured|",
    "|¥8,000|",
    "|2.13|",
  ])
    expect(text).toContain(part);
  const html = renderHtml("en", element());
  expect(html).toContain("/app/results/lines?range=7&amp;refunded=1");
  expect(html).toContain("/app/results/lines?range=7&amp;offer=bt-1");
});

test("says the same in Japanese, and large amounts of the axis by 万", () => {
  const text = page("ja");
  for (const part of ["提案経由の売上", "前の期間比 +23.5%", "|¥10万|", "|セット購入の提案（No. 1）|"])
    expect(text).toContain(part);
});

test("shows the interval of what offers added, or why there is none", () => {
  const estimate = { kind: "estimate", estimate: yen(80_000), low: yen(-5_000), high: yen(165_000) } as const;
  const seen = { ...{ shown: 1_900, heldOut: 100, perShown: yen(900), perHeldOut: yen(858), since: null } };
  const text = page("en", {}, { incremental: { ...estimate, ...seen } });
  expect(text).toContain("|¥80,000|Between -¥5,000 and ¥165,000, with 95% confidence.|");
  expect(page("en", {}, { incremental: { kind: "not-enough", buyers: 12, daysLeft: 9 } })).toContain(
    "|Not enough yet|12 buyers in the smaller group so far. About 9 more days.|",
  );
});

test("shows what was added and what it cost, and no figure over a cost that is not known", () => {
  const text = page("en");
  expect(text).toContain("|50%|By attributed revenue, as the holdout gives no incremental revenue yet.|");
  for (const part of [
    "|Discounts given on items|¥8,500|",
    "|Shipping given free|¥500|",
    "|Cost of goods|¥48,000|",
    "|Total costs|¥60,000|",
  ])
    expect(text).toContain(part);
  expect(text).not.toContain("Store credit");
  expect(page("en", {}, { roi: { ...effect.roi, credit: yen(700) } })).toContain("|Store credit given|¥700|");
  const missing: ResultsEffectView["roi"] = { ...effect.roi, ratio: null, cost: null, goods: null, missing: ["goods"] };
  const unknown = page("en", {}, { roi: { ...missing, goodsWithoutCost: 3 } });
  expect(unknown).toContain(
    "|–|3 line items have no cost in Shopify. Enter their costs there, or a margin in Settings.|",
  );
  expect(unknown).toContain("|Cost of goods|Not known|");
  const interval = { basis: "incremental", interval: { low: -0.2, high: 1.1 } } as const;
  expect(page("en", {}, { roi: { ...effect.roi, ...interval } })).toContain(
    "|50%|Between -20% and 110%, with 95% confidence.",
  );
});

test("leads on where there is nothing to show", () => {
  expect(page("en", { hasOffers: false })).toContain("|No offers yet|");
  const none = { ...figures, attributed: yen(0), attributedLines: 0 };
  expect(page("en", { now: none })).toContain("|No order came through an offer in this period|");
  expect(page("en", { now: { ...none, orders: 0 } })).toContain("|No orders in this period|");
  expect(page("en")).toContain("|The counts cannot be read at the moment.|");
});

test("names discounts as unknown and never as nothing", () => {
  const unknown = { ...figures, discount: yen(0), discountUnknownOrders: 310 };
  expect(page("en", { now: unknown })).toContain("|Discounts given|–|Not known yet for 310 orders|");
});

test("a chart says what it shows, and leaves a gap where nothing is known", () => {
  const point = (value: number | null) => ({ label: "a", name: "a", value });
  const points = [point(1), point(null), point(3), point(4)];
  const line = createElement(ChartLine, {
    name: "value",
    points: points.map(({ value }, place) => [place, value] as const),
  });
  expect(renderHtml("en", line)).toContain('d="M0,1ZM2,3L3,4"');
  const write = (value: number) => `${value}`;
  const chart = createElement(TimeChart, {
    points,
    label: "Rises to 4",
    series: { value: "Now" },
    write,
    writeShort: write,
  });
  expect(renderHtml("en", chart)).toContain('role="img" aria-label="Rises to 4"');
});

test("says up to when the period before counts, where today is not over", () => {
  expect(page("en")).toContain(
    "Compared with Nov 25 – Nov 26, 2026, up to 2:37 PM on the last day, as today is not over.|",
  );
  expect(page("ja")).toContain("比較対象：2026年11月25日～11月26日（今日はまだ途中のため、最終日は14:37まで）。|");
  const over = page("en", { range: { ...view.range, beforeUpTo: null } });
  expect(over).toContain("Compared with Nov 25 – Nov 26, 2026.|");
});

test("the day or week with today in it is marked as not over, and a period that is over has none", () => {
  expect(page("en")).toContain("|This period|Today so far|The period before|");
  const table = (language: Language, today: string) =>
    renderPage(language, createElement(StepsTable, { view: { ...view, shop: { ...view.shop, today } } }));
  expect(table("en", "2026-11-28")).toContain("|Nov 27, 2026|¥100,000|¥90,000|Nov 28, 2026 (so far)|¥23,456|");
  expect(table("ja", "2026-11-28")).toContain("|2026年11月28日（途中）|");
  const weeks = { range: { ...view.range, days: 14 } };
  expect(page("en", weeks)).toContain("|This period|Last 7 days so far|The period before|");
  for (const text of [table("en", "2026-11-29"), page("en", { shop: { ...view.shop, today: "2026-11-29" } })])
    expect(text).not.toContain("so far|");
});

test("a change is a percentage of the period before, and nothing where that is zero or unknown", () => {
  const percent = (ratio: number, digits = 0) => `${(ratio * 100).toFixed(digits)}%`;
  const change = (now: number | null, before: number | null) =>
    changeText(now, before, { percent }, ({ change: text }) => text);
  expect([change(112, 100), change(95, 100), change(0, 100)]).toEqual(["+12.0%", "−5.0%", "−100.0%"]);
  expect([change(5, 0), change(null, 3), change(3, null)]).toEqual([undefined, undefined, undefined]);
});

test("names what offers assisted without earning, and says where the late figures cannot be read", () => {
  const other = { kind: "offer", number: 2, type: "goal", name: "Free shipping" } as const;
  const assistedRows = [...effect.assistedRows, { key: "goal-2", name: other, assisted: yen(700) }];
  expect(page("en", {}, { assistedRows })).toContain("|Free shipping|¥0|0.0%|0|0|¥0|¥700|¥0|");
  const failed = page("en", {}, null);
  expect(failed.match(/These figures cannot be read at the moment\.\|Try again/g)).toHaveLength(3);
  expect(failed).toContain("|…|");
});

test("breaks orders down, with what is not known and all other campaigns as rows of their own", () => {
  const text = page("en");
  expect(text).toContain("|spring|¥9,000|10|400|2.5%|10.0%|¥900|2.50|¥700|¥300|¥50|");
  expect(text).toContain("|Unknown|¥20,000|10|–|–|–|¥2,000|2.50|¥700|¥300|¥50|");
  for (const part of ["|No campaign|", "|Others|", "|12 more groups are counted under Others.|"])
    expect(text).toContain(part);
  expect(page("ja")).toContain("|キャンペーンなし|");
});
