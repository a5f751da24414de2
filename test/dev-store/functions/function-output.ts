import { coerceInputValue, type GraphQLInputType, isInputType } from "graphql";
import { loadSchema } from "./schemas.ts";

export interface DiscountValue {
  percentage?: { value: string };
  fixedAmount?: { amount: string; appliesToEachItem?: boolean };
}

export interface ProductCandidate {
  targets: { cartLine?: { id: string; quantity?: number | null } }[];
  prerequisites?: { cartLine?: { id: string; quantity: number } }[] | null;
  value: DiscountValue;
  message?: string | null;
}

export interface OrderCandidate {
  targets: { orderSubtotal?: { excludedCartLineIds: string[] } }[];
  conditions?: { orderMinimumSubtotal?: { excludedCartLineIds: string[]; minimumAmount: string } }[] | null;
  value: DiscountValue;
  message?: string | null;
}

export interface DeliveryCandidate {
  targets: { deliveryGroup?: { id: string }; deliveryOption?: { handle: string } }[];
  value: DiscountValue;
  message?: string | null;
}

export interface DiscountOperation {
  productDiscountsAdd?: { selectionStrategy: "FIRST" | "MAXIMUM" | "ALL"; candidates: ProductCandidate[] };
  orderDiscountsAdd?: { selectionStrategy: "FIRST" | "MAXIMUM"; candidates: OrderCandidate[] };
  deliveryDiscountsAdd?: { selectionStrategy: "ALL"; candidates: DeliveryCandidate[] };
}

const RESULT_TYPES: Record<string, string> = {
  "cart.lines.discounts.generate.run": "CartLinesDiscountsGenerateRunResult",
  "cart.delivery-options.discounts.generate.run": "CartDeliveryOptionsDiscountsGenerateRunResult",
};

/** An amount or percentage that is written as a decimal; the schema's Decimal scalar takes numbers and strings. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

function wrongDecimals(value: unknown, path: string, problems: string[]): void {
  if (Array.isArray(value)) return value.forEach((each, index) => wrongDecimals(each, `${path}[${index}]`, problems));
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const isDecimal = key === "amount" || key === "minimumAmount" || (key === "value" && typeof each !== "object");
    if (isDecimal && !DECIMAL.test(String(each))) problems.push(`${path}.${key}: ${String(each)} is not a decimal`);
    else if (isDecimal && Number(each) < 0) problems.push(`${path}.${key}: ${String(each)} is negative`);
    wrongDecimals(each, `${path}.${key}`, problems);
  }
}

/** One operation, candidate target or value holds exactly one of its fields. */
function wrongUnions(operations: unknown[], problems: string[]): void {
  for (const [index, operation] of operations.entries()) {
    if (Object.keys(operation as object).length !== 1) problems.push(`operations[${index}] must hold one operation`);
  }
}

/**
 * A Function's output, checked against the type that Shopify expects of its target. Throws with every problem where
 * it does not fit: Shopify then runs the cart without this discount.
 */
export function readFunctionOutput(target: string, outputJson: string): DiscountOperation[] {
  const type = loadSchema("functions_discount").getType(RESULT_TYPES[target] ?? "");
  if (!isInputType(type)) throw new Error(`No result type for target ${target}`);
  const problems: string[] = [];
  const output: unknown = JSON.parse(outputJson);
  const coerced = coerceInputValue(output, type as GraphQLInputType, (path, _value, error) =>
    problems.push(`${path.join(".")}: ${error.message}`),
  ) as { operations: DiscountOperation[] } | undefined;
  if (problems.length === 0) {
    wrongUnions((output as { operations: unknown[] }).operations, problems);
    wrongDecimals(output, "output", problems);
  }
  if (problems.length > 0 || !coerced) throw new Error(problems.join("; "));
  return coerced.operations;
}
