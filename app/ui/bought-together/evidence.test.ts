import { describe, expect, it } from "vitest";
import type { CompanionView } from "../../domain/reports/views.ts";
import { formatsFor } from "../format.ts";
import { createTranslator } from "../i18n.ts";
import type { Language } from "../locale.ts";
import { evidenceSentence, visibilityOf, withDecision } from "./evidence.ts";

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
  firstSeen: null,
  lastSeen: "2026-10-02T20:00:00Z",
  grade: "strong",
  source: "mined",
  pinned: false,
  blocked: false,
  shown: true,
};

function sentence(language: Language, change: Partial<CompanionView> = {}): string {
  const t = createTranslator(language).getFixedT(language, "bought-together");
  return evidenceSentence({ ...companion, ...change }, "Teapot", t, formatsFor(language, "Asia/Tokyo"));
}

describe("evidenceSentence", () => {
  it("says how many orders, how sure, how much oftener than by chance, and when last", () => {
    expect(sentence("en")).toBe(
      "112 of 480 orders with Teapot also had Sencha (23%; 95% between 19% and 28%). " +
        "4.1 times more often than by chance. Last on Oct 3, 2026.",
    );
  });

  it("says the same in Japanese", () => {
    expect(sentence("ja")).toBe(
      "「Teapot」を含む注文480件のうち、112件に「Sencha」も入っていました（23%、95%信頼区間 19%〜28%）。" +
        "偶然の場合の4.1倍です。最後に一緒に購入された日：2026年10月3日",
    );
  });

  it("claims nothing where there are no orders", () => {
    expect(sentence("en", { ordersTogether: 0, lastSeen: null })).toBe("No orders together yet.");
  });

  it("does not sell chance as a connection", () => {
    expect(sentence("en", { lift: 1.04 })).toContain("No more often than by chance.");
    expect(sentence("en", { lift: 0.4 })).toContain("No more often than by chance.");
  });

  it("leaves out what is not known", () => {
    expect(sentence("en", { lift: 0, lastSeen: null })).toBe(
      "112 of 480 orders with Teapot also had Sencha (23%; 95% between 19% and 28%).",
    );
  });
});

describe("visibilityOf", () => {
  const hidden = { ...companion, shown: false };

  it("gives the reason that a person can act on first", () => {
    expect(visibilityOf({ ...hidden, blocked: true, available: false }, "automatic", false)).toBe("blocked");
    expect(visibilityOf({ ...hidden, available: false, pinned: true }, "automatic", false)).toBe("unavailable");
    expect(visibilityOf({ ...hidden, pinned: true }, "manual", false)).toBe("not-published-yet");
    expect(visibilityOf(hidden, "review", false)).toBe("waits-for-review");
    expect(visibilityOf(hidden, "manual", false)).toBe("waits-for-pin");
    expect(visibilityOf({ ...hidden, grade: "thin" }, "automatic", false)).toBe("thin");
    expect(visibilityOf(hidden, "automatic", false)).toBe("further-down");
  });

  it("tells what the set shows from what waits behind it", () => {
    expect(visibilityOf(companion, "automatic", false)).toBe("in-reserve");
  });

  it("never calls a companion shown that is blocked", () => {
    expect(visibilityOf(withDecision(companion, "block"), "automatic", false)).toBe("blocked");
    expect(visibilityOf(companion, "automatic", true)).toBe("shown");
  });
});
