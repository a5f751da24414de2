import {
  type DiscountLine,
  discountMessages,
  isCurrencyCode,
  money,
  parseDecimal,
  parsePolicy,
  parseProductOffer,
  setDiscounts,
  toDecimalString,
} from "./domain.ts";
import type { CartLinesInput } from "./input.ts";
import type { CartLinesOutput, ProductDiscountCandidate } from "./output.ts";

/**
 * Bought-together discounts of a cart, so much off each unit, in the buyer's currency. No operation where the
 * discount has no product class, the policy is absent or off, or nothing in the cart goes together.
 */
export function cartLinesDiscountsGenerateRun(input: CartLinesInput): CartLinesOutput {
  const policy = parsePolicy(input.discount.policy?.jsonValue);
  const currency = input.cart.cost.subtotalAmount.currencyCode;
  if (policy === null || !policy.sets || !input.discount.discountClasses.includes("PRODUCT")) return { operations: [] };
  if (!isCurrencyCode(currency)) return { operations: [] };
  const lines = input.cart.lines.map((line) => discountLine(line, currency)).filter((line) => line !== null);
  const message = discountMessages(policy, input.localization.language.isoCode)?.set;
  const candidates = setDiscounts({ currency, lines }).map((discount): ProductDiscountCandidate => ({
    targets: [{ cartLine: { id: discount.lineId, quantity: discount.quantity } }],
    value: {
      fixedAmount: { amount: toDecimalString(money(discount.amountOffMinor, currency)), appliesToEachItem: true },
    },
    ...(message === undefined ? {} : { message }),
  }));
  if (candidates.length === 0) return { operations: [] };
  return { operations: [{ productDiscountsAdd: { selectionStrategy: "ALL", candidates } }] };
}

/** Null for a line whose price cannot be read: it takes no part, rather than being discounted by a guess. */
function discountLine(line: CartLinesInput["cart"]["lines"][number], currency: string): DiscountLine | null {
  const price = parseDecimal(line.cost.amountPerQuantity.amount, currency, "half-up");
  if (price === null || price.amountMinor < 0) return null;
  const product = line.merchandise.__typename === "ProductVariant" ? line.merchandise.product : null;
  return {
    id: line.id,
    product: product === null ? null : product.id.slice(product.id.lastIndexOf("/") + 1),
    offer: parseProductOffer(product?.offer?.jsonValue),
    quantity: line.quantity,
    unitPriceMinor: price.amountMinor,
    subscription: line.sellingPlanAllocation !== null,
  };
}
