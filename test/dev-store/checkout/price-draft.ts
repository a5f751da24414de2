import type { OrderDraft, StoreContext } from "../shop/state.ts";
import type { Cart } from "../storefront/cart.ts";
import { priceCart } from "../storefront/price-cart.ts";
import { homeVisitor } from "../storefront/visitor.ts";

/**
 * An order of a shopper at home as the checkout would have made it: with what the shop's discount Functions take off its
 * lines. Lines of no product stay as they are.
 */
export async function pricedDraft(context: StoreContext, draft: OrderDraft): Promise<OrderDraft> {
  const sold = draft.lines.map(({ variantId, quantity, properties }, place) =>
    variantId === null
      ? []
      : [{ key: `${variantId}:${place}`, variantId, quantity, properties, sellingPlanId: null, parentKey: null }],
  );
  const cart: Cart = { token: draft.cartToken, lines: sold.flat(), note: "", attributes: {}, discountCodes: [] };
  const priced = await priceCart(context, homeVisitor(context.shop, draft.customerId), cart);
  const lines = draft.lines.map((line, place) => {
    const found = priced.lines.find((one) => one.line === sold[place]![0]);
    const given = found?.allocations.map(({ amountMinor, title }) => ({ amountMinor, title })) ?? [];
    return { ...line, discounts: [...line.discounts, ...given] };
  });
  return { ...draft, lines };
}
