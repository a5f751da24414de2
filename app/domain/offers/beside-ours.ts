/** What our discount does, as Shopify tells discounts apart. */
export const OWN_PARTS = ["products", "order", "delivery"] as const;
export type OwnPart = (typeof OWN_PARTS)[number];

/** Which classes of discounts one allows beside it. */
export interface CombinesWith {
  readonly productDiscounts: boolean;
  readonly orderDiscounts: boolean;
  readonly shippingDiscounts: boolean;
}

/** Another discount of the shop, as far as Shopify lets apps know. */
export interface OtherDiscount {
  readonly combinesWith?: CombinesWith;
  readonly discountClasses?: readonly ("PRODUCT" | "ORDER" | "SHIPPING")[];
}

/**
 * What of our discount may be in one order with another: Shopify asks both whether they allow the other's class, and never
 * takes two discounts off shipping.
 */
export function partsBeside({ combinesWith, discountClasses = [] }: OtherDiscount, ours: CombinesWith): OwnPart[] {
  const byClass = { PRODUCT: ours.productDiscounts, ORDER: ours.orderDiscounts, SHIPPING: ours.shippingDiscounts };
  if (!discountClasses.every((one) => byClass[one])) return [];
  const takes: Readonly<Record<OwnPart, boolean | undefined>> = {
    products: combinesWith?.productDiscounts,
    order: combinesWith?.orderDiscounts,
    delivery: combinesWith?.shippingDiscounts === true && !discountClasses.includes("SHIPPING"),
  };
  return OWN_PARTS.filter((part) => takes[part] === true);
}
