import { createElement } from "react";
import { expect, test } from "vitest";
import { renderPage } from "../../../test/fixtures/render-page.ts";
import type { SegmentInUse } from "../../domain/reports/segment-use.ts";
import type { BoughtTogetherPageView } from "../../domain/reports/views.ts";
import type { Language } from "../locale.ts";
import { BoughtTogetherPage } from "./bought-together-page.tsx";
import { WhoseList } from "./whose-list.tsx";

const EURO: SegmentInUse = { by: "market", is: "EUR", use: "in-use" };
const COUNTER: SegmentInUse = { by: "channel", is: "pos", use: "elsewhere" };
const RANK: SegmentInUse = { by: "rank", is: "A", use: "switched-off" };

function page(language: Language, change: Partial<BoughtTogetherPageView>): string {
  const view: BoughtTogetherPageView = {
    ...{ search: "", page: 1, pageCount: 1, total: 0, filter: "all", rows: [] },
    ...{ segments: [EURO, COUNTER, RANK], segment: null, ...change },
  };
  const settings = { mode: "automatic" as const, setSize: 3, setDiscountBasisPoints: 0, timezone: "UTC" };
  return renderPage(language, createElement(BoughtTogetherPage, { view, settings, loading: false, onQuery: () => {} }));
}

test("offers to look at lists as segments see them, only where there are any", () => {
  const english = page("en", {});
  for (const name of ["As seen by", "Everyone", "Paying in EUR", "At the counter", "Rank A"]) {
    expect(english).toContain(name);
  }
  expect(page("en", { segments: [] })).not.toContain("As seen by");
  expect(page("ja", {})).toContain("表示するお客様");
});

test("says what becomes of a segment's lists, and whether a product has one of its own", () => {
  expect(page("en", { segment: EURO })).toContain("Paying in EUR: these shoppers buy some things together more often");
  expect(page("en", { segment: COUNTER })).toContain("Your online store never meets them");
  expect(page("en", { segment: RANK })).toContain("your settings keep them from being used");
  expect(page("ja", { segment: RANK })).toContain("現在の設定では使用されず");
  const whose = (own: boolean) => renderPage("en", createElement(WhoseList, { segment: EURO, own }));
  expect(whose(true)).toContain("Paying in EUR: a list of their own");
  expect(whose(false)).toContain("Paying in EUR: everybody’s list.");
});
