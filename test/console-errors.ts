import { format } from "node:util";
import { afterEach, expect } from "vitest";

// Every test file is set up with this: an error on the console that no test asked for fails the test that caused it.
// What libraries print there (React, Remix, Preact, jsdom) is a fault that nobody would read otherwise.

const errors: string[] = [];

console.error = (...values: unknown[]) => {
  errors.push(format(...values));
};

/** The errors that were written to the console so far in this test, for a test that expects some. */
export function takeConsoleErrors(): string[] {
  return errors.splice(0);
}

afterEach(() => {
  expect(takeConsoleErrors(), "written by console.error").toEqual([]);
});
