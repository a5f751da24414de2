import { gidOf } from "../shop/gid.ts";
import {
  applicationIndex,
  type DiscountApplication,
  discountApplications,
  type DiscountTarget,
} from "../shop/discount-applications.ts";
import { lineDiscountMinor, lineNetMinor, lineTaxMinor, orderTotals } from "../shop/order-totals.ts";
import { paidDiscount } from "../shop/paid-order.ts";
import type { DevDiscountAllocation, DevOrder, DevOrderLine } from "../shop/state.ts";
import { typed, type Fields, type TypeFields } from "./fields.ts";
import { MoneyBag } from "./money-bag.ts";

/** A line together with the order it belongs to. */
export interface LineOf {
  line: DevOrderLine;
  order: DevOrder;
}
/** The shipping line of an order. */
export interface ShippingOf {
  order: DevOrder;
}
interface AllocationOf {
  allocation: DevDiscountAllocation;
  target: DiscountTarget;
  order: DevOrder;
}
interface ApplicationOf extends DiscountApplication {
  index: number;
}

const line: Fields<LineOf> = {
  id: (of) => gidOf("LineItem", of.line.id),
  title: (of) => of.line.title,
  name: (of) => of.line.title,
  sku: (of) => (of.line.sku === "" ? null : of.line.sku),
  quantity: (of) => of.line.quantity,
  currentQuantity: (of) => of.line.currentQuantity,
  refundableQuantity: (of) => of.line.currentQuantity,
  isGiftCard: (of) => of.line.isGiftCard,
  requiresShipping: (of) => of.line.requiresShipping,
  taxable: () => true,
  vendor: (of, _args, { shop }) =>
    of.line.productId === null ? null : (shop.products.get(of.line.productId)?.vendor ?? null),
  product: (of, _args, { shop }) =>
    of.line.productId === null ? null : (shop.products.get(of.line.productId) ?? null),
  variant: (of, _args, { shop }) => {
    if (of.line.productId === null || of.line.variantId === null) return null;
    return shop.products.get(of.line.productId)?.variants.find(({ id }) => id === of.line.variantId) ?? null;
  },
  variantTitle: (of, _args, { shop }) => {
    if (of.line.productId === null) return null;
    const variant = shop.products.get(of.line.productId)?.variants.find(({ id }) => id === of.line.variantId);
    return variant === undefined || variant.title === "Default Title" ? null : variant.title;
  },
  sellingPlan: (of) =>
    of.line.sellingPlan === null
      ? null
      : { name: of.line.sellingPlan.name, sellingPlanId: gidOf("SellingPlan", of.line.sellingPlan.id) },
  lineItemGroup: (of) => of.line.group,
  customAttributes: (of) => Object.entries(of.line.properties).map(([key, value]) => ({ key, value })),
  originalUnitPriceSet: (of) => MoneyBag.ofLine(of, (line) => line.unitPriceMinor),
  originalTotalSet: (of) => MoneyBag.ofLine(of, (line) => line.unitPriceMinor * line.quantity),
  // Rounded to the smallest unit, as Shopify's is: the allocations are what sums up.
  discountedUnitPriceAfterAllDiscountsSet: (of) =>
    MoneyBag.ofLine(of, (line) => (line.quantity === 0 ? 0 : Math.round(lineNetMinor(line) / line.quantity))),
  // Without discounts on the order, as Shopify's are.
  discountedUnitPriceSet: (of) =>
    MoneyBag.ofLine(of, (line) => (line.quantity === 0 ? 0 : Math.round(ownNetMinor(line) / line.quantity))),
  discountedTotalSet: (of) => MoneyBag.ofLine(of, ownNetMinor),
  totalDiscountSet: (of) => MoneyBag.ofLine(of, lineDiscountMinor),
  taxLines: ({ line: source, order }) => {
    const tax = MoneyBag.ofLine({ line: source, order }, (line) => lineTaxMinor(line, order));
    const rate = (order.taxes?.basisPoints ?? 0) / 10_000;
    return lineTaxMinor(source, order) === 0 ? [] : [{ title: "VAT", rate, priceSet: tax }];
  },
  discountAllocations: (of) =>
    of.line.discounts.map(
      (allocation) => ({ allocation, target: "LINE_ITEM", order: of.order }) satisfies AllocationOf,
    ),
};

const shippingLine: Fields<ShippingOf> = {
  id: ({ order }) => gidOf("ShippingLine", order.id),
  title: () => "Standard",
  code: () => "Standard",
  source: () => "shopify",
  custom: () => false,
  isRemoved: () => false,
  originalPriceSet: ({ order }) => MoneyBag.ofOrder(order, ({ shippingMinor }) => shippingMinor),
  discountedPriceSet: ({ order }) => MoneyBag.ofOrder(order, (of) => orderTotals(of).shippingMinor),
  currentDiscountedPriceSet: ({ order }) => MoneyBag.ofOrder(order, (of) => orderTotals(of).shippingMinor),
  taxLines: () => [],
  discountAllocations: ({ order }) =>
    (order.shippingDiscounts ?? []).map(
      (allocation) => ({ allocation, target: "SHIPPING_LINE", order }) satisfies AllocationOf,
    ),
};

const group: Fields<NonNullable<DevOrderLine["group"]>> = {
  id: ({ id }) => gidOf("LineItemGroup", id),
  title: ({ title }) => title,
  quantity: ({ quantity }) => quantity,
  productId: ({ productId }) => (productId === null ? null : gidOf("Product", productId)),
  variantId: ({ variantId }) => (variantId === null ? null : gidOf("ProductVariant", variantId)),
  variantSku: () => null,
  customAttributes: ({ properties }) => Object.entries(properties ?? {}).map(([key, value]) => ({ key, value })),
};

/** What a line costs after its own discounts, without its part of discounts on the order. */
function ownNetMinor({ discounts, ...line }: DevOrderLine): number {
  return lineNetMinor({ ...line, discounts: discounts.filter(({ ofOrder }) => !ofOrder) });
}

/** A discount application as its own GraphQL type. */
export function applicationOf(application: DiscountApplication, index: number): object {
  const name = application.code === undefined ? "AutomaticDiscountApplication" : "DiscountCodeApplication";
  return typed(name, { ...application, index } satisfies ApplicationOf);
}

const allocation: Fields<AllocationOf> = {
  allocatedAmountSet: (of) =>
    new MoneyBag(of.allocation.amountMinor, of.order, () => paidDiscount(of.allocation, of.order).amountMinor),
  discountApplication: ({ allocation: given, target, order }) => {
    const index = applicationIndex(given, target, order);
    return applicationOf(discountApplications(order)[index]!, index);
  },
};

const anyApplication: Fields<ApplicationOf> = {
  index: ({ index }) => index,
  targetType: ({ target }) => target,
  targetSelection: ({ ofOrder }) => (ofOrder ? "ALL" : "EXPLICIT"),
  allocationMethod: ({ ofOrder }) => (ofOrder ? "ACROSS" : "EACH"),
};

const application: Fields<ApplicationOf> = { ...anyApplication, title: ({ title }) => title };
const codeApplication: Fields<ApplicationOf> = { ...anyApplication, code: ({ code }) => code };

const taxLine: Fields<{ title: string; rate: number; priceSet: MoneyBag }> = {
  title: ({ title }) => title,
  rate: ({ rate }) => rate,
  priceSet: ({ priceSet }) => priceSet,
};

export const orderLineFields: TypeFields = {
  TaxLine: taxLine,
  LineItem: line,
  LineItemGroup: group,
  ShippingLine: shippingLine,
  DiscountAllocation: allocation,
  AutomaticDiscountApplication: application,
  DiscountCodeApplication: codeApplication,
};
