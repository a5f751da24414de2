import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { Liquid } from "liquidjs";
import { describe, expect, test } from "vitest";
import { amountWriter, discounted } from "../../../extension-kit/theme/core/money.ts";
import { discountedPriceMinor } from "../../../app/domain/pricing/price.ts";
import { toHundredths } from "../../../app/domain/money/hundredths.ts";
import { money } from "../../../app/domain/money/money.ts";

const snippets = join(import.meta.dirname, "../../../extensions/theme-offers/snippets");
const engine = new Liquid({ root: [snippets], extname: ".liquid" });
engine.registerTag("doc", {
  parse(_token, remaining) {
    const stream = this.liquid.parser.parseStream(remaining);
    stream.on("tag:enddoc", () => stream.stop()).on("template", () => {});
    stream.start();
  },
  render() {},
});
const unitLiquid = engine.parse(readFileSync(join(snippets, "tsuide-unit.liquid"), "utf8"));
const amountLiquid = engine.parse(readFileSync(join(snippets, "tsuide-amount.liquid"), "utf8"));
const render = (template: typeof unitLiquid, scope: object) =>
  Number((engine.renderSync(template, scope) as string).trim());
const unitOf = (currency: string) => render(unitLiquid, { currency });

describe("a price with the set's discount", () => {
  test.each([
    ["JPY", 100],
    ["USD", 1],
    ["KWD", 0.1],
  ])("is rounded to the smallest unit of %s: %d hundredths", (currency, unit) => expect(unitOf(currency)).toBe(unit));

  test("has the smallest unit that the discount Function rounds to, in every currency that anything is sold in", () => {
    // Of funds codes a price is never in; Shopify sells in none of them.
    const currencies = Intl.supportedValuesOf("currency").filter((code) => !["CLF", "UYW"].includes(code));
    expect(currencies.length).toBeGreaterThan(150);
    const wrong = currencies.filter((code) => unitOf(code) !== toHundredths(money(1, code)));
    expect(wrong).toEqual([]);
  });

  test("is the same in Liquid, in the script and in the Function", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom("JPY", "USD", "EUR", "KWD"),
        (minor, basisPoints, currency) => {
          const unit = unitOf(currency);
          const price = toHundredths(money(minor, currency));
          const expected = toHundredths(money(discountedPriceMinor(minor, basisPoints), currency));
          expect(discounted(price, basisPoints, unit)).toBeCloseTo(expected, 6);
          expect(render(amountLiquid, { price, basis_points: basisPoints, unit })).toBeCloseTo(expected, 6);
        },
      ),
      { numRuns: 300 },
    ));
});

test("a price is rounded alike where the discount ends in half a fils", () => {
  for (let minor = 5; minor < 40_000; minor += 10) {
    const expected = toHundredths(money(discountedPriceMinor(minor, 1500), "KWD"));
    expect(discounted(minor / 10, 1500, 0.1)).toBeCloseTo(expected, 6);
    if (minor % 100 === 5) {
      expect(render(amountLiquid, { price: minor / 10, basis_points: 1500, unit: 0.1 })).toBeCloseTo(expected, 6);
    }
  }
});

describe("an amount that the script writes", () => {
  test.each([
    ["$1,234.00", 1050, "USD", "$10.50"],
    ["$1,234.00 USD", 123_456, "USD", "$1,234.56 USD"],
    ["1.234,00 €", 123_456, "EUR", "1.234,56 €"],
    ["1'234.00 CHF", 1050, "CHF", "10.50 CHF"],
    ["¥1,234", 105_000, "JPY", "¥1,050"],
    ["1234円", 105_000, "JPY", "1050円"],
    ["1,234.000 KWD", 123.4, "KWD", "1.234 KWD"],
    ["$1,234", 1099, "USD", "$11"],
  ])("looks as the theme writes %s: %d of %s is %s", (sample, hundredths, currency, text) =>
    expect(amountWriter(sample, currency)(hundredths)).toBe(text),
  );

  test.each([
    [105_000, "JPY", "1,050.00 JPY"],
    [1050, "EUR", "10.50 EUR"],
  ])("has its currency's code where the theme's form cannot be read: %d of %s", (hundredths, currency, text) =>
    expect(amountWriter("Rs. 12,34,567.00", currency)(hundredths)).toBe(text),
  );
});
