import type { MoneyView } from "../reports/views.ts";
import type { DueCounts } from "./due-customers.ts";
import type { DueProof } from "./due-proof.ts";
import type { LifetimeInputValues } from "./lifetime-inputs.ts";
import type { MapCell } from "./map-cells.ts";
import type { CustomerRank } from "./rank.ts";

/** A product as the customers page names it; without a title once it is deleted. */
export interface NamedProduct {
  productId: string;
  title: string | null;
  imageUrl: string | null;
}

/** How long until something is bought again; four of five times between `fromDays` and `toDays`. */
export interface IntervalView {
  medianDays: number;
  fromDays: number;
  toDays: number;
  /** Purchases that came again, and the customers who made them. */
  gaps: number;
  customers: number;
  /** Of the customers of long enough ago, those who came back for it. */
  repeatShare: number;
  due: DueCounts;
}

export interface RepeatProductView extends IntervalView, NamedProduct {
  followers: (NamedProduct & { customers: number; share: number })[];
}

/** An order, through which staff find a customer whom we know by pseudonym only. */
interface ListedView {
  /** First letters of the pseudonym. */
  customer: string;
  orderId: string;
  orderName: string;
  lastAt: string;
}

export interface DueCustomerView extends ListedView {
  product: NamedProduct;
  expectedAt: string;
  /** Four of five next purchases fall between these. */
  from: string;
  to: string;
  state: "early" | "due" | "overdue";
  /** The customer's own intervals that the window rests on; 0: on those of others alone. */
  ownGaps: number;
}

export interface RankedCustomerView extends ListedView {
  rank: CustomerRank;
  record: MoneyView;
  room: MoneyView;
  orders: number;
  /** Fifths of the shop's customers, 5 the best. */
  rfm: { recency: number; frequency: number; monetary: number };
}

export interface RankFieldView {
  customers: number;
  customerShare: number;
  /** Null where the shop's revenue is not above zero. */
  revenueShare: number | null;
  record: MoneyView;
  room: MoneyView;
}

export type CustomerMapView =
  | {
      code: "ranked";
      fields: Record<CustomerRank, RankFieldView>;
      limits: { record: MoneyView; room: MoneyView };
      cells: MapCell[];
    }
  | { code: "too-few-customers" | "no-repeat-customers"; customers: number };

/** Limits of the fifths, least to most: six each. */
export interface SpreadView {
  recencyDays: number[];
  orders: number[];
  revenue: MoneyView[];
}

export interface LifetimeView {
  /** From the shop's own orders; no person can change these here. */
  known: LifetimeInputValues;
  /** What a person entered. */
  entered: LifetimeInputValues;
  /** Share of the last year's revenue with a known unit cost; null where nothing was sold with one. */
  costKnownShare: number | null;
}

export interface LearntCustomersView {
  learntAt: string;
  orders: number;
  customers: number;
  returning: number;
  firstAt: string | null;
  unknownCustomer: number;
  otherCurrency: number;
  nextOrder: IntervalView | null;
  due: DueCounts;
  proof: DueProof | null;
  products: RepeatProductView[];
  productCount: number;
  dueCustomers: DueCustomerView[];
  map: CustomerMapView;
  ranked: RankedCustomerView[];
  spread: SpreadView;
  lifetime: LifetimeView;
}

/** What the customers page shows. */
export interface CustomersView {
  shop: { domain: string; currency: string; timezone: string };
  /** `no-orders` before the first orders are in, `learning` until they are worked through for the first time. */
  state: "no-orders" | "learning" | "ready";
  /** Learning anew, with older figures shown meanwhile. */
  learning: boolean;
  learnt: LearntCustomersView | null;
}
