import type { StoreContext } from "../shop/state.ts";
import { type DeliveryOption, deliveryOptions } from "../storefront/delivery-options.ts";
import { priceCart } from "../storefront/price-cart.ts";
import type { PricedCart } from "../storefront/priced-cart.ts";
import type { Cart } from "../storefront/cart.ts";
import type { Visitor } from "../storefront/visitor.ts";

/** A cart at checkout: priced, with the ways to deliver it. Amounts in presentment minor units. */
export interface Checkout {
  priced: PricedCart;
  delivery: DeliveryOption[];
  selected: DeliveryOption | null;
  /** Cost of the selected delivery after its discount. */
  shippingMinor: number;
  totalMinor: number;
  savingsMinor: number;
}

/** Prices a cart for checkout with one of its delivery options; the first where the one asked for is unknown. */
export async function readCheckout(
  context: StoreContext,
  visitor: Visitor,
  cart: Cart,
  delivery: string | null,
): Promise<Checkout> {
  const priced = await priceCart(context, visitor, cart);
  const options = await deliveryOptions(context, visitor, priced);
  const selected = options.find((option) => option.handle === delivery) ?? options[0] ?? null;
  const shippingMinor = selected ? selected.costMinor - selected.discountMinor : 0;
  return {
    priced,
    delivery: options,
    selected,
    shippingMinor,
    totalMinor: priced.totalMinor + shippingMinor,
    savingsMinor: priced.originalMinor - priced.totalMinor + (selected?.discountMinor ?? 0),
  };
}
