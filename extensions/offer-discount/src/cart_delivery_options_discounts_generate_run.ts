import { discountMessages, isCurrencyCode, parseDecimal, parsePolicy, shippingDiscounts } from "./domain.ts";
import type { CartDeliveryOptionsInput } from "./input.ts";
import type { CartDeliveryOptionsOutput } from "./output.ts";

/**
 * Free shipping once what ships reaches the goal of the buyer's currency, after discounts on the lines. No
 * operation where the discount has no shipping class, or the currency no goal.
 */
export function cartDeliveryOptionsDiscountsGenerateRun(input: CartDeliveryOptionsInput): CartDeliveryOptionsOutput {
  const policy = parsePolicy(input.discount.policy?.jsonValue);
  const currency = input.cart.cost.subtotalAmount.currencyCode;
  const groups = input.cart.deliveryGroups;
  if (policy === null || groups.length === 0 || !input.discount.discountClasses.includes("SHIPPING")) {
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
  if (!shippingDiscounts({ currency, lines }, policy.goal).free) return { operations: [] };
  const message = discountMessages(policy, input.localization.language.isoCode)?.shipping;
  const candidate = {
    targets: groups.map(({ id }) => ({ deliveryGroup: { id } })),
    value: { percentage: { value: "100.0" } },
    ...(message === undefined ? {} : { message }),
  };
  return { operations: [{ deliveryDiscountsAdd: { selectionStrategy: "ALL", candidates: [candidate] } }] };
}
