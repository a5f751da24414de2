import { toHundredths } from "../../../../app/domain/money/hundredths.ts";
import type { DevCollection, DevMetafield, DevProduct, DevVariant } from "../../shop/state.ts";
import {
  allocationShape,
  cartShape,
  lineOptions,
  lineShape,
  lowestCompareAt,
  optionShapes,
  priceRange,
  productShape,
  variantCompareAt,
  variantPath,
  variantPrice,
  variantShape,
} from "../../storefront/ajax-shapes.ts";
import {
  hasOnlyDefaultVariant,
  isAvailable,
  isPublished,
  metafieldValue,
  pictureSize,
  productById,
  productsIn,
  quantityRuleOf,
  variantById,
} from "../../storefront/catalog.ts";
import type { PricedCart, PricedLine } from "../../storefront/priced-cart.ts";
import { planAllocations, planGroups } from "../../storefront/selling-plans.ts";
import { viewOf } from "../../storefront/visitor.ts";
import { emptyWith, Lookup } from "./lookup.ts";
import { optionValues, variantOfValues } from "./option-values.ts";
import { ownedMetafields, type PageScope } from "./page-scope.ts";

/** Shopify's Liquid objects. Amounts are hundredths of the visitor's currency, as everywhere in Liquid. */

/** Gives an object the JSON that Shopify's `json` filter writes, without a property that Liquid could see. */
export function withJson<T extends object>(object: T, json: () => unknown): T {
  return Object.defineProperty(object, "toJSON", { value: json, enumerable: false });
}

function referenced(scope: PageScope, gid: string): object | null {
  const view = viewOf(scope.context, scope.visitor);
  if (gid.startsWith("gid://shopify/Product/")) {
    const product = productById(scope.context.shop, gid);
    return product && isPublished(product, view) ? productObject(scope, product) : null;
  }
  const found = gid.startsWith("gid://shopify/ProductVariant/") ? variantById(scope.context.shop, gid) : null;
  return found && isPublished(found.product, view) ? variantObject(scope, found.product, found.variant) : null;
}

function liquidValue(scope: PageScope, metafield: DevMetafield): unknown {
  if (/^list\.(product|variant)_reference$/.test(metafield.type)) {
    const gids = JSON.parse(metafield.value) as string[];
    return gids.map((gid) => referenced(scope, gid)).filter((object) => object !== null);
  }
  if (/^(product|variant)_reference$/.test(metafield.type)) return referenced(scope, metafield.value);
  return metafieldValue(metafield);
}

/** `resource.metafields.<namespace>.<key>.value`. A namespace or key that is missing is nil. */
export function metafieldsObject(scope: PageScope, resource: string, id: string | null): object {
  const namespaces: Record<string, Record<string, object>> = {};
  for (const metafield of ownedMetafields(scope, resource, id)) {
    const keys = (namespaces[metafield.namespace] ??= {});
    let value: unknown;
    let isRead = false;
    keys[metafield.key] = withJson(
      {
        type: metafield.type,
        get value() {
          if (!isRead) value = liquidValue(scope, metafield);
          isRead = true;
          return value;
        },
      },
      () => metafieldValue(metafield),
    );
  }
  return namespaces;
}

/** The picture of a product, or that of a variant where it has one of its own. As text it is its address. */
export function imageObject(product: DevProduct, variant?: DevVariant): object {
  const { width, height } = pictureSize(product);
  const src = variant?.image ?? product.image;
  return withJson(
    {
      id: Number(variant?.image === undefined ? product.id : variant.id),
      src,
      alt: product.title,
      width,
      height,
      aspect_ratio: width / height,
      position: 1,
      media_type: "image",
      product_id: Number(product.id),
      presentation: { focal_point: "50.0% 50.0%" },
      variants: [],
      "attached_to_variant?": false,
      get preview_image() {
        return imageObject(product, variant);
      },
      toString: () => src,
    },
    () => src,
  );
}

function selectedVariantId(scope: PageScope, product: DevProduct): string | null {
  const values = scope.url.searchParams.get("option_values");
  const chosen = values === null ? null : variantOfValues(product, values);
  if (chosen) return chosen.id;
  const asked = scope.url.searchParams.get("variant");
  return asked !== null && product.variants.some((variant) => variant.id === asked) ? asked : null;
}

/** A variant. */
export function variantObject(scope: PageScope, product: DevProduct, variant: DevVariant): object {
  const { context, visitor } = scope;
  const options = hasOnlyDefaultVariant(product) ? ["Default Title"] : variant.options;
  const image = imageObject(product, variant);
  return withJson(
    {
      id: Number(variant.id),
      title: hasOnlyDefaultVariant(product) ? "Default Title" : variant.title,
      price: variantPrice(context, visitor, variant),
      compare_at_price: variantCompareAt(context, visitor, variant),
      available: isAvailable(variant),
      options,
      option1: options[0] ?? null,
      option2: options[1] ?? null,
      option3: options[2] ?? null,
      sku: variant.sku,
      barcode: null,
      url: variantPath(visitor, product, variant),
      image,
      featured_image: image,
      featured_media: image,
      inventory_quantity: variant.inventoryQuantity,
      inventory_policy: variant.inventoryPolicy.toLowerCase(),
      inventory_management: variant.tracked ? "shopify" : null,
      requires_shipping: variant.requiresShipping,
      requires_selling_plan: product.requiresSellingPlan === true,
      selling_plan_allocations: planAllocations(context, visitor, product, variant),
      selected: selectedVariantId(scope, product) === variant.id,
      taxable: true,
      weight: 0,
      weight_unit: "kg",
      weight_in_unit: 0,
      unit_price: null,
      unit_price_measurement: null,
      quantity_rule: quantityRuleOf(variant),
      quantity_price_breaks: [],
      "quantity_price_breaks_configured?": false,
      store_availabilities: [],
      incoming: false,
      next_incoming_date: null,
      get product() {
        return productObject(scope, product);
      },
      get metafields() {
        return metafieldsObject(scope, "ProductVariant/", variant.id);
      },
    },
    () => variantShape(context, visitor, product, variant),
  );
}

/** `product.options_with_values`. */
function optionsWithValues(
  product: DevProduct,
  chosen: DevVariant | undefined,
  toObject: (variant: DevVariant) => object,
) {
  const isDefault = hasOnlyDefaultVariant(product);
  return optionShapes(product).map(({ name, position, values }, index) => ({
    name,
    position,
    values: isDefault ? values : optionValues(product, index, chosen, toObject),
    selected_value: isDefault ? values[0]! : (chosen?.options[index] ?? null),
  }));
}

/** A product; one object per page, so that two ways to it lead to the same. */
export function productObject(scope: PageScope, product: DevProduct): object {
  const known = scope.productObjects.get(product.id);
  if (known) return known;
  const { context, visitor } = scope;
  const { min, max } = priceRange(context, visitor, product);
  const compareAt = product.variants.map((variant) => variantCompareAt(context, visitor, variant) ?? 0);
  const selectedId = selectedVariantId(scope, product);
  const image = imageObject(product);
  let variants: object[] | null = null;
  const allVariants = () => (variants ??= product.variants.map((variant) => variantObject(scope, product, variant)));
  const firstAvailable = Math.max(0, product.variants.findIndex(isAvailable));
  const selectedAt = product.variants.findIndex((variant) => variant.id === selectedId);
  const chosen = product.variants[selectedAt < 0 ? firstAvailable : selectedAt];
  const object = withJson(
    {
      id: Number(product.id),
      title: product.title,
      handle: product.handle,
      description: product.descriptionHtml,
      content: product.descriptionHtml,
      vendor: product.vendor,
      type: product.productType,
      tags: product.tags,
      price: min,
      price_min: min,
      price_max: max,
      price_varies: min !== max,
      compare_at_price: lowestCompareAt(compareAt),
      compare_at_price_min: lowestCompareAt(compareAt) ?? 0,
      compare_at_price_max: Math.max(0, ...compareAt),
      compare_at_price_varies: new Set(compareAt).size > 1,
      available: product.variants.some(isAvailable),
      url: variantPath(visitor, product, null),
      options: optionShapes(product).map((option) => option.name),
      get options_with_values() {
        return optionsWithValues(product, chosen, (variant) => allVariants()[product.variants.indexOf(variant)]!);
      },
      get options_by_name() {
        const options = optionsWithValues(product, chosen, (variant) => variantObject(scope, product, variant));
        return new Lookup((name) => options.find((option) => option.name.toLowerCase() === name.toLowerCase()));
      },
      category: null,
      object_type: "product",
      selected_selling_plan: null,
      selected_selling_plan_allocation: null,
      selected_or_first_available_selling_plan_allocation: null,
      "quantity_price_breaks_configured?": false,
      variants_count: product.variants.length,
      has_only_default_variant: hasOnlyDefaultVariant(product),
      featured_image: image,
      featured_media: image,
      images: [image],
      media: [image],
      created_at: new Date(product.createdAt).toISOString(),
      published_at: product.publishedAt === null ? null : new Date(product.publishedAt).toISOString(),
      "gift_card?": product.isGiftCard,
      gift_card: product.isGiftCard,
      requires_selling_plan: product.requiresSellingPlan === true,
      selling_plan_groups: planGroups(context, visitor, product),
      template_suffix: null,
      get variants() {
        return allVariants();
      },
      get selected_variant() {
        return selectedAt < 0 ? null : allVariants()[selectedAt];
      },
      get first_available_variant() {
        return product.variants.some(isAvailable) ? allVariants()[firstAvailable] : null;
      },
      get selected_or_first_available_variant() {
        return allVariants()[selectedAt < 0 ? firstAvailable : selectedAt];
      },
      get collections() {
        return context.shop.collections
          .filter((collection) => product.collectionIds.includes(collection.id))
          .map((collection) => collectionObject(scope, collection));
      },
      get metafields() {
        return metafieldsObject(scope, "Product/", product.id);
      },
    },
    () => productShape(context, visitor, product),
  );
  scope.productObjects.set(product.id, object);
  return object;
}

function paged<T>(scope: PageScope, list: T[]): T[] {
  return scope.page ? list.slice(scope.page.offset, scope.page.offset + scope.page.size) : list.slice(0, 50);
}

/** A list of products that `{% paginate %}` can page: at most 50 where nobody pages it, as at Shopify. */
export function pagedProducts(scope: PageScope, list: DevProduct[]): object[] {
  return paged(scope, list).map((product) => productObject(scope, product));
}

/** A collection; `{ handle: "all" }` is the whole shop. */
export function collectionObject(scope: PageScope, collection: DevCollection): object {
  const { context, visitor } = scope;
  let members: DevProduct[] | null = null;
  const all = () => (members ??= productsIn(context.shop, collection.handle, viewOf(context, visitor)) ?? []);
  return withJson(
    {
      id: Number(collection.id.replace(/\D/g, "")) || 0,
      handle: collection.handle,
      title: collection.title,
      description: "",
      url: `${visitor.prefix}/collections/${collection.handle}`,
      sort_by: "",
      default_sort_by: "manual",
      sort_options: [],
      filters: [],
      tags: [],
      all_tags: [],
      all_types: [],
      all_vendors: [],
      template_suffix: null,
      metafields: {},
      get products() {
        return pagedProducts(scope, all());
      },
      get products_count() {
        return all().length;
      },
      get all_products_count() {
        return all().length;
      },
      get featured_image() {
        return all()[0] ? imageObject(all()[0]!) : null;
      },
      get image() {
        return all()[0] ? imageObject(all()[0]!) : null;
      },
    },
    () => ({ id: collection.id, handle: collection.handle, title: collection.title }),
  );
}

/** A line of the cart; `index` counts from 0, as at Shopify. */
function lineObject(scope: PageScope, all: readonly PricedLine[], index: number): object {
  const priced = all[index]!;
  const parent = all.findIndex(({ line }) => line.key === priced.line.parentKey);
  const { context, visitor } = scope;
  const shape = lineShape(context, visitor, priced);
  const discounts = priced.allocations.map((each) => allocationShape(each, visitor.currency, priced.product.createdAt));
  return withJson(
    {
      ...shape,
      index,
      image: imageObject(priced.product),
      featured_image: imageObject(priced.product),
      unit_price: null,
      url_to_remove: `${visitor.prefix}/cart/change?id=${encodeURIComponent(priced.line.key)}&quantity=0`,
      options_with_values: lineOptions(priced.product, priced.variant),
      line_level_discount_allocations: discounts,
      discount_allocations: discounts,
      item_components: [],
      parent_relationship: parent < 0 ? null : { parent: lineObject(scope, all, parent) },
      error_message: null,
      message: null,
      unit_price_measurement: null,
      quantity_rule: quantityRuleOf(priced.variant),
      instructions: { can_remove: true, can_update_quantity: true },
      selling_plan_allocation: shape.selling_plan_allocation ?? null,
      get product() {
        return productObject(scope, priced.product);
      },
      get variant() {
        return variantObject(scope, priced.product, priced.variant);
      },
    },
    () => shape,
  );
}

/** The cart. */
export function cartObject(scope: PageScope, priced: PricedCart): object {
  const { context, visitor } = scope;
  const shape = cartShape(context, visitor, priced);
  const hundredths = (amountMinor: number) => toHundredths({ amountMinor, currency: visitor.currency });
  const items = priced.lines.map((_line, index) => lineObject(scope, priced.lines, index));
  const cart = withJson(
    {
      ...shape,
      items,
      currency: { iso_code: priced.currency, name: priced.currency, symbol: priced.currency },
      "empty?": items.length === 0,
      empty: items.length === 0,
      discount_applications: [
        ...new Map(
          shape.items
            .flatMap(({ line_level_discount_allocations: given }) => given)
            .map(({ discount_application: one }) => [`${one.key} ${one.title}`, one]),
        ).values(),
        ...shape.cart_level_discount_applications,
      ],
      checkout_charge_amount: hundredths(priced.totalMinor),
      taxes_included: true,
      duties_included: false,
    },
    () => shape,
  );
  return emptyWith(cart, items);
}
