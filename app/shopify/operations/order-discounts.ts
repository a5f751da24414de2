import { operation, type ShopMoney } from "./operation.ts";

/** What a discount took off one line, and what the discount is called; codes and staff's own discounts have no title. */
export interface LineDiscountNode {
  readonly allocatedAmountSet: ShopMoney;
  readonly discountApplication: { readonly __typename: string; readonly title?: string };
}

/** Lines that are read of an order: as many as the simulator takes. */
const LINES = 50;

/** What discounts took off the lines of an order. */
export const ORDER_DISCOUNTS = operation<
  { id: string },
  {
    order: {
      readonly currencyCode: string;
      readonly lineItems: { readonly nodes: readonly { readonly discountAllocations: readonly LineDiscountNode[] }[] };
    } | null;
  }
>(`#graphql
  query OrderDiscounts($id: ID!) {
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
  }
`);
