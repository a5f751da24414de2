import type { Breakdown } from "../domain/measurement/breakdown.ts";
import type { Device } from "../domain/measurement/visit.ts";
import type { OrderChannel } from "../domain/orders/order.ts";
import type { MoneyView } from "./money-view.ts";

/** What a row of a breakdown is about. */
export type BreakdownName =
  /** The currency that orders were paid in. */
  | { kind: "market"; currency: string }
  | { kind: "channel"; channel: OrderChannel }
  | { kind: "customer"; customer: "new" | "returning" }
  | { kind: "device"; device: Device }
  /** Both are empty for visits that no link with them led to. */
  | { kind: "source"; source: string; medium: string }
  | { kind: "campaign"; campaign: string }
  | { kind: "unknown" | "other" };

/** The figures of one group of orders: see `docs/figures.md`. They add up to those of the period, rates apart. */
export interface BreakdownRowView {
  /** Tells the rows of one breakdown apart. */
  key: string;
  name: BreakdownName;
  orders: number;
  net: MoneyView;
  averageOrder: MoneyView | null;
  unitsPerOrder: number | null;
  attributed: MoneyView;
  assisted: MoneyView;
  discount: MoneyView;
  /** Null where visits are not counted by this. */
  visits: number | null;
  conversion: number | null;
  acceptance: number | null;
}

export interface BreakdownView {
  from: string;
  to: string;
  by: Breakdown;
  /** Up to when visits are counted, an ISO time; null where they are not counted by this, or never were. */
  visitsUpTo: string | null;
  rows: BreakdownRowView[];
  /** Groups that are in the row "other". */
  others: number;
  /** Orders of which nobody knows what our discounts took off. */
  discountUnknownOrders: number;
}
