import { createElement } from "react";
import { expect, test } from "vitest";
import { renderPage } from "../../../../test/fixtures/render-page.ts";
import type { RankingView } from "../../../views/ranking-view.ts";
import type { Language } from "../../kit/locale.ts";
import { RankingPage } from "./ranking-page.tsx";
import { TestResults } from "./surface-card.tsx";

const figures = (hitRate4: number, orders = 400) => ({ orders, hitRate4, hitRate10: 0.349, ndcg10: 0.195 });

const view: RankingView = {
  status: "measured",
  finishedAt: "2026-11-21T20:00:00Z",
  timezone: "Asia/Tokyo",
  learningOrders: 15_818,
  heldOutOrders: 2000,
  surfaces: [
    {
      surface: "cart",
      winner: "neighbour-ridge",
      reason: "clearly-better-than-simpler-ones",
      rankers: [
        {
          name: "popularity",
          history: null,
          chosen: false,
          overall: figures(0.018),
          slices: [figures(0.02, 100), figures(0.01, 300)],
        },
        {
          name: "neighbour-ridge",
          history: null,
          chosen: true,
          overall: figures(0.212),
          slices: [figures(0.2, 100), figures(0.22, 300)],
        },
        { name: "ranker-of-tomorrow", history: null, chosen: false, overall: figures(0.1), slices: [] },
      ],
    },
    { surface: "customer", winner: "confidence", reason: "too-few-orders", rankers: [] },
  ],
  history: { use: "not-measured", hitRate4OfLists: 0, hitRate4WithHistory: 0 },
  browsing: { use: "no-visits", visits: 0, earlierVisits: 0, neededVisits: 500, period: null, trials: [] },
  segments: [],
  published: { hitRate10: 0.341, hitRate10OfModel: 0.345 },
};

const page = (language: Language, change: Partial<RankingView> = {}) =>
  renderPage(language, createElement(RankingPage, { view: { ...view, ...change } }));

test("says in plain words what the chosen ranking found, and shows every ranking that was tried", () => {
  const english = page("en");
  expect(english).toContain("In 100 test carts it named the hidden product in its top 4 in 21.");
  expect(english).toContain("15,818 earlier orders");
  expect(english).toContain("|Show all test results|");
  expect(english).toContain("in 34.1 of 100 test carts; the whole model in 34.5.");
  const even = page("en", { published: { hitRate10: 0.34, hitRate10OfModel: 0.345 } });
  expect(even).toContain("in 34.0 of 100 test carts; the whole model in 34.5.");
  expect(english).toContain("Last tested Nov 22, 2026, 5:00");
  expect(page("ja")).toContain("隠した商品が上位4件に入ったのは21件");
});

test("shows every ranking that was tested, and marks the one in use", () => {
  const results = renderPage("en", createElement(TestResults, { view: view.surfaces[0]! }));
  expect(results).toContain("|Best sellers |1.8%|34.9%|0.20|");
  expect(results).toContain("|Learned model |Success|In use|21.2%|");
  expect(results).toContain("|ranker-of-tomorrow |");
  expect(results).toContain("Slice 1 of 2");
});

test("says of known customers whether their history is used, and never that a ranking is in use that is not", () => {
  const one = (history: "without" | "with", chosen: boolean) => {
    return { name: "blend", history, chosen, overall: figures(chosen ? 0.231 : 0.2), slices: [] };
  };
  const reason = "clearly-better-than-simpler-ones" as const;
  const rankers = [one("without", false), one("with", true)];
  const surface = { surface: "customer" as const, winner: "blend", reason, rankers };
  const history = { use: "switched-off" as const, hitRate4OfLists: 0.22, hitRate4WithHistory: 0.2331 };
  const english = page("en", { surfaces: [surface], history });
  expect(english).toContain("|For known customers|Off in Settings|");
  expect(english).not.toContain("In use");
  const results = renderPage("en", createElement(TestResults, { view: surface }));
  expect(results).toContain("|Cart only |20.0%|");
  expect(results).toContain("|Cart and purchase history |Success|Best here|23.1%|");
});

test("says which shoppers find more with lists of their own, which do not, and what is in use", () => {
  const tried = { heldOutOrders: 310, hitRate4OfAll: 0.2, hitRate4OfSegment: 0.251 };
  const segments: RankingView["segments"] = [
    { by: "customer", is: "returning", verdict: "no-gain", ...tried },
    { by: "market", is: "EUR", verdict: "in-use", ...tried },
    { by: "channel", is: "pos", verdict: "elsewhere", ...tried },
    { by: "channel", is: "kiosk", verdict: "too-few-orders", ...tried },
  ];
  const english = page("en", { segments });
  expect(english).toContain("|Returning customers |No clear gain|25.1%|20.0%|310|");
  expect(english).toContain("|Paying in EUR |Success|In use|25.1%|20.0%|310|");
  expect(english).toContain(
    "|Point of sale |Better, but this group does not buy in your online store|25.1%|20.0%|310|",
  );
  expect(english).toContain("|kiosk |Too few orders to tell|–|–|310|");
  expect(english).not.toContain("only once they log in");
  const ranked = (verdict: "in-use" | "switched-off") =>
    page("en", { segments: [{ by: "rank", is: "A", verdict, ...tried }] });
  expect(ranked("in-use")).toContain("only once they log in");
  expect(ranked("switched-off")).toContain("|Rank A |Off in your settings|");
  expect(page("ja", { segments })).toContain("|リピート顧客 |有意な改善なし|");
  expect(page("en")).toContain("Nothing to compare yet");
});

test("claims nothing where there was too little to measure", () => {
  const english = page("en", { surfaces: view.surfaces.slice(1), published: null });
  expect(english).toContain("too few test orders of known customers");
  expect(english).toContain("too few orders yet to measure");
  expect(english).not.toContain("In 100");
});

test("says what is to come before the first measurement, and where the last one cannot be read", () => {
  const nothing = { surfaces: [], published: null, finishedAt: null };
  expect(page("en", { ...nothing, status: "never" })).toContain("Nothing tested yet");
  expect(page("ja", { ...nothing, status: "not-measured" })).toContain("まだ検証されていません");
});

test.each([
  ["in-use", "in its top 4 in 23.3, instead of 22.0 without"],
  ["switched-off", "Settings"],
  ["no-gain", "did not clearly improve suggestions"],
  ["not-measured", "too few test orders"],
] as const)("says whether histories count at checkout, and what they add: %s", (use, words) => {
  const history = { use, hitRate4OfLists: 0.22, hitRate4WithHistory: 0.2331 };
  expect(page("en", { history })).toContain(words);
  expect(page("ja", { history })).toMatch(/購入履歴/);
});

test("says of browsing whether it is used, how much it gained and from which visits, or why it is not used", () => {
  const browsing = {
    ...{ use: "in-use" as const, visits: 9000, earlierVisits: 6000, neededVisits: 500 },
    period: { from: "2026-10-01T00:00:00.000Z", to: "2026-10-30T23:59:59.999Z" },
    trials: [
      { surface: "page" as const, verdict: "in-use" as const, orders: 80, hitRate4Without: 0.2, hitRate4With: 0.3 },
      {
        surface: "new-products" as const,
        verdict: "in-use" as const,
        orders: 12,
        hitRate4Without: 0.1,
        hitRate4With: 0.25,
      },
    ],
  };
  const english = page("en", { browsing });
  expect(english).toContain("|What shoppers view|Success|In use|");
  expect(english).toContain("From 9,000 visits of shoppers who allow analytics, Oct 1 – Oct 30, 2026 (UTC).");
  expect(english).toContain("|20.0%|30.0%|80|");
  expect(english).toContain("under the heading “Often viewed together”");
  expect(page("ja", { browsing })).toContain("訪問9,000件から集計");
  const unused = (use: RankingView["browsing"]["use"]) =>
    page("en", { browsing: { ...browsing, use, earlierVisits: 120, trials: [] } });
  expect(unused("too-few-visits")).toContain("Not enough visits yet: 120 of the 500 visits needed");
  expect(unused("no-gain")).toContain("It did not clearly help");
  expect(unused("no-gain")).not.toContain("|What shoppers view|Success|");
});
