import { createElement } from "react";
import { expect, test } from "vitest";
import { renderPage } from "../../../../test/fixtures/render-page.ts";
import type { SegmentInUse } from "../../../domain/offers/segment-use.ts";
import type { BoughtTogetherPageView } from "../../../views/bought-together-view.ts";
import type { Language } from "../../kit/locale.ts";
import { BoughtTogetherPage } from "./bought-together-page.tsx";
import { WhoseList } from "./whose-list.tsx";

const EURO: SegmentInUse = { by: "market", is: "EUR", use: "in-use" };
const COUNTER: SegmentInUse = { by: "channel", is: "pos", use: "elsewhere" };
const RANK: SegmentInUse = { by: "rank", is: "A", use: "switched-off" };

function page(language: Language, change: Partial<BoughtTogetherPageView>): string {
  const view: BoughtTogetherPageView = {
    ...{ search: "", page: 1, pageCount: 1, total: 0, filter: "all", rows: [] },
    ...{ vendor: "", type: "", first: null, analysedAt: null, publishedAt: null, publishing: false, toReview: 0 },
    mainSet: { number: 1, mode: "automatic", followsShop: true, setSize: 3, reward: null },
    ...{ timezone: "UTC", segments: [EURO, COUNTER, RANK], segment: null, ...change },
  };
  return renderPage(language, createElement(BoughtTogetherPage, { view, loading: false, onQuery: () => {} }));
}

test("offers to look at lists as segments see them, only where there are any", () => {
  const english = page("en", {});
  for (const name of ["View as", "All shoppers", "Paying in EUR", "Point of sale", "Rank A"]) {
    expect(english).toContain(name);
  }
  expect(page("en", { segments: [] })).not.toContain("View as");
  expect(page("ja", {})).toContain("表示を確認する顧客");
});

test("says what becomes of a segment's lists, and whether a product has one of its own", () => {
  expect(page("en", { segment: EURO })).toContain(
    "Paying in EUR: these shoppers buy some products together more often",
  );
  expect(page("en", { segment: COUNTER })).toContain("They do not buy in your online store");
  expect(page("en", { segment: RANK })).toContain("your settings do not use them");
  expect(page("ja", { segment: RANK })).toContain("現在の設定では使用されず");
  const whose = (own: boolean) => renderPage("en", createElement(WhoseList, { segment: EURO, own }));
  expect(whose(true)).toContain("Paying in EUR: their own list, ordered by");
  expect(whose(false)).toContain("Paying in EUR: the default list.");
});
