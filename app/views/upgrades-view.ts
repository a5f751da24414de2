import type { Difference } from "../domain/mining/upgrades/difference.ts";
import type { StoredVariantUpgrade } from "../domain/mining/upgrades/stored-upgrades.ts";
import type { MoneyView } from "./money-view.ts";

/** What the page "Upgrades" shows. Shares are 0 to 1. */
export interface UpgradesPageView {
  search: string;
  page: number;
  pageCount: number;
  total: number;
  filter: "all" | "moved" | "hidden" | "waiting";
  /** `never` before the first search for upgrades; `running` while one is under way, with what was found before. */
  status: "never" | "running" | "done";
  foundAt: string | null;
  timezone: string;
  /** Orders that were looked at. */
  orders: number;
  /** Whether an offer shows shoppers only what a person approved. */
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

export interface VariantUpgradeView {
  variantId: string;
  from: string;
  to: string;
  price: MoneyView;
  difference: MoneyView;
  better: StoredVariantUpgrade["better"];
  hidden: boolean;
}
