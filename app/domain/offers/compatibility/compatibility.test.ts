import fc from "fast-check";
import { expect, test } from "vitest";
import { gid } from "../../ids.ts";
import { Compatibility, NO_COMPATIBILITY, type RuleProducts } from "./compatibility.ts";
import { compatibilityRules, MOST_NAMED_IN_ALL } from "./compatibility-rules.ts";
import { LARGEST_FITS_FILE, readFitsFile } from "./fits-file.ts";
import { type FitsName, rulesOfRows, TAG_CELL } from "./rules-of-rows.ts";

const product = (n: number) => gid("Product", String(n));
const rule = (products: number[], fits: number[]): RuleProducts => ({
  products: new Set(products.map(product)),
  fits: new Set(fits.map(product)),
});

const LENS = 1;
const [CAMERA, NEWER, OTHER] = [11, 12, 13];
const CARD = 21;

test("a product goes only with what a rule of it names, whichever of the two is looked at", () => {
  const rules = new Compatibility([rule([LENS], [CAMERA]), rule([LENS, 2], [NEWER])]);
  const pairs = [CAMERA, NEWER, OTHER, CARD, 2].map((other) => [
    rules.goTogether(product(LENS), product(other)),
    rules.goTogether(product(other), product(LENS)),
  ]);
  expect(pairs).toEqual([
    [true, true],
    [true, true],
    [false, false],
    [false, false],
    [false, false],
  ]);
  expect(rules.goTogether(product(CAMERA), product(CARD))).toBe(true);
  expect(NO_COMPATIBILITY.goTogether(product(LENS), product(OTHER))).toBe(true);
});

test("what takes a product's place fits what that fits, and what fits that fits it", () => {
  const rules = new Compatibility([rule([LENS, 2], [CAMERA, NEWER]), rule([3], [OTHER])]);
  const canReplace = (one: number, by: number) => rules.canReplace(product(one), product(by));
  expect([canReplace(LENS, 2), canReplace(LENS, 3), canReplace(LENS, 4)]).toEqual([true, false, true]);
  expect([canReplace(CAMERA, NEWER), canReplace(CAMERA, OTHER), canReplace(CARD, 22)]).toEqual([true, false, true]);
});

test("a replacement goes with everything that the product goes with by its own rules", () => {
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 });
  const rules = fc.array(fc.tuple(some, some), { maxLength: 4 });
  fc.assert(
    fc.property(rules, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (given, one, by) => {
      const compatibility = new Compatibility(given.map(([products, fits]) => rule(products, fits)));
      if (!compatibility.canReplace(product(one), product(by))) return;
      for (const [products, fits] of given) {
        // Those that fit the product fit the replacement too.
        if (fits.includes(one)) for (const other of products) expect(fits.includes(by) && other > 0).toBe(true);
        const isLimited = given.some(([limited]) => limited.includes(by));
        if (products.includes(one) && isLimited) expect(products).toContain(by);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["a rule without products", { fitTags: ["EF"] }, "rules.0.products", "no-products"],
  ["a rule that fits nothing", { tags: ["EF"] }, "rules.0.fitProducts", "fits-nothing"],
  ["a product twice", { products: [product(1), product(1)], fitTags: ["EF"] }, "rules.0.products.1", "repeated"],
])("refuses %s", (_, given, path, code) => {
  const empty = { products: [], collections: [], tags: [], fitProducts: [], fitCollections: [], fitTags: [] };
  const parsed = compatibilityRules.parse({ rules: [{ ...empty, ...given }] });
  expect(parsed.ok ? [] : parsed.refusals).toContainEqual(expect.objectContaining({ path, code }));
});

test("refuses rules that together name more products than can be published and looked through", () => {
  const side = (from: number) => Array.from({ length: 250 }, (_, n) => product(from + n));
  const one = { products: side(1), collections: [], tags: [], fitProducts: side(300), fitCollections: [], fitTags: [] };
  const rules = Array.from({ length: MOST_NAMED_IN_ALL / 500 + 1 }, () => one);
  const parsed = compatibilityRules.parse({ rules });
  expect(parsed).toMatchObject({ ok: false, refusals: [{ path: "rules", code: "too-much" }] });
  expect(compatibilityRules.parse({ rules: rules.slice(1) }).ok).toBe(true);
});

test("a file is read by its column names, in English or Japanese, with any delimiter and further columns", () => {
  const rows = [
    { line: 2, product: "lens, 50 mm", fits: "camera" },
    { line: 4, product: "lens", fits: "tag:EF" },
  ];
  const english = 'Product,Note,Fits\n"lens, 50 mm",x,camera\n,,camera\nlens,,tag:EF\n';
  expect(readFitsFile(english)).toEqual({ rows, unreadable: [3] });
  expect(readFitsFile("適合;商品\r\nカメラ;レンズ\r\n")).toMatchObject({
    rows: [{ product: "レンズ", fits: "カメラ" }],
  });
  expect(readFitsFile("product\tfits\na\tb\n")).toMatchObject({ rows: [{ product: "a", fits: "b" }] });
});

test("a file that is too large, too long or has no such columns is refused", () => {
  expect(readFitsFile("x".repeat(LARGEST_FITS_FILE + 1))).toBe("too-large");
  expect(readFitsFile("name,price\na,1\n")).toBe("no-columns");
  expect(readFitsFile("")).toBe("no-columns");
  expect(readFitsFile(`product,fits\n${"a,b\n".repeat(5_001)}`)).toBe("too-many-rows");
});

/** Every cell is a product's number, but for tags; 900 and more are nobody's. */
function nameOf(cell: string): FitsName {
  const tag = TAG_CELL.exec(cell)?.[1];
  if (tag !== undefined) return { kind: "tag", tag };
  if (cell === "two") return { kind: "ambiguous" };
  return Number(cell) < 900 ? { kind: "product", product: product(Number(cell)) } : { kind: "unknown" };
}
const rowsOf = (...pairs: [string, string][]) => pairs.map(([one, fits], at) => ({ line: at + 2, product: one, fits }));

test("products that fit the same share a rule, and what is wrong with a row is named by its line", () => {
  const rows = rowsOf(
    ["1", "11"],
    ["1", "tag:EF"],
    ["2", "tag:EF"],
    ["2", "11"],
    ["3", "12"],
    ["1", "11"],
    ["4", "999"],
    ["two", "11"],
  );
  const empty = { collections: [], fitCollections: [] };
  expect(rulesOfRows(rows, nameOf)).toEqual({
    rules: [
      { ...empty, products: [product(1), product(2)], tags: [], fitProducts: [product(11)], fitTags: ["EF"] },
      { ...empty, products: [product(3)], tags: [], fitProducts: [product(12)], fitTags: [] },
    ],
    unknown: [
      { line: 8, name: "999", code: "unknown" },
      { line: 9, name: "two", code: "ambiguous" },
    ],
    ...{ repeated: 1, left: 0 },
  });
  expect(rulesOfRows(rows, nameOf, 1)).toMatchObject({ rules: [{ products: [product(1), product(2)] }], left: 1 });
});

test("the rules of a file accept exactly the pairs that it lists, and are rules that can be saved", () => {
  const cell = fc.integer({ min: 1, max: 6 }).map(String);
  const fits = fc.integer({ min: 11, max: 340 }).map(String);
  const row = fc.tuple(
    cell,
    fc.oneof(
      fits,
      fits.map((n) => `tag:${n}`),
    ),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (pairs) => {
      const { rules, left } = rulesOfRows(rowsOf(...pairs), nameOf);
      expect(left).toBe(0);
      expect(compatibilityRules.parse({ rules }).ok).toBe(true);
      const said = rules.flatMap((one) =>
        one.products.flatMap((left_) => [...one.fitProducts, ...one.fitTags].map((right) => `${left_} ${right}`)),
      );
      const listed = pairs.map(([left_, right]) => {
        const name = nameOf(right);
        return `${product(Number(left_))} ${name.kind === "tag" ? name.tag : product(Number(right))}`;
      });
      expect(new Set(said)).toEqual(new Set(listed));
    }),
    { numRuns: 200 },
  );
});
