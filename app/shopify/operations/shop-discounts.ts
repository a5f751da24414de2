import { operation } from "./operation.ts";

export interface CombinesWith {
  readonly productDiscounts: boolean;
  readonly orderDiscounts: boolean;
  readonly shippingDiscounts: boolean;
}

/** What a discount of a kind that is asked about says of itself; of other kinds it is absent. */
export interface Combining {
  readonly title?: string;
  readonly combinesWith?: CombinesWith;
  readonly discountClasses?: readonly ("PRODUCT" | "ORDER" | "SHIPPING")[];
}

/** An automatic discount, of Shopify's own kinds or of an app. */
export interface AutomaticDiscount extends Combining {
  readonly __typename: string;
  readonly appDiscountType?: { readonly appKey: string };
}

const COMBINES = "discountClasses combinesWith { productDiscounts orderDiscounts shippingDiscounts }";

/** The automatic discounts that are on, and which app is asking. */
export const AUTOMATIC_DISCOUNTS = operation<
  Record<string, never>,
  {
    app: { apiKey: string };
    discountNodes: {
      nodes: readonly { discount: AutomaticDiscount }[];
      pageInfo: { hasNextPage: boolean };
    };
  }
>(`#graphql
  query AutomaticDiscounts {
    app { apiKey }
    discountNodes(first: 50, query: "method:automatic status:active") {
      nodes {
        discount {
          __typename
          ... on DiscountAutomaticBasic { title ${COMBINES} }
          ... on DiscountAutomaticBxgy { title ${COMBINES} }
          ... on DiscountAutomaticFreeShipping { title ${COMBINES} }
          ... on DiscountAutomaticApp { title ${COMBINES} appDiscountType { appKey } }
        }
      }
      pageInfo { hasNextPage }
    }
  }
`);

/** The discount that a code stands for. */
export const CODE_DISCOUNT = operation<
  { code: string },
  {
    codeDiscountNodeByCode: {
      codeDiscount: Combining & { readonly __typename: string; readonly status?: string };
    } | null;
  }
>(`#graphql
  query CodeDiscount($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      codeDiscount {
        __typename
        ... on DiscountCodeBasic { title status ${COMBINES} }
        ... on DiscountCodeBxgy { title status ${COMBINES} }
        ... on DiscountCodeFreeShipping { title status ${COMBINES} }
        ... on DiscountCodeApp { title status ${COMBINES} }
      }
    }
  }
`);
