import { GraphQLError } from "graphql";
import { fixedDecimal } from "../money.ts";
import { gidOf, parseGid } from "../gid.ts";
import { lineDiscountMinor, lineNetMinor, orderTotals } from "../order-totals.ts";
import type { DevOrder, DevOrderLine, DevRefund, DevDiscountAllocation } from "../state.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, requireScope, typed, type Fields, type TypeFields } from "./fields.ts";
import { MoneyBag } from "./money-bag.ts";
import { metafieldFields } from "./metafields.ts";
import { matchesNumber, matchesText, matchesTime, searchItems, type SearchTerm } from "./search.ts";

const SIXTY_DAYS = 60 * 86_400_000;

/** A line, a refund or an allocation together with the order it belongs to. */
interface LineOf {
  line: DevOrderLine;
  order: DevOrder;
}
interface RefundOf {
  refund: DevRefund;
  order: DevOrder;
}
interface RefundLineOf {
  index: number;
  of: RefundOf;
}
interface AllocationOf {
  allocation: DevDiscountAllocation;
  order: DevOrder;
}

/** Without `read_all_orders` an app sees the last 60 days and is not told that there is more. */
export function visibleOrders(context: AdminContext): DevOrder[] {
  const from = context.scopes.has("read_all_orders") ? -Infinity : context.now() - SIXTY_DAYS;
  const visible: DevOrder[] = [];
  for (const order of context.shop.orders.values()) if (order.createdAt >= from) visible.push(order);
  return visible;
}

function matchesOrder(order: DevOrder, term: SearchTerm): boolean | undefined {
  switch (term.field) {
    case "created_at":
      return matchesTime(term, order.createdAt);
    case "processed_at":
      return matchesTime(term, order.processedAt);
    case "updated_at":
      return matchesTime(term, order.updatedAt);
    case "id":
      return matchesNumber(term, Number(order.id));
    case "name":
      return matchesText(term, order.name) || matchesText(term, order.name.replace(/^#/, ""));
    case "test":
      return order.test === (term.value === "true");
    case "source_name":
      return matchesText(term, order.sourceName);
    case "financial_status":
      return matchesText(term, order.financialStatus);
    case "status":
      if (term.value === "any") return true;
      return term.value === "cancelled" ? order.cancelledAt !== null : order.cancelledAt === null;
    default:
      return undefined;
  }
}

const SORT: Record<string, (order: DevOrder) => number> = {
  PROCESSED_AT: (order) => order.processedAt,
  CREATED_AT: (order) => order.createdAt,
  UPDATED_AT: (order) => order.updatedAt,
  ID: (order) => Number(order.id),
};

export function findOrders(args: Readonly<Record<string, unknown>>, context: AdminContext): DevOrder[] {
  requireScope(context, "orders", "read_orders");
  const found = searchItems(visibleOrders(context), args.query, matchesOrder);
  const sortKey = String(args.sortKey ?? "PROCESSED_AT");
  const by = SORT[sortKey];
  if (by === undefined) throw new GraphQLError(`The dev store does not sort orders by ${sortKey}.`);
  return found.sort((a, b) => by(a) - by(b) || Number(a.id) - Number(b.id));
}

function appOf(order: DevOrder) {
  const name = { web: "Online Store", pos: "Point of Sale", shopify_draft_order: "Draft Orders" }[order.sourceName];
  if (name === undefined) return null;
  return {
    id: gidOf("App", { web: "580111", pos: "129785", shopify_draft_order: "1354745" }[order.sourceName] ?? "1"),
    name,
  };
}

const total = (pick: (totals: ReturnType<typeof orderTotals>) => number) => (order: DevOrder) =>
  new MoneyBag(pick(orderTotals(order)), order);

/** Level 2 customer data: the app was not approved for it, so Shopify refuses the field. */
const protectedField = (name: string) => (): never => {
  throw new GraphQLError(
    `This app is not approved to use the ${name} field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`,
    {
      extensions: { code: "ACCESS_DENIED" },
    },
  );
};

const order: Fields<DevOrder> = {
  id: ({ id }) => gidOf("Order", id),
  legacyResourceId: ({ id }) => id,
  name: ({ name }) => name,
  number: ({ name }) => Number(name.replace(/\D/g, "")),
  createdAt: ({ createdAt }) => iso(createdAt),
  processedAt: ({ processedAt }) => iso(processedAt),
  updatedAt: ({ updatedAt }) => iso(updatedAt),
  cancelledAt: ({ cancelledAt }) => (cancelledAt === null ? null : iso(cancelledAt)),
  cancelReason: ({ cancelledAt }) => (cancelledAt === null ? null : "CUSTOMER"),
  closed: () => false,
  closedAt: () => null,
  confirmed: () => true,
  test: ({ test }) => test,
  edited: () => false,
  currencyCode: ({ currency }) => currency,
  presentmentCurrencyCode: ({ presentmentCurrency }) => presentmentCurrency,
  sourceName: ({ sourceName }) => sourceName,
  sourceIdentifier: () => null,
  displayFinancialStatus: ({ financialStatus }) => financialStatus,
  taxesIncluded: () => true,
  tags: () => [],
  note: () => null,
  app: appOf,
  attribution: ({ sourceName }) => {
    const displayName = { web: "Online Store", pos: "Point of Sale", shopify_draft_order: "Draft Orders" }[sourceName];
    return displayName === undefined ? null : { handle: sourceName, displayName, icon: null };
  },
  customer: ({ customerId }, _args, context) => {
    requireScope(context, "customer", "read_customers");
    return customerId === null ? null : { customerId };
  },
  cartToken: ({ cartToken }) => cartToken,
  checkoutToken: ({ checkoutToken }) => checkoutToken,
  discountCode: () => null,
  discountCodes: () => [],
  customAttributes: () => [],
  email: protectedField("email"),
  phone: protectedField("phone"),
  billingAddress: protectedField("billingAddress"),
  shippingAddress: protectedField("shippingAddress"),
  displayAddress: protectedField("displayAddress"),
  clientIp: protectedField("clientIp"),
  subtotalLineItemsQuantity: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
  currentSubtotalLineItemsQuantity: ({ lines }) => lines.reduce((sum, { currentQuantity }) => sum + currentQuantity, 0),
  subtotalPriceSet: total((totals) => totals.subtotalMinor),
  currentSubtotalPriceSet: total((totals) => totals.currentSubtotalMinor),
  totalPriceSet: total((totals) => totals.totalMinor),
  originalTotalPriceSet: total((totals) => totals.totalMinor),
  currentTotalPriceSet: total((totals) => totals.currentTotalMinor),
  totalDiscountsSet: total((totals) => totals.discountsMinor),
  currentTotalDiscountsSet: total((totals) => totals.currentDiscountsMinor),
  totalRefundedSet: total((totals) => totals.refundedMinor),
  totalShippingPriceSet: total((totals) => totals.shippingMinor),
  totalTaxSet: total(() => 0),
  refunds: (source, args) => {
    const first = typeof args.first === "number" ? args.first : source.refunds.length;
    return source.refunds.slice(0, first).map((refund) => ({ refund, order: source }) satisfies RefundOf);
  },
  lineItems: list((source) => source.lines.map((line) => ({ line, order: source }) satisfies LineOf)),
  ...metafieldFields<DevOrder>(({ id }) => gidOf("Order", id)),
};

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
  discountedUnitPriceSet: (of) =>
    new MoneyBag(of.line.quantity === 0 ? 0 : Math.round(lineNetMinor(of.line) / of.line.quantity), of.order),
  discountedTotalSet: (of) => new MoneyBag(lineNetMinor(of.line), of.order),
  totalDiscountSet: (of) => new MoneyBag(lineDiscountMinor(of.line), of.order),
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
  customAttributes: () => [],
};

/** An order's discount applications are its distinct titles, in the order in which the lines name them. */
function applicationIndex({ allocation, order: { lines } }: AllocationOf): number {
  const titles = [...new Set(lines.flatMap(({ discounts }) => discounts.map(({ title }) => title)))];
  return titles.indexOf(allocation.title);
}

const allocation: Fields<AllocationOf> = {
  allocatedAmountSet: (of) => new MoneyBag(of.allocation.amountMinor, of.order),
  discountApplication: (of) => typed("AutomaticDiscountApplication", of),
};

const application: Fields<AllocationOf> = {
  index: applicationIndex,
  title: (of) => of.allocation.title,
  targetType: () => "LINE_ITEM",
  targetSelection: () => "EXPLICIT",
  allocationMethod: () => "EACH",
};

const customer: Fields<{ customerId: string }> = {
  id: ({ customerId }) => gidOf("Customer", customerId),
  legacyResourceId: ({ customerId }) => customerId,
  numberOfOrders: ({ customerId }, _args, context) => String(context.changes.ordersOfCustomer(customerId)),
};
for (const name of ["firstName", "lastName", "displayName", "email", "phone", "defaultAddress", "addresses"]) {
  customer[name] = protectedField(name);
}

const refund: Fields<RefundOf> = {
  id: (of) => gidOf("Refund", of.refund.id),
  legacyResourceId: (of) => of.refund.id,
  createdAt: (of) => iso(of.refund.createdAt),
  processedAt: (of) => iso(of.refund.createdAt),
  updatedAt: (of) => iso(of.refund.createdAt),
  note: () => null,
  order: (of) => of.order,
  totalRefundedSet: (of) =>
    new MoneyBag(
      of.refund.lines.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0),
      of.order,
    ),
  refundLineItems: list((of) => of.refund.lines.map((_line, index) => ({ index, of }) satisfies RefundLineOf)),
};

function refundLine({ index, of }: RefundLineOf) {
  const found = of.refund.lines[index];
  if (found === undefined) throw new Error(`Refund ${of.refund.id} has no line ${index}.`);
  return found;
}

const refundLineItem: Fields<RefundLineOf> = {
  id: ({ index, of }) => gidOf("RefundLineItem", `${of.refund.id}${index}`),
  quantity: (source) => refundLine(source).quantity,
  restocked: () => true,
  restockType: () => "RETURN",
  subtotalSet: (source) => new MoneyBag(refundLine(source).subtotalMinor, source.of.order),
  totalTaxSet: (source) => new MoneyBag(0, source.of.order),
  subtotal: (source) => fixedDecimal(refundLine(source).subtotalMinor, source.of.order.currency),
  lineItem: (source) => {
    const { lineId } = refundLine(source);
    const found = source.of.order.lines.find(({ id }) => id === lineId);
    if (found === undefined) throw new Error(`Refund ${source.of.refund.id} names an unknown line ${lineId}.`);
    return { line: found, order: source.of.order } satisfies LineOf;
  },
};

const query: Fields<null> = {
  orders: list((_source, args, context) => findOrders(args, context)),
  order: (_source, args, context) => {
    requireScope(context, "order", "read_orders");
    const gid = parseGid(String(args.id));
    if (gid?.resource !== "Order") throw new GraphQLError(`Invalid global id '${String(args.id)}'`);
    const found = context.shop.orders.get(gid.id);
    if (found === undefined) return null;
    const old = found.createdAt < context.now() - SIXTY_DAYS && !context.scopes.has("read_all_orders");
    return old ? null : found;
  },
};

export const orderFields: TypeFields = {
  QueryRoot: query,
  Order: order,
  LineItem: line,
  LineItemGroup: group,
  DiscountAllocation: allocation,
  AutomaticDiscountApplication: application,
  Customer: customer,
  Refund: refund,
  RefundLineItem: refundLineItem,
};
