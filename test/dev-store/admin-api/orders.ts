import { GraphQLError } from "graphql";
import { gidOf, parseGid } from "../shop/gid.ts";
import { discountApplications, enteredCodes, hasShippingLine } from "../shop/discount-applications.ts";
import { orderTotals } from "../shop/order-totals.ts";
import type { DevOrder } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, requireScope, type Fields, type TypeFields } from "./fields.ts";
import { MoneyBag } from "./money-bag.ts";
import { metafieldFields } from "./metafields.ts";
import { applicationOf, type LineOf, type ShippingOf } from "./order-lines.ts";
import type { RefundOf } from "./refunds.ts";
import { creditAccountsOf } from "./store-credit.ts";
import { matchesNumber, matchesText, matchesTime, searchItems, type SearchTerm } from "./search.ts";

const SIXTY_DAYS = 60 * 86_400_000;

/** An order as `node` and `nodes` give it: null where there is none that the app may see. */
export function orderNode(id: string, context: AdminContext): DevOrder | null {
  requireScope(context, "node", "read_orders");
  const found = context.shop.orders.get(id);
  const isOld = found !== undefined && found.createdAt < context.now() - SIXTY_DAYS;
  return found === undefined || (isOld && !context.scopes.has("read_all_orders")) ? null : found;
}

/** Without `read_all_orders` an app sees the last 60 days and does not learn that there are more. */
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
  MoneyBag.ofOrder(order, (of) => pick(orderTotals(of)));

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
  edited: ({ edited }) => edited === true,
  currencyCode: ({ currency }) => currency,
  presentmentCurrencyCode: ({ presentmentCurrency }) => presentmentCurrency,
  sourceName: ({ sourceName }) => sourceName,
  sourceIdentifier: () => null,
  displayFinancialStatus: ({ financialStatus }) => financialStatus,
  taxesIncluded: ({ taxes }) => taxes?.included ?? false,
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
  discountCode: (source) => enteredCodes(source)[0] ?? null,
  discountCodes: enteredCodes,
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
  totalTaxSet: total((totals) => totals.taxMinor),
  totalRefundedShippingSet: total(() => 0),
  // All that there is: the dev store sends each order in one way.
  shippingLine: (source) => (hasShippingLine(source) ? ({ order: source } satisfies ShippingOf) : null),
  shippingLines: list((source) => (hasShippingLine(source) ? [{ order: source } satisfies ShippingOf] : [])),
  refundDiscrepancySet: total((totals) => -totals.withoutLinesMinor),
  refunds: (source, args) => {
    const first = typeof args.first === "number" ? args.first : source.refunds.length;
    return source.refunds.slice(0, first).map((refund) => ({ refund, order: source }) satisfies RefundOf);
  },
  discountApplications: list((source) => discountApplications(source).map(applicationOf)),
  lineItems: list((source) => source.lines.map((line) => ({ line, order: source }) satisfies LineOf)),
  ...metafieldFields<DevOrder>(({ id }) => gidOf("Order", id)),
};

const customer: Fields<{ customerId: string }> = {
  id: ({ customerId }) => gidOf("Customer", customerId),
  legacyResourceId: ({ customerId }) => customerId,
  dataSaleOptOut: ({ customerId }, _args, { shop }) => shop.optedOut?.has(customerId) ?? false,
  numberOfOrders: ({ customerId }, _args, context) => String(context.changes.ordersOfCustomer(customerId)),
  storeCreditAccounts: list(({ customerId }, _args, context) => creditAccountsOf(customerId, context)),
};
Object.assign(
  customer,
  metafieldFields<{ customerId: string }>(({ customerId }) => gidOf("Customer", customerId)),
);
for (const name of ["firstName", "lastName", "displayName", "email", "phone", "defaultAddress", "addresses"]) {
  customer[name] = protectedField(name);
}

const query: Fields<null> = {
  customer: (_source, args, context) => {
    requireScope(context, "customer", "read_customers");
    const gid = parseGid(String(args.id));
    if (gid?.resource !== "Customer") throw new GraphQLError(`Invalid global id '${String(args.id)}'`);
    return context.changes.ordersOfCustomer(gid.id) === 0 ? null : { customerId: gid.id };
  },
  orders: list((_source, args, context) => findOrders(args, context)),
  refund: (_source, args, context) => {
    requireScope(context, "refund", "read_orders");
    const gid = parseGid(String(args.id));
    if (gid?.resource !== "Refund") throw new GraphQLError(`Invalid global id '${String(args.id)}'`);
    for (const order of visibleOrders(context)) {
      const refund = order.refunds.find(({ id }) => id === gid.id);
      if (refund !== undefined) return { refund, order } satisfies RefundOf;
    }
    return null;
  },
  order: (_source, args, context) => {
    requireScope(context, "order", "read_orders");
    const gid = parseGid(String(args.id));
    if (gid?.resource !== "Order") throw new GraphQLError(`Invalid global id '${String(args.id)}'`);
    return orderNode(gid.id, context);
  },
};

export const orderFields: TypeFields = { QueryRoot: query, Order: order, Customer: customer };
