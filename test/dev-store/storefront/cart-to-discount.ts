import type { CartToDiscount, LineToDiscount, OptionToDiscount } from "../functions/function-input.ts";
import type { StoreContext } from "../shop/state.ts";
import type { Cart, CartLine } from "./cart.ts";
import { type Customer, customerById } from "./customers.ts";
import type { Visitor } from "./visitor.ts";

/** The id that discounts know a line by. */
export function lineGid(index: number, line: CartLine): string {
  return `gid://shopify/CartLine/${index}-${line.key.replace(":", "-")}`;
}

function buyer({ id, orders, business, tags }: Customer): CartToDiscount["customer"] {
  return { id, orders: orders.length, business, tags };
}

/** A cart as Functions and the merchant's own discounts are given it. */
export function cartToDiscount(
  context: StoreContext,
  visitor: Visitor,
  cart: Cart,
  lines: LineToDiscount[],
  deliveryOptions: OptionToDiscount[],
): CartToDiscount {
  return {
    shop: context.shop,
    market: visitor.market,
    country: visitor.country,
    customer: visitor.customerId === null ? null : buyer(customerById(context.shop, visitor.customerId)),
    locale: visitor.locale,
    now: context.now(),
    attributes: cart.attributes,
    lines,
    deliveryOptions,
  };
}
