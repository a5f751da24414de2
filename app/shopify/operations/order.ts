import { operation, type Page, type ShopMoney } from "./operation.ts";

/** An order as bulk files and refetches give it. */
export interface OrderNode {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly processedAt: string;
  readonly updatedAt: string;
  readonly cancelledAt: string | null;
  readonly test: boolean;
  readonly currencyCode: string;
  readonly presentmentCurrencyCode: string;
  readonly sourceName: string | null;
  readonly customer: { readonly id: string } | null;
  readonly displayFinancialStatus: string | null;
  readonly taxesIncluded: boolean;
  readonly currentSubtotalPriceSet: ShopMoney;
  readonly totalRefundedSet: ShopMoney;
  /** Suggested less actual refunds: below zero by what was refunded beyond the lines and the shipping named. */
  readonly refundDiscrepancySet: ShopMoney;
  /** The sum of all ways in which the order is sent, null for none. Absent from bulk files that an earlier version asked for. */
  readonly shippingLine?: { readonly discountAllocations: readonly DiscountAllocationNode[] } | null;
}

/** What one discount took off a line, or off shipping. */
export interface DiscountAllocationNode {
  readonly allocatedAmountSet: ShopMoney;
  /** Absent from bulk files that an earlier version asked for. Only automatic discounts have a title here. */
  readonly discountApplication?: { readonly __typename: string; readonly title?: string };
}

export interface LineItemNode {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
  readonly currentQuantity: number;
  readonly isGiftCard: boolean;
  readonly requiresShipping: boolean;
  readonly product: { readonly id: string } | null;
  readonly variant: { readonly id: string } | null;
  readonly lineItemGroup: {
    readonly id: string;
    /** Absent from bulk files that an earlier version asked for. */
    readonly customAttributes?: readonly { readonly key: string; readonly value: string | null }[];
  } | null;
  readonly customAttributes: readonly { readonly key: string; readonly value: string | null }[];
  /** Names the currency of all the line's amounts: a bulk file does not say elsewhere which order's it is. */
  readonly originalUnitPriceSet: { readonly shopMoney: { readonly amount: string; readonly currencyCode: string } };
  readonly discountAllocations: readonly DiscountAllocationNode[];
  /** On all units ordered, those refunded or taken off included. */
  readonly taxLines: readonly { readonly priceSet: ShopMoney }[];
}

export interface RefundLineNode {
  readonly quantity: number;
  readonly subtotalSet: ShopMoney;
  readonly lineItem: { readonly id: string };
}

export interface RefundNode {
  readonly id: string;
  readonly createdAt: string | null;
  readonly refundLineItems: Page<RefundLineNode>;
}

/** An order with the first page of its lines, and all its refunds with the first page of theirs. */
export type OrderWithLinesNode = OrderNode & {
  readonly lineItems: Page<LineItemNode>;
  readonly refunds: readonly RefundNode[];
};

const PAGE_INFO = "pageInfo { hasNextPage endCursor }";

const ALLOCATIONS = `
    discountAllocations {
      allocatedAmountSet { shopMoney { amount } }
      discountApplication { __typename ... on AutomaticDiscountApplication { title } }
    }`;

const LINES = `
  nodes {
    id title sku quantity currentQuantity isGiftCard requiresShipping
    product { id }
    variant { id }
    lineItemGroup { id customAttributes { key value } }
    customAttributes { key value }
    originalUnitPriceSet { shopMoney { amount currencyCode } }
    ${ALLOCATIONS}
    taxLines { priceSet { shopMoney { amount } } }
  }
  ${PAGE_INFO}`;

const LINES_OF_REFUND = `
  nodes { quantity subtotalSet { shopMoney { amount } } lineItem { id } }
  ${PAGE_INFO}`;

/** The fields of {@link OrderWithLinesNode}, with pages of these sizes. */
const orderFields = (lines: number, refundLines: number): string => `
  id name createdAt processedAt updatedAt cancelledAt test currencyCode presentmentCurrencyCode sourceName
  displayFinancialStatus taxesIncluded
  customer { id }
  currentSubtotalPriceSet { shopMoney { amount } }
  totalRefundedSet { shopMoney { amount } }
  refundDiscrepancySet { shopMoney { amount } }
  shippingLine { ${ALLOCATIONS} }
  lineItems(first: ${lines}) { ${LINES} }
  refunds { id createdAt refundLineItems(first: ${refundLines}) { ${LINES_OF_REFUND} } }`;

/** One order. */
export const ORDER = operation<{ id: string }, { order: OrderWithLinesNode | null }>(`#graphql
  query Order($id: ID!) {
    order(id: $id) { ${orderFields(100, 50)} }
  }
`);

/**
 * How many orders one query may ask for. Shopify refuses queries of more than 1,000 points and does not publish how it
 * charges `nodes`: even if each order is charged in full, eight of {@link ORDERS} stay below.
 */
export const ORDERS_PER_QUERY = 8;

/** Some orders, in the order asked for; null for those that are gone or that the app may not see. */
export const ORDERS = operation<{ ids: readonly string[] }, { nodes: readonly (OrderWithLinesNode | null)[] }>(`#graphql
  query Orders($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order { ${orderFields(10, 5)} }
    }
  }
`);

/** Further lines of one order. */
export const ORDER_LINES = operation<
  { id: string; after: string },
  { order: { lineItems: Page<LineItemNode> } | null }
>(`#graphql
  query OrderLines($id: ID!, $after: String!) {
    order(id: $id) { lineItems(first: 100, after: $after) { ${LINES} } }
  }
`);

/** Further lines of one refund. */
export const REFUND_LINES = operation<
  { id: string; after: string },
  { refund: { refundLineItems: Page<RefundLineNode> } | null }
>(`#graphql
  query RefundLines($id: ID!, $after: String!) {
    refund(id: $id) { refundLineItems(first: 250, after: $after) { ${LINES_OF_REFUND} } }
  }
`);

export interface OrdersUpdated {
  readonly orders: Page<{ readonly id: string; readonly updatedAt: string }>;
}

/** Which orders changed since a time, the longest unchanged first. */
export const ORDERS_UPDATED = operation<{ query: string; after: string | null }, OrdersUpdated>(`#graphql
  query OrdersUpdated($query: String!, $after: String) {
    orders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { id updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
