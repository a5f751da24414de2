import { expect, test } from "vitest";
import { DISCOUNT_NAMES, discountNames } from "./discount-names.ts";

const set = (discountName: Record<string, string>) => ({ type: "bought-together", copy: { discountName } }) as const;

test("a discount is called what the merchant writes, and what it always was in other languages", () => {
  expect(discountNames([])).toEqual(DISCOUNT_NAMES);
  expect(discountNames([set({ ja: "セット割", "pt-BR": " Combo ", en: " " }), set({ en: "Never shown" })])).toEqual({
    en: DISCOUNT_NAMES.en,
    ja: { ...DISCOUNT_NAMES.ja, "bought-together": "セット割" },
    "pt-br": { ...DISCOUNT_NAMES.en, "bought-together": "Combo" },
  });
});
