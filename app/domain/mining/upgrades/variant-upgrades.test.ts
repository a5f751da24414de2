import fc from "fast-check";
import { expect, test } from "vitest";
import { comparable } from "../../catalogue/catalogue-item.ts";
import { variantUpgrades, type VariantChoice } from "./variant-upgrades.ts";

const unordered = (all: readonly Omit<VariantChoice, "orders">[]) => all.map((one) => ({ ...one, orders: 0 }));

const SOAPS: VariantChoice[] = unordered([
  { id: "small rose", options: { Size: "250 ml", Scent: "rose" }, priceMinor: 1000 },
  { id: "large rose", options: { Size: "500ml", Scent: "rose" }, priceMinor: 1500 },
  { id: "middle rose", options: { Size: "300ml", Scent: "rose" }, priceMinor: 1400 },
  { id: "large mint", options: { Size: "500ml", Scent: "mint" }, priceMinor: 1400 },
  { id: "huge rose", options: { Size: "2 L", Scent: "rose" }, priceMinor: 4000 },
  { id: "small mint", options: { Size: "250 ml", Scent: "mint" }, priceMinor: 1100 },
]);

test("finds the larger variant of the same product within the cap, the better price per unit first", () => {
  const found = variantUpgrades(SOAPS, "small rose");
  expect(found.map(({ id }) => id)).toEqual(["large rose", "middle rose"]);
  expect(found[0]).toEqual({
    id: "large rose",
    option: "Size",
    from: "250 ml",
    to: "500ml",
    priceRatio: 1.5,
    priceDifferenceMinor: 500,
    orders: 0,
    better: { code: "size", measure: "volume", times: 2, unitPriceRatio: 0.75 },
  });
});

test("finds a step up in words, in English and Japanese", () => {
  const plan = (id: string, Plan: string, priceMinor: number) => ({
    ...{ id, options: { Plan }, priceMinor, orders: 0 },
  });
  const plans = [plan("1", "Standard", 1000), plan("2", "PREMIUM", 1200), plan("3", "Basic", 1100)];
  expect(variantUpgrades(plans, "1")).toMatchObject([{ id: "2", better: { code: "step", steps: 2 } }]);
  expect(variantUpgrades([plan("梅", "梅", 1000), plan("松", "松", 1300)], "梅")).toMatchObject([{ id: "松" }]);
});

test("never takes a letter size for an upgrade", () => {
  const shirts = ["S", "M", "XL"].map((Size, n) => ({
    ...{ id: Size, options: { Size }, priceMinor: 1000 + n * 100, orders: 0 },
  }));
  expect(variantUpgrades(shirts, "S")).toEqual([]);
});

test("gives nothing for unknown variants and prices, and throws for a cap that caps nothing", () => {
  expect(variantUpgrades([], "x")).toEqual([]);
  expect(variantUpgrades(SOAPS, "no such")).toEqual([]);
  expect(
    variantUpgrades(
      SOAPS.map((soap) => ({ ...soap, priceMinor: null })),
      "small rose",
    ),
  ).toEqual([]);
  expect(
    variantUpgrades(
      SOAPS.map((soap) => ({ ...soap, priceMinor: NaN })),
      "small rose",
    ),
  ).toEqual([]);
  expect(() => variantUpgrades(SOAPS, "small rose", 0.5)).toThrow("Not a price cap");
});

test("gives the same list whatever the order of the variants", () => {
  expect(variantUpgrades([...SOAPS].reverse(), "small rose")).toEqual(variantUpgrades(SOAPS, "small rose"));
});

/** Variants of one option, by their values, from 1000 upwards. */
const levels = (option: string, ...values: string[]) =>
  unordered(values.map((value, n) => ({ id: value, options: { [option]: value }, priceMinor: 1000 + n * 100 })));

test("takes a value that costs more whatever else is chosen for one that a person has to judge", () => {
  expect(variantUpgrades(levels("Wood", "Oak", "Walnut"), "Oak")).toMatchObject([
    { id: "Walnut", option: "Wood", better: { code: "price" } },
  ]);
  const wood = (id: string, Wood: string, Lid: string, priceMinor: number) => ({
    id,
    options: { Wood, Lid },
    priceMinor,
  });
  const mixed = [wood("1", "Oak", "no", 1000), wood("2", "Walnut", "no", 1200), wood("3", "Oak", "yes", 1500)];
  expect(variantUpgrades(unordered(mixed), "1").map(({ id }) => id)).toEqual(["2", "3"]);
  const dearerOak = wood("4", "Walnut", "yes", 1400);
  expect(variantUpgrades(unordered([...mixed, dearerOak]), "1").map(({ id }) => id)).toEqual(["3"]);
});

test.each([
  ["colours", "Color", "Black", "Gold"],
  ["colours in Japanese", "カラー", "黒", "金"],
  ["scents", "Scent", "Rose", "Oud"],
  ["letter sizes", "Fit", "M", "XXL"],
  ["sizes of shoes", "Size", "38", "39"],
  ["a smaller size", "Content", "1 l", "500 ml"],
  ["a step down", "Plan", "Premium", "Basic"],
])("never takes %s for an upgrade because they cost more", (_, option, from, to) => {
  expect(variantUpgrades(levels(option, from, to), from)).toEqual([]);
});

test("takes many values of an option for a list of things", () => {
  const names = Array.from({ length: 9 }, (_, n) => `Artist ${"abcdefghi"[n]}`);
  expect(variantUpgrades(levels("Print", ...names.slice(0, 8)), names[0]!)).not.toEqual([]);
  expect(variantUpgrades(levels("Print", ...names), names[0]!)).toEqual([]);
});

test("leaves out what nobody orders while other variants are ordered", () => {
  const ordered = (large: number) =>
    SOAPS.map((soap) => ({ ...soap, orders: soap.id === "large rose" ? large : soap.id === "small rose" ? 30 : 1 }));
  expect(variantUpgrades(ordered(0), "small rose").map(({ id }) => id)).toEqual(["middle rose"]);
  expect(variantUpgrades(ordered(4), "small rose")[0]).toMatchObject({ id: "large rose", orders: 4 });
});

test("offers a variant that costs more, within the cap, and differs in one option, whatever the product", () => {
  const value = fc.constantFrom("500 ml", "1 l", "Basic", "Pro", "Oak", "Walnut", "M", "Gold", "小", "大");
  const variant = fc.record({ a: value, b: value, priceMinor: fc.integer({ min: 1, max: 300 }) });
  fc.assert(
    fc.property(fc.array(variant, { maxLength: 12 }), fc.integer({ min: 101, max: 300 }), (all, cap) => {
      const variants = unordered(
        all.map(({ a, b, priceMinor }, n) => ({ id: `${n}`, options: { A: a, B: b }, priceMinor })),
      );
      for (const from of variants) {
        for (const { id, option, better } of variantUpgrades(variants, from.id, cap / 100)) {
          const to = variants[Number(id)]!;
          expect(to.priceMinor!).toBeGreaterThan(from.priceMinor!);
          expect(to.priceMinor! * 100).toBeLessThanOrEqual(from.priceMinor! * cap);
          const differing = (["A", "B"] as const).filter((name) => to.options[name] !== from.options[name]);
          expect(differing).toEqual([option]);
          // What only its price says is better is never cheaper beside the same other options.
          const same = (one: VariantChoice, like: VariantChoice) =>
            comparable(one.options[option]!) === comparable(like.options[option]!);
          const other = option === "A" ? "B" : "A";
          const isAlwaysDearer = variants.every((low) =>
            variants.every(
              (high) =>
                !same(low, from) ||
                !same(high, to) ||
                low.options[other] !== high.options[other] ||
                high.priceMinor! > low.priceMinor!,
            ),
          );
          if (better.code === "price") expect(isAlwaysDearer).toBe(true);
        }
      }
    }),
  );
});
