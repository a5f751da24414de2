import type { MoneyView } from "./money-view.ts";
import type { DueCounts } from "../domain/customers/due-customers.ts";
import type { DueProof } from "../domain/customers/due-proof.ts";
import type { LifetimeInputValues } from "../domain/customers/lifetime-inputs.ts";
import type { MapCell } from "../domain/customers/map-cells.ts";
import type { ScoreRange } from "../domain/customers/rfm.ts";
import type { CustomerRank } from "../domain/shoppers/shopper.ts";

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

/** What each score stands for, the best first; a score that nobody has is absent. */
export interface SpreadView {
  recencyDays: ScoreRange[];
  orders: ScoreRange[];
  /** In the smallest unit of `currency`. */
  revenueMinor: ScoreRange[];
  currency: string;
}

/** Lists of the page that are read a page at a time. */
export const CUSTOMER_LISTS = ["products", "due", "A", "B", "C", "D"] as const;
export type CustomerListName = (typeof CUSTOMER_LISTS)[number];

/** In what order each kind of list can be read; the first as it is. */
export const LIST_ORDERS = {
  products: ["due", "customers", "interval", "title"],
  due: ["surest", "expected", "latest"],
  rank: ["rank", "record", "room", "orders", "latest"],
} as const;
export type ListOrder = (typeof LIST_ORDERS)[keyof typeof LIST_ORDERS][number];

/** One page of a list. */
export interface ListView<Row> {
  rows: Row[];
  /** How many there are in all, of those that match the search. */
  total: number;
  page: number;
  pageCount: number;
}

export interface LifetimeView {
  /** From the shop's own orders; a person may overrule the margin alone. */
  known: LifetimeInputValues;
  /** What a person entered. */
  entered: LifetimeInputValues;
  /** Share of the last year's revenue with a known unit cost; null where nothing was sold with one. */
  costKnownShare: number | null;
  /** Grows by one with every save of what was entered. */
  version: number;
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
  /** Customers who bought at least once, twice and so on. */
  funnel: number[];
  products: ListView<RepeatProductView>;
  productCount: number;
  dueCustomers: ListView<DueCustomerView>;
  map: CustomerMapView;
  /** The first of rank A. */
  ranked: ListView<RankedCustomerView>;
  spread: SpreadView;
  lifetime: LifetimeView;
}

/** What the customers page shows. */
export interface CustomersView {
  shop: { domain: string; currency: string; timezone: string };
  /** `no-orders` before the first orders are in, `learning` until they are analysed for the first time. */
  state: "no-orders" | "learning" | "ready";
  /** Learning again, with older figures shown meanwhile. */
  learning: boolean;
  learnt: LearntCustomersView | null;
}
