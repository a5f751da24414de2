import { toDecimalString } from "../../../app/domain/money/money.ts";
import { classOf, discountsInPlay } from "../shop/native-discounts.ts";
import type { DevNativeDiscount } from "../shop/state.ts";
import { present } from "../storefront/visitor.ts";
import type { DiscountAnswer } from "./apply-discounts.ts";
import type { DiscountTarget } from "./discount-extension.ts";
import type { CartToDiscount, LineToDiscount } from "./function-input.ts";
import type { DiscountOperation, DiscountValue } from "./function-output.ts";

/** Whether a merchant's own discount is on a line: gift cards are never discounted, and subscriptions only on request. */
function isOn({ products }: DevNativeDiscount, { product, sellingPlan }: LineToDiscount): boolean {
  if (product.isGiftCard || sellingPlan !== null) return false;
  return products === null || products.includes(product.id);
}

/** A merchant's amount is in the shop's currency and converted, unlike that of a Function. */
function valueOf({ off }: DevNativeDiscount, { shop, market }: CartToDiscount): DiscountValue {
  if (off === "free-shipping") return { percentage: { value: "100" } };
  if ("percent" in off) return { percentage: { value: String(off.percent) } };
  const amount = toDecimalString({ amountMinor: present(off.minor, shop, market), currency: market.currency });
  return { fixedAmount: { amount, appliesToEachItem: off.each } };
}

/** Whether enough is bought of what the discount is on, at these lines' totals. */
function isReached({ minimum }: DevNativeDiscount, lines: readonly LineToDiscount[], cart: CartToDiscount): boolean {
  if (minimum === null) return true;
  if ("quantity" in minimum) return lines.reduce((sum, { quantity }) => sum + quantity, 0) >= minimum.quantity;
  const total = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  return total >= present(minimum.subtotalMinor, cart.shop, cart.market);
}

function onProducts(discount: DevNativeDiscount, cart: CartToDiscount): DiscountOperation[] {
  const lines = cart.lines.filter((line) => isOn(discount, line));
  if (lines.length === 0 || !isReached(discount, lines, cart)) return [];
  const targets = lines.map(({ id }) => ({ cartLine: { id } }));
  const candidates = [{ targets, value: valueOf(discount, cart) }];
  return [{ productDiscountsAdd: { selectionStrategy: "ALL", candidates } }];
}

/** The minimum is compared with what is left after discounts on products, which only then is known. */
function onOrder(discount: DevNativeDiscount, cart: CartToDiscount): DiscountOperation[] {
  const { minimum } = discount;
  const excludedCartLineIds = cart.lines.filter((line) => !isOn(discount, line)).map(({ id }) => id);
  const lines = cart.lines.filter((line) => isOn(discount, line));
  if (minimum !== null && "quantity" in minimum && !isReached(discount, lines, cart)) return [];
  const conditions =
    minimum === null || "quantity" in minimum
      ? []
      : [
          {
            orderMinimumSubtotal: {
              excludedCartLineIds,
              minimumAmount: toDecimalString({ amountMinor: minimum.subtotalMinor, currency: cart.shop.currency }),
            },
          },
        ];
  const candidates = [
    { targets: [{ orderSubtotal: { excludedCartLineIds } }], conditions, value: valueOf(discount, cart) },
  ];
  return [{ orderDiscountsAdd: { selectionStrategy: "FIRST", candidates } }];
}

function onShipping(discount: DevNativeDiscount, cart: CartToDiscount): DiscountOperation[] {
  if (!isReached(discount, cart.lines, cart)) return [];
  const targets = cart.deliveryOptions
    .filter(({ method }) => method === "SHIPPING")
    .map(({ handle }) => ({ deliveryOption: { handle } }));
  const candidates = [{ targets, value: valueOf(discount, cart) }];
  return [{ deliveryDiscountsAdd: { selectionStrategy: "ALL", candidates } }];
}

/**
 * What the merchant's own discounts would take off a cart with these codes, in the form in which Functions answer: the
 * same rules then apply to all of them.
 */
export function nativeAnswers(
  target: DiscountTarget,
  cart: CartToDiscount,
  codes: readonly string[],
): DiscountAnswer[] {
  const ofLines = target === "cart.lines.discounts.generate.run";
  return discountsInPlay(cart.shop, codes, cart.now).map((discount) => {
    const own = classOf(discount);
    const { id: discountId, title, code, combinesWith } = discount;
    const answer = { discountId, title: code ?? title, code, combinesWith, classes: [own] };
    if (own === "SHIPPING") return { ...answer, operations: ofLines ? [] : onShipping(discount, cart) };
    if (!ofLines) return { ...answer, operations: [] };
    return { ...answer, operations: own === "ORDER" ? onOrder(discount, cart) : onProducts(discount, cart) };
  });
}
