import { expect, test } from "vitest";
import { PRICED_TYPES } from "./rules.ts";

const types = Object.values(PRICED_TYPES);

test("compact rules begin each type of offer with a letter of its own, and ids with a code of its own", () => {
  expect(new Set(types.map(({ letter }) => letter)).size).toBe(types.length);
  expect(new Set(types.map(({ code }) => code)).size).toBe(types.length);
  for (const { letter } of types) expect(letter).toMatch(/^[a-wyz]$/);
});
