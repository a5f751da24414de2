/** The operations that this Function answers with, as Shopify's schema names them. */

export interface CartLinesOutput {
  readonly operations: readonly { readonly productDiscountsAdd: ProductDiscountsAdd }[];
}

interface ProductDiscountsAdd {
  readonly selectionStrategy: "ALL";
  readonly candidates: readonly ProductDiscountCandidate[];
}

export interface ProductDiscountCandidate {
  readonly targets: readonly { readonly cartLine: { readonly id: string; readonly quantity: number } }[];
  readonly value: { readonly fixedAmount: { readonly amount: string; readonly appliesToEachItem: true } };
  readonly message?: string;
}

export interface CartDeliveryOptionsOutput {
  readonly operations: readonly { readonly deliveryDiscountsAdd: DeliveryDiscountsAdd }[];
}

interface DeliveryDiscountsAdd {
  readonly selectionStrategy: "ALL";
  readonly candidates: readonly {
    readonly targets: readonly { readonly deliveryOption: { readonly handle: string } }[];
    readonly value: { readonly percentage: { readonly value: string } };
    readonly message?: string;
  }[];
}
