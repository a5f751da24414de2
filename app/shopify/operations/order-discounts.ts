import { operation, type ShopMoney } from "./operation.ts";

/** What a discount took off one line, and what the discount is called; codes and staff's own discounts have no title. */
export interface LineDiscountNode {
  readonly allocatedAmountSet: ShopMoney;
  readonly discountApplication: { readonly __typename: string; readonly title?: string };
}

/** Lines that are read of an order: as many as the simulator takes. */
const LINES = 50;

/** What discounts took off the lines of an order, and what our own discount is called. */
export const ORDER_DISCOUNTS = operation<
  { id: string; discount: string; hasDiscount: boolean },
  {
    order: {
      readonly currencyCode: string;
      readonly lineItems: { readonly nodes: readonly { readonly discountAllocations: readonly LineDiscountNode[] }[] };
    } | null;
    discountNode?: { readonly discount: { readonly __typename: string; readonly title?: string } } | null;
  }
>(`#graphql
  query OrderDiscounts($id: ID!, $discount: ID!, $hasDiscount: Boolean!) {
    order(id: $id) {
      currencyCode
      lineItems(first: ${LINES}) {
        nodes {
          discountAllocations {
            allocatedAmountSet { shopMoney { amount } }
            discountApplication { __typename ... on AutomaticDiscountApplication { title } }
          }
        }
      }
    }
    discountNode(id: $discount) @include(if: $hasDiscount) {
      discount { __typename ... on DiscountAutomaticApp { title } }
    }
  }
`);
