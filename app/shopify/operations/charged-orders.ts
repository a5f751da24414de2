import { operation } from "./operation.ts";

/** What of an order can explain that it saved less than its offers promised; null for an order that is gone. */
export type ChargedOrderNode = {
  readonly id: string;
  readonly edited: boolean;
  readonly discountApplications: {
    readonly nodes: readonly { readonly __typename: string; readonly title?: string }[];
  };
  readonly lineItems: { readonly nodes: readonly { readonly sellingPlan: { readonly name: string } | null }[] };
} | null;

/** Orders asked about at once: each may cost 26 points, of the 1,000 of a query. */
export const CHARGED_ORDERS_AT_ONCE = 25;

/** Lines that are read of an order: as many as the simulator takes. */
const LINES = 50;

/** Whether orders were edited, which discounts they had, of shipping too, and what was bought on a selling plan. */
export const CHARGED_ORDERS = operation<{ ids: readonly string[] }, { nodes: readonly ChargedOrderNode[] }>(`#graphql
  query ChargedOrders($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        id edited
        discountApplications(first: 20) { nodes { __typename ... on AutomaticDiscountApplication { title } } }
        lineItems(first: ${LINES}) { nodes { sellingPlan { name } } }
      }
    }
  }
`);
