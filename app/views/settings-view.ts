export interface SettingsView {
  shopCurrency: string;
  /** The shop's IANA timezone, in which its times are shown; UTC where absent. */
  timezone?: string;
  currencies: string[];
  /** 0 = no discount. */
  setDiscountBasisPoints: number;
  /** How many companions a widget shows, 1 to 3. */
  setSize: number;
  mode: "automatic" | "review" | "manual";
  /** Whether shoppers are told in how many orders a companion was bought together. */
  tellOrdersTogether: boolean;
  /** Whether what a customer bought before counts in what checkout suggests. */
  useCustomerHistory: boolean;
  goalEnabled: boolean;
  /** Minor units by currency; a currency without an amount shows no goal. */
  goalAmounts: Record<string, number>;
  /** What the shop's own shipping settings say, where they could be read. */
  shippingThresholds: { currency: string; amountMinor: number }[];
  /** Everything is off the storefront, by a person's word. */
  paused: boolean;
  /** Grows with every save; what a form was changed from. */
  version: number;
  /** ISO time of the last publish, and whether one is running. */
  publishedAt: string | null;
  publishing: boolean;
}
