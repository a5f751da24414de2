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

/** What an order itself says about why it saved less. */
const REASONS = `
        id edited
        discountApplications(first: 20) { nodes { __typename ... on AutomaticDiscountApplication { title } } }`;

/** Whether orders were edited, which discounts they had, of shipping too, and what was bought on a selling plan. */
export const CHARGED_ORDERS = operation<{ ids: readonly string[] }, { nodes: readonly ChargedOrderNode[] }>(`#graphql
  query ChargedOrders($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        ${REASONS}
        lineItems(first: ${LINES}) { nodes { sellingPlan { name } } }
      }
    }
  }
`);

/** An amount in the currency that the buyer paid in. */
interface PresentmentMoney {
  readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string };
}

/** What a line cost as the buyer paid it, before discounts, and what discounts took off all its units. */
export interface PaidLineNode {
  readonly id: string;
  readonly sellingPlan: { readonly name: string } | null;
  readonly originalUnitPriceSet: PresentmentMoney;
  readonly discountAllocations: readonly { readonly allocatedAmountSet: PresentmentMoney }[];
}

/** As {@link ChargedOrderNode}, with what was paid. */
export type PaidOrderNode =
  | (Omit<NonNullable<ChargedOrderNode>, "lineItems"> & {
      readonly lineItems: { readonly nodes: readonly PaidLineNode[] };
    })
  | null;

/** As {@link CHARGED_ORDERS_AT_ONCE}: each may cost 70 points. */
export const PAID_ORDERS_AT_ONCE = 8;

/** As {@link CHARGED_ORDERS}, and what lines cost in the currency that the buyer paid in. */
export const PAID_ORDERS = operation<{ ids: readonly string[] }, { nodes: readonly PaidOrderNode[] }>(`#graphql
  query PaidOrders($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        ${REASONS}
        lineItems(first: ${LINES}) {
          nodes {
            id
            sellingPlan { name }
            originalUnitPriceSet { presentmentMoney { amount currencyCode } }
            discountAllocations { allocatedAmountSet { presentmentMoney { amount currencyCode } } }
          }
        }
      }
    }
  }
`);
