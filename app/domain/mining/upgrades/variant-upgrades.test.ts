import { expect, test } from "vitest";
import { variantUpgrades, type VariantChoice } from "./variant-upgrades.ts";

const SOAPS: VariantChoice[] = [
  { id: "small rose", options: { Size: "250 ml", Scent: "rose" }, priceMinor: 1000 },
  { id: "large rose", options: { Size: "500ml", Scent: "rose" }, priceMinor: 1500 },
  { id: "middle rose", options: { Size: "300ml", Scent: "rose" }, priceMinor: 1400 },
  { id: "large mint", options: { Size: "500ml", Scent: "mint" }, priceMinor: 1400 },
  { id: "huge rose", options: { Size: "2 L", Scent: "rose" }, priceMinor: 4000 },
  { id: "small mint", options: { Size: "250 ml", Scent: "mint" }, priceMinor: 1100 },
];

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
    better: { code: "size", measure: "volume", times: 2, unitPriceRatio: 0.75 },
  });
});

test("finds a step up in words, in English and Japanese", () => {
  const plan = (id: string, Plan: string, priceMinor: number) => ({ id, options: { Plan }, priceMinor });
  const plans = [plan("1", "Standard", 1000), plan("2", "PREMIUM", 1200), plan("3", "Basic", 1100)];
  expect(variantUpgrades(plans, "1")).toMatchObject([{ id: "2", better: { code: "step", steps: 2 } }]);
  expect(variantUpgrades([plan("梅", "梅", 1000), plan("松", "松", 1300)], "梅")).toMatchObject([{ id: "松" }]);
});

test("never takes a letter size for an upgrade", () => {
  const shirts = ["S", "M", "XL"].map((Size, n) => ({ id: Size, options: { Size }, priceMinor: 1000 + n * 100 }));
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
