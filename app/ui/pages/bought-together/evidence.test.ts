import { describe, expect, it } from "vitest";
import type { CompanionView } from "../../../views/bought-together-view.ts";
import { formatsFor } from "../../kit/format.ts";
import { createTranslator, loadAllMessages } from "../../kit/i18n.ts";
import type { Language } from "../../kit/locale.ts";
import { evidenceFigures, evidenceSentence, visibilityOf, withDecision } from "./evidence.ts";

await loadAllMessages();

const companion: CompanionView = {
  productId: "gid://shopify/Product/2",
  title: "Sencha",
  imageUrl: null,
  price: null,
  available: true,
  ordersTogether: 112,
  ordersTrigger: 480,
  ordersCompanion: 900,
  support: 0.0056,
  confidence: 0.2333,
  confidenceLow: 0.19,
  confidenceHigh: 0.28,
  lift: 4.12,
  liftLow: 3,
  liftHigh: 5,
  firstSeen: "2025-01-03T20:00:00Z",
  lastSeen: "2026-10-02T20:00:00Z",
  grade: "strong",
  trend: "rising",
  source: "neighbour-ridge",
  placed: { by: "page", ranker: "neighbour-ridge", rank: 2, confidenceRank: 7 },
  viewed: null,
  similar: [],
  insteadOf: null,
  nearIdentical: false,
  season: null,
  pinned: false,
  approved: false,
  limit: null,
  blocked: false,
  excluded: false,
  chosen: true,
  shown: true,
  ordersShown: null,
};

const summer: CompanionView["season"] = {
  ...{ months: [7, 8], together: 60, togetherInSeason: 55, years: 2, now: "in-season", resting: false },
};
const similar = [{ productId: "gid://shopify/Product/3", title: "Blue pot", ordersTogether: 30, orders: 120 }];

function sentence(language: Language, change: Partial<CompanionView> = {}): string {
  const t = createTranslator(language).getFixedT(language, "bought-together");
  return evidenceSentence({ ...companion, ...change }, "Teapot", t, formatsFor(language, "Asia/Tokyo"));
}

function figures(language: Language, change: Partial<CompanionView> = {}): Record<string, string> {
  const t = createTranslator(language).getFixedT(language, "bought-together");
  const found = evidenceFigures({ ...companion, ...change }, "Teapot", t, formatsFor(language, "Asia/Tokyo"));
  return Object.fromEntries(found.map(({ label, value }) => [label, value]));
}

describe("evidenceSentence", () => {
  it("says how many orders, and how much oftener than by chance", () => {
    expect(sentence("en")).toBe(
      "112 of 480 orders with Teapot also had Sencha, about 4.1× what chance alone would give.",
    );
  });

  it("says the same in Japanese", () => {
    expect(sentence("ja")).toBe(
      "「Teapot」を含む注文480件のうち112件に「Sencha」も入っていました。偶然に一緒に買われる場合の約4.1倍です。",
    );
  });

  it("names the months of a season", () => {
    expect(sentence("en", { season: summer })).toContain("Bought together in July and August.");
    expect(sentence("ja", { season: summer })).toContain("7月・8月に一緒に購入されています。");
  });

  it("never says that a companion of similar products was bought with a new one", () => {
    const found = { ordersTogether: 0, similar };
    expect(sentence("en", found)).toBe(
      "This product has too few orders of its own. Similar products are bought with Sencha, for example Blue pot (30 of 120 orders).",
    );
    expect(sentence("ja", found)).toContain("例えば「Blue pot」の注文120件のうち30件");
  });

  it("says of a companion that shoppers view with a new product what they viewed, and never that it was bought with it", () => {
    const found = { ordersTogether: 2, viewed: { viewers: 1200, viewed: 90, thenBought: 4 } };
    expect(sentence("en", found)).toBe(
      "Teapot has too few orders of its own. Of 1,200 visitors who viewed it among other products, 90 also viewed Sencha, more than chance alone would give. 4 orders of visitors who had viewed it had Sencha.",
    );
    expect(sentence("ja", found)).toContain("1,200人のうち90人が「Sencha」も閲覧");
    expect(sentence("en", { ...found, viewed: { ...found.viewed, thenBought: 0 } })).not.toContain("had Sencha");
  });

  it("says of a substitute what it is", () => {
    expect(sentence("en", { insteadOf: "switching" })).toContain("later bought the other instead");
    expect(sentence("ja", { insteadOf: "same-kind" })).toContain("同じ種類の商品");
  });

  it("claims nothing where there are no orders", () => {
    expect(sentence("en", { ordersTogether: 0, lastSeen: null })).toBe("No orders together yet.");
  });

  it("does not sell chance as a connection", () => {
    expect(sentence("en", { lift: 1.04 })).toContain("no more than chance alone would give.");
    expect(sentence("en", { lift: 0.4 })).toContain("no more than chance alone would give.");
  });
});

describe("evidenceFigures", () => {
  it("gives every figure behind a companion's place", () => {
    expect(figures("en")).toEqual({
      "Orders with both": "112",
      "Orders with Teapot": "480",
      "Orders with Sencha": "900",
      "Share of all orders (support)": "0.56%",
      "Compared with chance (lift)": "4.1× (95% interval: 3.0–5.0)",
      "First together": "Jan 4, 2025",
      "Last together": "Oct 3, 2026",
      Trend: "Bought together more often in the last 90 days than before",
      Season: "All year, or not enough orders to tell",
      "Share of orders with Teapot (confidence)": "23.3% (95% interval: 19.0%–28.0%)",
      Rank: expect.stringMatching(/^#2 on this product page, by /) as string,
      "Rank by share of orders alone": "#7",
      Evidence: expect.stringMatching(/^Strong: /) as string,
    });
  });

  it("gives them in Japanese", () => {
    expect(figures("ja", { season: summer })).toMatchObject({
      両方を含む注文: "112",
      "偶然との比較（リフト値）": "4.1倍（95%信頼区間 3.0～5.0）",
      シーズン: "7月・8月：60回中55回、2年分",
      注文の割合だけで並べた順位: "7位",
    });
  });

  it("says whose companion it is where the product has no orders, and gives no figures of orders that are not", () => {
    const placed = { by: "similar", ranker: "new-product", rank: 1, confidenceRank: null } as const;
    expect(figures("en", { ordersTogether: 0, similar, placed, grade: "fair", lastSeen: null })).toEqual({
      "Taken from": "Blue pot (30 of 120 orders)",
      Rank: "#1, by what similar products are bought with",
      "Rank by share of orders alone": "None: no order has both",
      "Evidence for the similar products": expect.stringMatching(/^Fair: /) as string,
    });
  });

  it("gives the figures of browsing apart from those of orders, and the grade of orders alone", () => {
    const placed = { by: "viewed", ranker: "viewed", rank: 2, confidenceRank: null } as const;
    const viewed = { viewers: 1200, viewed: 90, thenBought: 4 };
    expect(figures("en", { ordersTogether: 0, viewed, placed, grade: "thin", lastSeen: null })).toEqual({
      "Visitors who viewed both": "90",
      "Visitors who viewed this product with others": "1,200",
      "Orders with the companion after a view of this product": "4",
      Rank: "#2, by what shoppers view together",
      "Rank by share of orders alone": "None: no order has both",
      Evidence: expect.stringMatching(/^Weak: /) as string,
    });
  });

  it("names staff where a person put it there", () => {
    expect(figures("en", { pinned: true })).toMatchObject({ Rank: "Pinned by your staff" });
  });
});

describe("visibilityOf", () => {
  const hidden = { ...companion, chosen: false, shown: false };

  it("gives the reason that a person can act on first", () => {
    expect(visibilityOf({ ...hidden, blocked: true, available: false }, "automatic", false)).toBe("blocked");
    expect(visibilityOf({ ...hidden, available: false, pinned: true }, "automatic", false)).toBe("unavailable");
    expect(visibilityOf({ ...companion, excluded: true }, "automatic", true)).toBe("excluded");
    expect(visibilityOf({ ...hidden, pinned: true }, "manual", false)).toBe("not-published-yet");
    expect(visibilityOf({ ...hidden, chosen: true }, "automatic", false)).toBe("not-published-yet");
    expect(visibilityOf({ ...hidden, grade: "thin" }, "review", false)).toBe("thin");
    expect(visibilityOf(hidden, "review", false)).toBe("waits-for-review");
    expect(visibilityOf(hidden, "manual", false)).toBe("waits-for-pin");
    expect(visibilityOf({ ...hidden, grade: "thin" }, "automatic", false)).toBe("thin");
    expect(visibilityOf(hidden, "automatic", false)).toBe("further-down");
    expect(visibilityOf({ ...hidden, nearIdentical: true }, "automatic", false)).toBe("near-identical");
    expect(visibilityOf({ ...hidden, insteadOf: "switching" }, "review", false)).toBe("substitute");
    const resting = { ...summer, now: "out-of-season" as const, resting: true };
    expect(visibilityOf({ ...hidden, season: resting }, "automatic", false)).toBe("resting");
  });

  it("tells what the set shows from what waits behind it", () => {
    expect(visibilityOf(companion, "automatic", false)).toBe("in-reserve");
  });

  it("never calls a companion shown that is blocked", () => {
    expect(visibilityOf(withDecision(companion, "block"), "automatic", false)).toBe("blocked");
    expect(visibilityOf(companion, "automatic", true)).toBe("shown");
  });
});
