import fc from "fast-check";
import { expect, test } from "vitest";
import { gid } from "../../../ids.ts";
import type { Difference } from "../../../mining/upgrades/difference.ts";
import { contentShape } from "../../offer-types.ts";
import { compiledUpgrade } from "./compiled.ts";
import { betterLines } from "./better-lines.ts";
import { upgrade, type UpgradeConfig } from "./config.ts";
import { listedUpgrades, stepBetween, stepOf, type UpgradeChoice } from "./listed-upgrades.ts";
import { MOST_STEPS, MOST_VARIANT_PAIRS, readEntry } from "./published.ts";

const id = (number: number) => gid("Product", number);
const config = (given: Partial<UpgradeConfig> = {}): UpgradeConfig => ({ ...upgrade.config.default, ...given });
const refusals = (given: object) => {
  const parsed = upgrade.config.parse({ ...upgrade.config.default, ...given });
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
};
const pair = (products: number[], to: number[], better: Record<string, string> = {}) => ({
  ...{ products: products.map(id), upgrade: to.map(id), better },
});

const variant = (number: number) => gid("ProductVariant", number);
const variantPair = (of: number[], to: number[], better: Record<string, string> = {}) => ({
  ...{ variant: of.map(variant), betterVariant: to.map(variant), better },
});

test("what earlier releases stored is read as it was, without pairs of variants", () => {
  const first = {
    ...{ upgradeCap: 20_000, priceBelow: { JPY: 8_000 }, upgradesShown: 2 },
    pairs: [pair([1, 4], [2], { ja: "手作り" })],
  };
  const second = { ...first, ownVariants: false };
  expect(upgrade.config.readStored(first)).toEqual({
    value: { ...first, ownVariants: true, variantPairs: [] },
    refusals: [],
  });
  expect(upgrade.config.readStored(second)).toEqual({ value: { ...second, variantPairs: [] }, refusals: [] });
});

test("an offer can be made as it stands: upgrades within 1.5 times, for every product, shown one at a time", () => {
  const { mode, surfaces, conditions, config: made } = contentShape("upgrade").default;
  expect({ mode, surfaces, conditions }).toEqual({
    mode: "shop",
    surfaces: ["product", "cart"],
    conditions: [],
  });
  expect(made).toEqual({
    ...{ upgradeCap: 15_000, priceBelow: {}, upgradesShown: 1, ownVariants: true, pairs: [], variantPairs: [] },
  });
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
  ["a pair without a variant", { variantPairs: [variantPair([], [2])] }, ["variantPairs.0.variant too-few"]],
  ["a variant without another", { variantPairs: [variantPair([1], [])] }, ["variantPairs.0.betterVariant too-few"]],
  ["a variant for itself", { variantPairs: [variantPair([1], [1])] }, ["variantPairs.0.betterVariant same-variant"]],
  [
    "a variant in two pairs",
    { variantPairs: [variantPair([1], [2]), variantPair([1], [3])] },
    ["variantPairs.1.variant in-two-pairs"],
  ],
  [
    "long words about a variant",
    { variantPairs: [variantPair([1], [2], { en: "x".repeat(101) })] },
    ["variantPairs.0.better.en line-too-long"],
  ],
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
        ...{ variants: [], priceOfVariant: () => null, stepOfPair: () => null },
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
    ...{ variants: [], priceOfVariant: () => null, stepOfPair: () => null },
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

/** A soap in sizes of 250 ml, 500 ml and 1 l, each in two scents, and a kettle that was found as well. */
const soap = (given: Partial<UpgradeChoice> = {}): UpgradeChoice => {
  const options = new Map(
    ["Rose", "Mint"].flatMap((Scent, scent) =>
      ["250 ml", "500 ml", "1 l"].map((Size, size) => [variant(scent * 3 + size + 1), { Size, Scent }] as const),
    ),
  );
  const prices = new Map([1_000, 1_400, 1_900, 1_100, 1_500, 2_000].map((price, at) => [variant(at + 1), price]));
  const [larger, largest] = [
    { option: "Size", from: "250 ml", to: "500 ml" },
    { option: "Size", from: "500 ml", to: "1 l" },
  ].map(stepOf) as [string, string];
  const found = (from: number, to: number, step: string) => ({
    ...{ from: variant(from), to: variant(to), step, approved: false, needsApproval: false },
  });
  return {
    ...{ priceMinor: 1_000, currency: "USD", fitsInPlace: () => true, priceOf: () => 1_200 },
    candidates: [{ product: id(2), approved: true, better: [] }],
    variants: [found(1, 2, larger), found(2, 3, largest), found(4, 5, larger), found(5, 6, largest)],
    priceOfVariant: (one) => prices.get(one) ?? null,
    stepOfPair: (from, to) => {
      const [one, other] = [options.get(from), options.get(to)];
      return one === undefined || other === undefined ? null : stepBetween(one, other);
    },
    ...given,
  };
};
const listedOf = (
  choice: UpgradeChoice,
  given: Partial<UpgradeConfig> = {},
  mode: "automatic" | "review" = "automatic",
) => listedUpgrades(id(1), { config: config(given), mode }, choice);

test("lists the product's better variants before other products, those that differ alike together", () => {
  expect(listedOf(soap())).toEqual([
    { product: "1", variants: [["1", "2"], ["4", "5"]] },
    { product: "1", variants: [["2", "3"], ["5", "6"]] },
    { product: "2" },
  ]); // prettier-ignore
  expect(listedOf(soap(), { ownVariants: false })).toEqual([{ product: "2" }]);
  const pairs = [pair([1], [3])];
  expect(listedOf(soap(), { pairs })[0]).toMatchObject({ product: "3", pinned: true });
});

test("lists staff's pairs of variants before all else, whatever the cap and the mode, with their words", () => {
  const words = { en: "Refill less often\n\nLasts a year" };
  const variantPairs = [
    variantPair([1], [3], words),
    variantPair([4], [6], words),
    variantPair([2], [3]),
    variantPair([5], [3]),
  ];
  const pinned = { product: "1", pinned: true };
  const written = { words: { en: ["Refill less often", "Lasts a year"] } };
  const expected = [
    { ...pinned, variants: [["1", "3"], ["4", "6"]], ...written },
    { ...pinned, variants: [["2", "3"]] },
    { ...pinned, variants: [["5", "3"]] },
  ]; // prettier-ignore
  const listed = listedOf(soap(), { variantPairs, upgradeCap: 10_100, ownVariants: false }, "review");
  expect(listed).toEqual(expected);
  // What was found and paired as well is listed once.
  expect(listedOf(soap(), { variantPairs, pairs: [pair([1], [9])] })).toEqual([
    ...expected,
    { product: "9", pinned: true },
    { product: "1", variants: [["1", "2"], ["4", "5"]] },
    { product: "1", variants: [["5", "6"]] },
    { product: "2" },
  ]); // prettier-ignore
  const entry = { type: "upgrade" as const, id: "up-1-1" as never, show: 1, cap: 15_000, upgrades: listed };
  expect(readEntry(entry)).toEqual(entry);
});

test("a pair of variants is nothing where one is gone, of another product, refused or no dearer", () => {
  const of = (variantPairs: UpgradeConfig["variantPairs"], given: Partial<UpgradeChoice> = {}) =>
    listedOf(soap(given), { variantPairs, ownVariants: false }, "review").filter(({ variants }) => variants);
  expect(of([variantPair([1], [2])])).toHaveLength(1);
  expect(of([variantPair([2], [1])])).toEqual([]);
  expect(of([variantPair([1], [70])])).toEqual([]);
  expect(of([variantPair([1], [2])], { stepOfPair: () => null })).toEqual([]);
  expect(of([variantPair([1], [2])], { priceMinor: null })).toEqual([]);
});

test("leaves out variants that are refused, no dearer, or above the cap by the prices of now", () => {
  const prices = soap().priceOfVariant;
  const variantsOf = (given: Partial<UpgradeChoice>, upgradeCap = 15_000) =>
    listedOf(soap(given), { upgradeCap }).flatMap(({ variants = [] }) => variants.map((one) => one.join()));
  expect(variantsOf({}, 13_600)).toEqual(["2,3", "5,6"]);
  expect(variantsOf({ priceOfVariant: (one) => (one === variant(2) ? 1_000 : prices(one)) })).toEqual(["4,5", "5,6"]);
  expect(variantsOf({ priceOfVariant: (one) => (one === variant(6) ? null : prices(one)) })).not.toContain("5,6");
});

test("waits for a person in review, and in every mode where only the price says that a variant is better", () => {
  const [first, ...others] = soap().variants;
  const withFirst = (given: object) => soap({ variants: [{ ...first!, ...given }, ...others] });
  const pairsOf = (choice: UpgradeChoice, mode: "automatic" | "review") =>
    listedOf(choice, {}, mode).flatMap(({ variants = [] }) => variants.map((one) => one.join()));
  expect(pairsOf(soap(), "review")).toEqual([]);
  expect(pairsOf(withFirst({ approved: true }), "review")).toEqual(["1,2"]);
  expect(pairsOf(withFirst({ needsApproval: true }), "automatic")).not.toContain("1,2");
  expect(pairsOf(withFirst({ needsApproval: true, approved: true }), "automatic")).toContain("1,2");
});

test("the product itself is listed for attribution and needs no reference", () => {
  const entry = { type: "upgrade" as const, id: "up-1-1" as never, show: 1, cap: 15_000, upgrades: listedOf(soap()) };
  expect(compiledUpgrade.listed!(entry)).toEqual(["1", "2"]);
  expect(compiledUpgrade.references(entry).companions).toEqual([id(2)]);
});

test("what earlier releases published is read as it was, and what they would misread is nothing to them", () => {
  const head = { type: "upgrade", id: "up-1-1" as never, show: 2, cap: 15_000 };
  const earlier = {
    ...head,
    upgrades: [
      { product: "2", better: [{ to: "Timer" }] },
      { product: "3", pinned: true },
    ],
  };
  expect(readEntry(earlier)).toEqual(earlier);
  const now = { ...head, upgrades: listedOf(soap()) };
  expect(readEntry(now)).toEqual(now);
  const broken = [
    { product: "1", variants: [] },
    { product: "1", variants: [["1"], 3, ["2", "2"], null] },
  ];
  expect(readEntry({ ...head, upgrades: broken })).toBeNull();
});

test("keeps to the limits of what is published, whatever was found", () => {
  const found = fc.record({
    from: fc.integer({ min: 1, max: 90 }),
    to: fc.integer({ min: 1, max: 90 }),
    step: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(found, { maxLength: 120 }), (all) => {
      const variants = all.map(({ from, to, step }) => ({
        ...{ from: variant(from), to: variant(to), step: `${step}`, approved: true, needsApproval: false },
      }));
      const priceOfVariant = (one: string) => 1_000 + Number(/\d+$/.exec(one)![0]);
      const listed = listedOf(soap({ variants, priceOfVariant }), { upgradeCap: 100_000 });
      const steps = listed.filter((one) => one.variants !== undefined);
      expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
      expect(steps.flatMap((one) => one.variants!).length).toBeLessThanOrEqual(MOST_VARIANT_PAIRS);
      expect(steps.flatMap((one) => one.variants!).every(([from, to]) => Number(to) > Number(from))).toBe(true);
      expect(listed.at(-1)).toEqual({ product: "2" });
      const entry = { type: "upgrade" as const, id: "up-1-1" as never, show: 1, cap: 15_000, upgrades: listed };
      expect(readEntry(entry)).toEqual(entry);
    }),
  );
});
