import { operation } from "./operation.ts";

/** An order's customer; null for an order that is gone, or that nobody known placed. */
export type OrderCustomerNode = {
  readonly id: string;
  readonly customer: { readonly id: string; readonly dataSaleOptOut: boolean } | null;
} | null;

/** Orders asked about at once: two points of cost each. */
export const ORDERS_AT_ONCE = 100;

/** Who placed some orders, in the order asked, and whether they opted out of their data being used for others' gain. */
export const ORDER_CUSTOMERS = operation<{ ids: readonly string[] }, { nodes: readonly OrderCustomerNode[] }>(`#graphql
  query OrderCustomers($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order { id customer { id dataSaleOptOut } }
    }
  }
`);
