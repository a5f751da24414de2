import fc from "fast-check";
import { expect, test } from "vitest";
import { OFFER_MODES } from "../../../domain/settings/modes.ts";
import { parseSettingsForm, settingsForm } from "./settings-form.ts";

test("what the form shows of saved settings is read back as it was", () => {
  const saved = fc.record({
    shopMode: fc.constantFrom(...OFFER_MODES),
    companionPricePercent: fc.option(fc.integer({ min: 1, max: 10_000 })),
    leastMarginPercent: fc.integer({ min: 0, max: 90 }),
    tellOrdersTogether: fc.boolean(),
    pauseFailingOffers: fc.boolean(),
    holdoutPercent: fc.integer({ min: 0, max: 20 }),
    usedWindowDays: fc.integer({ min: 1, max: 14 }),
    seenWindowDays: fc.integer({ min: 1, max: 14 }),
    monthlyCosts: fc.dictionary(fc.constant("USD"), fc.integer({ min: 0, max: 99_999 })),
    marginPercent: fc.option(fc.integer({ min: 0, max: 100 })),
    useCustomerHistory: fc.boolean(),
  });
  fc.assert(
    fc.property(saved, (input) => {
      expect(parseSettingsForm(settingsForm({ ...input, shopCurrency: "USD" }))).toEqual({ code: "ok", input });
    }),
  );
});
