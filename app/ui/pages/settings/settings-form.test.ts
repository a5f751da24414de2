import fc from "fast-check";
import { expect, test } from "vitest";
import { OFFER_MODES } from "../../../domain/settings/modes.ts";
import { formSettings } from "../../../domain/settings/sections.ts";
import { parseSettingsForm, settingsForm } from "./settings-form.ts";

// A setting of the same kind as these needs no line here.
const booleans = Object.entries(formSettings.description.fields).flatMap(([name, { kind }]) =>
  kind === "boolean" ? [[name, fc.boolean()] as const] : [],
);

test("what the form shows of saved settings is read back as it was", () => {
  const chosen = fc.record({
    ...Object.fromEntries(booleans),
    shopMode: fc.constantFrom(...OFFER_MODES),
    companionPricePercent: fc.option(fc.integer({ min: 1, max: 10_000 })),
    leastMarginPercent: fc.integer({ min: 0, max: 90 }),
    holdoutPercent: fc.integer({ min: 0, max: 20 }),
    usedWindowDays: fc.integer({ min: 1, max: 14 }),
    seenWindowDays: fc.integer({ min: 1, max: 14 }),
    monthlyCosts: fc.dictionary(fc.constant("USD"), fc.integer({ min: 0, max: 99_999 })),
    marginPercent: fc.option(fc.integer({ min: 0, max: 100 })),
  });
  fc.assert(
    fc.property(chosen, (values) => {
      const input = { ...formSettings.default, ...values };
      expect(parseSettingsForm(settingsForm({ ...input, shopCurrency: "USD" }))).toEqual({ code: "ok", input });
    }),
  );
});
