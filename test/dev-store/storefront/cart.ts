/** One line as the buyer put it in; its price is worked out again every time. */
export interface CartLine {
  /** `<variant id>:<hash of properties and plan>`, as Shopify writes it. */
  key: string;
  variantId: string;
  quantity: number;
  properties: Record<string, string>;
  sellingPlanId: string | null;
  /** Key of the line that this one is nested under; null for a line of its own. */
  parentKey: string | null;
}

export interface Cart {
  token: string;
  lines: CartLine[];
  note: string;
  attributes: Record<string, string>;
  /** The discount codes that the buyer entered, in their order, whether they apply or not. */
  discountCodes: string[];
}
