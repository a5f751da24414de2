import i18next from "i18next";
import { expect, test } from "vitest";
import type { Verdict } from "../../../domain/measurement/experiments/verdict.ts";
import { formatsFor } from "../../kit/format.ts";
import { loadMessages } from "../../kit/i18n.ts";
import type { Language } from "../../kit/locale.ts";
import { verdictText } from "./verdict-words.ts";

async function words(language: Language) {
  const texts = i18next.createInstance();
  const resources = { [language]: (await loadMessages(language)) as Record<string, object> };
  await texts.init({ lng: language, resources, interpolation: { escapeValue: false } });
  const t = texts.getFixedT(language, "experiments");
  const arms = language === "ja" ? ["A", "B案"] : ["A", "B"];
  return (verdict: Verdict) => verdictText(verdict, arms, t, formatsFor(language));
}

const gain = { estimate: 0.03, low: 0.01, high: 0.05 };
const at = Date.UTC(2026, 10, 28);

test("puts every verdict into one English sentence, with a second where something is to be done", async () => {
  const say = await words("en");
  expect(say({ kind: "not-enough", daysLeft: 9 })).toBe("Not enough yet: about 9 more days.");
  expect(say({ kind: "not-enough", daysLeft: 1 })).toBe("Not enough yet: about 1 more day.");
  expect(say({ kind: "better", arm: 1, gain })).toBe("B earns 3.0% more per visitor (between 1.0% and 5.0%).");
  expect(say({ kind: "worse", arm: 1, gain: { estimate: -0.03, low: -0.05, high: -0.012 } })).toBe(
    "B earns 3.0% less per visitor (between 1.2% and 5.0%). Keep what you have.",
  );
  expect(say({ kind: "no-worthwhile-difference", worthwhile: 0.02 })).toBe(
    "No difference worth having: it is smaller than 2.0% per visitor.",
  );
  expect(say({ kind: "open", gain: { ...gain, low: -0.02 } })).toContain("between -2.0% and 5.0%");
  expect(say({ kind: "open", gain: null })).toContain("too few people bought");
  expect(say({ kind: "wrong-split", planned: [0.5, 0.5], seen: [0.51, 0.49] })).toBe(
    "Stopped: visitors were not split as planned (51.0% : 49.0% instead of 50.0% : 50.0%), so the figures cannot be trusted.",
  );
  const breach = { arm: 1, control: 0.05, variant: 0.121 };
  expect(say({ kind: "harm", breach: { ...breach, guard: "refund-rate" } })).toBe(
    "Do not use B: 12.1% of what it sold was refunded, instead of 5.0%.",
  );
  expect(say({ kind: "harm", breach: { ...breach, guard: "checkout-rate" } })).toContain("started a checkout");
  expect(say({ kind: "interrupted", reason: "product-removed", at })).toContain("Stopped on Nov 28, 2026");
  expect(say({ kind: "interrupted", reason: "currency-changed", at })).toContain("currency changed");
});

test("puts them into Japanese", async () => {
  const say = await words("ja");
  expect(say({ kind: "not-enough", daysLeft: 9 })).toBe("データがまだ足りません。あと約9日かかります。");
  expect(say({ kind: "better", arm: 1, gain })).toBe(
    "B案のほうが、訪問者1人あたりの売上が3.0%高くなりました（1.0%～5.0%）。",
  );
  expect(say({ kind: "wrong-split", planned: [0.5, 0.5], seen: [0.51, 0.49] })).toContain(
    "計画50.0% : 50.0%、実際51.0% : 49.0%",
  );
  expect(say({ kind: "interrupted", reason: "product-removed", at })).toContain("2026年11月28日");
});
