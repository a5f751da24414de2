import { gidOf } from "../shop/gid.ts";
import {
  applicationIndex,
  type DiscountApplication,
  discountApplications,
  enteredCodes,
  type DiscountTarget,
  hasShippingLine,
} from "../shop/discount-applications.ts";
import { fixedDecimal } from "../shop/money.ts";
import { lineDiscountMinor, orderTotals } from "../shop/order-totals.ts";
import { paidDiscount, paidLine, paidOrder, paidRefund } from "../shop/paid-order.ts";
import { hashText } from "../shop/random.ts";
import type { DevDiscountAllocation, DevOrder, DevOrderLine, DevProduct, DevRefund, DevShop } from "../shop/state.ts";

/** REST writes times with the shop's offset; UTC is one of the offsets it may have. */
const at = (time: number) => new Date(time).toISOString().replace(/\.\d{3}Z$/, "+00:00");

/** `paidMinor`: what it is in the buyer's currency. */
function money(amountMinor: number, order: DevOrder, paidMinor: number) {
  const { currency, presentmentCurrency } = order;
  return {
    shop_money: { amount: fixedDecimal(amountMinor, currency), currency_code: currency },
    presentment_money: { amount: fixedDecimal(paidMinor, presentmentCurrency), currency_code: presentmentCurrency },
  };
}

const GIVEN = ["Aoi", "Hannah", "Ren", "Oliver", "Yui", "Grace", "Sota", "Emma"];
const FAMILY = ["Sato", "Miller", "Tanaka", "Hughes", "Suzuki", "Clarke", "Mori", "Novak"];

/** What a real payload says about the buyer, made up from the customer's id: the app must drop every word of it. */
export function personOf(customerId: string) {
  const seed = hashText(customerId);
  const first = GIVEN[seed % GIVEN.length] as string;
  const last = FAMILY[(seed >>> 8) % FAMILY.length] as string;
  const phone = `+15550${String(seed % 1_000_000).padStart(6, "0")}`;
  const address = {
    first_name: first,
    last_name: last,
    name: `${first} ${last}`,
    address1: `${1 + (seed % 180)} Cedar Street`,
    address2: null,
    company: null,
    city: "Portland",
    province: "Oregon",
    province_code: "OR",
    country: "United States",
    country_code: "US",
    zip: "97201",
    phone,
    latitude: 45.5,
    longitude: -122.6,
  };
  return { first, last, email: `${first}.${last}.${customerId}@example.com`.toLowerCase(), phone, address };
}

function linePayload(line: DevOrderLine, order: DevOrder, shop: DevShop) {
  const variant = shop.products.get(line.productId ?? "")?.variants.find(({ id }) => id === line.variantId);
  const paid = paidLine(line, order);
  return {
    id: Number(line.id),
    admin_graphql_api_id: gidOf("LineItem", line.id),
    product_id: line.productId === null ? null : Number(line.productId),
    variant_id: line.variantId === null ? null : Number(line.variantId),
    title: line.title,
    name: line.title,
    variant_title: variant === undefined || variant.title === "Default Title" ? null : variant.title,
    sku: line.sku,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    fulfillable_quantity: line.currentQuantity,
    price: fixedDecimal(line.unitPriceMinor, order.currency),
    price_set: money(line.unitPriceMinor, order, paid.unitPriceMinor),
    total_discount: fixedDecimal(lineDiscountMinor(line), order.currency),
    total_discount_set: money(lineDiscountMinor(line), order, lineDiscountMinor(paid)),
    discount_allocations: line.discounts.map((each) => allocationPayload(each, "LINE_ITEM", order)),
    gift_card: line.isGiftCard,
    requires_shipping: line.requiresShipping,
    taxable: true,
    properties: Object.entries(line.properties).map(([name, value]) => ({ name, value })),
    sales_line_item_group_id: line.group === null ? null : Number(line.group.id),
  };
}

function allocationPayload(allocation: DevDiscountAllocation, target: DiscountTarget, order: DevOrder) {
  return {
    amount: fixedDecimal(allocation.amountMinor, order.currency),
    amount_set: money(allocation.amountMinor, order, paidDiscount(allocation, order).amountMinor),
    discount_application_index: applicationIndex(allocation, target, order),
  };
}

/** REST names a code and not its title, and of an automatic discount its title. */
function applicationPayload({ target, title, code, ofOrder }: DiscountApplication) {
  return {
    target_type: target.toLowerCase(),
    target_selection: ofOrder ? "all" : "explicit",
    allocation_method: ofOrder ? "across" : "each",
    ...(code === undefined ? { type: "automatic", title } : { type: "discount_code", code }),
  };
}

/** Everything that a code took off an order, in minor units. */
function takenByCode({ lines, shippingDiscounts = [] }: DevOrder, code: string): number {
  const all = [...lines.flatMap(({ discounts }) => discounts), ...shippingDiscounts];
  return all.reduce((sum, each) => (each.code === code ? sum + each.amountMinor : sum), 0);
}

function shippingLinePayload(order: DevOrder) {
  const { currency, shippingMinor, shippingDiscounts = [] } = order;
  const discountedMinor = orderTotals(order).shippingMinor;
  const paid = paidOrder(order);
  return {
    id: Number(order.id),
    title: "Standard",
    code: "Standard",
    source: "shopify",
    carrier_identifier: null,
    is_removed: false,
    phone: null,
    price: fixedDecimal(shippingMinor, currency),
    price_set: money(shippingMinor, order, paid.shippingMinor),
    discounted_price: fixedDecimal(discountedMinor, currency),
    discounted_price_set: money(discountedMinor, order, orderTotals(paid).shippingMinor),
    tax_lines: [],
    discount_allocations: shippingDiscounts.map((each) => allocationPayload(each, "SHIPPING_LINE", order)),
  };
}

function refundPayload(refund: DevRefund, order: DevOrder, shop: DevShop) {
  return {
    id: Number(refund.id),
    admin_graphql_api_id: gidOf("Refund", refund.id),
    order_id: Number(order.id),
    created_at: at(refund.createdAt),
    processed_at: at(refund.createdAt),
    note: "",
    restock: true,
    user_id: 42,
    refund_line_items: refund.lines.map(({ lineId, quantity, subtotalMinor }, index) => {
      const line = order.lines.find(({ id }) => id === lineId);
      return {
        id: Number(`${refund.id}${index}`),
        line_item_id: Number(lineId),
        quantity,
        restock_type: "return",
        subtotal: Number(fixedDecimal(subtotalMinor, order.currency)),
        subtotal_set: money(subtotalMinor, order, paidRefund(refund, order).lines[index]!.subtotalMinor),
        line_item: line === undefined ? null : linePayload(line, order, shop),
      };
    }),
    transactions: [],
  };
}

const FINANCIAL: Readonly<Record<DevOrder["financialStatus"], string>> = {
  PAID: "paid",
  PARTIALLY_REFUNDED: "partially_refunded",
  REFUNDED: "refunded",
  VOIDED: "voided",
  PENDING: "pending",
};

/** An order as REST writes it in a webhook, personal fields and all. */
export function orderPayload(order: DevOrder, shop: DevShop): Record<string, unknown> {
  const totals = orderTotals(order);
  const paid = orderTotals(paidOrder(order));
  const person = order.customerId === null ? null : personOf(order.customerId);
  const guest = person ?? personOf(`guest-${order.id}`);
  const text = (amountMinor: number) => fixedDecimal(amountMinor, order.currency);
  return {
    id: Number(order.id),
    admin_graphql_api_id: gidOf("Order", order.id),
    name: order.name,
    order_number: Number(order.name.replace(/\D/g, "")),
    created_at: at(order.createdAt),
    processed_at: at(order.processedAt),
    updated_at: at(order.updatedAt),
    cancelled_at: order.cancelledAt === null ? null : at(order.cancelledAt),
    cancel_reason: order.cancelledAt === null ? null : "customer",
    closed_at: null,
    test: order.test,
    source_name: order.sourceName,
    currency: order.currency,
    presentment_currency: order.presentmentCurrency,
    financial_status: FINANCIAL[order.financialStatus],
    fulfillment_status: null,
    taxes_included: order.taxes?.included ?? false,
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    subtotal_price: text(totals.subtotalMinor),
    subtotal_price_set: money(totals.subtotalMinor, order, paid.subtotalMinor),
    current_subtotal_price: text(totals.currentSubtotalMinor),
    current_subtotal_price_set: money(totals.currentSubtotalMinor, order, paid.currentSubtotalMinor),
    total_discounts: text(totals.discountsMinor),
    total_discounts_set: money(totals.discountsMinor, order, paid.discountsMinor),
    total_price: text(totals.totalMinor),
    total_price_set: money(totals.totalMinor, order, paid.totalMinor),
    current_total_price: text(totals.currentTotalMinor),
    total_shipping_price_set: money(totals.shippingMinor, order, paid.shippingMinor),
    total_tax: text(totals.taxMinor),
    discount_codes: enteredCodes(order).map((code) => ({ code, amount: text(takenByCode(order, code)) })),
    discount_applications: discountApplications(order).map(applicationPayload),
    shipping_lines: hasShippingLine(order) ? [shippingLinePayload(order)] : [],
    note: null,
    note_attributes: [],
    tags: "",
    line_items: order.lines.map((line) => linePayload(line, order, shop)),
    refunds: order.refunds.map((refund) => refundPayload(refund, order, shop)),
    email: guest.email,
    contact_email: guest.email,
    phone: guest.phone,
    browser_ip: "203.0.113.7",
    client_details: { browser_ip: "203.0.113.7", user_agent: "Mozilla/5.0", accept_language: shop.locale },
    billing_address: guest.address,
    shipping_address: guest.address,
    customer:
      person === null
        ? null
        : {
            id: Number(order.customerId),
            admin_graphql_api_id: gidOf("Customer", order.customerId ?? ""),
            first_name: person.first,
            last_name: person.last,
            email: person.email,
            phone: person.phone,
            default_address: person.address,
          },
  };
}

/** An order edit: unlike the other order topics it names the order inside `order_edit` only. */
export function orderEditedPayload(
  order: DevOrder,
  removals: { id: number; delta: number }[],
): Record<string, unknown> {
  return {
    order_edit: {
      id: order.updatedAt,
      order_id: Number(order.id),
      created_at: at(order.updatedAt),
      committed_at: at(order.updatedAt),
      notify_customer: false,
      reason: "",
      user_id: 42,
      line_items: { additions: [], removals },
      discounts: { line_item: { additions: [], removals: [] } },
    },
  };
}

/** A refund as `refunds/create` sends it. */
export function refundCreatedPayload(refund: DevRefund, order: DevOrder, shop: DevShop): Record<string, unknown> {
  return refundPayload(refund, order, shop);
}

export function productPayload(product: DevProduct, shop: DevShop): Record<string, unknown> {
  return {
    id: Number(product.id),
    admin_graphql_api_id: gidOf("Product", product.id),
    title: product.title,
    handle: product.handle,
    body_html: product.descriptionHtml,
    vendor: product.vendor,
    product_type: product.productType,
    status: product.status.toLowerCase(),
    tags: product.tags.join(", "),
    created_at: at(product.createdAt),
    updated_at: at(product.updatedAt),
    published_at: product.publishedAt === null ? null : at(product.publishedAt),
    variants: product.variants.map((variant, index) => ({
      id: Number(variant.id),
      product_id: Number(product.id),
      admin_graphql_api_id: gidOf("ProductVariant", variant.id),
      title: variant.title,
      sku: variant.sku,
      position: index + 1,
      price: fixedDecimal(variant.priceMinor, shop.currency),
      compare_at_price: variant.compareAtMinor === null ? null : fixedDecimal(variant.compareAtMinor, shop.currency),
      inventory_policy: variant.inventoryPolicy.toLowerCase(),
      inventory_quantity: variant.inventoryQuantity,
    })),
  };
}

const shopParts = (shop: DevShop) => ({ shop_id: Number(shop.id), shop_domain: shop.domain });

/** The three compliance topics. */
export function customerDataRequestPayload(
  shop: DevShop,
  customerId: string,
  orderIds: string[],
): Record<string, unknown> {
  const { email, phone } = personOf(customerId);
  return {
    ...shopParts(shop),
    orders_requested: orderIds.map(Number),
    customer: { id: Number(customerId), email, phone },
    data_request: { id: 9999 },
  };
}

export function customerRedactPayload(shop: DevShop, customerId: string, orderIds: string[]): Record<string, unknown> {
  const { email, phone } = personOf(customerId);
  return {
    ...shopParts(shop),
    customer: { id: Number(customerId), email, phone },
    orders_to_redact: orderIds.map(Number),
  };
}

export function shopRedactPayload(shop: DevShop): Record<string, unknown> {
  return shopParts(shop);
}
