import { discountMessages, isCurrencyCode, parseDecimal, parsePolicy, shippingDiscounts } from "./domain.ts";
import type { CartDeliveryOptionsInput } from "./input.ts";
import type { CartDeliveryOptionsOutput } from "./output.ts";

/**
 * Free shipping, by the cheapest way, once what ships reaches the goal of the buyer's currency, after discounts on
 * the lines. No operation where the discount has no shipping class, or the currency no goal.
 */
export function cartDeliveryOptionsDiscountsGenerateRun(input: CartDeliveryOptionsInput): CartDeliveryOptionsOutput {
  const policy = parsePolicy(input.discount.policy?.jsonValue);
  const currency = input.cart.cost.subtotalAmount.currencyCode;
  if (policy === null || !input.discount.discountClasses.includes("SHIPPING")) {
    return { operations: [] };
  }
  if (!isCurrencyCode(currency)) return { operations: [] };
  const lines = input.cart.lines.map(({ cost, merchandise }) => {
    const giftCard =
      merchandise.__typename === "ProductVariant" ? merchandise.product.isGiftCard : merchandise.isGiftCard;
    return {
      totalMinor: parseDecimal(cost.totalAmount.amount, currency, "half-up")?.amountMinor ?? 0,
      ships: merchandise.requiresShipping && !giftCard,
    };
  });
  const groups = input.cart.deliveryGroups.map(({ deliveryOptions }) =>
    deliveryOptions.map(({ handle, cost, deliveryMethodType }) => ({
      handle,
      costMinor: parseDecimal(cost.amount, currency, "half-up")?.amountMinor ?? 0,
      ships: deliveryMethodType === "SHIPPING",
    })),
  );
  const free = shippingDiscounts({ currency, lines, groups }, policy.goal);
  if (free.length === 0) return { operations: [] };
  const message = discountMessages(policy, input.localization.language.isoCode)?.shipping;
  const candidate = {
    targets: free.map((handle) => ({ deliveryOption: { handle } })),
    value: { percentage: { value: "100.0" } },
    ...(message === undefined ? {} : { message }),
  };
  return { operations: [{ deliveryDiscountsAdd: { selectionStrategy: "ALL", candidates: [candidate] } }] };
}
