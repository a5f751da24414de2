import { isCurrencyCode } from "../money/currency.ts";
import { money, type Money } from "../money/money.ts";

/**
 * Lifetime value by the formulas that merchants know. Amounts are in the smallest unit of one currency; shares are
 * from 0 to 1; counts and shares are read to four decimals.
 */
export type LifetimeValueInputs =
  /** What a customer has brought on average: basket times baskets. */
  | { readonly formula: "simple"; readonly averageOrderMinor: number; readonly ordersPerCustomer: number }
  /** What a customer brings over all the years that they stay, before costs. */
  | ({ readonly formula: "lasting" } & Omit<Repeat, "marginShare">)
  /** For subscriptions: what a month brings, times the months until the customer leaves (1 / churn). */
  | { readonly formula: "subscription"; readonly monthlyRevenueMinor: number; readonly monthlyChurnShare: number }
  /** What is left of a year's revenue, times the years. */
  | {
      readonly formula: "yearly";
      readonly yearlyRevenueMinor: number;
      readonly marginShare: number;
      readonly years: number;
    }
  /** What a customer's orders have left so far: the most that winning one may cost. */
  | {
      readonly formula: "allowance";
      readonly averageOrderMinor: number;
      readonly ordersPerCustomer: number;
      readonly marginShare: number;
    }
  /** For contracts: what is paid once, and what each term leaves times the terms to expect (1 / (1 - renewal)). */
  | {
      readonly formula: "contract";
      readonly initialFeeMinor: number;
      readonly monthlyFeeMinor: number;
      readonly monthsPerTerm: number;
      readonly marginShare: number;
      readonly renewalShare: number;
    }
  /** What is left over all the years, less what it costs to win the customer and, each year, to keep them. */
  | ({
      readonly formula: "net";
      readonly acquisitionCostMinor: number;
      readonly retentionCostPerYearMinor: number;
    } & Repeat);

interface Repeat {
  readonly averageOrderMinor: number;
  readonly marginShare: number;
  readonly ordersPerYear: number;
  readonly years: number;
}

export type LifetimeValueFormula = LifetimeValueInputs["formula"];

/** An input by the name that the formula's text uses. */
export interface NamedInput {
  readonly name: string;
  readonly kind: "money" | "count" | "share";
  /** Minor units for money. */
  readonly value: number;
}

export type LifetimeValue =
  | {
      readonly code: "value";
      readonly formula: LifetimeValueFormula;
      /** The formula in the names of its inputs; the texts of the languages are keyed by `formula`. */
      readonly expression: string;
      readonly inputs: readonly NamedInput[];
      readonly value: Money;
    }
  /** Not a number, an amount that is no whole number of units, or a count or amount below zero. */
  | { readonly code: "impossible-input"; readonly input: string }
  /** A share below 0 or above 1. */
  | { readonly code: "not-a-share"; readonly input: string }
  /** Nobody ever leaves: the value has no end. */
  | { readonly code: "endless"; readonly input: string }
  | { readonly code: "too-large" };

export const EXPRESSIONS: Readonly<Record<LifetimeValueFormula, string>> = {
  simple: "averageOrder × ordersPerCustomer",
  lasting: "averageOrder × ordersPerYear × years",
  subscription: "monthlyRevenue ÷ monthlyChurnShare",
  yearly: "yearlyRevenue × marginShare × years",
  allowance: "averageOrder × ordersPerCustomer × marginShare",
  contract: "initialFee + monthlyFee × monthsPerTerm × marginShare ÷ (1 − renewalShare)",
  net: "averageOrder × marginShare × ordersPerYear × years − acquisitionCost − retentionCostPerYear × years",
};

/** Four decimals of counts and shares, kept as integers so that nothing is lost before the one rounding at the end. */
const SCALE = 10_000;
const ONE = BigInt(SCALE);

/**
 * The lifetime value of a customer, computed in exact fractions and rounded once, half away from zero, to the smallest
 * unit. Refuses impossible inputs by name; `net` may be below zero, which is no error. Sources: simple,
 * lasting, yearly and allowance are average order times frequency times lifetime, with the margin where costs count
 * (Gupta & Lehmann, 2003); subscription is revenue over churn (the geometric lifetime 1 / churn, known as ARPU x 100 /
 * churn %); contract the same over renewal terms; net takes off acquisition and
 * retention cost (Berger & Nasr, 1998), all without discounting. Throws for a malformed currency.
 */
export function lifetimeValue(question: LifetimeValueInputs, currency: string): LifetimeValue {
  if (!isCurrencyCode(currency)) throw new Error(`Not a currency code: ${JSON.stringify(currency)}`);
  const inputs = namedInputs(question);
  for (const { name, kind, value } of inputs) {
    if (!Number.isFinite(value)) return { code: "impossible-input", input: name };
    if (kind === "share" && !(value >= 0 && value <= 1)) return { code: "not-a-share", input: name };
    if (value < 0 || value > Number.MAX_SAFE_INTEGER / SCALE) return { code: "impossible-input", input: name };
    if (kind === "money" && !Number.isSafeInteger(value)) return { code: "impossible-input", input: name };
  }
  const fraction = fractionOf(question);
  if ("endless" in fraction) return { code: "endless", input: fraction.endless };
  const amountMinor = rounded(fraction.over, fraction.under);
  if (amountMinor === null) return { code: "too-large" };
  const { formula } = question;
  return { code: "value", formula, expression: EXPRESSIONS[formula], inputs, value: money(amountMinor, currency) };
}

function namedInputs(question: LifetimeValueInputs): NamedInput[] {
  const { formula: _, ...inputs } = question;
  return Object.entries(inputs).map(([name, value]) =>
    name.endsWith("Minor")
      ? { name: name.slice(0, -"Minor".length), kind: "money", value }
      : { name, kind: name.endsWith("Share") ? "share" : "count", value },
  );
}

/** The value as `over / under`, or the input that makes it endless. */
function fractionOf(question: LifetimeValueInputs): { over: bigint; under: bigint } | { endless: string } {
  switch (question.formula) {
    case "simple":
      return { over: BigInt(question.averageOrderMinor) * scaled(question.ordersPerCustomer), under: ONE };
    case "lasting": {
      const { averageOrderMinor, ordersPerYear, years } = question;
      return { over: BigInt(averageOrderMinor) * scaled(ordersPerYear) * scaled(years), under: ONE ** 2n };
    }
    case "yearly": {
      const { yearlyRevenueMinor, marginShare, years } = question;
      return { over: BigInt(yearlyRevenueMinor) * scaled(marginShare) * scaled(years), under: ONE ** 2n };
    }
    case "allowance": {
      const { averageOrderMinor, ordersPerCustomer, marginShare } = question;
      return { over: BigInt(averageOrderMinor) * scaled(ordersPerCustomer) * scaled(marginShare), under: ONE ** 2n };
    }
    case "net": {
      const kept = BigInt(question.retentionCostPerYearMinor) * scaled(question.years) * ONE ** 2n;
      const won = BigInt(question.acquisitionCostMinor) * ONE ** 3n;
      return { over: grossProfit(question) - won - kept, under: ONE ** 3n };
    }
    case "subscription": {
      const churn = scaled(question.monthlyChurnShare);
      if (churn === 0n) return { endless: "monthlyChurnShare" };
      return { over: BigInt(question.monthlyRevenueMinor) * ONE, under: churn };
    }
    case "contract": {
      const leaving = ONE - scaled(question.renewalShare);
      if (leaving === 0n) return { endless: "renewalShare" };
      const term = BigInt(question.monthlyFeeMinor) * scaled(question.monthsPerTerm) * scaled(question.marginShare);
      return { over: BigInt(question.initialFeeMinor) * ONE * leaving + term, under: ONE * leaving };
    }
  }
}

/** Times SCALE to the third. */
function grossProfit({ averageOrderMinor, marginShare, ordersPerYear, years }: Repeat): bigint {
  return BigInt(averageOrderMinor) * scaled(marginShare) * scaled(ordersPerYear) * scaled(years);
}

function scaled(value: number): bigint {
  return BigInt(Math.round(value * SCALE));
}

function rounded(over: bigint, under: bigint): number | null {
  const magnitude = ((over < 0n ? -over : over) * 2n + under) / (under * 2n);
  const amount = Number(over < 0n ? -magnitude : magnitude);
  return Number.isSafeInteger(amount) ? amount : null;
}
