import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProductAttribute } from "../../catalogue/attribute.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { differences } from "./upgrade-differences.ts";

const option = (name: string, ...values: string[]): ProductAttribute => ({ kind: "option", name, values });
const fact = (name: string, ...values: string[]): ProductAttribute => ({ kind: "text", name, values });
const figure = (name: string, amount: number, unit: string | null = null): ProductAttribute => ({
  ...{ kind: "amount", name, amount, unit },
});
const flag = (name: string, is: boolean): ProductAttribute => ({ kind: "flag", name, is });
const stars = (rating: number, outOf = 5): ProductAttribute => ({ kind: "rating", name: "Rating", rating, outOf });

function item(attributes: readonly ProductAttribute[], change: Partial<CatalogueItem> = {}): CatalogueItem {
  const nothing = { kind: null, vendor: null, tags: [], collections: [], refundedShare: null, marginShare: null };
  return { id: "a", title: "Thing", priceMinor: 100, attributes, ...nothing, ...change };
}
const found = (from: readonly ProductAttribute[], to: readonly ProductAttribute[]) => differences(item(from), item(to));

test("says what is merely another as from and to, and never as more", () => {
  const [cotton, linen] = [fact("Material", "Cotton"), fact("material", "Linen")];
  expect(found([cotton], [linen])).toEqual([{ code: "attribute", name: "material", from: ["Cotton"], to: ["Linen"] }]);
  expect(found([fact("Material", "ＬＩＮＥＮ ")], [linen])).toEqual([]);
  expect(found([fact("Tastes of", "plum", "tea")], [fact("Tastes of", "Tea", "Plum")])).toEqual([]);
  expect(found([], [linen])).toEqual([{ code: "attribute", name: "material", from: null, to: ["Linen"] }]);
  expect(found([linen], [])).toEqual([]);
});

test("puts higher figures first, in whichever units they are, and lower ones after what is another", () => {
  const plain = [figure("Capacity", 900, "ml"), figure("Height", 10, "in"), fact("Colour", "red"), figure("Layers", 3)];
  const fine = [figure("Capacity", 1.2, "l"), figure("Height", 20, "cm"), fact("Colour", "blue"), figure("Layers", 33)];
  expect(found(plain, fine).map((one) => "name" in one && one.name)).toEqual([
    "Capacity",
    "Layers",
    "Colour",
    "Height",
  ]);
  expect(found(plain, fine)[0]).toEqual({
    ...{ code: "attribute", name: "Capacity" },
    ...{ from: { amount: 900, unit: "ml" }, to: { amount: 1.2, unit: "l" } },
  });
  expect(found([figure("Capacity", 1100, "ml")], [figure("Capacity", 1.1, "l")])).toEqual([]);
  expect(found([figure("Weight", 900, "g")], [figure("Weight", 1, "l")])).toEqual([]);
  expect(found([figure("Weight", 900)], [fact("Weight", "1 kg")])).toEqual([]);
  expect(
    found([fact("Size", "800 ml"), fact("Ink", "red")], [fact("Size", "1.2 L"), fact("Ink", "blue")])[0],
  ).toMatchObject({ name: "Size" });
});

test("says what is gained, but not what is lost or was never said of either", () => {
  const safe = [{ code: "gained", name: "Dishwasher safe" }];
  expect(found([flag("Dishwasher safe", false)], [flag("Dishwasher safe", true)])).toEqual(safe);
  expect(found([], [flag("Dishwasher safe", true)])).toEqual(safe);
  expect(found([flag("Dishwasher safe", true)], [flag("Dishwasher safe", false)])).toEqual([]);
  expect(found([], [flag("Dishwasher safe", false)])).toEqual([]);
  expect(found([stars(4.1)], [stars(4.6)])).toEqual([{ code: "rating", name: "Rating", from: 4.1, to: 4.6, outOf: 5 }]);
  for (const [from, to] of [
    [4.5, 4.6],
    [4.6, 4.1],
  ] as const)
    expect(found([stars(from)], [stars(to)])).toEqual([]);
  expect(found([stars(4)], [stars(9, 10)])).toEqual([]);
});

test("says what else can be chosen, but not that a palette is another one", () => {
  const two = option("Glaze", "Red", "Black");
  expect(found([], [two])).toEqual([{ code: "choice", name: "Glaze", values: ["Red", "Black"], more: false }]);
  expect(found([two], [option("Glaze", "black", "Blue", "red", "White")])).toEqual([
    { code: "choice", name: "Glaze", values: ["Blue", "White"], more: true },
  ]);
  expect(found([two], [option("Glaze", "Red", "Blue", "White")])).toEqual([]);
  expect(found([two], [option("Glaze", "Red")])).toEqual([]);
  expect(found([option("Wood", "Oak")], [option("Wood", "Walnut")])).toEqual([
    { code: "attribute", name: "Wood", from: ["Oak"], to: ["Walnut"] },
  ]);
});

test("tells the size that one gets for the price before the size that the title has", () => {
  const small = item([], { title: "Sencha", choice: "50 g / Tin" });
  const large = item([], { title: "Gyokuro 80 g", choice: null });
  expect(differences(small, large)).toEqual([{ code: "size", measure: "mass", times: 1.6, from: "50 g", to: "80 g" }]);
  expect(differences(small, { ...large, choice: "40 g" })).toEqual([]);
});

test("says once what the title, an attribute and a tag would each say, and reads no tags that are for machines", () => {
  const plain = item([figure("Capacity", 500, "ml"), flag("Organic", false)], { title: "Bottle 500 ml" });
  const fine = item([figure("Capacity", 1, "l"), flag("Organic", true), fact("Lid", "Cork")], {
    ...{ title: "Bottle 1 l", tags: ["organic", "cork", "_hidden", "filter:red", "quiet"] },
  });
  expect(differences(plain, fine)).toEqual([
    { code: "size", measure: "volume", times: 2, from: "500 ml", to: "1 l" },
    { code: "gained", name: "Organic" },
    { code: "attribute", name: "Lid", from: null, to: ["Cork"] },
    { code: "benefit", tag: "quiet" },
  ]);
  const larger = item([figure("Capacity", 900, "ml")], { title: "Bottle 1 l" });
  expect(differences(plain, larger).map(({ code }) => code)).toEqual(["size", "attribute"]);
});

const names = fc.constantFrom("Material", "MATERIAL", "Size", "Colour");
const values = fc.uniqueArray(fc.constantFrom("red", "Red", "blue", "500 ml", "1 l", "oak"), { minLength: 1 });
const attribute: fc.Arbitrary<ProductAttribute> = fc.oneof(
  fc.record({ kind: fc.constantFrom("option", "text"), name: names, values }),
  fc.record({
    ...{ kind: fc.constant("amount" as const), name: names, amount: fc.integer({ min: 0, max: 3 }) },
    unit: fc.constantFrom(null, "ml", "l", "g", "strange"),
  }),
  fc.record({ kind: fc.constant("flag" as const), name: names, is: fc.boolean() }),
  fc.record({
    kind: fc.constant("rating" as const),
    name: names,
    rating: fc.integer({ min: 0, max: 5 }),
    outOf: fc.constant(5),
  }),
);
const product = fc
  .record({
    attributes: fc.array(attribute, { maxLength: 6 }),
    title: fc.constantFrom("Tea", "Tea 500 ml", "Tea 1 l", "Tea set of 6"),
    choice: fc.constantFrom(null, "50 g", "100 g / red", "2 l"),
    tags: fc.subarray(["new", "quiet", "Quiet"]),
    vendor: fc.constantFrom(null, "Kiln", "kiln", "Mill"),
  })
  .map(({ attributes, ...rest }) => item(attributes, rest));

test("a product has nothing over itself, nor over one that says the same in another order", () => {
  fc.assert(
    fc.property(product, (one) => {
      expect(differences(one, one)).toEqual([]);
      const turned = { ...one, tags: [...one.tags].reverse() };
      expect(differences(one, turned)).toEqual([]);
    }),
  );
});

test("what one product is said to have more is never said of the other over it", () => {
  const CLAIMS = ["size", "gained", "choice", "rating", "benefit", "fewer-returns"];
  fc.assert(
    fc.property(product, product, (one, other) => {
      const claim = (from: CatalogueItem, to: CatalogueItem) =>
        differences(from, to)
          .filter(({ code }) => CLAIMS.includes(code))
          .map(
            (one) =>
              `${one.code} ${"name" in one ? one.name.toLowerCase() : "tag" in one ? one.tag.toLowerCase() : ""}`,
          );
      const claimed = new Set(claim(one, other));
      for (const back of claim(other, one)) expect(claimed).not.toContain(back);
    }),
  );
});
