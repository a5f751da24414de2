import { expect, test } from "vitest";
import { takeConsoleErrors } from "./console-errors.ts";

test("a test takes the console errors that it expects, and none is left to fail it", () => {
  console.error("order %s", 7, { lines: 2 });
  expect(takeConsoleErrors()).toEqual(["order 7 { lines: 2 }"]);
  expect(takeConsoleErrors()).toEqual([]);
});

test.fails("an error that a test does not take fails it", () => {
  console.error("unexpected");
});
