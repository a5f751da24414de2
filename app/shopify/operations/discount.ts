import { operation, type UserError } from "./operation.ts";

/** The handle of our Function's extension: what a discount names it by. */
export const FUNCTION_HANDLE = "offer-discount";

export interface DiscountInput {
  readonly title: string;
  readonly functionHandle?: string;
  readonly startsAt?: string;
  readonly endsAt?: null;
  readonly discountClasses: readonly ("PRODUCT" | "SHIPPING")[];
  readonly combinesWith: {
    readonly orderDiscounts: boolean;
    readonly productDiscounts: boolean;
    readonly shippingDiscounts: boolean;
  };
}

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

/** Whether our discount still exists, and whether it is on. */
export const READ_DISCOUNT = operation<
  { id: string },
  {
    discountNode: {
      id: string;
      discount: { __typename: string; status?: string; discountClasses?: readonly string[] };
    } | null;
  }
>(`#graphql
  query ReadDiscount($id: ID!) {
    discountNode(id: $id) {
      id
      discount { __typename ... on DiscountAutomaticApp { status discountClasses } }
    }
  }
`);
