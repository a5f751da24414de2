import type { TFunction } from "i18next";
import { createElement } from "react";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../../../test/fixtures/render-page.ts";
import type { Difference } from "../../../domain/mining/upgrades/difference.ts";
import type { UpgradeCandidateView, UpgradesPageView, VariantUpgradeView } from "../../../views/upgrades-view.ts";
import { formatsFor } from "../../kit/format.ts";
import { createTranslator, loadAllMessages } from "../../kit/i18n.ts";
import type { Language } from "../../kit/locale.ts";
import { dearerBy, differenceLine, reasonSentence, variantLine, variantTitle } from "./upgrade-words.ts";
import { UpgradesPage } from "./upgrades-page.tsx";

await loadAllMessages();

const yen = (amountMinor: number) => ({ amountMinor, currency: "JPY" });
const words = (language: Language) =>
  [createTranslator(language).getFixedT(language, "upgrades") as TFunction<"upgrades">, formatsFor(language)] as const;

const candidate: UpgradeCandidateView = {
  ...{ productId: "2", title: "Fine Kettle", imageUrl: null, price: yen(11_000), difference: yen(3000) },
  ...{
    available: true,
    basis: "moved",
    thenCustomers: 38,
    expectedThenCustomers: 11.6,
    orders: 1204,
    hidden: false,
    approved: false,
  },
  ...{ refundedShare: 0.041, marginShare: 0.55, differences: [] },
};
const row = { title: "Plain Kettle", refundedShare: 0.09, marginShare: 0.4 };

describe("why an upgrade is suggested", () => {
  it("says how many customers moved on, against chance, and what comes back and what it earns", () => {
    expect(reasonSentence(candidate, row, ...words("en"))).toBe(
      "38 customers who bought Plain Kettle bought Fine Kettle in a later order; chance alone would give about 11.6. " +
        "In 1,204 orders. Return rate 4.1% (9.0% for this product). Margin 55% (40% for this product).",
    );
    expect(reasonSentence(candidate, row, ...words("ja"))).toContain(
      "「Plain Kettle」を購入した顧客のうち38人が、後の注文で「Fine Kettle」を購入しました（偶然の場合は約11.6人）。",
    );
  });

  it("claims no habit where few or none moved on, and leaves out what is not known", () => {
    const unknown = { ...row, refundedShare: null };
    const few = { ...candidate, basis: "alike" as const, thenCustomers: 1, marginShare: null };
    const said = reasonSentence(few, unknown, ...words("en"));
    expect(said).toContain("1 customer who bought Plain Kettle bought Fine Kettle in a later order: too few");
    expect(said).not.toMatch(/Return rate|Margin|chance/);
    expect(reasonSentence(candidate, { ...row, marginShare: 0.551 }, ...words("en"))).not.toContain("Margin");
    const none = reasonSentence({ ...few, basis: "type", thenCustomers: 0 }, unknown, ...words("en"));
    expect(none).toContain("No customer has traded up to it yet.");
  });

  it("does not tell of returns twice", () => {
    const fewer: Difference = { code: "fewer-returns", from: 0.09, to: 0.041 };
    expect(reasonSentence({ ...candidate, differences: [fewer] }, row, ...words("en"))).not.toContain("Return rate");
    expect(differenceLine(fewer, 1.2, ...words("en"))).toBe("Returned less often: 4.1% instead of 9.0%");
  });

  it("words every kind of difference in English and Japanese, claiming no more than there is", () => {
    const large: Difference = { code: "size", measure: "mass", times: 2, from: "250 g", to: "500 g" };
    const said: [Difference, english: string, japanese: string][] = [
      [
        large,
        "500 g instead of 250 g: 2× the weight, 20% less per unit",
        "250 g → 500 g：重さが2倍、単位あたり20%割安",
      ],
      [{ code: "attribute", name: "Steel", from: null, to: ["blue"] }, "Steel: blue", "Steel：blue"],
      [
        { code: "attribute", name: "Tastes of", from: ["plum"], to: ["plum", "tea"] },
        "Tastes of: plum → plum and tea",
        "Tastes of：plum → plum、tea",
      ],
      [
        { code: "attribute", name: "Capacity", from: { amount: 900, unit: "ml" }, to: { amount: 1200, unit: "ml" } },
        "Capacity: 900 ml → 1,200 ml",
        "Capacity：900 ml → 1,200 ml",
      ],
      [{ code: "gained", name: "Dishwasher safe" }, "Dishwasher safe: yes", "Dishwasher safe：あり"],
      [
        { code: "choice", name: "Glaze", values: ["Red", "Black"], more: false },
        "Choice of Glaze: Red and Black",
        "Glazeを選べます：Red、Black",
      ],
      [
        { code: "choice", name: "Glaze", values: ["A", "B", "C", "D", "E", "F"], more: true },
        "More choice of Glaze: A, B, C, D, and 2 more",
        "Glazeの選択肢が多い：A、B、C、D、ほか2種類",
      ],
      [
        { code: "rating", name: "Stars", from: 4.1, to: 4.6, outOf: 5 },
        "Stars: 4.6 out of 5 instead of 4.1",
        "Stars：4.1に対して4.6（5点満点）",
      ],
      [{ code: "benefit", tag: "quiet" }, "Has the tag “quiet”", "タグ「quiet」が付いています"],
      [{ code: "vendor", from: "A", to: "B" }, "From B instead of A", "販売元：AではなくB"],
    ];
    for (const [difference, english, japanese] of said) {
      expect(differenceLine(difference, 1.6, ...words("en"))).toBe(english);
      expect(differenceLine(difference, 1.6, ...words("ja"))).toBe(japanese);
    }
    expect(differenceLine(large, 2.2, ...words("en"))).toContain("2× the weight, 10% more per unit");
    expect(differenceLine(large, 2, ...words("en"))).toBe("500 g instead of 250 g: 2× the weight");
  });

  it("words prices, and larger variants with what a unit of them costs", () => {
    const [t, formats] = words("en");
    expect(dearerBy(candidate.difference, formats)).toBe("+¥3,000");
    const variant: VariantUpgradeView = {
      ...{ candidates: ["2>3"], option: "Size", from: "50 g", to: "100 g", price: yen(1800), difference: yen(800) },
      ...{ hidden: false, approved: false, needsApproval: false, orders: 12 },
      better: { code: "size", measure: "mass", times: 2, unitPriceRatio: 0.9 },
    };
    expect(variantLine(variant, t, formats)).toBe("2× the weight, 10% less per unit. In 12 orders.");
    const dearer = { ...variant, better: { ...variant.better, unitPriceRatio: 1.1 } as VariantUpgradeView["better"] };
    expect(variantLine(dearer, t, formats)).toBe("2× the weight, 10% more per unit. In 12 orders.");
    expect(variantTitle(variant, t)).toBe("Size: 100 g instead of 50 g");
    const unnamed = { ...variant, option: "", orders: null, better: { code: "price" as const } };
    expect(variantTitle(unnamed, t)).toBe("100 g instead of 50 g");
    expect(variantLine(unnamed, t, formats)).toMatch(/^Costs more .* approve it\.$/);
  });
});

describe("the upgrades page without a product to show", () => {
  const view: UpgradesPageView = {
    ...{ search: "", page: 1, pageCount: 1, total: 0, filter: "all", rows: [] },
    ...{ status: "done", foundAt: "2026-11-21T20:00:00Z", timezone: "Asia/Tokyo", orders: 11_000, capPercent: 175 },
    ...{ isOffered: false, reviews: false },
  };
  const page = (language: Language, change: Partial<UpgradesPageView> = {}) =>
    renderPage(
      language,
      createElement(UpgradesPage, {
        view: { ...view, ...change },
        loading: false,
        onQuery: () => undefined,
        onCap: () => undefined,
      }),
    );

  it("says whom the list is for, when it was made and from how many orders, and keeps a cap of one's own", () => {
    const english = page("en");
    expect(english).toContain("Upgrade offers show shoppers these products");
    expect(english).toContain("Updated every night; last Nov 22, 2026, 5:00");
    expect(english).toContain("from 11,000 orders");
    expect(english).toContain("|1.75 times the price|");
    expect(english).toContain("No upgrades found");
    expect(page("ja")).toContain("ここにある商品を上から順にお客様に提案します。");
    expect(page("en", { reviews: true })).toContain("shoppers see only what you approve here");
    expect(english).toContain("|Create an upgrade offer|");
    expect(page("en", { isOffered: true })).toContain("|See your upgrade offers|");
  });

  it("tells apart nothing yet, nothing found and nothing that matches", () => {
    expect(page("en", { status: "never", foundAt: null })).toContain("Nothing here yet");
    expect(page("en", { status: "running" })).toContain("Looking for upgrades now");
    expect(page("en", { search: "kettle" })).toContain("No product matches.");
  });
});
