/**
 * Every order with its lines, for a bulk operation: one connection inside another, and lists without connections,
 * as bulk operations demand. Refunds come as the order's sums; their lines are read with the order where they matter.
 */
export const ORDERS_BULK = `#graphql
  query OrdersBulk {
    orders {
      edges {
        node {
          id name createdAt processedAt updatedAt cancelledAt test currencyCode presentmentCurrencyCode sourceName
          displayFinancialStatus taxesIncluded
          customer { id }
          currentSubtotalPriceSet { shopMoney { amount } }
          totalRefundedSet { shopMoney { amount } }
          refundDiscrepancySet { shopMoney { amount } }
          shippingLine {
            discountAllocations {
              allocatedAmountSet { shopMoney { amount } }
              discountApplication { __typename ... on AutomaticDiscountApplication { title } }
            }
          }
          lineItems {
            edges {
              node {
                id title sku quantity currentQuantity isGiftCard requiresShipping
                product { id }
                variant { id }
                lineItemGroup { id customAttributes { key value } }
                customAttributes { key value }
                originalUnitPriceSet { shopMoney { amount currencyCode } }
                discountAllocations {
                  allocatedAmountSet { shopMoney { amount } }
                  discountApplication { __typename ... on AutomaticDiscountApplication { title } }
                }
                taxLines { priceSet { shopMoney { amount } } }
              }
            }
          }
        }
      }
    }
  }
`;
