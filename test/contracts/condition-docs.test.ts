import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { READERS } from "../../app/domain/offers/shopper-conditions/shopper-condition.ts";
import {
  SHOPPER_CONDITION_NAMES,
  SHOPPER_CONDITIONS,
} from "../../app/domain/offers/shopper-conditions/shopper-conditions.ts";
import words from "../../app/ui/locales/en/offers.json" with { type: "json" };

const KNOWLEDGE = { yes: "yes", "when-opened": "when the page was opened", no: "no" };

test("docs/conditions.md says of every condition on shoppers who knows it", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/conditions.md"), "utf8");
  const rows = text
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.includes("---"))
    .slice(1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const expected = SHOPPER_CONDITION_NAMES.map((name) => [
    words.field.shopper.option[name].label,
    ...READERS.map((reader) => KNOWLEDGE[SHOPPER_CONDITIONS[name].knownTo[reader]]),
  ]);
  expect(rows).toEqual(expected);
});
