import type { NoticeView } from "../domain/shop/notice.ts";
import type { SegmentInUse } from "../domain/offers/segment-use.ts";

/** What the admin's pages show. Flows return these shapes; pages render them; no page computes a figure of its own. */

export interface MoneyView {
  amountMinor: number;
  currency: string;
}

export type ImportStatus = "waiting" | "running-at-shopify" | "reading" | "done" | "failed";

export interface ImportView {
  status: ImportStatus;
  /** Orders stored so far, and how many Shopify counted (null until it says). */
  ordersStored: number;
  ordersTotal: number | null;
  linesStored: number;
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
    /** Products with a companion that the orders speak for, whether or not shoppers see it. */
    withEvidence: number;
    /** Products that shoppers are offered companions with. */
    shown: number;
    mode: SettingsView["mode"];
  };
  /** Where the orders speak for no companion yet; null elsewhere. */
  fewOrders: FewOrdersView | null;
  leftOut: LeftOutView[];
  headline: {
    /** Report days in the shop's timezone, last 30 days. */
    from: string;
    to: string;
    orders: number;
    /** Of orders with at least one line that came through an offer, refunds taken off. */
    attributedRevenue: MoneyView;
    /** Orders and lines of which something that came through an offer is still sold. */
    attributedOrders: number;
    attributedLines: number;
    refunded: MoneyView;
    totalRevenue: MoneyView;
    /** Orders in the currency that the shop had before: no figure here counts them. */
    otherCurrency: number;
  };
  recent: {
    orderName: string;
    at: string;
    product: string;
    surface: "product" | "cart" | "checkout" | "thank-you";
    revenue: MoneyView;
    refunded: MoneyView;
  }[];
}

export type EvidenceGrade = "strong" | "fair" | "thin";

export interface CompanionView {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
  available: boolean;
  ordersTogether: number;
  ordersTrigger: number;
  ordersCompanion: number;
  support: number;
  confidence: number;
  confidenceLow: number;
  confidenceHigh: number;
  lift: number;
  liftLow: number;
  liftHigh: number;
  firstSeen: string | null;
  lastSeen: string | null;
  /** Whether it is bought with the product more often lately; null where too few orders tell. */
  trend: "rising" | "steady" | "falling" | null;
  /** Of its own evidence, or of that of the similar products it is taken from. */
  grade: EvidenceGrade;
  /** Which ranker put it here; `pinned` where a person did, `new-product` where similar products did. */
  source: string;
  /** Where the ranking has it; null where none lists it. */
  placed: PlacedView | null;
  /** The similar products whose companion it is, the most telling first; empty for one of the product's own. */
  similar: SimilarEvidenceView[];
  /** How it shows that it is bought instead of the product; null for a companion. */
  insteadOf: "switching" | "same-kind" | null;
  /** The months in which the two are bought together; null for all year. */
  season: SeasonView | null;
  /** Left out only for being near-identical to another companion that is chosen. */
  nearIdentical: boolean;
  pinned: boolean;
  blocked: boolean;
  /** Suggested with no product at all, by a person's word. */
  excluded: boolean;
  /** Chosen to be shown: shoppers see it once it is published. */
  chosen: boolean;
  /** Shoppers are offered it now: Shopify holds it, and it can be bought. */
  shown: boolean;
  /** Orders with both in the last 90 days, where shoppers are told; null where they are not. */
  ordersTold: number | null;
}

/** Who put a companion where it is. */
export interface PlacedView {
  /** The ranking for the product's own page, the one for a whole cart, or the companions of similar products. */
  by: "page" | "cart" | "similar";
  ranker: string;
  /** Its place there, from 1. */
  rank: number;
  /** Its place by the plain share of orders, from 1; null where no order holds both. */
  confidenceRank: number | null;
}

/** What orders say of a similar product and the companion. */
export interface SimilarEvidenceView {
  productId: string;
  title: string;
  ordersTogether: number;
  orders: number;
}

export interface SeasonView {
  /** 1 is January; in the order in which they follow each other. */
  months: number[];
  /** How often the two were bought together, all year and in these months. */
  together: number;
  togetherInSeason: number;
  /** Years in which it was so. */
  years: number;
  now: "in-season" | "out-of-season";
  /** Not offered until the season comes. */
  resting: boolean;
}

/** What becomes of the suggestions for a product. */
export type ProductDisplay =
  /** Shopify holds an offer: shoppers see it. */
  | "shown"
  /** Something was decided that shoppers see with the next publish. */
  | "publishing"
  /** Orders speak for companions, and a person is to approve them. */
  | "to-review"
  /** Orders speak for companions, and the shop shows only what people pin. */
  | "to-pin"
  /** Every companion that orders speak for is blocked. */
  | "blocked"
  /** Nothing is suggested with it, by a person's word. */
  | "excluded"
  /** There is something to suggest, and nothing of it can be bought now. */
  | "not-shown"
  /** Orders do not speak for any companion yet. */
  | "no-suggestion";

/** A product in the list: what it takes to show it closed. */
export interface ProductRowView {
  productId: string;
  title: string;
  imageUrl: string | null;
  /** Lowest price of its variants in the shop's currency; null where unknown. */
  price: MoneyView | null;
  /** Orders with it, as orders have it now. */
  orders: number;
  /** The best that orders say of a companion, whether or not anyone lets shoppers see it. */
  evidence: "strong" | "fair" | "none";
  display: ProductDisplay;
  /** Titles of the companions that the set shows now, as far as they can be bought. */
  shown: string[];
  /** Whether a person excluded it from all recommendations, and how. */
  excluded: { asTrigger: boolean; asCompanion: boolean };
}

/** What goes with one product, and the evidence for it. */
export interface ProductDetailView {
  productId: string;
  /** Whether the segment that is looked at has a list of its own here; false where everybody's is shown. */
  ownList: boolean;
  companions: CompanionView[];
  /** Orders with one companion that are missing before it can be suggested; null where one is or nobody can tell. */
  ordersMissing: number | null;
  /** What sells best, to pin by hand where orders speak for nothing; empty elsewhere. */
  bestSellers: BestSellerView[];
}

/** A best seller: no order says that it goes with the product. */
export interface BestSellerView {
  productId: string;
  title: string;
  imageUrl: string | null;
  price: MoneyView | null;
  orders: number;
  /** Of the product's own type. */
  sameType: boolean;
}

export interface BoughtTogetherPageView {
  search: string;
  page: number;
  pageCount: number;
  total: number;
  filter: "all" | "live" | "review" | "pinned" | "blocked" | "excluded" | "no-evidence";
  /** Only products of this vendor, and of this type; all where empty. */
  vendor: string;
  type: string;
  /** Segments with lists of their own, in the order in which they are tried; empty where all see the same. */
  segments: SegmentInUse[];
  /** Whose lists are shown; null for everybody's. */
  segment: SegmentInUse | null;
  rows: ProductRowView[];
  /** What goes with the first of the rows, which stands open; null where there is none. */
  first: ProductDetailView | null;
  /** When the suggestions were analysed last, and when they were last published to shoppers. */
  analysedAt: string | null;
  publishedAt: string | null;
  /** Something is on its way to shoppers. */
  publishing: boolean;
  /** Products that wait for a person's approval; 0 unless the shop reviews first. */
  toReview: number;
}

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
