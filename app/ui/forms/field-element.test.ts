// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { firstFieldElement } from "./field-element.ts";

beforeEach(() => {
  document.body.innerHTML = `<input id="price" /><div id="tiers"><input id="tiers.0.from" /></div><input id="days" />`;
});

test.each([
  [["days", "price"], "price"],
  [["price", "days"], "price"],
  [["days", "tiers.0.from"], "tiers.0.from"],
  [["days", "tiers.1.from"], "tiers"],
  [["gone", "days"], "days"],
])("finds the field that stands first on the page: %j", (names, first) => {
  expect(firstFieldElement(names)?.id).toBe(first);
});

test("finds none where the page has none of the fields", () => {
  expect(firstFieldElement(["gone"])).toBeNull();
  expect(firstFieldElement([])).toBeNull();
});
