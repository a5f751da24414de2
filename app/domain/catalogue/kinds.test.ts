import fc from "fast-check";
import { expect, test } from "vitest";
import type { CatalogueItem } from "./catalogue-item.ts";
import { kindsOf } from "./kinds.ts";

function buildItem(
  title: string,
  priceMinor: number | null = null,
  kind: string | null = null,
  category: string | null = null,
): CatalogueItem {
  const nothing = { vendor: null, tags: [], collections: [], attributes: [], refundedShare: null, marginShare: null };
  return { id: title, title, kind, category, priceMinor, ...nothing };
}

/** Three patterns of mugs, cushions and clocks: the patterns run through all prices, the things do not. */
const PATTERNED = ["retrospot", "paisley", "polkadot"].flatMap((pattern, n) => [
  buildItem(`${pattern} mug`, 500 + 10 * n),
  buildItem(`${pattern} cushion`, 2000 + 40 * n),
  buildItem(`${pattern} clock`, 6000 + 120 * n),
]);

test("puts products of one type into one kind, however the type is written", () => {
  const kinds = kindsOf([buildItem("a", 1, "Tea Pots"), buildItem("b", 9, "ｔｅａ  pots"), buildItem("c", 1, "Cups")]);
  expect(kinds.others(0)).toEqual([1]);
  expect(kinds.sameKind(1, 0)).toBe(true);
  expect(kinds.sameKind(0, 2)).toBe(false);
  expect(kinds.sameKind(0, 0)).toBe(false);
});

const [MUGS, PLATES] = ["Home > Kitchen > Tableware > Mugs", "Home > Kitchen > Tableware > Plates"];

test("separates kinds by Shopify's category within a type, and by category alone where there is no type", () => {
  const typed = kindsOf([
    buildItem("arita mug", 1, "Tableware", MUGS),
    buildItem("arita plate", 1, "Tableware", PLATES),
    buildItem("hagi mug", 1, "Tableware", MUGS.toUpperCase()),
    buildItem("hagi bowl", 1, "Tableware"),
    buildItem("tea", 1, "Tea", MUGS),
    buildItem("tin mug", 1, null, MUGS),
  ]);
  expect(typed.others(0)).toEqual([2, 3, 5]);
  expect(typed.others(3)).toEqual([0, 1, 2]);
  expect(typed.others(4)).toEqual([5]);
  const untyped = [
    buildItem("arita", 1, null, MUGS),
    buildItem("hagi", 1, "", MUGS),
    buildItem("arita", 1, "", PLATES),
  ];
  expect(kindsOf(untyped).others(0)).toEqual([1]);
});

test("ignores a category that holds a whole department", () => {
  const [kitchen, garden] = ["Home & Garden > Kitchen & Dining", "Home & Garden"];
  const items = [
    buildItem("mug", 1, null, kitchen),
    buildItem("pan", 1, null, kitchen),
    buildItem("rake", 1, null, garden),
  ];
  expect(kindsOf(items).others(0)).toEqual([]);
});

test("tells a kind from a pattern by their prices where there are no types", () => {
  const kinds = kindsOf(PATTERNED);
  expect(kinds.others(0).map((item) => PATTERNED[item]!.title)).toEqual(["paisley mug", "polkadot mug"]);
});

test("ignores a type that most of a catalogue has", () => {
  const goods = Array.from({ length: 30 }, (_, n) => buildItem(`thing ${"abcdef"[n % 6]!.repeat(3)}`, 100, "Goods"));
  expect(kindsOf(goods.map((item, n) => ({ ...item, id: `${n}` }))).others(0).length).toBeLessThan(29);
});

test("finds no kinds in an empty catalogue, nor for an unknown product", () => {
  expect(kindsOf([]).others(0)).toEqual([]);
  expect(kindsOf([]).sameKind(0, 1)).toBe(false);
});

test("kinds are mutual and never of the product itself", () => {
  const item = fc.tuple(
    fc.constantFrom("red mug", "blue mug", "赤い茶碗", "青い茶碗", ""),
    fc.constantFrom(null, NaN, 100, 5000),
    fc.constantFrom(null, "", "Mugs", "Bowls"),
    fc.constantFrom(null, "Home", MUGS, PLATES),
  );
  fc.assert(
    fc.property(fc.array(item, { maxLength: 30 }), (fields) => {
      const items = fields.map((field, n) => ({ ...buildItem(...field), id: `${n}` }));
      const kinds = kindsOf(items);
      items.forEach((_, a) => {
        expect(kinds.others(a)).not.toContain(a);
        for (const b of kinds.others(a)) expect(kinds.others(b)).toContain(a);
      });
    }),
  );
});

test("products are of one kind where either lists the other", () => {
  const kinds = kindsOf(PATTERNED);
  for (let a = 0; a < PATTERNED.length; a++) {
    expect(PATTERNED.map((_, b) => b).filter((b) => kinds.sameKind(a, b))).toEqual(kinds.others(a));
  }
});
