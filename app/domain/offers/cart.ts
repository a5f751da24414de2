/** What counts towards free shipping. */
export interface ShippingCart {
  readonly currency: string;
  readonly lines: readonly ShippingLine[];
}

export interface ShippingLine {
  /** After discounts on the line. */
  readonly totalMinor: number;
  /** False for gift cards and for what is never sent. */
  readonly ships: boolean;
}
