import { applyDeliveryDiscounts } from "../functions/apply-discounts.ts";
import { narrowed } from "../functions/combine-discounts.ts";
import { askDiscountFunctions } from "../functions/discount-cart.ts";
import type { OptionToDiscount } from "../functions/function-input.ts";
import { nativeAnswers } from "../functions/native-answers.ts";
import type { StoreContext } from "../shop/state.ts";
import { cartToDiscount, lineGid } from "./cart-to-discount.ts";
import type { PricedWithout } from "./priced-cart.ts";
import { homeCountry, present, type Visitor } from "./visitor.ts";

export interface DeliveryOption {
  handle: string;
  costMinor: number;
  discountMinor: number;
  discountTitle: string | null;
  /** What the shopper entered for the discount; null for an automatic one and for none. */
  discountCode: string | null;
  discountId: string | null;
}

/** How much dearer the fast way is than the standard one. */
const EXPRESS_FACTOR = 2;

/** What the shop offers a visitor before any discount: first what is chosen unless the buyer chooses another. */
function optionsFor({ shop }: StoreContext, visitor: Visitor, priced: PricedWithout): OptionToDiscount[] {
  const { flatMinor, freeFromMinor, freeCountries, localMinor, pickUpMinor } = shop.shipping;
  const cost = (amountMinor: number) => present(amountMinor, shop, visitor.market);
  const isFreeHere = freeCountries?.includes(visitor.country) ?? true;
  const isFree = isFreeHere && freeFromMinor !== null && priced.totalMinor >= cost(freeFromMinor);
  const options: OptionToDiscount[] = [
    { handle: "standard", title: "Standard", method: "SHIPPING", costMinor: isFree ? 0 : cost(flatMinor) },
    { handle: "express", title: "Express", method: "SHIPPING", costMinor: cost(flatMinor) * EXPRESS_FACTOR },
  ];
  if (visitor.country !== homeCountry(shop)) return options;
  if (localMinor !== undefined) {
    options.push({ handle: "local", title: "Local delivery", method: "LOCAL", costMinor: cost(localMinor) });
  }
  if (pickUpMinor !== undefined) {
    options.push({ handle: "pick-up", title: "Pick-up in store", method: "PICK_UP", costMinor: cost(pickUpMinor) });
  }
  return options;
}

/**
 * The ways a cart can be delivered and what each costs, the delivery Function's discounts taken off. The Function
 * sees the subtotal after product discounts. Nothing for a cart that does not ship.
 */
export async function deliveryOptions(
  context: StoreContext,
  visitor: Visitor,
  priced: PricedWithout,
): Promise<DeliveryOption[]> {
  if (!priced.requiresShipping) return [];
  const options = optionsFor(context, visitor, priced);
  const lines = priced.lines.map(({ line, product, variant, unitMinor, finalMinor, sellingPlan }, index) => ({
    id: lineGid(index, line),
    quantity: line.quantity,
    product,
    variant,
    unitMinor,
    compareAtMinor: null,
    totalMinor: finalMinor,
    properties: line.properties,
    sellingPlan,
  }));
  const input = cartToDiscount(context, visitor, priced.cart, lines, options);
  const target = "cart.delivery-options.discounts.generate.run";
  const answers = [
    ...(await askDiscountFunctions(target, input, context.extensionsDir)),
    ...nativeAnswers(target, input, priced.cart.discountCodes),
  ];
  const applied = applyDeliveryDiscounts(input, narrowed(answers, priced.combination));
  return options.map(({ handle, costMinor }) => {
    const discount = applied.find((each) => each.handle === handle);
    return {
      handle,
      costMinor,
      discountMinor: discount?.amountMinor ?? 0,
      discountTitle: discount?.title ?? null,
      discountCode: discount?.code ?? null,
      discountId: discount?.discountId ?? null,
    };
  });
}
