/** What both input queries ask for: the shapes that Shopify hands to the Function. */

export type DiscountClass = "PRODUCT" | "ORDER" | "SHIPPING";

/** Shopify's `Decimal`, a string such as "19.99" or "1050.0". */
type Decimal = string;

interface DiscountInput {
  readonly discount: {
    readonly discountClasses: readonly DiscountClass[];
    readonly policy: { readonly jsonValue: unknown } | null;
  };
  readonly localization: { readonly language: { readonly isoCode: string } };
}

export interface CartLinesInput extends DiscountInput {
  readonly cart: {
    readonly cost: { readonly subtotalAmount: { readonly currencyCode: string } };
    readonly lines: readonly {
      readonly id: string;
      readonly quantity: number;
      readonly cost: { readonly amountPerQuantity: { readonly amount: Decimal } };
      readonly sellingPlanAllocation: { readonly sellingPlan: { readonly id: string } } | null;
      readonly merchandise:
        | {
            readonly __typename: "ProductVariant";
            readonly product: { readonly id: string; readonly offer: { readonly jsonValue: unknown } | null };
          }
        | { readonly __typename: "CustomProduct" };
    }[];
  };
}

export interface CartDeliveryOptionsInput extends DiscountInput {
  readonly cart: {
    readonly cost: { readonly subtotalAmount: { readonly currencyCode: string } };
    readonly deliveryGroups: readonly {
      readonly deliveryOptions: readonly {
        readonly handle: string;
        readonly deliveryMethodType: string;
        readonly cost: { readonly amount: string };
      }[];
    }[];
    readonly lines: readonly {
      readonly cost: { readonly totalAmount: { readonly amount: Decimal } };
      readonly merchandise:
        | {
            readonly __typename: "ProductVariant";
            readonly requiresShipping: boolean;
            readonly product: { readonly isGiftCard: boolean };
          }
        | {
            readonly __typename: "CustomProduct";
            readonly requiresShipping: boolean;
            readonly isGiftCard: boolean;
          };
    }[];
  };
}
