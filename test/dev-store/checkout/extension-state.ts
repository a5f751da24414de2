import { toDecimalString } from "../../../app/domain/money/money.ts";
import type { DevProduct, StoreContext } from "../shop/state.ts";
import { hasOnlyDefaultVariant, metafieldsOf } from "../storefront/catalog.ts";
import type { PricedLine } from "../storefront/priced-cart.ts";
import type { Visitor } from "../storefront/visitor.ts";
import type { CheckoutExtension } from "./checkout-extension.ts";
import { extensionTranslations } from "./checkout-extension.ts";
import type { Checkout } from "./checkout-state.ts";

/** What a running extension can read, as plain JSON; the frame turns the changing parts into signals. */
export interface ExtensionState {
  target: string;
  handle: string;
  apiVersion: string;
  apiAccess: boolean;
  /** Null on the thank-you page, where nothing can be changed. */
  changes: { path: string } | null;
  shop: { id: string; name: string; storefrontUrl: string; myshopifyDomain: string };
  texts: { locale: string; texts: unknown; fallback: unknown };
  checkoutToken: string;
  orderConfirmation: { order: { id: string }; number: string; isFirstOrder: boolean } | null;
  /** The company that the buyer buys for; null for nobody who does. */
  purchasingCompany: { company: { id: string; name: string } } | null;
  /** What the buyer allows, as `shopify.customerPrivacy` tells it. */
  customerPrivacy: {
    allowedProcessing: Record<"analytics" | "marketing" | "preferences" | "saleOfData", boolean>;
    visitorConsent: Partial<Record<"analytics" | "marketing" | "preferences" | "saleOfData", boolean>>;
    metafields: never[];
    shouldShowBanner: boolean;
    saleOfDataRegion: boolean;
  };
  /** Everything that changes with the cart. */
  live: Record<string, unknown>;
}

interface AmountOf {
  (amountMinor: number): { amount: number; currencyCode: string };
}

function allocationState(
  { code, title, amountMinor }: { code: string | null; title: string; amountMinor: number },
  money: AmountOf,
) {
  const discountedAmount = money(amountMinor);
  return code === null ? { type: "automatic", title, discountedAmount } : { type: "code", code, discountedAmount };
}

function lineState(context: StoreContext, priced: PricedLine, money: AmountOf): Record<string, unknown> {
  const { line, product, variant } = priced;
  const names = hasOnlyDefaultVariant(product) ? [] : product.options;
  return {
    id: `gid://shopify/CartLine/${line.key}`,
    quantity: line.quantity,
    attributes: Object.entries(line.properties).map(([key, value]) => ({ key, value })),
    cost: { totalAmount: money(priced.finalMinor) },
    discountAllocations: priced.allocations.map((each) => allocationState(each, money)),
    lineComponents: [],
    parentRelationship: null,
    merchandise: {
      type: "variant",
      id: `gid://shopify/ProductVariant/${variant.id}`,
      title: product.title,
      subtitle: hasOnlyDefaultVariant(product) ? undefined : variant.title,
      sku: variant.sku,
      requiresShipping: variant.requiresShipping,
      image: { url: context.origin + product.image, altText: product.title },
      selectedOptions: names.map((name, index) => ({ name, value: variant.options[index] ?? "" })),
      sellingPlan: priced.sellingPlan
        ? { id: `gid://shopify/SellingPlan/${priced.sellingPlan.id}`, recurringDeliveries: true }
        : undefined,
      product: { id: `gid://shopify/Product/${product.id}`, vendor: product.vendor, productType: product.productType },
    },
  };
}

const VALUE_TYPES: Record<string, string> = { boolean: "boolean", number_integer: "integer", number_decimal: "float" };

/** One answer to the banner is an answer to all it asks; before it nothing is allowed. */
function customerPrivacy({ consent }: Visitor): ExtensionState["customerPrivacy"] {
  const all = (value: boolean) => ({ analytics: value, marketing: value, preferences: value, saleOfData: value });
  return {
    allowedProcessing: all(consent === "granted"),
    visitorConsent: consent === "" ? {} : all(consent === "granted"),
    metafields: [],
    shouldShowBanner: consent === "",
    saleOfDataRegion: false,
  };
}

/** The metafields that the manifest asks for: of the shop, of every product in the cart and of who is logged in. */
function appMetafields(
  context: StoreContext,
  extension: CheckoutExtension,
  products: DevProduct[],
  customerId: string | null,
) {
  const { shop } = context;
  const customers = customerId === null ? [] : [customerId];
  const owners = [
    { type: "shop", resource: "Shop/", id: shop.id.slice(shop.id.lastIndexOf("/") + 1), gid: "Shop" },
    ...products.map((product) => ({ type: "product", resource: "Product/", id: product.id, gid: "Product" })),
    ...customers.map((id) => ({ type: "customer", resource: "Customer/", id, gid: "Customer" })),
  ];
  return owners.flatMap(({ type, resource, id, gid }) =>
    metafieldsOf(shop, resource, type === "shop" ? null : id)
      .filter(({ namespace, key }) =>
        extension.metafields.some((each) => each.namespace === namespace && each.key === key),
      )
      .map(({ namespace, key, value, type: metafieldType }) => ({
        target: { type, id: `gid://shopify/${gid}/${id}` },
        metafield: {
          namespace,
          key,
          value,
          type: metafieldType,
          valueType:
            VALUE_TYPES[metafieldType] ??
            (metafieldType === "json" || metafieldType.startsWith("list.") ? "json_string" : "string"),
        },
      })),
  );
}

function instructions(canChange: boolean) {
  return {
    attributes: { canUpdateAttributes: canChange },
    delivery: { canSelectCustomAddress: canChange },
    discounts: { canUpdateDiscountCodes: false },
    lines: { canAddCartLine: canChange, canRemoveCartLine: canChange, canUpdateCartLine: canChange },
    metafields: { canDeleteCartMetafield: false, canSetCartMetafields: false },
    notes: { canUpdateNote: canChange },
  };
}

/** The state of a checkout, or of a finished one, for an extension at a target. */
export function extensionState(
  context: StoreContext,
  visitor: Visitor,
  extension: CheckoutExtension,
  target: string,
  checkout: Checkout,
  placed: { id: string; name: string; token: string } | null,
): ExtensionState {
  const { priced } = checkout;
  const { currency } = priced;
  const money: AmountOf = (amountMinor) => ({
    amount: Number(toDecimalString({ amountMinor, currency })),
    currencyCode: currency,
  });
  const products = [...new Map(priced.lines.map(({ product }) => [product.id, product])).values()];
  const { shop } = context;
  return {
    target,
    handle: extension.handle,
    apiVersion: extension.apiVersion,
    apiAccess: extension.apiAccess,
    changes: placed ? null : { path: `${visitor.prefix}/checkout/extension-api` },
    shop: {
      id: `gid://shopify/Shop/${shop.id.slice(shop.id.lastIndexOf("/") + 1)}`,
      name: shop.name,
      storefrontUrl: `${context.origin}${visitor.prefix}`,
      myshopifyDomain: shop.domain,
    },
    texts: extensionTranslations(extension, visitor.locale),
    checkoutToken: placed?.token ?? priced.cart.token,
    orderConfirmation: placed && {
      order: { id: `gid://shopify/OrderIdentity/${placed.id.slice(placed.id.lastIndexOf("/") + 1)}` },
      number: placed.name.replace("#", ""),
      isFirstOrder: true,
    },
    customerPrivacy: customerPrivacy(visitor),
    purchasingCompany: shop.businessCustomers?.includes(visitor.customerId ?? "")
      ? { company: { id: "gid://shopify/Company/1", name: "Company" } }
      : null,
    live: {
      lines: priced.lines.map((line) => lineState(context, line, money)),
      subtotalAmount: money(priced.totalMinor),
      totalShippingAmount: checkout.selected ? money(checkout.shippingMinor) : null,
      totalTaxAmount: null,
      totalAmount: money(checkout.totalMinor),
      appMetafields: appMetafields(context, extension, products, visitor.customerId),
      attributes: Object.entries(priced.cart.attributes).map(([key, value]) => ({ key, value })),
      note: priced.cart.note || null,
      instructions: instructions(placed === null),
      settings: {},
      discountCodes: priced.codes.filter(({ state }) => state === "applied").map(({ code }) => ({ code })),
      discountAllocations: priced.orderAllocations.map((each) => allocationState(each, money)),
      currency: { isoCode: currency },
      language: { isoCode: visitor.locale },
      extensionLanguage: { isoCode: visitor.locale },
      country: { isoCode: visitor.country },
      market: { id: `gid://shopify/Market/${visitor.market.id}`, handle: visitor.market.handle },
      timezone: shop.timezone,
    },
  };
}
