import { expect, test } from "vitest";
import type { PublishedSplit } from "../../../app/domain/measurement/experiments/published-split.ts";
import { isSplitWrong } from "../../../app/domain/statistics/sample-ratio.ts";
import { generateShop } from "../../../test/dev-store/generator/generate-shop.ts";
import { seededRandom } from "../../../test/dev-store/shop/random.ts";
import { orderTotals } from "../../../test/dev-store/shop/order-totals.ts";
import { sentEvents } from "./sent-events.ts";
import { Browsers } from "./browsers.ts";
import { type Period, shoppersOf, TRUE_UPLIFT } from "./shoppers.ts";
import { type DraftLine, isShown, type Visit } from "./visit.ts";

const DAY = 86_400_000;
const TO = Date.parse("2026-11-29T12:00:00Z");
const FROM = TO - 28 * DAY;
const EXPERIMENT = 1;
/** One in five is held out, and the others are shown one of two sets. */
const SPLIT: PublishedSplit = [
  1,
  "salt",
  2_000,
  [
    [
      EXPERIMENT,
      "e1",
      0,
      10_000,
      [
        [1, ["bt-3"]],
        [1, ["bt-1"]],
      ],
    ],
  ],
];

const shop = generateShop({ locale: "en", seed: 7, now: TO, until: FROM, orders: 8_000 });
const orders = shop.upcoming!;
const lines = new Map(
  [...shop.products.values()].map(({ id, title, variants }): [string, DraftLine] => [
    id,
    {
      ...{ productId: id, variantId: variants[0]!.id, title, sku: "", quantity: 1, discounts: [], properties: {} },
      ...{ unitPriceMinor: variants[0]!.priceMinor, isGiftCard: false, requiresShipping: true, sellingPlan: null },
      group: null,
    },
  ]),
);
const products = [...lines.keys()];
/** Each product lists the three after it. */
const lists = new Map(products.map((id, at) => [id, [1, 2, 3].map((n) => products[(at + n) % products.length]!)]));
const sets = [
  { number: 1, size: 3 },
  { number: 3, size: 2 },
];
const shown = { split: SPLIT, experiment: EXPERIMENT, sets, goal: 2, lists, lines };
const period = (): Period => ({ from: FROM, to: TO, orders, shown, browsers: new Browsers(), name: "test" });
const { visits, sales } = shoppersOf(period(), seededRandom(1));
const added = (visit: Visit) => visit.sale !== null && visit.sale.lines.length > visit.sale.order.lines.length;
const share = (some: readonly unknown[], of: readonly unknown[]) => some.length / of.length;

test("the same seed gives the same shoppers, and another seed others", () => {
  expect(shoppersOf(period(), seededRandom(1))).toEqual({ visits, sales });
  expect(shoppersOf(period(), seededRandom(2)).visits).not.toEqual(visits);
});

test("whoever is held out is shown nothing, adds nothing, and does not buy because of offers", () => {
  const heldOut = visits.filter(({ arms }) => !isShown(arms));
  expect(share(heldOut, visits)).toBeGreaterThan(0.15);
  expect(share(heldOut, visits)).toBeLessThan(0.25);
  const pages = heldOut.flatMap((visit) => visit.pages);
  expect(pages.filter(({ claims, seen, added: one }) => claims.length > 0 || seen || one !== null)).toEqual([]);
  const bought = heldOut.flatMap(({ sale }) => sale ?? []);
  expect(bought.length).toBeGreaterThan(0);
  expect(bought.filter(({ isExtra, lines: all, order }) => isExtra || all !== order.lines)).toEqual([]);
});

test("whoever is held out has what the others have to spend before offers add to it", () => {
  const spent = (some: readonly Visit[]) =>
    some.reduce((sum, { sale }) => sum + (sale === null ? 0 : orderTotals(sale.order).currentSubtotalMinor), 0);
  const known = visits.filter(({ consents, sale }) => consents && sale?.isExtra !== true);
  const heldOut = known.filter(({ arms }) => !isShown(arms));
  expect(spent(heldOut) / spent(known)).toBeGreaterThan(0.17);
  expect(spent(heldOut) / spent(known)).toBeLessThan(0.23);
  const buyers = (some: readonly Visit[]) => some.filter(({ sale }) => sale !== null);
  expect(share(buyers(heldOut), buyers(known))).toBeGreaterThan(0.17);
  expect(share(buyers(heldOut), buyers(known))).toBeLessThan(0.23);
  // The app would say so, and show no figure.
  const names = (some: readonly Visit[]) => new Set(some.map(({ visitor }) => visitor)).size;
  expect(isSplitWrong([names(heldOut), names(known) - names(heldOut)], [2_000, 8_000])).toBe(false);
});

test("every order that the shop has anyway is placed once, at its time", () => {
  const anyway = sales.filter(({ isExtra }) => !isExtra);
  const expected = orders.filter((order) => !order.test).map(({ id, createdAt }) => [id, createdAt]);
  expect(anyway.map(({ order, at }) => [order.id, at]).sort()).toEqual(expected.sort());
});

test("offers add what is stated, within chance", () => {
  const buyers = visits.filter(({ arms, sale }) => sale !== null && isShown(arms));
  const extra = buyers.filter(({ sale }) => sale!.isExtra);
  expect(share(extra, buyers)).toBeGreaterThan(TRUE_UPLIFT.moreBuyers / 2);
  expect(share(extra, buyers)).toBeLessThan(TRUE_UPLIFT.moreBuyers * 2);
  expect(share(buyers.filter(added), buyers)).toBeGreaterThan(TRUE_UPLIFT.addingBuyers / 2);
  expect(share(buyers.filter(added), buyers)).toBeLessThan(TRUE_UPLIFT.addingBuyers * 1.5);
});

test("what is added is listed by the offer that the shopper was shown", () => {
  for (const { sale, arms } of visits) {
    for (const line of sale?.lines ?? []) {
      const [, number, trigger] = /^bt-(\d)-(\d+)\/(?:product|cart)$/.exec(line.properties._tsuide ?? "") ?? [];
      if (line.properties._tsuide === undefined) continue;
      const arm = arms.find(([experiment]) => experiment === EXPERIMENT)![1];
      expect(Number(number)).toBe(sets[arm]!.number);
      expect(lists.get(trigger!)!.slice(0, sets[arm]!.size)).toContain(line.productId);
      expect(sale!.order.lines.map(({ productId }) => productId)).toContain(trigger);
    }
  }
});

test("each step of an offer has at most as many shoppers as the one before it, within the period", () => {
  const sent = visits.flatMap((visit) => sentEvents(visit, visit.sale === null ? null : "1"));
  const count = (kind: string) => sent.filter((event) => event.kind === kind).length;
  const steps = ["shown", "seen", "clicked", "added"].map(count);
  expect(steps).toEqual(steps.toSorted((a, b) => b - a));
  expect(steps.at(-1)).toBeGreaterThan(0);
  expect(count("checkout-completed")).toBeLessThan(count("visit-started"));
  expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
  expect(sent.filter(({ at, kind }) => at < FROM || (at > TO && kind !== "answered"))).toEqual([]);
});

test("a shopper who does not allow analytics sends nothing", () => {
  const silent = visits.filter(({ consents }) => !consents);
  expect(share(silent, visits)).toBeGreaterThan(0.1);
  expect(share(silent, visits)).toBeLessThan(0.2);
  expect(silent.flatMap((visit) => sentEvents(visit, "1"))).toEqual([]);
});
