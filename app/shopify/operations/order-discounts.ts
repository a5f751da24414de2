import { operation } from "./operation.ts";

interface Amount {
  readonly amount: string;
  readonly currencyCode: string;
}

/** An amount in the shop's currency, and as the buyer paid it. */
export interface MoneySet {
  readonly shopMoney: Amount;
  readonly presentmentMoney: Amount;
}

/** What a discount took off one line, and what the discount is called; codes and staff's own discounts have no title. */
export interface LineDiscountNode {
  readonly allocatedAmountSet: MoneySet;
  readonly discountApplication: { readonly __typename: string; readonly title?: string };
}

/** Lines that are read of an order: as many as the simulator takes. */
const LINES = 50;

/** The fields of a {@link MoneySet}. */
const BOTH = "shopMoney { amount currencyCode } presentmentMoney { amount currencyCode }";

/** What lines of an order cost before discounts, and what discounts took off them. */
export interface OrderAmountsNode {
  readonly currencyCode: string;
  readonly presentmentCurrencyCode: string;
  readonly lineItems: {
    readonly nodes: readonly {
      readonly id: string;
      readonly originalUnitPriceSet: MoneySet;
      readonly discountAllocations: readonly LineDiscountNode[];
    }[];
  };
}

/** What the lines of an order cost, and what discounts took off them. */
export const ORDER_DISCOUNTS = operation<
  { id: string },
  {
    order: OrderAmountsNode | null;
  }
>(`#graphql
  query OrderDiscounts($id: ID!) {
    order(id: $id) {
      currencyCode presentmentCurrencyCode
      lineItems(first: ${LINES}) {
        nodes {
          id
          originalUnitPriceSet { ${BOTH} }
          discountAllocations {
            allocatedAmountSet { ${BOTH} }
            discountApplication { __typename ... on AutomaticDiscountApplication { title } }
          }
        }
      }
    }
  }
`);
