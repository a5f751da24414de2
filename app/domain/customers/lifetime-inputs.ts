import type { LifetimeFigures } from "./lifetime-figures.ts";
import { lifetimeValue, type LifetimeValue, type LifetimeValueFormula } from "./lifetime-value.ts";

/** Every input of the formulas by the name that their texts use, and what it is. */
export const LIFETIME_INPUTS = {
  averageOrder: "money",
  ordersPerCustomer: "count",
  marginShare: "share",
  ordersPerYear: "count",
  yearlyRevenue: "money",
  years: "count",
  acquisitionCost: "money",
  retentionCostPerYear: "money",
  monthlyRevenue: "money",
  monthlyChurnShare: "share",
  initialFee: "money",
  monthlyFee: "money",
  monthsPerTerm: "count",
  renewalShare: "share",
} as const satisfies Record<string, "money" | "count" | "share">;

export type LifetimeInput = keyof typeof LIFETIME_INPUTS;

/** Amounts in the smallest unit, shares from 0 to 1. */
export type LifetimeInputValues = { readonly [Name in LifetimeInput]?: number };

const REPEAT = ["averageOrder", "marginShare", "ordersPerYear", "years"] as const satisfies LifetimeInput[];

/** The inputs of each formula, in the order of its text. */
export const FORMULA_INPUTS: Readonly<Record<LifetimeValueFormula, readonly LifetimeInput[]>> = {
  simple: ["averageOrder", "ordersPerCustomer"],
  lasting: ["averageOrder", "ordersPerYear", "years"],
  subscription: ["monthlyRevenue", "monthlyChurnShare"],
  yearly: ["yearlyRevenue", "marginShare", "years"],
  net: [...REPEAT, "acquisitionCost", "retentionCostPerYear"],
  allowance: ["averageOrder", "ordersPerCustomer", "marginShare"],
  contract: ["initialFee", "monthlyFee", "monthsPerTerm", "marginShare", "renewalShare"],
};

/** A larger count must be a typing error. */
export const LARGEST_COUNT = 1_000;
export const LARGEST_AMOUNT_MINOR = 100_000_000_000;
/** Unit costs stand for the whole where so much of the revenue has one. */
const LEAST_KNOWN_SHARE = 0.8;

/** True for a value that an input of this name can have. */
export function isPossible(name: LifetimeInput, value: number): boolean {
  if (!Number.isFinite(value) || value < 0) return false;
  const kind = LIFETIME_INPUTS[name];
  if (kind === "money") return Number.isSafeInteger(value) && value <= LARGEST_AMOUNT_MINOR;
  return value <= (kind === "share" ? 1 : LARGEST_COUNT);
}

/**
 * What the shop's own orders give; an input that they do not give is absent and has to be asked for. The margin is known
 * where unit costs are known of four fifths of the last year's revenue; sold below cost as a whole, it is 0.
 */
export function knownInputs(
  figures: LifetimeFigures,
  margin: { readonly marginShare: number; readonly knownShare: number } | null,
): LifetimeInputValues {
  const isMarginKnown = margin !== null && margin.knownShare >= LEAST_KNOWN_SHARE;
  const known: Partial<Record<LifetimeInput, number | null>> = {
    averageOrder: figures.averageOrderMinor,
    ordersPerCustomer: figures.ordersPerCustomer,
    ordersPerYear: figures.ordersPerYear,
    yearlyRevenue: figures.yearlyRevenueMinor,
    years: figures.years,
    marginShare: isMarginKnown ? Math.min(1, Math.max(0, margin.marginShare)) : null,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)) as LifetimeInputValues;
}

/** Inputs that a person may put in the place of what the orders give: unit costs seldom tell the whole cost. */
export const OVERRIDABLE: readonly LifetimeInput[] = ["marginShare"];

/** What the formulas use: what the orders give, and what a person entered where they may overrule or add to it. */
export function inputsInUse(known: LifetimeInputValues, entered: LifetimeInputValues): LifetimeInputValues {
  const overruled = OVERRIDABLE.filter((name) => entered[name] !== undefined);
  return { ...entered, ...known, ...Object.fromEntries(overruled.map((name) => [name, entered[name]])) };
}

/** The value by one formula, or the inputs that are still missing. */
export function valueBy(
  formula: LifetimeValueFormula,
  values: LifetimeInputValues,
  currency: string,
): LifetimeValue | { readonly code: "missing-inputs"; readonly inputs: readonly LifetimeInput[] } {
  const missing = FORMULA_INPUTS[formula].filter((name) => values[name] === undefined);
  if (missing.length > 0) return { code: "missing-inputs", inputs: missing };
  const given = (name: LifetimeInput) => values[name]!;
  const repeat = () => ({
    averageOrderMinor: given("averageOrder"),
    marginShare: given("marginShare"),
    ordersPerYear: given("ordersPerYear"),
    years: given("years"),
  });
  switch (formula) {
    case "simple":
      return lifetimeValue(
        { formula, averageOrderMinor: given("averageOrder"), ordersPerCustomer: given("ordersPerCustomer") },
        currency,
      );
    case "lasting": {
      const { marginShare: _, ...inputs } = repeat();
      return lifetimeValue({ formula, ...inputs }, currency);
    }
    case "yearly": {
      const [marginShare, years] = [given("marginShare"), given("years")];
      return lifetimeValue({ formula, yearlyRevenueMinor: given("yearlyRevenue"), marginShare, years }, currency);
    }
    case "allowance": {
      const [ordersPerCustomer, marginShare] = [given("ordersPerCustomer"), given("marginShare")];
      const averageOrderMinor = given("averageOrder");
      return lifetimeValue({ formula, averageOrderMinor, ordersPerCustomer, marginShare }, currency);
    }
    case "net": {
      const costs = {
        acquisitionCostMinor: given("acquisitionCost"),
        retentionCostPerYearMinor: given("retentionCostPerYear"),
      };
      return lifetimeValue({ formula, ...repeat(), ...costs }, currency);
    }
    case "subscription": {
      const [monthlyRevenueMinor, monthlyChurnShare] = [given("monthlyRevenue"), given("monthlyChurnShare")];
      return lifetimeValue({ formula, monthlyRevenueMinor, monthlyChurnShare }, currency);
    }
    case "contract": {
      const fees = { initialFeeMinor: given("initialFee"), monthlyFeeMinor: given("monthlyFee") };
      const [monthsPerTerm, marginShare] = [given("monthsPerTerm"), given("marginShare")];
      return lifetimeValue(
        { formula, ...fees, monthsPerTerm, marginShare, renewalShare: given("renewalShare") },
        currency,
      );
    }
  }
}
