import type { Named } from "./filter-types.ts";

/** Shopify's `standard_event_data`: what a standard storefront event tells about an object, as JSON. */

interface LiquidVariant extends Named {
  id: number;
  title: string;
  available: boolean;
  price: number;
  options: string[];
  product: { options: string[] };
}

/** An amount as the Storefront API writes it: "12.5", "1000.0". */
function storefrontMoney(hundredths: number, currencyCode: string) {
  const units = hundredths / 100;
  return { amount: Number.isInteger(units) ? units.toFixed(1) : String(units), currencyCode };
}

const optionsOf = (variant: LiquidVariant) =>
  variant.product.options.map((name, index) => ({ name, value: variant.options[index] ?? "" }));

function productView(product: Named, context: unknown, currency: string) {
  const variant = (product.selected_or_first_available_variant ?? null) as LiquidVariant | null;
  const selected = product.has_only_default_variant === true || product.selected_variant ? variant : null;
  return {
    product: {
      id: product.id,
      title: product.title,
      handle: product.handle,
      selectedVariant: selected && {
        id: selected.id,
        title: selected.title,
        availableForSale: selected.available,
        price: storefrontMoney(selected.price, currency),
        selectedOptions: optionsOf(selected),
      },
    },
    context: context ?? null,
    selectedOptions: selected ? optionsOf(selected) : [],
  };
}

function cartView(cart: Named, context: unknown, currency: string) {
  const items = cart.items as { key: string; quantity: number; final_line_price: number }[];
  const summary = {
    id: cart.token,
    totalQuantity: cart.item_count,
    cost: { totalAmount: storefrontMoney(cart.total_price as number, currency) },
    lines: items.map((item) => ({
      id: item.key,
      quantity: item.quantity,
      cost: { totalAmount: storefrontMoney(item.final_line_price, currency) },
    })),
    discountCodes: cart.discount_codes,
  };
  return { cart: items.length === 0 ? null : summary, context: context ?? null };
}

/** The JSON of a view of a product, collection or cart. Throws for another type of event. */
export function standardEventData(value: unknown, type: unknown, context: unknown, currency: string): string {
  if (type !== "view") throw new Error(`standard_event_data knows "view", not "${String(type)}"`);
  const object = value as Named | null;
  if (object === null || object === undefined) return "";
  if ("item_count" in object) return JSON.stringify(cartView(object, context, currency));
  if ("all_products_count" in object) {
    const id = object.id === 0 ? null : object.id;
    return JSON.stringify({ collection: { id, handle: object.handle, productsCount: object.all_products_count } });
  }
  return JSON.stringify(productView(object, context, currency));
}
