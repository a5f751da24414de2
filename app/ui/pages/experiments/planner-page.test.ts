import { createElement } from "react";
import { expect, test } from "vitest";
import { renderHtml, renderPage } from "../../../../test/fixtures/render-page.ts";
import type { PlannerView, PlanView } from "../../../views/planner-view.ts";
import type { Language } from "../../kit/locale.ts";
import { PlannerPage } from "./planner-page.tsx";
import { WeeksTable } from "./weeks-card.tsx";

const plan: PlanView = {
  percent: 10,
  weeks: 8,
  buyers: 4237,
  buyersPerDay: 75.66,
  meanSpent: { amountMinor: 546_174, currency: "JPY" },
  cap: { amountMinor: 2_680_000, currency: "JPY" },
  curve: Array.from({ length: 26 }, (_, n) => ({ weeks: n + 1, difference: 0.283 / Math.sqrt(n + 1) })),
};
const view: PlannerView = {
  ...{ comparison: "two", pastDays: 56, pastBuyers: 4237, neededBuyers: 50, plan },
};

function page(language: Language, changes: Partial<PlannerView> = {}): string {
  const props = { view: { ...view, ...changes }, loading: false, onAsk: () => {} };
  return renderPage(language, createElement(PlannerPage, props));
}

test("says how long it takes, and from what that was worked out", () => {
  const text = page("en");
  expect(text).toContain("|About 8 weeks|");
  expect(text).toContain("rises by 10%, this is found with a chance of 80%. About 4,200 people buy in that time.");
  expect(text).toContain("4,237 people bought in your online store in the last 56 days: 75.7 a day");
  expect(text).toContain("counts up to ¥2,680,000");
});

test("says the same in Japanese", () => {
  const text = page("ja");
  expect(text).toContain("|約8週間|");
  expect(text).toContain("10%増えた場合、80%の確率で");
});

test("shows every figure of the chart in a table, and names the chart", () => {
  const html = renderHtml("en", createElement(PlannerPage, { view, loading: false, onAsk: () => {} }));
  expect(html).toContain(
    'aria-label="The smallest difference that is found falls from 28.3% after 1 week to 5.6% after 26 weeks."',
  );
  const table = renderHtml("en", createElement(WeeksTable, { curve: plan.curve }));
  expect(table.match(/<th scope="row">/g)).toHaveLength(26);
  expect(table).toContain('<th scope="row">8</th><td>10.0%</td>');
});

test("says from which difference on the orders show one, where what is asked takes too long", () => {
  const text = page("en", { plan: { ...plan, percent: 1, weeks: null, buyers: null } });
  expect(text).toContain("|More than half a year|");
  expect(text).toContain("A difference of 1% is too small");
  expect(text).toContain("In 26 weeks they show differences of 5.6% or more. Choose a larger difference.|");
  const four = page("en", { comparison: "four", plan: { ...plan, percent: 1, weeks: null, buyers: null } });
  expect(four).toContain("Choose a larger difference or fewer versions.");
});

test("names what is missing instead of a plan, and the cap only where there is one", () => {
  expect(page("en", { plan: null, pastBuyers: 1 })).toContain("1 person bought in your online store");
  expect(page("ja", { plan: null, pastBuyers: 12 })).toContain("購入者は12人でした");
  expect(page("en", { plan: null })).not.toContain("What is compared");
  expect(page("en", { plan: { ...plan, cap: null } })).not.toContain("counts up to");
});
