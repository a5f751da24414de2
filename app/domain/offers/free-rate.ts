/** A free rate of the shop's own shipping settings. */
export interface FreeRate {
  readonly currency: string;
  /** From which subtotal on it is free, in minor units. */
  readonly amountMinor: number;
  /** ISO codes of the countries that it ships to, ascending; null for all that the shop ships to. */
  readonly countries: readonly string[] | null;
}
