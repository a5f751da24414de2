/** The state of one shop in the dev store. Amounts are integers in minor units of the currency beside them. */
import type { MetafieldDefinition } from "./app-toml.ts";

export interface DevVariant {
  /** Numeric id, as in `gid://shopify/ProductVariant/<id>`. */
  id: string;
  productId: string;
  title: string;
  sku: string;
  /** Option values in the order of the product's `options`. */
  options: string[];
  /** Shop currency. */
  priceMinor: number;
  compareAtMinor: number | null;
  costMinor: number | null;
  inventoryQuantity: number;
  inventoryPolicy: "DENY" | "CONTINUE";
  tracked: boolean;
  requiresShipping: boolean;
  /** Of a bundle: what one unit is made of. Its stock follows theirs. Absent for any other variant. */
  components?: readonly DevComponent[];
  /** The path of a picture of its own; the product's is shown where absent. */
  image?: string;
  /** The quantities that may be bought; any where absent. */
  quantityRule?: { min: number; max: number | null; increment: number };
}

/** So many units of a variant in each unit of a bundle. */
export interface DevComponent {
  variantId: string;
  quantity: number;
}

export interface DevProduct {
  id: string;
  handle: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  /** In Shopify's taxonomy, broad to narrow: "Home & Garden > ... > Mugs". Absent where nobody filed it. */
  category?: string | null;
  tags: string[];
  status: "ACTIVE" | "DRAFT" | "ARCHIVED";
  options: string[];
  isGiftCard: boolean;
  variants: DevVariant[];
  collectionIds: string[];
  /** Path of the drawn picture, such as `/__images/green-tea.svg`. */
  image: string;
  /** The picture itself. */
  imageSvg: string;
  createdAt: number;
  updatedAt: number;
  publishedAt: number | null;
  /** Plans that the product can be bought with; they are another app's. */
  sellingPlans?: DevSellingPlan[];
  /** Whether it is sold with one of its plans only. */
  requiresSellingPlan?: boolean;
}

/** What a selling plan makes of a price. */
export interface DevPriceAdjustment {
  valueType: "percentage" | "fixed_amount" | "price";
  /** Percent off, or an amount off or price in the shop's minor units. */
  value: number;
  /** For how many orders it holds; null for all that follow. */
  orderCount: number | null;
}

/** One way to buy a product again and again. */
export interface DevSellingPlan {
  id: string;
  name: string;
  /** One, or a second one that follows. Absent: the full price. */
  adjustments?: DevPriceAdjustment[];
  /** How many deliveries are paid at once. Absent: one. */
  deliveriesPerPayment?: number;
  /** False for a single delivery, such as a pre-order. Absent: true. */
  recurring?: boolean;
}

export interface DevCollection {
  id: string;
  handle: string;
  title: string;
}

export interface DevDiscountAllocation {
  amountMinor: number;
  /** The same as the buyer paid it, in their currency. Absent: the amount, converted. */
  paidMinor?: number;
  title: string;
  /** Set where it is a line's part of a discount on the order. */
  ofOrder?: true;
  /** What the shopper entered; absent for an automatic discount. */
  code?: string;
}

/** The bundle that a line is a component of. */
export interface DevLineGroup {
  id: string;
  title: string;
  quantity: number;
  productId: string | null;
  variantId: string | null;
  /** Of the bundle's line in the cart. Absent: none. */
  properties?: Record<string, string>;
}

export interface DevOrderLine {
  id: string;
  productId: string | null;
  variantId: string | null;
  title: string;
  sku: string;
  quantity: number;
  /** What is left after refunds and edits. */
  currentQuantity: number;
  unitPriceMinor: number;
  /** The same in the buyer's currency, as a market's own price is. Absent: the price, converted. */
  paidUnitPriceMinor?: number;
  discounts: DevDiscountAllocation[];
  isGiftCard: boolean;
  requiresShipping: boolean;
  properties: Record<string, string>;
  sellingPlan: { id: string; name: string } | null;
  group: DevLineGroup | null;
}

export interface DevRefund {
  id: string;
  createdAt: number;
  lines: { lineId: string; quantity: number; subtotalMinor: number }[];
  /** Given back for goods without naming a line. Absent: nothing. */
  withoutLinesMinor?: number;
}

/** One rate for all goods. */
export interface DevTaxes {
  /** Whether prices contain them; otherwise they come on top. */
  included: boolean;
  /** 1,000 is 10 %. */
  basisPoints: number;
}

export interface DevOrder {
  id: string;
  name: string;
  createdAt: number;
  processedAt: number;
  updatedAt: number;
  cancelledAt: number | null;
  test: boolean;
  /** Shopify's `sourceName`: web, pos, shopify_draft_order ... */
  sourceName: string;
  customerId: string | null;
  /** Shop currency of every amount here. */
  currency: string;
  presentmentCurrency: string;
  /** Presentment units for one unit of shop currency. */
  presentmentRate: number;
  /** Taxes as they were when the order was placed. Absent: none. */
  taxes?: DevTaxes;
  lines: DevOrderLine[];
  /** What sending it costs before discounts; 0 where nothing is to be paid for it. */
  shippingMinor: number;
  /** The same in the buyer's currency. Absent: the amount, converted. */
  paidShippingMinor?: number;
  /** What was taken off it. Absent: nothing. */
  shippingDiscounts?: DevDiscountAllocation[];
  refunds: DevRefund[];
  /** Whether staff edited it after it was placed. Absent: no. */
  edited?: boolean;
  cartToken: string | null;
  checkoutToken: string | null;
  financialStatus: "PAID" | "PARTIALLY_REFUNDED" | "REFUNDED" | "VOIDED" | "PENDING";
}

export interface DevMetafield {
  id: string;
  /** GID of the owner. */
  ownerId: string;
  /** As stored: `app--<number>` for the app's reserved namespace is written `$app`. */
  namespace: string;
  key: string;
  type: string;
  value: string;
  compareDigest: string;
  updatedAt: number;
}

/** Key of a metafield in `DevShop.metafields`. `ownerId` is a GID, `namespace` as stored (`$app`, `tsuide`). */
export function metafieldKey(ownerId: string, namespace: string, key: string): string {
  return `${ownerId}|${namespace}|${key}`;
}

export interface DevDiscountNode {
  id: string;
  title: string;
  functionHandle: string;
  status: "ACTIVE" | "EXPIRED" | "SCHEDULED";
  startsAt: number;
  endsAt: number | null;
  discountClasses: ("PRODUCT" | "ORDER" | "SHIPPING")[];
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  /** True where left out, as at Shopify. */
  appliesOnOneTimePurchase?: boolean;
  appliesOnSubscription?: boolean;
}

export interface DevMarket {
  id: string;
  handle: string;
  name: string;
  countries: string[];
  currency: string;
  /** Presentment units for one unit of shop currency. */
  rate: number;
  locales: string[];
  /** The market's own price list: fixed prices of variants in its currency, in minor units. Absent: it has no list. */
  prices?: Map<string, number>;
  /** Products that the market's catalogue leaves out, by number. Absent: none. */
  excluded?: ReadonlySet<string>;
}

/** The making or changing of a bundle's product, which Shopify does after it has answered. */
export interface DevBundleOperation {
  id: string;
  productId: string;
  /** How often somebody asked how far it is: the third answer is that it is complete. */
  polls: number;
}

/**
 * A discount of the merchant's own, of Shopify's kinds: an amount off products or off the order, or free shipping. It is
 * on one-time purchases, and not on gift cards.
 */
export interface DevNativeDiscount {
  id: string;
  title: string;
  /** What shoppers enter; null for an automatic discount. */
  code: string | null;
  /** An amount is in the shop's minor units: once, or off each item. */
  off: { percent: number } | { minor: number; each: boolean } | "free-shipping";
  /** Numbers of the products that it is on; null for the whole order. */
  products: readonly string[] | null;
  /** What of these products, or in the whole order, is to be bought; in the shop's minor units. Null: nothing. */
  minimum: { subtotalMinor: number } | { quantity: number } | null;
  combinesWith: DevDiscountNode["combinesWith"];
  startsAt: number;
  endsAt: number | null;
}

/** The app's web pixel, as the app has activated it in a shop. */
export interface DevWebPixel {
  id: string;
  settings: Record<string, string>;
}

/** One credit or debit of a store credit account. */
export interface DevCreditTransaction {
  id: string;
  kind: "credit" | "debit";
  minor: number;
  at: number;
  /** Of a credit: when it ends. The dev store lets nothing expire. */
  expiresAt: number | null;
  /** Of a credit: what no debit has spent. */
  remainingMinor: number;
}

/** What a customer has as store credit in one currency. */
export interface DevCreditAccount {
  id: string;
  customerId: string;
  currency: string;
  transactions: DevCreditTransaction[];
}

export interface DevShop {
  domain: string;
  id: string;
  name: string;
  currency: string;
  locale: "en" | "ja";
  timezone: string;
  /** How themes write money: HTML with "{{amount}}". Absent: as is usual for the currency. */
  moneyFormat?: string;
  products: Map<string, DevProduct>;
  collections: DevCollection[];
  orders: Map<string, DevOrder>;
  metafields: Map<string, DevMetafield>;
  /** The merchant's own definitions, beside the app's. Absent: none. */
  metafieldDefinitions?: readonly MetafieldDefinition[];
  discounts: Map<string, DevDiscountNode>;
  markets: DevMarket[];
  /** Of orders placed from now on. Absent: none. */
  taxes?: DevTaxes;
  /**
   * Flat shipping, and the subtotal from which the shop's own rates ship free (null: never); what local delivery and
   * collection in the shop cost, which only addresses in the shop's own country are offered (absent: none). Shop currency.
   */
  shipping: {
    flatMinor: number;
    freeFromMinor: number | null;
    /** Where the free rate ships to; everywhere where absent. */
    freeCountries?: readonly string[];
    localMinor?: number;
    pickUpMinor?: number;
  };
  /** The app's install on this shop. */
  installation: { id: string; scopes: string[]; installed: boolean };
  /** Absent or null: the app has activated none. */
  webPixel?: DevWebPixel | null;
  /** What the app sent to Shopify Flow. Absent: nothing yet. */
  flowTriggers?: { handle: string; payload: Readonly<Record<string, unknown>> }[];
  /** True where the market, not the delivery profile, decides what shipping costs. Absent: false. */
  marketDrivenShipping?: boolean;
  /** Why the shop cannot have bundles of its own. Absent: it can. */
  noBundles?: string;
  /** What Shopify is still doing with bundles, by number. Absent: nothing yet. */
  operations?: Map<string, DevBundleOperation>;
  /** The merchant's own discounts, which no app made, by number. Absent: none. */
  nativeDiscounts?: Map<string, DevNativeDiscount>;
  /** Numbers of the customers who buy for a company. Absent: nobody. */
  businessCustomers?: readonly string[];
  /** Tags of customers, by the customer's number. Absent: nobody has any. */
  customerTags?: Readonly<Record<string, readonly string[]>>;
  /** Numbers of the customers who opted out of the sale of their data. Absent: nobody. */
  optedOut?: Set<string>;
  /** Store credit, by the number of its account. Absent: nobody has any. */
  creditAccounts?: Map<string, DevCreditAccount>;
  /** True where customers cannot pay with store credit. Absent: they can. */
  noStoreCredit?: boolean;
  /** Orders that are still to be placed, oldest first, with what happens to them. Absent: none. */
  upcoming?: readonly DevOrder[];
  /** What the generator planted: pairs of product ids that truly go together, for tests of mining. */
  truePairs: [string, string][];
}

export interface OrderDraft {
  lines: Omit<DevOrderLine, "id" | "currentQuantity">[];
  presentmentCurrency: string;
  presentmentRate: number;
  shippingMinor: number;
  paidShippingMinor?: number;
  shippingDiscounts?: DevDiscountAllocation[];
  cartToken: string;
  checkoutToken: string;
  sourceName: string;
  customerId: string | null;
  /** When it was placed, in a shop whose past is being made. Its items have been restocked since. Absent: now. */
  at?: number;
  /** Whether it is still to be paid, as by bank transfer. Absent: no. */
  isPending?: boolean;
}

/** What the storefront half of the dev store is given. */
export interface StoreContext {
  shop: DevShop;
  app: { apiKey: string; apiSecret: string; url: string };
  /** Where shoppers and staff reach the dev store, such as `http://localhost:4000`. */
  origin: string;
  now(): number;
  random(): number;
  /** Appends the order, takes its items from stock, and sends `orders/create` to the app. */
  placeOrder(draft: OrderDraft): Promise<DevOrder>;
  /** Refunds units of lines, puts them back into stock, and sends `refunds/create` and `orders/updated`. */
  refund(orderId: string, lines: { lineId: string; quantity: number }[]): Promise<DevRefund>;
  /** Gives the app these scopes and no others, as when a merchant grants or takes back optional ones. */
  setScopes(scopes: readonly string[]): void;
  /** What the app asks for: at install, and when it needs more. */
  declaredScopes: { required: readonly string[]; optional: readonly string[] };
  /** Makes a signed session token for the admin frame. */
  sessionToken(): string;
  /** Where the extensions lie; the repository's own by default. */
  extensionsDir?: string;
  /** Folder of the theme that the shop shows; the dev store's plain one by default. */
  themeDir?: string;
  /** Settings of the theme that the merchant has changed, by id. */
  themeSettings?: Record<string, unknown>;
  /** App embeds, by the name of their block, that the merchant has switched on besides those in the theme's settings. */
  embeds?: readonly string[];
}
