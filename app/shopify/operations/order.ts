import { operation, type ShopMoney } from "./operation.ts";

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
  readonly currentSubtotalPriceSet: ShopMoney;
  readonly totalRefundedSet: ShopMoney;
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
  readonly lineItemGroup: { readonly id: string } | null;
  readonly customAttributes: readonly { readonly key: string; readonly value: string | null }[];
  readonly originalUnitPriceSet: ShopMoney;
  readonly discountAllocations: readonly { readonly allocatedAmountSet: ShopMoney }[];
}

export interface RefundNode {
  readonly id: string;
  readonly createdAt: string | null;
  readonly refundLineItems: {
    readonly nodes: readonly {
      readonly quantity: number;
      readonly subtotalSet: ShopMoney;
      readonly lineItem: { readonly id: string };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}

interface LinePage {
  readonly nodes: readonly LineItemNode[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** One order with the first page of its lines, and its refunds line by line. */
export const ORDER = operation<
  { id: string },
  { order: (OrderNode & { lineItems: LinePage; refunds: readonly RefundNode[] }) | null }
>(`#graphql
  query Order($id: ID!) {
    order(id: $id) {
      id name createdAt processedAt updatedAt cancelledAt test currencyCode presentmentCurrencyCode sourceName
      customer { id }
      currentSubtotalPriceSet { shopMoney { amount } }
      totalRefundedSet { shopMoney { amount } }
      lineItems(first: 100) {
        nodes {
          id title sku quantity currentQuantity isGiftCard requiresShipping
          product { id }
          variant { id }
          lineItemGroup { id }
          customAttributes { key value }
          originalUnitPriceSet { shopMoney { amount } }
          discountAllocations { allocatedAmountSet { shopMoney { amount } } }
        }
        pageInfo { hasNextPage endCursor }
      }
      refunds(first: 50) {
        id createdAt
        refundLineItems(first: 50) {
          nodes { quantity subtotalSet { shopMoney { amount } } lineItem { id } }
          pageInfo { hasNextPage }
        }
      }
    }
  }
`);

/** Further lines of one order. */
export const ORDER_LINES = operation<{ id: string; after: string }, { order: { lineItems: LinePage } | null }>(`#graphql
  query OrderLines($id: ID!, $after: String!) {
    order(id: $id) {
      lineItems(first: 100, after: $after) {
        nodes {
          id title sku quantity currentQuantity isGiftCard requiresShipping
          product { id }
          variant { id }
          lineItemGroup { id }
          customAttributes { key value }
          originalUnitPriceSet { shopMoney { amount } }
          discountAllocations { allocatedAmountSet { shopMoney { amount } } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export interface OrdersUpdated {
  readonly orders: {
    readonly nodes: readonly { readonly id: string; readonly updatedAt: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
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
