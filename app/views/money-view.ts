/** An amount as pages show it, in the currency's smallest unit. */
export interface MoneyView {
  amountMinor: number;
  currency: string;
}
