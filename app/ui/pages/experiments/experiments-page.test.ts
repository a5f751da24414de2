import { JSDOM } from "jsdom";
import { createElement } from "react";
import { expect, test } from "vitest";
import { renderHtml, renderPage } from "../../../../test/fixtures/render-page.ts";
import { experimentContent } from "../../../domain/measurement/experiments/experiment.ts";
import type { ExperimentReading } from "../../../domain/measurement/experiments/reading.ts";
import type {
  ComparedOfferView,
  ExperimentRowView,
  ExperimentsView,
  ExperimentView,
  HoldoutView,
} from "../../../views/experiments-view.ts";
import type { EmbedInTheme } from "../../kit/use-split-embed.ts";
import { createTranslator } from "../../kit/i18n.ts";
import type { Language } from "../../kit/locale.ts";
import { armRows, experimentFileName, lookRows } from "./experiment-file.ts";
import { sentContent } from "./experiment-form.tsx";
import { ExperimentPage } from "./experiment-page.tsx";
import type { SentAnswer } from "./experiment-words.ts";
import { ExperimentsPage } from "./experiments-page.tsx";
import { GainsTable } from "./gains-card.tsx";

const SETS: ComparedOfferView = { number: 1, name: "", type: "bought-together", isShown: true };
const CART: ComparedOfferView = { number: 2, name: "Cart", type: "bought-together", isShown: true };
const row: ExperimentRowView = {
  ...{ number: 3, name: "Words", status: "running", startedAt: "2026-11-01T00:00:00Z", endedAt: null },
  arms: [
    { offer: SETS, weight: 1 },
    { offer: CART, weight: 1 },
  ],
  ...{ days: 12, plannedDays: 28, verdict: { kind: "not-enough", daysLeft: 16 }, isDecided: false, kept: null },
};
const better = { verdict: { kind: "better", arm: 1, gain: { estimate: 0.2, low: 0.1, high: 0.3 } }, kept: 2 } as const;
const holdout: HoldoutView = {
  ...{ percent: 5, from: "2026-09-01T00:00:00Z", to: "2026-11-20T00:00:00Z", currency: "USD" },
  ...{ cap: null, measuredAt: "2026-11-20T03:30:00Z", mixedUnits: 2 },
  incremental: {
    kind: "estimate",
    ...{ units: { holdout: 5000, shown: 95_000 }, buyers: { holdout: 100, shown: 2850 } },
    ...{ perVisitor: { holdout: 200, shown: 300 }, estimateMinor: 9_500_000 },
    ...{ interval: { low: 5_500_000, high: 13_500_000 }, anyLook: { low: -100, high: 20_000_000 } },
  },
};
const nothing = () => undefined;
const EMBED: EmbedInTheme = { state: "on", url: "https://tea.myshopify.com/admin/themes/current/editor?context=apps" };

function list(language: Language, changes: Partial<ExperimentsView> = {}): string {
  const view = { experiments: [row], holdout, timezone: "Asia/Tokyo", ...changes };
  return renderPage(
    language,
    createElement(ExperimentsPage, { view, embed: EMBED, measuring: false, requested: false, onMeasure: nothing }),
  );
}

const reading: ExperimentReading = {
  ...{ days: 12, isFinal: false, splitPValue: 0.6, breaches: [] },
  arms: [500, 600].map((revenuePerVisitor) => ({
    ...{ units: 5000, buyers: 150, revenuePerVisitor, orderValue: null, checkoutRate: 0.05, refundRate: null },
  })),
  gains: [{ estimate: 0.2, low: -0.1, high: 0.5 }],
  leftOut: { mixedUnits: 1, outside: 0, unexposedOrders: 4, otherCurrencies: 0 },
  verdict: { kind: "not-enough", daysLeft: 16 },
};
const view: ExperimentView = {
  ...row,
  ...{ version: 2, measuredAt: "2026-11-12T03:30:00Z", measuring: null, changedOffers: [] },
  content: { ...experimentContent.default, compares: "offers", offers: [1, 2], weights: [1, 1] },
  offers: [SETS, CART],
  outlook: null,
  plan: { days: 28, buyers: 900, worthwhile: 0.1, currency: "USD", cap: { amountMinor: 50_000, currency: "USD" } },
  looks: [{ day: 12, at: "2026-11-12T03:30:00Z", gains: reading.gains }],
  reading,
  timezone: "Asia/Tokyo",
};

function page(
  language: Language,
  changes: Partial<ExperimentView> = {},
  answer: SentAnswer | null = null,
  embed: EmbedInTheme = EMBED,
): string {
  const props = { view: { ...view, ...changes }, embed, answer, sending: false, send: nothing };
  return renderPage(language, createElement(ExperimentPage, props));
}

test("the period of what all offers earn is of the shop's days", () => {
  const evening = { ...holdout, from: "2026-11-02T01:00:00Z", to: "2026-11-20T03:30:00Z" };
  const shown = (timezone: string) => list("en", { timezone, holdout: evening }).replaceAll(/\s/g, " ");
  expect(shown("America/New_York")).toContain("Nov 1 – Nov 19, 2026");
  expect(shown("Asia/Tokyo")).toContain("Nov 2 – Nov 20, 2026");
});

test("lists each experiment with its state, what it compares and its verdict", () => {
  const text = list("en");
  expect(text).toContain("|Words|");
  expect(text).toContain("Not enough yet: about 16 more days.");
  expect(text).toContain("Cart (no. 2)");
  expect(text).toContain("12 of 28 days");
  expect(list("ja")).toContain("あと約16日");
  expect(list("en", { experiments: [] })).toContain("|No experiments yet|");
  const decided = list("en", { experiments: [{ ...row, ...better, isDecided: true }] });
  expect(decided).toContain("|Choose what to keep|");
});

test("offers to keep what the verdict supports as soon as it does, and nothing before", () => {
  expect(page("en", better)).toContain("This holds whenever you look.");
  expect(page("en", better)).toContain("|Keep the better offer|");
  expect(page("ja", better)).toContain("|より良いオファーを採用|");
  expect(page("en", { ...better, isDecided: true })).toContain("|Keep the better offer|");
  expect(page("en", { ...better, status: "ended" })).not.toContain("|Keep the better offer|");
  expect(page("en", { verdict: { kind: "worse", arm: 1, gain: better.verdict.gain }, kept: 1 })).toContain(
    "|Keep the offer you have now|",
  );
  const arms = [{ offer: null, weight: 1 }, row.arms[1]!];
  const content = { ...view.content, compares: "nothing" as const, offers: [2] };
  expect(page("en", { ...better, arms, content })).toContain("|Show the offer to all shoppers|");
  expect(page("en", { ...better, arms, content, kept: 0 })).toContain("|Pause the offer|");
  expect(page("en")).not.toMatch(/\|(Keep|Pause|Show) the /);
});

test("says what all offers earn, and that it is not certain where only the ordinary interval leaves out zero", () => {
  const text = list("en");
  expect(text).toContain("|$95,000.00|");
  expect(text).toContain("Between $55,000.00 and $135,000.00");
  expect(text).toContain("It is not certain yet that offers make a difference.");
  const sure = { ...holdout.incremental, anyLook: { low: 1, high: 2 } } as HoldoutView["incremental"];
  expect(list("en", { holdout: { ...holdout, incremental: sure } })).toContain("is certain, however often you look");
  const none = list("en", { holdout: { ...holdout, incremental: { kind: "no-visitors" }, measuredAt: null } });
  expect(none).toContain("Switch on the app embed");
  expect(list("ja", { holdout: { ...holdout, incremental: { kind: "off" } } })).toContain("すべてのお客様に");
});

test("shows what each arm did, whether the figures can be trusted, and what was left out", () => {
  const text = page("en");
  expect(text).toContain("300 of 900 buyers");
  expect(text).toContain("|$5.00|");
  expect(text).toContain("Visitors are split as planned: 50.0% : 50.0%, planned 50.0% : 50.0%.");
  expect(text).toContain("1 visitor who was shown more than one version");
  expect(text).toContain("4 orders made before");
  const wrong = page("en", { reading: { ...reading, splitPValue: 0.0001 } });
  expect(wrong).toContain("Visitors are not split as planned");
  expect(page("ja")).toContain("計画どおりに分かれています");
});

test("dates what ended an experiment by the shop's time zone", () => {
  const at = Date.parse("2026-11-19T20:00:00Z");
  const verdict = { kind: "interrupted", reason: "stopped", at } as const;
  const ended = page("en", { status: "ended", isDecided: true, verdict });
  expect(ended).toContain("Ended by staff on Nov 20, 2026");
});

test("names the chart, and shows its figures in a table", () => {
  const props = { view, embed: EMBED, answer: null, sending: false, send: nothing };
  const html = renderHtml("en", createElement(ExperimentPage, props));
  expect(html).toContain("On day 12 the difference is 20.0%, between -10.0% and 50.0%.");
  const looks = [{ day: 12, at: view.looks[0]!.at, gain: reading.gains[0]! }];
  const table = renderHtml("en", createElement(GainsTable, { looks, title: "x", timezone: "Asia/Tokyo" }));
  expect(table).toContain('<th scope="row">12</th>');
  expect(table).toContain("<td>-10.0%</td>");
});

test("files hold the figures of the page as programs read them", () => {
  const { t } = createTranslator("en");
  expect(lookRows(view, t)).toEqual([
    ["Day", "Date", "Variant", "Compared with", "Difference in %", "From in %", "To in %"],
    [12, "2026-11-12", "Cart (no. 2)", "Bought-together set (no. 1)", 20, -10, 50],
  ]);
  expect(armRows(view, t)[2]).toEqual([
    ...["Cart (no. 2)", 5000, 150, { amountMinor: 600, currency: "USD" }, null, 5, null, "USD"],
  ]);
  expect(armRows({ ...view, reading: null }, t)).toHaveLength(1);
  expect(experimentFileName("looks", "tea.myshopify.com", 3)).toBe("tsuide-tea-experiment-3-looks.csv");
});

test("says in words why a draft was not started", () => {
  const draft = { status: "draft" as const, plan: null, reading: null, looks: [] };
  const refused = (refusal: object) => page("en", draft, { code: "refused", refusal } as SentAnswer);
  expect(refused({ reason: "discounts-differ", offers: [2] })).toContain(
    "can be had with one product alone: Cart (no. 2).",
  );
  expect(refused({ reason: "offers-not-shown", offers: [2] })).toContain(
    "Not shown to shoppers at present: Cart (no. 2).",
  );
  expect(refused({ reason: "shoppers-busy", experiments: [1], largestPercent: 40 })).toContain(
    "At most 40% of shoppers",
  );
  expect(page("ja", draft, { code: "stale" })).toContain("ほかのスタッフ");
});

test.each([
  ["en", "Start", "Choose the offers to compare"],
  ["ja", "開始", "比較するオファーを選び"],
] as const)(
  "a draft that lacks offers cannot be started, and says why beside the button, in %s",
  (language, start, why) => {
    const isOff = (outlook: ExperimentView["outlook"]) => {
      const props = {
        view: { ...view, status: "draft" as const, plan: null, reading: null, looks: [], outlook },
        embed: EMBED,
      };
      const html = renderHtml(
        language,
        createElement(ExperimentPage, { ...props, answer: null, sending: false, send: nothing }),
      );
      const { document } = new JSDOM(html).window;
      const buttons = [...document.querySelectorAll("button")].filter(({ textContent }) => textContent === start);
      expect(buttons.length).toBeGreaterThan(0);
      return {
        off: buttons.every((button) => button.getAttribute("aria-disabled") === "true"),
        text: document.body.textContent,
      };
    };
    const lacking = isOff({ refusal: { reason: "few-offers" } });
    expect(lacking).toMatchObject({ off: true, text: expect.stringContaining(why) });
    expect(isOff({ plan: view.plan! }).off).toBe(false);
  },
);

test("says how long a draft would take, or what keeps it from being started", () => {
  const draft = { status: "draft" as const, plan: null, reading: null, looks: [] };
  const ready = page("en", { ...draft, outlook: { plan: { ...view.plan!, days: 35 } } });
  expect(ready).toContain("|Takes about 5 weeks|In that time about 900 people buy.");
  expect(ready).toContain("differs by 10%");
  expect(page("ja", { ...draft, outlook: { plan: view.plan! } })).toContain("期間は約4週間です");
  const refusal = { reason: "few-buyers", buyers: 12, needed: 50 } as const;
  expect(page("en", { ...draft, outlook: { refusal } })).toContain("|This draft cannot be started yet|Too few buyers");
});

test("says that shoppers are not split where the embed is off, as long as it matters", () => {
  const off = { ...EMBED, state: "off" as const };
  for (const status of ["draft", "running"] as const) {
    expect(page("en", { status }, null, off)).toContain("|Shoppers are not split|");
    expect(page("en", { status })).not.toContain("|Shoppers are not split|");
  }
  expect(page("en", { status: "ended" }, null, off)).not.toContain("|Shoppers are not split|");
});

test("sends the offers that were chosen, each with its weight", () => {
  const content = { ...experimentContent.default, compares: "offers" as const, offers: [0, 2, 5], weights: [1, 3, 2] };
  expect(sentContent(content)).toMatchObject({ offers: [2, 5], weights: [3, 2] });
  expect(sentContent({ ...content, compares: "nothing", offers: [2], weights: [4] })).toMatchObject({
    offers: [2],
    weights: [4, 1],
  });
});
