import type { BareId } from "../ids.ts";
import { LISTED_COMPANIONS } from "../shoppers/list-lengths.ts";
import type { CustomerRank, SegmentedBy, Shopper } from "../shoppers/shopper.ts";

/**
 * What is published to Shopify and read from there by theme blocks, the discount Function and the checkout
 * extension: the shapes, their limits, and what follows from them alone. `read-published.ts` has their readers.
 */

/** Version of every shape below. A reader of this version takes no other for it. */
export const PUBLISHED_VERSION = 1;

/** Where each shape is published. `$app` is the namespace that Shopify reserves for this app. */
export const PUBLISHED = {
  /** On a product: its companions as references, which Liquid resolves to live products. */
  companions: { owner: "product", namespace: "$app", key: "companions", type: "list.product_reference" },
  /** On a product: {@link PublishedOffer}. */
  offer: { owner: "product", namespace: "$app", key: "offer", type: "json" },
  /** On a product: those products of its segments' lists that `companions` does not hold. */
  segmentCompanions: { owner: "product", namespace: "$app", key: "segment_companions", type: "list.product_reference" },
  /** On a product: {@link PublishedListings}. Nobody but this app reads it. */
  listed: { owner: "product", namespace: "$app", key: "listed", type: "json" },
  /** On a customer: {@link PublishedCustomer}. */
  customer: { owner: "customer", namespace: "$app", key: "history", type: "json" },
  /** On the automatic discount: {@link PublishedPolicy}. */
  policy: { owner: "discount", namespace: "$app", key: "policy", type: "json" },
  /** On the app's installation: {@link PublishedStorefront}, for Liquid. */
  storefront: { owner: "appInstallation", namespace: "tsuide", key: "storefront", type: "json" },
  /** On the shop: {@link PublishedCheckout}; UI extensions cannot read an app installation's metafields. */
  checkout: { owner: "shop", namespace: "$app", key: "checkout", type: "json" },
} as const;

/**
 * Most bytes of an offer with segments. A Function is given at most 128,000 bytes of input, all offers of the cart
 * included. Measured with product ids of 13 digits: a line takes 250 bytes beside its offer, an offer of 24 companions
 * 1,140, counts told of eight of them 140 more, a segment of eight 390, or 490 with its counts. So a cart of 80
 * different products fits where all see the same, and one of 48 where every offer is as long as this.
 */
export const SEGMENTED_OFFER_BYTES = 2_400;
/** Shoppers are told a number of orders from here on. */
export const LEAST_ORDERS_TOLD = 10;
/** For so long after the end of the days that orders were counted in shoppers are told of them as the last 90 days. */
export const TOLD_FOR_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
/** Shopify hands no metafield above this many bytes to a Function. */
export const OFFER_BYTES = 10_000;

export interface PublishedCompanion {
  readonly product: BareId;
  /** How well it goes with the offer's product, in (0, 1]; 0 for a pin without evidence. Comparable across offers. */
  readonly weight: number;
  /**
   * Orders with both in the 90 days up to the offer's `ordersUntil`: at least {@link LEAST_ORDERS_TOLD}. Absent where
   * there are fewer or the merchant does not want shoppers told.
   */
  readonly orders?: number;
}

/** What one segment of shoppers is offered in place of the offer's own companions. */
export interface PublishedSegment {
  readonly by: SegmentedBy;
  /**
   * Of `customer`: "new" or "returning"; of `market`: the currency that is paid in ("EUR"); of `channel`: "online";
   * of `rank`: "A" to "D".
   */
  readonly is: string;
  /** Best first, 1 to {@link SEGMENT_COMPANIONS}; all of them take part in the offer's discount. */
  readonly companions: readonly PublishedCompanion[];
}

/** A bought-together offer of one product. */
export interface PublishedOffer {
  readonly version: typeof PUBLISHED_VERSION;
  /** "bt-<product number>"; the `_tsuide` line property names it. */
  readonly id: string;
  /** Off each unit of the product and of its listed companions while both are in the cart; 0 for none. */
  readonly discountBasisPoints: number;
  /** How many of the first companions the set shows, 1 to 3. */
  readonly set: number;
  /** True where nobody has bought these together yet: similar products are bought with them. Absent otherwise. */
  readonly similar?: true;
  /** Best first, at least one. */
  readonly companions: readonly PublishedCompanion[];
  /** At most {@link OFFER_SEGMENTS}; the first that a shopper is in counts. Absent where everybody sees the same. */
  readonly segments?: readonly PublishedSegment[];
  /** Seconds since 1970: the end of the 90 days that the companions' `orders` were counted in. */
  readonly ordersUntil?: number;
}

/** What an offer has listed and when, so that a new install or a rebuilt database knows it too. */
export interface PublishedListings {
  readonly version: typeof PUBLISHED_VERSION;
  /** Product, since and until in seconds since 1970 UTC; since 0 for unknown, until 0 while it is listed. */
  readonly listings: readonly (readonly [product: BareId, since: number, until: number])[];
}

/** What a customer's own history adds to one product's sum. */
export interface PublishedAddition extends PublishedCompanion {
  /** The customer buys it again and again: it may be suggested where no offer of the cart speaks for it. */
  readonly again?: true;
}

/** What one customer's own orders say, for a customer who allows it. */
export interface PublishedCustomer {
  readonly version: typeof PUBLISHED_VERSION;
  readonly rank: CustomerRank | null;
  /** Whether the customer has ordered before. */
  readonly returning: boolean;
  /** Products that the customer owns for good: never suggested again. */
  readonly owned: readonly BareId[];
  /** What the customer's history adds to what goes with a cart, in the unit of the offers' weights. */
  readonly adds: readonly PublishedAddition[];
}

/** Minor units by currency code; a currency that is absent has no goal. */
export type GoalAmounts = Readonly<Record<string, number>>;

export interface PolicyMessages {
  readonly set: string;
  readonly shipping: string;
}

/** What the discount Function applies. */
export interface PublishedPolicy {
  readonly version: typeof PUBLISHED_VERSION;
  /** Whether bought-together discounts are on. */
  readonly sets: boolean;
  /** Free shipping from these amounts; null for no goal. */
  readonly goal: GoalAmounts | null;
  /** By language code, lower case ("en", "ja"). */
  readonly messages: Readonly<Record<string, PolicyMessages>>;
}

/** What theme blocks read. */
export interface PublishedStorefront {
  readonly version: typeof PUBLISHED_VERSION;
  readonly enabled: boolean;
  /** In hundredths of the unit, as Liquid counts: JPY 8,000 is 800000. Null for no goal. */
  readonly goal: Readonly<Record<string, number>> | null;
  readonly goalMinor: GoalAmounts | null;
}

/** What the checkout extension reads. */
export interface PublishedCheckout {
  readonly version: typeof PUBLISHED_VERSION;
  readonly goal: GoalAmounts | null;
  /**
   * The merchant wants customers' own histories to count. Turned off, it holds at once, while what is published of
   * each customer is still being taken back. Absent otherwise.
   */
  readonly history?: true;
}

/**
 * The product numbers of an offer that take part in its discount, whoever the shopper is: the first
 * {@link LISTED_COMPANIONS} of its own and every segment's.
 */
export function listedProducts(offer: PublishedOffer): BareId[] {
  const listed = offer.companions.slice(0, LISTED_COMPANIONS);
  const ofSegments = (offer.segments ?? []).flatMap(({ companions }) => companions);
  return [...new Set([...listed, ...ofSegments].map(({ product }) => product))];
}

/** The companions that an offer has for this shopper: those of the first segment the shopper is in, else its own. */
export function companionsFor(offer: PublishedOffer, shopper: Shopper): readonly PublishedCompanion[] {
  const segment = offer.segments?.find(({ by, is }) => is === (by === "market" ? shopper.currency : shopper[by]));
  return (segment ?? offer).companions;
}

/** Whether orders counted up to a moment can still be told as those of the last days; not where it lies ahead. */
export function isFreshToTell(until: Date, now: Date): boolean {
  const age = now.getTime() - until.getTime();
  return age >= -DAY_MS && age <= TOLD_FOR_MS;
}
