import { GraphQLError } from "graphql";
import { bulkFields } from "./bulk-fields.ts";
import { bundleFields } from "./bundles.ts";
import { discountFields } from "./discounts.ts";
import type { AdminContext } from "./context.ts";
import { flowTriggerFields } from "./flow-triggers.ts";
import { ListField, type Args, type Fields, type Resolver, type TypeFields } from "./fields.ts";
import { metafieldTypeFields } from "./metafields.ts";
import { nativeDiscountFields } from "./native-discounts.ts";
import { orderLineFields } from "./order-lines.ts";
import { orderFields } from "./orders.ts";
import { productFields } from "./products.ts";
import { refundFields } from "./refunds.ts";
import { sellingProductFields } from "./selling-products.ts";
import { shippingFields } from "./shipping.ts";
import { shopFields } from "./shop.ts";
import { storeCreditFields } from "./store-credit.ts";
import { webPixelFields } from "./web-pixels.ts";

const registry = new Map<string, Fields<never>>();
for (const area of [
  orderFields,
  orderLineFields,
  refundFields,
  productFields,
  bundleFields,
  sellingProductFields,
  metafieldTypeFields,
  discountFields,
  nativeDiscountFields,
  shopFields,
  shippingFields,
  bulkFields,
  webPixelFields,
  flowTriggerFields,
  storeCreditFields,
] satisfies TypeFields[]) {
  for (const [type, fields] of Object.entries(area)) registry.set(type, { ...registry.get(type), ...fields });
}

/** The dev store knows this field of Shopify's, but has nothing behind it. */
export function missingResolver(type: string, field: string): GraphQLError {
  return new GraphQLError(`The dev store has no resolver for ${type}.${field}.`, {
    extensions: { code: "DEV_STORE_NO_RESOLVER" },
  });
}

type AnyResolver = (source: unknown, args: Args, context: AdminContext) => unknown;

/**
 * How a field gets its value. Types of the registry answer only what they have a resolver for; any other object was
 * made by a resolver and carries its fields itself. Throws `missingResolver` rather than give a silent null.
 */
export function fieldOf(
  type: string,
  field: string,
): { kind: "value"; resolve: AnyResolver } | { kind: "list"; items: AnyResolver } {
  const fields = registry.get(type);
  if (fields === undefined) return { kind: "value", resolve: property(type, field) };
  const found = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (found === undefined) throw missingResolver(type, field);
  if (found instanceof ListField) return { kind: "list", items: found.items as AnyResolver };
  const resolve = found as Resolver<never> as AnyResolver;
  return {
    kind: "value",
    resolve: (source, args, context) => {
      const value = resolve(source, args, context);
      if (value === undefined) throw missingResolver(type, field);
      return value;
    },
  };
}

function property(type: string, field: string): AnyResolver {
  return (source) => {
    const value = (source as Record<string, unknown>)[field];
    if (value === undefined) throw missingResolver(type, field);
    return value;
  };
}
