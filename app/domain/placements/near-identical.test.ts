import { expect, test } from "vitest";
import { isNearIdentical } from "./near-identical.ts";

const cup = (title: string, productType = "Teaware") => ({ title, productType });

test.each([
  ["Ceramic Cup, Moss", "Ceramic Cup, Indigo"],
  ["Tea Cup (Blue)", "Tea Cup (White)"],
  ["Bamboo Strainer", "Fine Steel Strainer - Large"],
  ["益子焼 湯呑み（青）", "益子焼 湯呑み（白）"],
])("%s and %s are one thing in two makes", (one, other) => {
  expect(isNearIdentical(cup(one), cup(other))).toBe(true);
  expect(isNearIdentical(cup(other), cup(one))).toBe(true);
});

test.each([
  ["Tea Cup", "Tea Strainer"],
  ["Tea Cup", "Tea Canister, Cherry Bark"],
  ["湯呑み", "茶こし"],
  ["500 g", "250 g"],
])("%s and %s are not", (one, other) => expect(isNearIdentical(cup(one), cup(other))).toBe(false));

test("products of different types are not, whatever their titles share", () =>
  expect(isNearIdentical(cup("Sencha Green Tea", "Tea"), cup("Sencha Green Tea Book", "Books"))).toBe(false));
