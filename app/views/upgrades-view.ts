import type { Difference } from "../domain/mining/upgrades/difference.ts";
import type { StoredVariantUpgrade } from "../domain/mining/upgrades/stored-upgrades.ts";
import type { MoneyView } from "./money-view.ts";

/** What the page "Upgrades" shows. Shares are 0 to 1. */
export interface UpgradesPageView {
  search: string;
  page: number;
  pageCount: number;
  total: number;
  filter: "all" | "moved" | "variants" | "hidden" | "waiting";
  /** `never` before the first search for upgrades; `running` while one is under way, with what was found before. */
  status: "never" | "running" | "done";
  foundAt: string | null;
  timezone: string;
  /** Orders that were looked at. */
  orders: number;
  /** Whether an upgrade offer is active. */
  isOffered: boolean;
  /** Whether one shows shoppers only what a person approved. */
  reviews: boolean;
  /** An upgrade costs at most this much of what it replaces. */
  capPercent: number;
  rows: UpgradeRowView[];
}

export interface UpgradeRowView {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
  orders: number;
  /** Null where too few units were sold to say. */
  refundedShare: number | null;
  marginShare: number | null;
  candidates: UpgradeCandidateView[];
  variants: VariantUpgradeView[];
}

export interface UpgradeCandidateView {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView;
  /** What it costs more, by today's prices. */
  difference: MoneyView;
  available: boolean;
  basis: "moved" | "alike" | "type";
  thenCustomers: number;
  expectedThenCustomers: number;
  orders: number;
  refundedShare: number | null;
  marginShare: number | null;
  differences: Difference[];
  hidden: boolean;
  /** Whether a person said that shoppers may see it. */
  approved: boolean;
}

/** Better variants of the product that are one choice to a shopper: "1 l instead of 500 ml", whatever the scent. */
export interface VariantUpgradeView {
  /** What a decision about them names: each variant with the one that it takes the place of. */
  candidates: string[];
  /** The name of the option; "" where it is not known. */
  option: string;
  from: string;
  to: string;
  /** Of the first of them, as is what it costs more. */
  price: MoneyView;
  difference: MoneyView;
  better: StoredVariantUpgrade["better"];
  /** Orders with any of them; null where that was not counted. */
  orders: number | null;
  hidden: boolean;
  approved: boolean;
  /** Whether only the price says that it is better: shoppers see it once a person has approved it. */
  needsApproval: boolean;
}
