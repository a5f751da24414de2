import { gidOf } from "../shop/gid.ts";
import { lineDiscountMinor, lineNetMinor, lineTaxMinor } from "../shop/order-totals.ts";
import type { DevDiscountAllocation, DevOrder, DevOrderLine } from "../shop/state.ts";
import { typed, type Fields, type TypeFields } from "./fields.ts";
import { MoneyBag } from "./money-bag.ts";

/** A line together with the order it belongs to. */
export interface LineOf {
  line: DevOrderLine;
  order: DevOrder;
}
interface AllocationOf {
  allocation: DevDiscountAllocation;
  order: DevOrder;
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
  originalUnitPriceSet: (of) => new MoneyBag(of.line.unitPriceMinor, of.order),
  originalTotalSet: (of) => new MoneyBag(of.line.unitPriceMinor * of.line.quantity, of.order),
  // Rounded to the smallest unit, as Shopify's is: the allocations are what sums up.
  discountedUnitPriceAfterAllDiscountsSet: (of) =>
    new MoneyBag(of.line.quantity === 0 ? 0 : Math.round(lineNetMinor(of.line) / of.line.quantity), of.order),
  // Without discounts on the order, as Shopify's are.
  discountedUnitPriceSet: (of) =>
    new MoneyBag(of.line.quantity === 0 ? 0 : Math.round(ownNetMinor(of.line) / of.line.quantity), of.order),
  discountedTotalSet: (of) => new MoneyBag(ownNetMinor(of.line), of.order),
  totalDiscountSet: (of) => new MoneyBag(lineDiscountMinor(of.line), of.order),
  taxLines: ({ line: source, order }) => {
    const taxMinor = lineTaxMinor(source, order);
    const rate = (order.taxes?.basisPoints ?? 0) / 10_000;
    return taxMinor === 0 ? [] : [{ title: "VAT", rate, priceSet: new MoneyBag(taxMinor, order) }];
  },
  discountAllocations: (of) =>
    of.line.discounts.map((allocation) => ({ allocation, order: of.order }) satisfies AllocationOf),
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

/** An order's discount applications are its distinct titles, in the order in which the lines name them. */
function applicationIndex({ allocation, order: { lines } }: AllocationOf): number {
  const titles = [...new Set(lines.flatMap(({ discounts }) => discounts.map(({ title }) => title)))];
  return titles.indexOf(allocation.title);
}

const allocation: Fields<AllocationOf> = {
  allocatedAmountSet: (of) => new MoneyBag(of.allocation.amountMinor, of.order),
  discountApplication: (of) =>
    typed(of.allocation.code === undefined ? "AutomaticDiscountApplication" : "DiscountCodeApplication", of),
};

const anyApplication: Fields<AllocationOf> = {
  index: applicationIndex,
  targetType: () => "LINE_ITEM",
  targetSelection: ({ allocation: { ofOrder } }) => (ofOrder ? "ALL" : "EXPLICIT"),
  allocationMethod: ({ allocation: { ofOrder } }) => (ofOrder ? "ACROSS" : "EACH"),
};

const application: Fields<AllocationOf> = { ...anyApplication, title: (of) => of.allocation.title };
const codeApplication: Fields<AllocationOf> = { ...anyApplication, code: (of) => of.allocation.code };

const taxLine: Fields<{ title: string; rate: number; priceSet: MoneyBag }> = {
  title: ({ title }) => title,
  rate: ({ rate }) => rate,
  priceSet: ({ priceSet }) => priceSet,
};

export const orderLineFields: TypeFields = {
  TaxLine: taxLine,
  LineItem: line,
  LineItemGroup: group,
  DiscountAllocation: allocation,
  AutomaticDiscountApplication: application,
  DiscountCodeApplication: codeApplication,
};
