import { describe, expect, test } from "vitest";
import { orderTotals } from "../shop/order-totals.ts";
import type { DevOrder } from "../shop/state.ts";
import { CATALOGUE } from "./generate-catalogue.ts";
import { generateShop } from "./generate-shop.ts";
import { UPGRADES } from "./planted.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const DAY = 86_400_000;
const english = generateShop({ locale: "en", seed: 7, now: NOW });
const japanese = generateShop({ locale: "ja", seed: 7, now: NOW, orders: 500 });
const orders = [...english.orders.values()];
/** Units that left an order without a refund. */
const editedUnits = ({ cancelledAt, lines, refunds }: DevOrder) =>
  cancelledAt !== null
    ? 0
    : lines.reduce((sum, { quantity, currentQuantity }) => sum + quantity - currentQuantity, 0) -
      refunds.reduce((sum, refund) => sum + refund.lines.reduce((all, { quantity }) => all + quantity, 0), 0);
const share = (holds: (order: DevOrder) => boolean) => orders.filter(holds).length / orders.length;

describe("a built-in shop", () => {
  test("can have orders that are still to come: the same ones, and nothing has happened to any other since", () => {
    const until = NOW - 28 * DAY;
    const cut = generateShop({ locale: "ja", seed: 7, now: NOW, until, orders: 500 });
    const isPast = ({ createdAt }: DevOrder) => createdAt < until;
    const whole = [...japanese.orders.values()];
    expect([...cut.orders.keys()]).toEqual(whole.filter(isPast).map(({ id }) => id));
    expect(cut.upcoming).toEqual(whole.filter((order) => !isPast(order)));
    expect(cut.upcoming!.length).toBeGreaterThan(0);
    expect([...cut.orders.values()].filter(({ updatedAt }) => updatedAt > until)).toEqual([]);
    expect(japanese.upcoming).toBeUndefined();
  });

  test("is the same for the same seed and clock, and another for another seed", () => {
    const settings = { locale: "ja", seed: 7, now: NOW, orders: 500 } as const;
    expect(generateShop(settings)).toEqual(japanese);
    expect([...generateShop({ ...settings, seed: 8 }).orders.values()]).not.toEqual([...japanese.orders.values()]);
  });

  test("has about 400 products with pictures, stock and mostly costs, each with a title and handle of its own", () => {
    const products = [...english.products.values()];
    expect(products.length).toBeGreaterThan(380);
    for (const of of [(each: (typeof products)[0]) => each.title, (each: (typeof products)[0]) => each.handle]) {
      expect(new Set(products.map(of)).size).toBe(products.length);
    }
    for (const { imageSvg, variants, collectionIds } of products) {
      expect(imageSvg).toMatch(/^<svg .*<\/svg>$/);
      expect(imageSvg).not.toMatch(/NaN|undefined/);
      expect(variants.length).toBeGreaterThan(0);
      expect(english.collections.map(({ id }) => id)).toEqual(expect.arrayContaining(collectionIds));
      for (const variant of variants) expect(variant.priceMinor).toBeGreaterThan(0);
    }
    const variants = products.flatMap((product) => product.variants);
    const priced = variants.filter(({ costMinor }) => costMinor !== null);
    expect(priced.length / variants.length).toBeGreaterThan(0.9);
    expect(priced.length).toBeLessThan(variants.length);
    for (const { costMinor, priceMinor } of priced) expect(costMinor).toBeLessThan(priceMinor);
    expect(variants.some(({ inventoryQuantity, tracked }) => tracked && inventoryQuantity === 0)).toBe(true);
  });

  test("has discount codes of the merchant's own: one that combines with everything, one with nothing", () => {
    const codes = [...english.nativeDiscounts!.values()].map(({ code, combinesWith }) => [
      code,
      Object.values(combinesWith).every(Boolean),
      Object.values(combinesWith).some(Boolean),
    ]);
    expect(codes).toEqual([
      ["WELCOME10", true, true],
      ["SOLO15", false, false],
    ]);
  });

  test("has texts in its language and prices in whole yen", () => {
    const japaneseText = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
    for (const { title, variants } of japanese.products.values()) {
      expect(title).toMatch(japaneseText);
      for (const { priceMinor } of variants) expect(priceMinor % 10).toBe(0);
    }
    for (const { title } of english.products.values()) expect(title).not.toMatch(japaneseText);
    expect([...japanese.orders.values()].every(({ currency }) => currency === "JPY")).toBe(true);
  });

  test("has 20,000 orders of 24 months, in order of time, that end before the clock", () => {
    expect(orders).toHaveLength(20_000);
    const times = orders.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(NOW - 740 * DAY);
    expect(times.at(-1)).toBeLessThan(NOW);
    expect(times.at(-1)).toBeGreaterThan(NOW - 2 * DAY);
    for (const { refunds, updatedAt } of orders) {
      expect(updatedAt).toBeLessThanOrEqual(NOW);
      for (const { createdAt } of refunds) expect(createdAt).toBeLessThanOrEqual(NOW);
    }
  });

  test("has everything that a real history has, in its measure", () => {
    expect(share(({ sourceName }) => sourceName === "pos")).toBeGreaterThan(0.05);
    expect(share(({ sourceName }) => sourceName === "shopify_draft_order")).toBeGreaterThan(0.01);
    expect(share(({ cancelledAt }) => cancelledAt !== null)).toBeCloseTo(0.02, 2);
    expect(share(({ refunds }) => refunds.length > 0)).toBeCloseTo(0.05, 2);
    expect(share(({ refunds }) => refunds.some(({ withoutLinesMinor = 0 }) => withoutLinesMinor > 0))).toBeGreaterThan(
      0.002,
    );
    expect(share((order) => editedUnits(order) > 0)).toBeGreaterThan(0.002);
    expect(share(({ test }) => test)).toBeGreaterThan(0.001);
    expect(share(({ customerId }) => customerId === null)).toBeGreaterThan(0.2);
    expect(share(({ lines }) => lines.some(({ isGiftCard }) => isGiftCard))).toBeGreaterThan(0.001);
    expect(share(({ lines }) => lines.some(({ productId }) => productId === null))).toBeGreaterThan(0.001);
    expect(share(({ lines }) => lines.some(({ discounts }) => discounts.length > 0))).toBeGreaterThan(0.03);
    expect(share(({ presentmentCurrency }) => presentmentCurrency !== "USD")).toBeGreaterThan(0.03);
  });

  test("adds up: nothing is refunded twice, no line costs less than nothing", () => {
    for (const order of orders) {
      const totals = orderTotals(order);
      expect(totals.currentSubtotalMinor).toBeGreaterThanOrEqual(0);
      if (order.cancelledAt === null) {
        const byLine = totals.refundedMinor - totals.withoutLinesMinor;
        if (editedUnits(order) === 0) expect(totals.subtotalMinor - byLine).toBe(totals.currentSubtotalMinor);
        expect(totals.withoutLinesMinor).toBeLessThanOrEqual(totals.currentSubtotalMinor);
      }
      for (const { quantity, currentQuantity } of order.lines) {
        expect(currentQuantity).toBeGreaterThanOrEqual(0);
        expect(currentQuantity).toBeLessThanOrEqual(quantity);
      }
    }
  });
});

describe("what the generator planted", () => {
  const ordersWith = new Map<string, number>();
  const together = new Map<string, number>();
  for (const { lines } of orders) {
    const ids = [...new Set(lines.flatMap(({ productId }) => productId ?? []))].sort();
    ids.forEach((a, index) => {
      ordersWith.set(a, (ordersWith.get(a) ?? 0) + 1);
      for (const b of ids.slice(index + 1)) together.set(`${a} ${b}`, (together.get(`${a} ${b}`) ?? 0) + 1);
    });
  }
  const idOf = (key: string) =>
    [...english.products.values()][CATALOGUE.findIndex((item) => item.key === key)]?.id ?? "";

  test("are more than a hundred true pairs, each with a lift far above chance", () => {
    expect(english.truePairs.length).toBeGreaterThan(100);
    for (const [a, b] of english.truePairs) {
      const count = together.get([a, b].sort().join(" ")) ?? 0;
      expect(count).toBeGreaterThanOrEqual(5);
      const lift = (count * orders.length) / ((ordersWith.get(a) ?? 0) * (ordersWith.get(b) ?? 0));
      expect(lift).toBeGreaterThan(3);
    }
  });

  test("stand out: pairs of chance are rarely together as often", () => {
    const truePairs = new Set(english.truePairs.map((pair) => [...pair].sort().join(" ")));
    const often = [...together].filter(([, count]) => count >= 20);
    const planted = often.filter(([pair]) => truePairs.has(pair));
    expect(planted.length / often.length).toBeGreaterThan(0.6);
  });

  test("are refills at their interval", () => {
    const item = CATALOGUE.findIndex(({ key }) => key === "house-blend");
    const id = [...english.products.values()][item]?.id;
    const days = CATALOGUE[item]?.refillDays ?? 0;
    const byCustomer = new Map<string, number[]>();
    for (const { customerId, createdAt, lines } of orders) {
      if (customerId?.startsWith("68") && lines.some(({ productId }) => productId === id)) {
        byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), createdAt]);
      }
    }
    const gaps = [...byCustomer.values()].flatMap((times) =>
      times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / DAY),
    );
    expect(gaps.length).toBeGreaterThan(20);
    const middle = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
    expect(middle / days).toBeGreaterThan(0.85);
    expect(middle / days).toBeLessThan(1.25);
  });

  test("are upgrades: the same customer, later, the dearer one", () => {
    let upgrades = 0;
    for (const [from, to] of UPGRADES) {
      const first = new Map<string, number>();
      for (const { customerId, createdAt, lines } of orders) {
        if (customerId === null) continue;
        if (lines.some(({ productId }) => productId === idOf(from)) && !first.has(customerId))
          first.set(customerId, createdAt);
        const at = first.get(customerId);
        if (at !== undefined && createdAt > at + 30 * DAY && lines.some(({ productId }) => productId === idOf(to)))
          upgrades++;
      }
    }
    expect(upgrades).toBeGreaterThan(100);
  });

  test("are seasons: a Christmas tea is bought before Christmas", () => {
    const id = idOf("christmas-spice-tea");
    const months = orders
      .filter(({ lines }) => lines.some(({ productId }) => productId === id))
      .map(({ createdAt }) => new Date(createdAt).getUTCMonth());
    const inSeason = months.filter((month) => month === 10 || month === 11).length;
    expect(months.length).toBeGreaterThan(30);
    expect(inSeason / months.length).toBeGreaterThan(0.9);
  });
});
