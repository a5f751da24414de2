import { join } from "node:path";
import { themeCheckRun } from "@shopify/theme-check-node";
import { expect, test } from "vitest";

const extension = join(import.meta.dirname, "../../../extensions/theme-offers");

test("Shopify's theme check reports no error and no warning", async () => {
  const { offenses } = await themeCheckRun(extension, join(extension, ".theme-check.yml"), () => {});
  expect(offenses.map(({ check, message, uri, start }) => `${check} ${uri}:${start.line + 1} ${message}`)).toEqual([]);
});
