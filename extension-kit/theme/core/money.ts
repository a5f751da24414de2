import { amountOff, PERCENT, type TierInCurrency } from "../../domain.ts";

/** Amounts in themes are hundredths of the unit, whatever the currency, as Liquid and the Ajax API have them. */
export type Hundredths = number;

/**
 * A price with a discount off, by the domain's one rounding rule. `unit` is the currency's smallest unit in hundredths:
 * JPY 100, USD 1, KWD 0.1.
 */
export function discounted(price: Hundredths, basisPoints: number, unit: number): Hundredths {
  const minor = Math.round(price / unit);
  return (minor - amountOff(minor, PERCENT, basisPoints)) * unit;
}

/** Tiers as Liquid writes them: "2:percent:500,3:amount-off:100". */
export function readTiers(text: string): TierInCurrency[] {
  return text.split(",").map((tier) => {
    const [from, kind, value] = tier.split(":");
    return { from: Number(from), kind: kind as TierInCurrency["kind"], value: Number(value) };
  });
}

/**
 * Writes amounts as the theme writes them. `sample` is what Liquid made of 1,234 units; where it cannot be read, amounts
 * are written plainly, with two decimals and the currency's code.
 */
export function amountWriter(sample: string, currency: string): (amount: Hundredths) => string {
  const written = /^(\D*)1(\D?)234(?:(\D)(0+))?(\D*)$/;
  const parts = written.exec(sample) ?? written.exec(`1,234.00 ${currency}`)!;
  const [, before = "", group = "", point = "", zeros = "", after = ""] = parts;
  return (hundredths) => {
    const [whole, fraction] = (hundredths / 100).toFixed(zeros.length).split(".") as [string, string?];
    return before + whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction ? point + fraction : "") + after;
  };
}
