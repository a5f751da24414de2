import { createElement } from "react";
import { expect, test } from "vitest";
import { renderHtml, renderPage } from "../../../../test/fixtures/render-page.ts";
import { trendsView } from "../../../../test/fixtures/trends-view.ts";
import type { TrendsView } from "../../../views/trends-view.ts";
import { IncrementalTable, IncrementalTrend } from "./incremental-trend.tsx";
import { TrendsCard, TrendTable } from "./trends-card.tsx";

/** The card's tables are folded, and the server does not send them. */
const table = (changes: Partial<TrendsView> = {}) => createElement(IncrementalTable, { view: trendsView(changes) });
const incremental = (changes: Partial<TrendsView> = {}) =>
  createElement(IncrementalTrend, { view: trendsView(changes) });
const card = (changes: Partial<TrendsView> = {}) =>
  createElement(TrendsCard, { late: { part: trendsView(changes), loading: false, onRetry: () => {} } });

test("incremental revenue has its interval, its days, and the days before", () => {
  const text = renderPage("en", incremental());
  for (const part of [
    "|$800.00|Between -$50.00 and $1,650.00, with 95% confidence.|",
    "|These 30 days|Day counted in part|95% confidence interval|The 30 days before|",
    "|There is enough to compare from Nov 20, 2026 on. Counted up to Nov 21, 2026, 12:30 PM. " +
      "The 30 days before, up to the same time: $700.00, between $100.00 and $1,300.00, with 95% confidence.|",
  ])
    expect(text).toContain(part);
  expect(renderPage("en", table())).toContain(
    "|Nov 21, 2026 (so far)|$800.00|-$50.00 to $1,650.00|$700.00|$100.00 to $1,300.00|" +
      "Nov 20, 2026|$600.00|-$90.00 to $1,290.00|–|Nov 19, 2026|–|–|",
  );
  expect(renderHtml("en", incremental())).toContain(
    'aria-label="Incremental revenue from the first day up to each day. By Nov 21, 2026 it is $800.00, between -$50.00 and $1,650.00."',
  );
  const japanese = renderPage("ja", incremental());
  for (const part of [
    "|95%の確率で-$50.00～$1,650.00の範囲です。|",
    "|直近30日間|集計途中の日|95%信頼区間|その前の30日間|",
  ])
    expect(japanese).toContain(part);
  expect(renderPage("ja", table())).toContain("|2026年11月21日（途中）|$800.00|-$50.00～$1,650.00|");
});

test("says since when shoppers are compared, and where nothing is known of the days before", () => {
  const known = trendsView();
  if (known.incremental.kind !== "estimate") throw new Error(known.incremental.kind);
  const changes: Partial<TrendsView> = {
    incremental: { ...known.incremental, since: "2026-11-02T03:00:00Z" },
    incrementalBefore: { kind: "no-visitors" },
    steps: known.steps.map((step) => ({ ...step, incrementalBefore: null })),
  };
  const text = renderPage("en", incremental(changes));
  expect(text).toContain("with 95% confidence. Counted since Nov 2, 2026.|");
  expect(text).toContain("For the 30 days before, it cannot be calculated.|");
  // Neither the legend nor the table has the days before.
  for (const part of [text, renderPage("en", table(changes))]) expect(part).not.toContain("|The 30 days before|");
  const attributed = renderPage("en", card({ incremental: { ...known.incremental, since: "2026-11-02T03:00:00Z" } }));
  expect(attributed).toContain("It overlaps with attributed revenue. Counted since Nov 2, 2026.|");
});

test("says why there is no line, and where a holdout is set", () => {
  const few = { kind: "not-enough", buyers: 12, daysLeft: 9 } as const;
  expect(renderPage("en", incremental({ incremental: few }))).toContain(
    "|Not enough yet|12 buyers in the smaller group so far. About 9 more days.|Open Experiments|",
  );
  expect(renderPage("ja", incremental({ incremental: few }))).toContain("|データ不足|");
  for (const kind of ["off", "no-visitors", "wrong-split"] as const) {
    const html = renderHtml("en", incremental({ incremental: { kind } }));
    expect(html).toContain("Not measured");
    expect(html).not.toContain("<svg");
  }
});

test("today is marked as not over, and both days count up to the same time", () => {
  expect(renderPage("en", card())).toContain("Today and the day 30 days before count up to 2:37 PM.|");
  expect(renderPage("ja", card())).toContain("今日と30日前の日は、どちらも14:37までの集計です。|");
  expect(renderPage("en", card())).toContain("|These 30 days|Today so far|The 30 days before|");
  expect(renderHtml("en", card())).toContain(
    'aria-label="Attributed revenue by day, from $10.00 to $20.00. Today so far: $30.00."',
  );
  const only = trendsView().steps.slice(-1);
  expect(renderHtml("en", card({ steps: only }))).toContain("by day, from $30.00 to $30.00. Today so far: $30.00.");
  const write = (value: number) => `${value}`;
  const days = createElement(TrendTable, { trend: "attributed", view: trendsView(), write });
  expect(renderPage("en", days)).toContain("|Nov 21, 2026 (so far)|3000|500|Nov 20, 2026|1000|500|");
  expect(renderPage("ja", days)).toContain("|2026年11月21日（途中）|3000|");
});

test("says what a chart shows before its figures have come", () => {
  const waiting = createElement(TrendsCard, { late: { part: undefined, loading: true, onRetry: () => {} } });
  expect(renderPage("en", waiting)).toContain("|What came through offers, after discounts, refunds and taxes.|");
});
