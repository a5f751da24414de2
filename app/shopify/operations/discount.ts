import { operation, type UserError } from "./operation.ts";

/** The handle of our Function's extension: what a discount names it by. */
export const FUNCTION_HANDLE = "offer-discount";

export interface DiscountInput {
  readonly title?: string;
  readonly functionHandle?: string;
  readonly startsAt?: string;
  readonly endsAt?: null;
  readonly discountClasses: readonly ("PRODUCT" | "ORDER" | "SHIPPING")[];
  /** Stays as it is where it is left out of an update. */
  readonly combinesWith?: {
    readonly orderDiscounts: boolean;
    readonly productDiscounts: boolean;
    readonly shippingDiscounts: boolean;
  };
  /** Shopify takes both for true where they are left out, in updates as well. */
  readonly appliesOnOneTimePurchase: boolean;
  readonly appliesOnSubscription: boolean;
}

/** An automatic discount of an app, as Shopify has it. */
export interface AppDiscount {
  readonly __typename: "DiscountAutomaticApp";
  readonly discountId: string;
  readonly title: string;
  readonly status: string;
  readonly discountClasses: readonly string[];
  readonly appliesOnOneTimePurchase: boolean;
  readonly appliesOnSubscription: boolean;
  readonly appDiscountType: { readonly appKey: string };
}

type AnyDiscount =
  AppDiscount | { readonly __typename: Exclude<string, "DiscountAutomaticApp">; readonly title?: never };

export const CREATE_DISCOUNT = operation<
  { discount: DiscountInput },
  {
    discountAutomaticAppCreate: {
      automaticAppDiscount: { discountId: string; status: string } | null;
      userErrors: readonly UserError[];
    };
  }
>(`#graphql
  mutation CreateDiscount($discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppCreate(automaticAppDiscount: $discount) {
      automaticAppDiscount { discountId status }
      userErrors { field message code }
    }
  }
`);

export const UPDATE_DISCOUNT = operation<
  { id: string; discount: DiscountInput },
  {
    discountAutomaticAppUpdate: {
      automaticAppDiscount: { discountId: string; status: string } | null;
      userErrors: readonly UserError[];
    };
  }
>(`#graphql
  mutation UpdateDiscount($id: ID!, $discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $discount) {
      automaticAppDiscount { discountId status }
      userErrors { field message code }
    }
  }
`);

/** Whether our discount still exists, and what it is now. */
export const READ_DISCOUNT = operation<{ id: string }, { discountNode: { discount: AnyDiscount } | null }>(`#graphql
  query ReadDiscount($id: ID!) {
    discountNode(id: $id) {
      discount {
        __typename
        ... on DiscountAutomaticApp {
          discountId title status discountClasses appliesOnOneTimePurchase appliesOnSubscription
          appDiscountType { appKey }
        }
      }
    }
  }
`);

/** Every automatic discount of an app that the shop has, and which app is asking. */
export const APP_DISCOUNTS = operation<
  { after: string | null },
  {
    app: { apiKey: string };
    discountNodes: {
      nodes: readonly { discount: AnyDiscount }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  }
>(`#graphql
  query AppDiscounts($after: String) {
    app { apiKey }
    discountNodes(first: 50, after: $after, query: "method:automatic discount_type:app") {
      nodes {
        discount {
          __typename
          ... on DiscountAutomaticApp {
            discountId title status discountClasses appliesOnOneTimePurchase appliesOnSubscription
            appDiscountType { appKey }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
