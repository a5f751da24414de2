import { createElement } from "react";
import { describe, expect, it } from "vitest";
import { NO_ACTIONS } from "../../../test/fixtures/offer-editor.ts";
import { renderPage as render } from "../../../test/fixtures/render-page.ts";
import { trendsView } from "../../../test/fixtures/trends-view.ts";
import { allSettings } from "../../domain/settings/sections.ts";
import type { SettingsView } from "../../views/settings-view.ts";
import type { ProposalView } from "../../views/proposals-view.ts";
import type { HomeView } from "../../views/home-view.ts";
import { HomePage } from "../pages/home/home-page.tsx";
import type { BlockState } from "./app-bridge.ts";
import type { Language } from "./locale.ts";
import type { SavedForm } from "../forms/use-saved-form.ts";
import type { ShapeForm } from "../forms/shape-form.ts";
import { parseSettingsForm, settingsForm } from "../pages/settings/settings-form.ts";
import { SettingsPage } from "../pages/settings/settings-page.tsx";

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });

const home: HomeView = {
  shop: { domain: "tea.myshopify.com", name: "Tea", currency: "USD", timezone: "Asia/Tokyo" },
  setup: { imported: true, mined: true, published: true, discountActive: true, goalSet: true },
  import: null,
  notices: [],
  failing: [],
  dismissed: [],
  mining: {
    status: "done",
    analysedAt: "2026-11-22T20:00:00Z",
    orders: 20_000,
    baskets: 11_000,
    products: 398,
    countedAt: "2026-11-21T20:00:00Z",
    pairs: 45_210,
    ranker: "neighbour-ridge",
  },
  offers: {
    publishedAt: "2026-11-23T20:00:00Z",
    withEvidence: 312,
    shown: 300,
    mode: "automatic",
    toReview: { products: 0, pairs: 0 },
  },
  experiments: [],
  proposals: { proposals: [], without: [], orders: 11_000 },
  fewOrders: null,
  paused: false,
  leftOut: [
    { reason: "free-line", lines: 1, orders: 1 },
    { reason: "cancelled-order", lines: 412, orders: 230 },
    { reason: "reason-of-tomorrow", lines: 3, orders: 3 },
  ],
  headline: {
    from: "2026-10-23",
    to: "2026-11-21",
    orders: 842,
    attributedRevenue: usd(184_320),
    attributedOrders: 61,
    attributedLines: 74,
    refunded: usd(1_280),
    totalRevenue: usd(3_921_100),
    share: 184_320 / 3_921_100,
    otherCurrency: 0,
  },
  recent: [],
};

const importing: HomeView["import"] = {
  status: "reading",
  ordersStored: 12_000,
  ordersTotal: 20_000,
  linesStored: 25_432,
  ordersToRead: 0,
  startedAt: "2026-11-21T20:00:00Z",
  finishedAt: null,
  historyFrom: null,
  truncated: false,
  errorCode: null,
};

const nothing = () => undefined;
const pause = { switching: false, onPause: nothing };

function homePage(language: Language, change: Partial<HomeView> = {}, block: BlockState = "on"): string {
  return render(
    language,
    createElement(HomePage, {
      view: { ...home, ...change },
      block,
      pause,
      dismissal: { dismiss: nothing, pending: null, failed: false },
      themeEditorUrl: "https://tea.myshopify.com/admin/themes/current/editor",
      embed: { state: block, url: "https://tea.myshopify.com/admin/themes/current/editor?context=apps" },
      onStartImport: () => undefined,
      startingImport: false,
      trends: { part: trendsView(), loading: false, onRetry: nothing },
      actions: NO_ACTIONS,
      noticeActions: { dismiss: nothing, restoreAll: nothing, pending: false, failed: false },
    }),
  );
}

describe("the home page", () => {
  it("shows the figures to the smallest unit, with the share they are of the whole", () => {
    const page = homePage("en");
    for (const figure of ["$1,843.20", "of 842 orders", "4.7%", "of $39,211.00", "$12.80"])
      expect(page).toContain(figure);
    expect(page).toContain("Oct 23 – Nov 21, 2026");
  });

  it("begins with what offers earned, and with proposals where they have earned nothing", () => {
    const proposal: ProposalView = {
      ...{ id: "q1", playbook: "several-at-once", type: "quantity-breaks", draft: null, checks: [], currency: "USD" },
      products: [{ productId: "gid://shopify/Product/1", title: "Sencha", imageUrl: null }],
      reason: { code: "several", orders: 94, several: 47, usual: 2 },
    };
    const proposals: HomeView["proposals"] = { proposals: [proposal], without: [], orders: 11_000 };
    const order = (headline: HomeView["headline"]) => {
      const page = homePage("en", { headline, proposals });
      return ["Earned by your offers", "Proposed offers"].map((title) => page.indexOf(`|${title}|`));
    };
    const [earned, proposed] = order(home.headline);
    expect(proposed).toBeGreaterThan(earned!);
    const [nothingEarned, first] = order({ ...home.headline, attributedLines: 0 });
    expect(first).toBeGreaterThan(0);
    expect(nothingEarned).toBeGreaterThan(first!);
  });

  it("says why customers' answers and returns stopped an offer, and what can be done", () => {
    const state = { foundAt: "2026-11-20T03:30:00Z", settled: false };
    const disliked = { failing: { code: "disliked", answers: 40, no: 36 }, paused: true, ...state } as const;
    const returns = { code: "sent-back", orders: 1_200, returned: 360, usual: 0.08 } as const;
    const failing: HomeView["failing"] = [
      { number: 1, type: "goal", name: "Free from 50", ...disliked },
      { number: 2, type: "add-on", name: "", failing: returns, paused: false, ...state },
    ];
    const page = homePage("en", { failing });
    for (const words of [
      "“Free from 50” was paused: customers do not find it helpful",
      "36 of the 40 customers who answered",
      "|Resume|Leave paused|",
      "360 of 1,200 orders with something from this offer were sent back within 30 days (30%)",
      "Of the same products bought without an offer, 8% are.",
      "|Pause|Keep running|",
    ]) {
      expect(page).toContain(words);
    }
    expect(homePage("ja", { failing })).toContain("お客様40人のうち、36人が「役に立たなかった」");
    expect(homePage("ja", { failing })).toContain("注文1,200件のうち、360件（30%）");
  });

  it("names the latest orders that were charged too much, with both amounts", () => {
    const charged = [{ order: "77", name: "#1002", promisedMinor: 400, takenMinor: 0, currency: "USD" }];
    const details = { count: 4, of: 80, charged };
    const notices = [{ code: "overcharged" as const, isForMerchant: true, canBeDismissed: true, details }];
    const page = homePage("en", { notices });
    expect(page).toContain("Order #1002: $4.00 off was promised, $0.00 was taken off.");
    expect(page).toContain("in 4 of 80 orders that Tsuide could compare");
    expect(homePage("ja", { notices })).toContain("注文80件のうち4件");
  });

  it("names the offers whose budget for store credit is used up, and leads to them", () => {
    const named = { number: 3, type: "bought-together", name: "Credit for sets" };
    const unnamed = { ...named, number: 4, name: "" };
    const noticesAbout = (offers: (typeof named)[]) => [
      {
        code: "credit-spent" as const,
        isForMerchant: true,
        canBeDismissed: true,
        details: { count: offers.length, offers },
      },
    ];
    expect(homePage("en", { notices: noticesAbout([named]) })).toMatch(/Credit for sets[^]*\|Open the offer\|/);
    const both = homePage("en", { notices: noticesAbout([named, unnamed]) });
    for (const text of ["2 offers are paused", "|Credit for sets|", "|Bought-together set|", "|Open Offers|"])
      expect(both).toContain(text);
    expect(homePage("ja", { notices: noticesAbout([unnamed]) })).toContain("|オファーを開く|");
  });

  it("shows how the last days went, as a chart with its table", () => {
    const page = homePage("en");
    for (const part of ["|How the last 30 days went|", "|Nov 20|", "|$30|", "|These 30 days|"])
      expect(page).toContain(part);
  });

  it("says which experiments have an answer, and what it is", () => {
    const gain = { estimate: 0.2, low: 0.1, high: 0.3 };
    const compared = [1, 2].map((number) => ({
      number,
      name: `Set ${number}`,
      type: "bought-together",
      isShown: true,
    }));
    const experiment: HomeView["experiments"][number] = {
      ...{ number: 4, name: "Words", status: "running", startedAt: "2026-11-01T00:00:00Z", endedAt: null },
      ...{ arms: compared.map((offer) => ({ offer, weight: 1 })), days: 9, plannedDays: 28 },
      ...{ verdict: { kind: "better", arm: 1, gain }, isDecided: false, kept: 2 },
    };
    const page = homePage("en", { experiments: [experiment] });
    expect(page).toContain("|Experiment “Words” has an answer|Set 2 (no. 2) earns 20% more per visitor");
    expect(homePage("ja", { experiments: [experiment] })).toContain("A/Bテスト「Words」の結論が出ました");
  });

  it("asks for the embed that splits shoppers, as something that can wait", () => {
    expect(homePage("en", {}, "off")).toContain("Measure what offers add|Optional|");
    expect(homePage("ja", {}, "off")).toContain("オファーの効果を測定する");
  });

  it("claims no share where there is no revenue", () => {
    const page = homePage("en", {
      headline: { ...home.headline, totalRevenue: usd(0), attributedRevenue: usd(0), share: null },
    });
    expect(page).toContain("|Share of revenue|–|");
  });

  it("says what was left out and why, the most first, and keeps a reason that it has no words for", () => {
    const page = homePage("en");
    expect(page).toContain("|Cancelled orders|412 line items|in 230 orders|");
    expect(page).toContain("|Free line items (nothing charged)|1 line item|in 1 order|");
    expect(page).toContain("|Other (reason-of-tomorrow)|3 line items|");
    expect(page.indexOf("Cancelled orders|")).toBeLessThan(page.indexOf("Free line items"));
  });

  it("says how far the import is, and where history is cut short, since when", () => {
    expect(homePage("en", { import: importing })).toContain("12,000 of 20,000 orders so far, with 25,432 line items.");
    expect(homePage("ja", { import: importing })).toContain("注文20,000件中12,000件、明細25,432件を取り込みました。");
    const settling = { ...importing, ordersStored: 20_000, ordersToRead: 96 };
    expect(homePage("en", { import: settling })).toContain("The refunds of 96 orders that came through offers");
    expect(homePage("ja", { import: settling })).toContain("注文96件の返金内容を読み込んでいます。");
    const cut = { ...importing, status: "done", truncated: true, historyFrom: "2026-09-21T16:00:00Z" } as const;
    expect(homePage("en", { import: cut })).toContain("History since Sep 22, 2026");
  });

  it("words a failed import with a way on", () => {
    const page = homePage("en", { import: { ...importing, status: "failed", errorCode: "file-broken" } });
    expect(page).toContain("The order file from Shopify ended early");
    expect(page).toContain("The 12,000 orders imported so far are kept");
    expect(page).toContain("|Try again|");
  });

  it("says that everything is set up where nothing is left but what is optional, and never beside a smaller count", () => {
    for (const goalSet of [true, false]) {
      const page = homePage("en", { setup: { ...home.setup, goalSet } });
      expect(page).toContain("Everything is set up.");
      expect(page).toContain("5 of 5 done");
    }
    const asking = homePage("en", {}, "asking");
    expect(asking).toContain("Checking your theme…");
    expect(asking).not.toContain("Everything is set up.");
    expect(homePage("en", {}, "off")).toContain("4 of 5 done");
  });

  it("puts every figure under the time that it is of", () => {
    const page = homePage("en");
    const order = [
      ...["Last analysed Nov 23", "Orders imported|20,000|", "Orders used in the analysis|11,000|"],
      ...["Last full count Nov 22", "Pairs bought together|45,210|"],
      ...["Last published Nov 24", "evidence for a suggestion|312|", "suggestions shoppers see|300|"],
    ].map((text) => page.indexOf(text));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it("tells evidence from what shoppers see, and why they differ", () => {
    const page = homePage("en", { offers: { ...home.offers, shown: 0, mode: "manual" } });
    expect(page).toContain("evidence for a suggestion|312|");
    expect(page).toContain("suggestions shoppers see|0|");
    expect(page).toContain("Manual only: shoppers see only what you pin or have approved.");
    expect(page).toContain("Everything is set up.");
  });

  it("says what a shop with few orders can do, and how long it will take", () => {
    const few = { ordersMissing: 1270, bestSellers: [{ title: "Tea pot", orders: 1 }] };
    const mining = { ...home.mining, orders: 1 };
    const page = homePage("en", { fewOrders: few, mining });
    for (const text of [
      "has analysed 1 order.",
      "about 1,270 more orders",
      "Tea pot (in 1 order)",
      "Pin products by hand",
    ])
      expect(page).toContain(text);
    expect(homePage("en", { fewOrders: { ...few, ordersMissing: null } })).toContain("No pair repeats often enough");
    expect(homePage("ja", { fewOrders: few, mining })).toContain("あと約1,270件の注文");
  });

  it("says that everything is paused, with the way back", () => {
    expect(homePage("en", { paused: true })).toContain("|Everything is paused|");
    expect(homePage("en", { paused: true })).toContain("|Resume|");
    expect(homePage("en")).not.toContain("Everything is paused");
  });
});

describe("the settings page", () => {
  const view: SettingsView = {
    ...allSettings.default,
    shopCurrency: "USD",
    modes: {
      following: [{ number: 1, type: "bought-together", name: "" }],
      own: [{ number: 4, type: "upgrade", name: "Cameras", mode: "review" }],
    },
    timezone: "Asia/Tokyo",
    tellOrdersTogether: true,
    monthlyCosts: { USD: 2900 },
    useCustomerHistory: true,
    reset: [],
    version: 3,
    publishedAt: "2026-11-21T20:02:00Z",
    publishing: false,
  };

  function settingsPage(
    change: Record<string, string | boolean> = {},
    state: Partial<SavedForm<ShapeForm>> = {},
  ): string {
    const fields = { ...settingsForm(view), ...change };
    const parsed = parseSettingsForm(fields);
    const form: SavedForm<ShapeForm> = {
      ...{ fields, change: nothing, choose: nothing, save: nothing, discard: nothing },
      ...{ dirty: false, saving: false, slow: false, failure: null, refusal: null, answer: undefined, overtaken: [] },
      errors: parsed.code === "invalid" ? parsed.errors : {},
      ...state,
    };
    return render(
      "en",
      createElement(SettingsPage, {
        view,
        form,
        pause,
        language: { choice: null, saving: false, onChoose: nothing },
        publish: { queueing: false, onPublish: nothing },
      }),
    );
  }

  it("says when offers were published last, and where offers are set", () => {
    const page = settingsPage();
    expect(page).toContain("Last published on Nov 22, 2026, 5:02");
    expect(page).toContain("|Open Offers|");
  });

  it("says which offers a change of the shop's mode changes, before it is saved", () => {
    expect(settingsPage()).toContain("1 offer follows the shop’s mode: Bought-together set. New offers follow it too.");
    const changed = settingsPage({ shopMode: "manual" }, { dirty: true });
    expect(changed).toContain("When you save, 1 offer shows only what you have pinned or approved");
    expect(changed).toContain("Keeps its own mode: Cameras (Review first).");
  });

  it("says in place that a save failed, why, and what to do", () => {
    const page = settingsPage({}, { dirty: true, failure: "offline" });
    for (const text of [
      "Not saved",
      "There is no connection to Tsuide.",
      "What you typed is still here",
      "|Try again|",
    ])
      expect(page).toContain(text);
  });

  it("shows what somebody else saved meanwhile, and asks where both edited one field", () => {
    const merged = { field: "tellOrdersTogether", before: true, now: false, contested: false } as const;
    const contested = { field: "useCustomerHistory", before: true, now: false, contested: true } as const;
    const page = settingsPage({}, { dirty: true, overtaken: [merged, contested] });
    for (const text of [
      "Someone else saved changes while you were editing",
      "Show shoppers how often products are bought together: changed from on to off",
      "Use what customers bought before: changed from on to off",
      "|Keep mine: on|",
      "|Use theirs: off|",
    ])
      expect(page).toContain(text);
  });
});
