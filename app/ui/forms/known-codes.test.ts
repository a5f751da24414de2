import { expect, test } from "vitest";
import { loadMessages } from "../kit/i18n.ts";
import { LANGUAGES } from "../kit/locale.ts";
import { knownCodes } from "./known-codes.ts";

test.each(LANGUAGES)("every country that can be chosen has a name of its own, in %s", async (language) => {
  const { names } = (await loadMessages(language)) as { names: { country: Record<string, string> } };
  expect(Object.keys(names.country).sort()).toEqual([...knownCodes("country", [])].sort());
  expect(new Set(Object.values(names.country)).size).toBe(knownCodes("country", []).length);
});
