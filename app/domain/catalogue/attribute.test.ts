import fc from "fast-check";
import { expect, test } from "vitest";
import { keptAttributes, MOST_ATTRIBUTES, parseAttributes, shortText, type ProductAttribute } from "./attribute.ts";

const text = fc.string({ unit: "binary", maxLength: 300 });
const anyAttribute: fc.Arbitrary<ProductAttribute> = fc.oneof(
  fc.record({ kind: fc.constantFrom("option", "text"), name: text, values: fc.array(text) }),
  fc.record({ kind: fc.constant("amount" as const), name: text, amount: fc.double(), unit: fc.option(text) }),
  fc.record({ kind: fc.constant("rating" as const), name: text, rating: fc.double(), outOf: fc.double() }),
  fc.record({ kind: fc.constant("flag" as const), name: text, is: fc.boolean() }),
);

test("what is kept is bounded, has a name and a value, and is read back as it was stored", () => {
  fc.assert(
    fc.property(fc.array(anyAttribute, { maxLength: 40 }), (read) => {
      const kept = keptAttributes(read);
      expect(kept.length).toBeLessThanOrEqual(MOST_ATTRIBUTES);
      expect(new Set(kept.map(({ name }) => name)).size).toBe(kept.length);
      for (const attribute of kept) {
        const texts = "values" in attribute ? [...attribute.values, attribute.name] : [attribute.name];
        for (const one of texts) expect([...one].length).toBeLessThanOrEqual(100);
        expect(texts.every((one) => one !== "" && one.isWellFormed() && !one.includes("\0"))).toBe(true);
      }
      expect(parseAttributes(JSON.parse(JSON.stringify(kept)))).toEqual(
        kept.map((one) => JSON.parse(JSON.stringify(one))),
      );
    }),
  );
});

test("leaves out what this version does not understand, and keeps the rest", () => {
  const material = { kind: "text", name: "Material", values: ["Linen", 3, "Cotton"] };
  const strange = [
    { kind: "reference", name: "Maker" },
    { kind: "amount", name: "Size", amount: "9" },
    7,
    null,
    "x",
    [],
  ];
  expect(parseAttributes([...strange, material])).toEqual([{ ...material, values: ["Linen", "Cotton"] }]);
  for (const broken of [null, undefined, {}, "[]", 5]) expect(parseAttributes(broken)).toEqual([]);
});

test("keeps text on one line and cuts it between characters", () => {
  expect(shortText(" Two\n lines\u0000\t here ")).toBe("Two lines here");
  expect(shortText("𠮷".repeat(200))).toBe(`${"𠮷".repeat(99)}…`);
  expect(shortText("𠮷".repeat(100))).toBe("𠮷".repeat(100));
});
