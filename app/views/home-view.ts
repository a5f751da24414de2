import type { OfferMode } from "../domain/settings/modes.ts";
import type { NoticeCode, NoticeView } from "../domain/shop/notice.ts";
import type { ExperimentRowView } from "./experiments-view.ts";
import type { FailingOfferView } from "./failing-view.ts";
import type { MoneyView } from "./money-view.ts";
import type { ProposalsView } from "./proposals-view.ts";

export type ImportStatus = "waiting" | "running-at-shopify" | "reading" | "done" | "failed";

export interface ImportView {
  status: ImportStatus;
  /** Orders stored so far, and how many Shopify counted (null until it says). */
  ordersStored: number;
  ordersTotal: number | null;
  linesStored: number;
  /** Orders with refunds that are still read one by one before the import is finished. */
  ordersToRead: number;
  startedAt: string;
  finishedAt: string | null;
  /** First order that Shopify gave; `truncated` where only its last 60 days are open to the app. */
  historyFrom: string | null;
  truncated: boolean;
  /** A code that the page words; never an exception's text. */
  errorCode: "access-denied" | "shop-closed" | "shopify-error" | "expired" | "file-broken" | "timeout" | null;
}

export interface LeftOutView {
  /** Codes of `leftOutReason` in `domain/orders/cleaning`. */
  reason: string;
  lines: number;
  orders: number;
}

export interface FewOrdersView {
  /** Orders of the shop until the first suggestion, if they stay as they are; null where nobody can tell. */
  ordersMissing: number | null;
  /** What sells best, to pin by hand. */
  bestSellers: { title: string; orders: number }[];
}

export interface HomeView {
  shop: { domain: string; name: string; currency: string; timezone: string };
  /** Steps of the set-up guide that the server knows of; theme blocks are asked of App Bridge by the page. */
  setup: { imported: boolean; mined: boolean; published: boolean; discountActive: boolean; goalSet: boolean };
  import: ImportView | null;
  /** What stands in the way of the shop at present. */
  notices: NoticeView[];
  /** Those of which staff do not want to read. */
  dismissed: NoticeCode[];
  /** Offers that customers dislike or send back, as long as staff have not chosen what to do. */
  failing: FailingOfferView[];
  /** Everything is off the storefront, by a person's word. */
  paused: boolean;
  mining: {
    status: "never" | "running" | "done";
    /** When orders were last analysed; of then are `orders`, `baskets` and `products`. */
    analysedAt: string | null;
    orders: number;
    baskets: number;
    products: number;
    /** When all orders were last counted from the first one; of then are `pairs` and what was left out. */
    countedAt: string | null;
    pairs: number;
    ranker: string | null;
  };
  /** As of the last publish. */
  offers: {
    publishedAt: string | null;
    /** Products with a companion that orders support, whether or not shoppers see it. */
    withEvidence: number;
    /** Products that shoppers are offered companions with. */
    shown: number;
    mode: OfferMode;
    /** Suggestions that wait for a person, and with how many products. */
    toReview: { products: number; pairs: number };
  };
  /** Running experiments whose verdict staff can act on. */
  experiments: ExperimentRowView[];
  /** Ready-made offers that the orders support. */
  proposals: ProposalsView;
  /** Where orders support no companion yet; null elsewhere. */
  fewOrders: FewOrdersView | null;
  leftOut: LeftOutView[];
  headline: {
    /** Report days in the shop's timezone, last 30 days. */
    from: string;
    to: string;
    orders: number;
    /** Of lines that came through an offer, refunds and taxes taken off. */
    attributedRevenue: MoneyView;
    /** Orders and lines of which something that came through an offer is still sold. */
    attributedOrders: number;
    attributedLines: number;
    refunded: MoneyView;
    /** Of all orders, refunds taken off, with taxes where prices include them. */
    totalRevenue: MoneyView;
    /** What part of all revenue came through offers, 0 to 1; null where there is no revenue. */
    share: number | null;
    /** Orders in the currency that the shop had before: no figure here counts them. */
    otherCurrency: number;
  };
  recent: {
    orderName: string;
    at: string;
    product: string;
    surface: "product" | "cart" | "checkout" | "thank-you" | "page";
    revenue: MoneyView;
    refunded: MoneyView;
  }[];
}
