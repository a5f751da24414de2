import { toHundredths } from "../../../app/domain/money/hundredths.ts";
import { toDecimalString } from "../../../app/domain/money/money.ts";
import type { LineAllocation } from "../functions/apply-discounts.ts";
import type { DevProduct, DevVariant, StoreContext } from "../shop/state.ts";
import { hasOnlyDefaultVariant, isAvailable, pictureSize, quantityRuleOf } from "./catalog.ts";
import type { PricedCart, PricedLine } from "./priced-cart.ts";
import { planAllocation, planAllocations, planGroups } from "./selling-plans.ts";
import { present, presentPrice, type Visitor } from "./visitor.ts";

/** Shopify's Ajax shapes. Amounts are hundredths of the visitor's currency. */

const stripTags = (html: string) => html.replace(/<[^>]*>/g, "");

function imageOf(context: StoreContext, product: DevProduct) {
  const { width, height } = pictureSize(product);
  const url = context.origin + product.image;
  return { aspect_ratio: width / height, alt: product.title, height, url, width };
}

/** One option with its values, as in `options_with_values` of a line. */
export function lineOptions(product: DevProduct, variant: DevVariant): { name: string; value: string }[] {
  if (hasOnlyDefaultVariant(product)) return [{ name: "Title", value: "Default Title" }];
  return product.options.map((name, index) => ({ name, value: variant.options[index] ?? "" }));
}

/** The path of a variant's page. */
export function variantPath(visitor: Visitor, product: DevProduct, variant: DevVariant | null): string {
  return `${visitor.prefix}/products/${encodeURIComponent(product.handle)}${variant ? `?variant=${variant.id}` : ""}`;
}

const applicationType = ({ code }: { code: string | null }) => (code === null ? "automatic" : "discount_code");

/** A discount application and what of it fell on one line. */
export function allocationShape(allocation: LineAllocation, currency: string, createdAt: number) {
  const amount = toHundredths({ amountMinor: allocation.amountMinor, currency });
  const value =
    allocation.valueType === "percentage"
      ? String(allocation.value)
      : toDecimalString({ amountMinor: allocation.value, currency });
  return {
    amount,
    discount_application: {
      type: applicationType(allocation),
      key: allocation.discountId,
      title: allocation.title,
      description: null,
      value,
      created_at: new Date(createdAt).toISOString(),
      value_type: allocation.valueType,
      allocation_method: allocation.method,
      target_selection: "explicit",
      target_type: "line_item",
      total_allocated_amount: amount,
    },
  };
}

/** A line of `/cart.js`. */
export function lineShape(context: StoreContext, visitor: Visitor, priced: PricedLine) {
  const { line, product, variant } = priced;
  const { currency } = visitor;
  const hundredths = (amountMinor: number) => toHundredths({ amountMinor, currency });
  const finalUnit = hundredths(priced.finalMinor) / line.quantity;
  const finalPrice = Number.isInteger(finalUnit) ? finalUnit : Math.floor(finalUnit + 0.5);
  const title = hasOnlyDefaultVariant(product) ? product.title : `${product.title} - ${variant.title}`;
  const discounts = priced.allocations.map((each) => ({ amount: hundredths(each.amountMinor), title: each.title }));
  return {
    id: Number(variant.id),
    properties: line.properties,
    quantity: line.quantity,
    variant_id: Number(variant.id),
    key: line.key,
    title,
    price: hundredths(priced.unitMinor),
    original_price: hundredths(priced.unitMinor),
    presentment_price: hundredths(priced.unitMinor) / 100,
    discounted_price: finalPrice,
    line_price: hundredths(priced.finalMinor),
    original_line_price: hundredths(priced.originalMinor),
    total_discount: hundredths(priced.discountMinor),
    discounts,
    sku: variant.sku,
    grams: 0,
    vendor: product.vendor,
    taxable: true,
    product_id: Number(product.id),
    product_has_only_default_variant: hasOnlyDefaultVariant(product),
    gift_card: product.isGiftCard,
    final_price: finalPrice,
    final_line_price: hundredths(priced.finalMinor),
    url: variantPath(visitor, product, variant),
    featured_image: imageOf(context, product),
    image: context.origin + product.image,
    handle: product.handle,
    requires_shipping: variant.requiresShipping,
    product_type: product.productType,
    product_title: product.title,
    product_description: stripTags(product.descriptionHtml),
    variant_title: hasOnlyDefaultVariant(product) ? null : variant.title,
    variant_options: hasOnlyDefaultVariant(product) ? ["Default Title"] : variant.options,
    options_with_values: lineOptions(product, variant),
    line_level_discount_allocations: priced.allocations.map((each) =>
      allocationShape(each, currency, product.createdAt),
    ),
    line_level_total_discount: hundredths(priced.discountMinor),
    quantity_rule: quantityRuleOf(variant),
    has_components: variant.components !== undefined,
    ...(line.parentKey === null
      ? {}
      : {
          parent_relationship: { parent_key: line.parentKey },
          instructions: { can_remove: true, can_update_quantity: true },
        }),
    ...(priced.sellingPlan
      ? {
          selling_plan_allocation: planAllocation(context, visitor, { product, variant, plan: priced.sellingPlan }),
        }
      : {}),
  };
}

/** `/cart.js`. */
export function cartShape(context: StoreContext, visitor: Visitor, priced: PricedCart) {
  const hundredths = (amountMinor: number) => toHundredths({ amountMinor, currency: priced.currency });
  return {
    token: priced.cart.token,
    note: priced.cart.note,
    attributes: priced.cart.attributes,
    original_total_price: hundredths(priced.originalMinor),
    total_price: hundredths(priced.totalMinor),
    total_discount: hundredths(priced.originalMinor - priced.totalMinor),
    total_weight: 0,
    item_count: priced.itemCount,
    items: priced.lines.map((line) => lineShape(context, visitor, line)),
    requires_shipping: priced.requiresShipping,
    currency: priced.currency,
    items_subtotal_price: hundredths(priced.subtotalMinor),
    cart_level_discount_applications: priced.orderAllocations.map((each) => ({
      type: applicationType(each),
      key: each.discountId,
      title: each.title,
      description: null,
      value:
        each.valueType === "percentage"
          ? String(each.value)
          : toDecimalString({ amountMinor: each.value, currency: priced.currency }),
      value_type: each.valueType,
      allocation_method: "across",
      target_selection: "all",
      target_type: "line_item",
      total_allocated_amount: hundredths(each.amountMinor),
    })),
    discount_codes: priced.codes.map(({ code, state }) => ({ code, applicable: state === "applied" })),
  };
}

/** The lowest and highest price of a product in hundredths. */
export function priceRange(context: StoreContext, visitor: Visitor, product: DevProduct) {
  const prices = product.variants.map((variant) => variantPrice(context, visitor, variant));
  const least = prices.length > 0 ? Math.min(...prices) : 0;
  return { min: least, max: prices.length > 0 ? Math.max(...prices) : 0 };
}

/** A variant's price in hundredths of the visitor's currency. */
export function variantPrice(context: StoreContext, visitor: Visitor, variant: DevVariant): number {
  const amountMinor = presentPrice(variant, context.shop, visitor.market);
  return toHundredths({ amountMinor, currency: visitor.currency });
}

/** A variant's price before it was lowered, in hundredths; null where it was not. */
export function variantCompareAt(context: StoreContext, visitor: Visitor, variant: DevVariant): number | null {
  if (variant.compareAtMinor === null) return null;
  const amountMinor = present(variant.compareAtMinor, context.shop, visitor.market);
  return toHundredths({ amountMinor, currency: visitor.currency });
}

/** The lowest price before a reduction among variants that have one; null where none has. */
export function lowestCompareAt(compareAt: number[]): number | null {
  const given = compareAt.filter((amount) => amount > 0);
  return given.length > 0 ? Math.min(...given) : null;
}

/** A variant as in `/products/HANDLE.js`. */
export function variantShape(context: StoreContext, visitor: Visitor, product: DevProduct, variant: DevVariant) {
  const options = hasOnlyDefaultVariant(product) ? ["Default Title"] : variant.options;
  return {
    id: Number(variant.id),
    title: hasOnlyDefaultVariant(product) ? "Default Title" : variant.title,
    option1: options[0] ?? null,
    option2: options[1] ?? null,
    option3: options[2] ?? null,
    sku: variant.sku,
    requires_shipping: variant.requiresShipping,
    taxable: true,
    featured_image:
      variant.image === undefined ? null : { id: Number(variant.id), src: context.origin + variant.image },
    available: isAvailable(variant),
    name: hasOnlyDefaultVariant(product) ? product.title : `${product.title} - ${variant.title}`,
    public_title: hasOnlyDefaultVariant(product) ? null : variant.title,
    options,
    price: variantPrice(context, visitor, variant),
    weight: 0,
    compare_at_price: variantCompareAt(context, visitor, variant),
    inventory_management: variant.tracked ? "shopify" : null,
    barcode: null,
    quantity_rule: quantityRuleOf(variant),
    quantity_price_breaks: [],
    requires_selling_plan: product.requiresSellingPlan === true,
    selling_plan_allocations: planAllocations(context, visitor, product, variant),
  };
}

/** `/products/HANDLE.js`, and what Liquid's `json` filter makes of a product. */
export function productShape(context: StoreContext, visitor: Visitor, product: DevProduct) {
  const { min, max } = priceRange(context, visitor, product);
  const compareAt = product.variants.map((variant) => variantCompareAt(context, visitor, variant) ?? 0);
  const image = imageOf(context, product);
  const media = { alt: product.title, id: Number(product.id), position: 1, media_type: "image", src: image.url };
  return {
    id: Number(product.id),
    title: product.title,
    handle: product.handle,
    description: product.descriptionHtml,
    published_at: product.publishedAt === null ? null : new Date(product.publishedAt).toISOString(),
    created_at: new Date(product.createdAt).toISOString(),
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    price: min,
    price_min: min,
    price_max: max,
    available: product.variants.some(isAvailable),
    price_varies: min !== max,
    compare_at_price: lowestCompareAt(compareAt),
    compare_at_price_min: lowestCompareAt(compareAt) ?? 0,
    compare_at_price_max: Math.max(0, ...compareAt),
    compare_at_price_varies: new Set(compareAt).size > 1,
    variants: product.variants.map((variant) => variantShape(context, visitor, product, variant)),
    images: [image.url],
    featured_image: image.url,
    options: optionShapes(product),
    url: variantPath(visitor, product, null),
    media: [{ ...media, aspect_ratio: image.aspect_ratio, height: image.height, width: image.width }],
    requires_selling_plan: product.requiresSellingPlan === true,
    selling_plan_groups: planGroups(context, visitor, product),
  };
}

/** The options of a product with every value that a variant has, in the variants' order. */
export function optionShapes(product: DevProduct): { name: string; position: number; values: string[] }[] {
  if (hasOnlyDefaultVariant(product)) return [{ name: "Title", position: 1, values: ["Default Title"] }];
  return product.options.map((name, index) => ({
    name,
    position: index + 1,
    values: [...new Set(product.variants.map((variant) => variant.options[index] ?? ""))],
  }));
}

/** A product of `/collections/HANDLE/products.json`: prices are decimal strings there. */
export function listedProductShape(context: StoreContext, visitor: Visitor, product: DevProduct) {
  const { shop } = context;
  const decimal = (amountMinor: number) =>
    toDecimalString({ amountMinor: present(amountMinor, shop, visitor.market), currency: visitor.currency });
  const image = imageOf(context, product);
  return {
    id: Number(product.id),
    title: product.title,
    handle: product.handle,
    body_html: product.descriptionHtml,
    published_at: product.publishedAt === null ? null : new Date(product.publishedAt).toISOString(),
    created_at: new Date(product.createdAt).toISOString(),
    updated_at: new Date(product.updatedAt).toISOString(),
    vendor: product.vendor,
    product_type: product.productType,
    tags: product.tags,
    variants: product.variants.map((variant, index) => ({
      ...variantShape(context, visitor, product, variant),
      price: toDecimalString({ amountMinor: presentPrice(variant, shop, visitor.market), currency: visitor.currency }),
      compare_at_price: variant.compareAtMinor === null ? null : decimal(variant.compareAtMinor),
      position: index + 1,
      product_id: Number(product.id),
    })),
    images: [{ id: Number(product.id), position: 1, src: image.url, width: image.width, height: image.height }],
    options: optionShapes(product),
  };
}
