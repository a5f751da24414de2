import fc from "fast-check";
import { expect, test } from "vitest";
import { gid } from "../../../ids.ts";
import type { Difference } from "../../../mining/upgrades/difference.ts";
import { contentShape } from "../../offer-types.ts";
import { betterLines } from "./better-lines.ts";
import { upgrade, type UpgradeConfig } from "./config.ts";
import { listedUpgrades, type UpgradeChoice } from "./listed-upgrades.ts";

const id = (number: number) => gid("Product", number);
const config = (given: Partial<UpgradeConfig> = {}): UpgradeConfig => ({ ...upgrade.config.default, ...given });
const refusals = (given: object) => {
  const parsed = upgrade.config.parse({ ...upgrade.config.default, ...given });
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
};
const pair = (products: number[], to: number[], better: Record<string, string> = {}) => ({
  ...{ products: products.map(id), upgrade: to.map(id), better },
});

test("an offer can be made as it stands: upgrades within 1.5 times, for every product, shown one at a time", () => {
  const { mode, surfaces, conditions, config: made } = contentShape("upgrade").default;
  expect({ mode, surfaces, conditions }).toEqual({
    mode: "shop",
    surfaces: ["product", "cart"],
    conditions: [],
  });
  expect(made).toEqual({ upgradeCap: 15_000, priceBelow: {}, upgradesShown: 1, pairs: [] });
  expect(upgrade.missing(config())).toEqual([]);
});

test.each([
  ["a cap that excludes everything", { upgradeCap: 10_000 }, ["upgradeCap too-small"]],
  ["a pair without products", { pairs: [pair([], [2])] }, ["pairs.0.products too-few"]],
  ["a pair without an upgrade", { pairs: [pair([1], [])] }, ["pairs.0.upgrade too-few"]],
  ["two upgrades", { pairs: [pair([1], [2, 3])] }, ["pairs.0.upgrade too-many"]],
  ["a product for itself", { pairs: [pair([1, 2], [2])] }, ["pairs.0.upgrade same-product"]],
  ["a product in two pairs", { pairs: [pair([1], [2]), pair([3, 1], [4])] }, ["pairs.1.products in-two-pairs"]],
  ["four lines", { pairs: [pair([1], [2], { en: "a\nb\nc\nd" })] }, ["pairs.0.better.en too-many-lines"]],
  ["a long line", { pairs: [pair([1], [2], { ja: "長".repeat(101) })] }, ["pairs.0.better.ja line-too-long"]],
])("refuses %s", (_, given, expected) => expect(refusals(given)).toEqual(expected));

test("lists staff's pairs first and then what was found, each dearer, within the cap and at most three", () => {
  const prices = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 2, maxLength: 12 });
  const modes = fc.constantFrom("automatic", "review", "manual");
  fc.assert(
    fc.property(prices, modes, fc.integer({ min: 10_100, max: 30_000 }), fc.nat(), (costs, mode, upgradeCap, n) => {
      const chosen = 2 + (n % (costs.length - 1));
      const choice: UpgradeChoice = {
        ...{
          currency: "USD",
          priceMinor: costs[0]!,
          fitsInPlace: (one) => one !== id(3),
          priceOf: (one) => costs[Number(/\d+$/.exec(one)![0]) - 1] ?? null,
        },
        candidates: costs.slice(1).map((_, at) => ({ product: id(at + 2), approved: at % 2 === 0, better: [] })),
      };
      const listed = listedUpgrades(
        id(1),
        { config: config({ upgradeCap, pairs: [pair([1], [chosen])] }), mode },
        choice,
      );
      const costOf = (product: string) => costs[Number(product) - 1]!;
      expect(listed.length).toBeLessThanOrEqual(3);
      expect(listed.every(({ product }) => costOf(product) > costs[0]!)).toBe(true);
      expect(new Set(listed.map(({ product }) => product)).size).toBe(listed.length);
      expect(listed.some(({ pinned }) => pinned)).toBe(costOf(String(chosen)) > costs[0]!);
      const found = listed.filter(({ pinned }) => pinned !== true);
      expect(found.every(({ product }) => costOf(product) * 10_000 <= costs[0]! * upgradeCap)).toBe(true);
      expect(found.map((one) => one.product)).not.toContain("3");
      if (mode !== "automatic") expect(found.every(({ product }) => Number(product) % 2 === 0)).toBe(true);
    }),
  );
});

test("offers nothing for a product at the price limit, without a price, or that nothing may be suggested with", () => {
  const choice = (priceMinor: number | null): UpgradeChoice => ({
    ...{ currency: "JPY", priceMinor, priceOf: () => 90_000, fitsInPlace: () => true },
    candidates: [{ product: id(2), approved: true, better: [] }],
  });
  const offer = { config: config({ priceBelow: { JPY: 80_000 } }), mode: "automatic" } as const;
  expect(listedUpgrades(id(1), offer, choice(79_999))).toHaveLength(1);
  expect(listedUpgrades(id(1), offer, choice(80_000))).toEqual([]);
  expect(listedUpgrades(id(1), offer, choice(null))).toEqual([]);
});

test("shoppers read at most three lines of what is more, and none of what is for staff alone", () => {
  const size: Difference = { code: "size", measure: "volume", times: 1.5, from: "0.8 L", to: "1.2 L" };
  const amount = (from: number, to: number): Difference => ({
    ...{ code: "attribute", name: "Power", from: { amount: from, unit: "W" }, to: { amount: to, unit: "W" } },
  });
  const staff: Difference[] = [
    { code: "benefit", tag: "sale-2026" },
    { code: "vendor", from: "A", to: "B" },
    { code: "fewer-returns", from: 0.1, to: 0.02 },
    amount(900, 700),
  ];
  expect(betterLines([...staff, size, amount(900, 1200), { code: "gained", name: "Timer" }, size])).toEqual([
    { from: "0.8 L", to: "1.2 L" },
    { name: "Power", from: "900 W", to: "1200 W" },
    { to: "Timer" },
  ]);
  expect(betterLines([{ code: "attribute", name: "Text", from: null, to: ["x".repeat(200)] }])).toEqual([]);
});
