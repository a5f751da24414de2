import { createElement } from "react";
import { expect, test } from "vitest";
import { renderHtml, renderPage } from "../../../../test/fixtures/render-page.ts";
import type { SimulatorOfferView, SimulatorView } from "../../../views/simulator-view.ts";
import { useOutcomeWords } from "./outcome-words.ts";
import { TotalsCard } from "./totals-card.tsx";

const view = (savedMinor: number): SimulatorView =>
  ({
    ...{ currency: "USD", lines: [], offers: [] },
    totals: { fullMinor: 5_800, savedMinor, itemsMinor: 5_800 - savedMinor, freeDelivery: false, deliveryMinor: null },
  }) as unknown as SimulatorView;

test("the bar of what is paid and saved is there only where something is saved", () => {
  const html = (savedMinor: number) => renderHtml("en", createElement(TotalsCard, { view: view(savedMinor) }));
  expect(html(0)).not.toContain("tsuide-simulator-bar");
  expect(html(500)).toContain("tsuide-simulator-bar");
});

test("each reward of a goal has a sentence of its own, in the words of other offers", () => {
  const goal: SimulatorOfferView = {
    ...{ number: 2, type: "goal", name: "", missing: [], missingLine: null },
    outcome: {
      code: "tiers",
      tiers: [
        { reward: "shipping", outcome: { code: "amount-missing", missingMinor: 1_700 } },
        { reward: "order", code: "amount-missing", missingMinor: 4_200 },
        { reward: "gift", code: "not-in-cart" },
      ],
    },
  };
  const Words = () => useOutcomeWords(view(0))(goal);
  expect(renderPage("en", createElement(Words))).toBe(
    "Free shipping – Not yet: $17.00 more of products that are shipped. " +
      "Discount on the order – Not yet: $42.00 more after discounts, without gift cards and gifts. " +
      "Free gift – Reached; the shopper has not added it.|",
  );
  expect(renderPage("ja", createElement(Words))).toContain("追加すると適用されます。注文の割引：あと$42.00");
});
