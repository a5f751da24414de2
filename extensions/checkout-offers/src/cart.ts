import {
  exponentOf,
  type GoalAmounts,
  type GoalState,
  isCurrencyCode,
  parseCheckout,
  parseCustomer,
  parseDecimal,
  parseProductOffer,
  PUBLISHED,
  type PublishedCheckout,
  type PublishedCustomer,
  type PublishedOffer,
  shippingGoal,
  type Shopper,
} from "./domain.ts";

/** The part of Shopify's cart lines that matters here. */
export interface CheckoutLine {
  readonly quantity: number;
  /** The whole line, after discounts on it. */
  readonly cost: { readonly totalAmount: { readonly amount: number; readonly currencyCode: string } };
  readonly merchandise: {
    readonly title: string;
    readonly requiresShipping: boolean;
    readonly product: { readonly id: string; readonly productType: string };
  };
}

/** The part of Shopify's app metafields that matters here. */
export interface CheckoutMetafield {
  readonly target: { readonly type: string; readonly id: string };
  readonly metafield: { readonly namespace: string; readonly key: string; readonly value: string };
}

/** The number at the end of a Shopify id; some API versions give the bare number, which stays as it is. */
export function bareId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The offer of each product in the cart; null for a product without one. */
export function offersInCart(
  lines: readonly CheckoutLine[],
  metafields: readonly CheckoutMetafield[],
): Map<string, PublishedOffer | null> {
  const published = new Map(
    metafields
      .filter(({ target, metafield }) => target.type === "product" && is(metafield, PUBLISHED.offer))
      .map(({ target, metafield }) => [bareId(target.id), parseProductOffer(metafield.value)]),
  );
  return new Map(
    lines.map(({ merchandise }) => {
      const product = bareId(merchandise.product.id);
      return [product, published.get(product) ?? null];
    }),
  );
}

/** The shop's free-shipping amounts; null where none are published. */
export function goalAmounts(metafields: readonly CheckoutMetafield[]): GoalAmounts | null {
  return checkoutOf(metafields)?.goal ?? null;
}

/** The part of Shopify's consent that matters here. */
export interface BuyerConsent {
  readonly allowedProcessing: { readonly preferences: boolean };
  /** Absent for what the buyer has not decided. */
  readonly visitorConsent: { readonly saleOfData?: boolean };
}

/**
 * What the customer's own orders say. Null for nobody logged in, where the merchant does not want it to count, and
 * where the buyer does not allow it: preferences must be allowed, and who opted out of the sale of their data is left
 * alone altogether.
 */
export function customerHistory(
  metafields: readonly CheckoutMetafield[],
  consent: BuyerConsent,
): PublishedCustomer | null {
  if (checkoutOf(metafields)?.history !== true) return null;
  if (!consent.allowedProcessing.preferences || consent.visitorConsent.saleOfData === false) return null;
  return parseCustomer(valueOf(metafields, "customer", PUBLISHED.customer));
}

/** What lists are chosen by; of the customer only what their history says. */
export function shopperOf(currency: string, customer: PublishedCustomer | null): Shopper {
  const returning = customer?.returning === true ? "returning" : "new";
  const known = { customer: customer === null ? null : returning, rank: customer?.rank ?? null } as const;
  return { currency, ...known, channel: "online" };
}

function checkoutOf(metafields: readonly CheckoutMetafield[]): PublishedCheckout | null {
  return parseCheckout(valueOf(metafields, "shop", PUBLISHED.checkout));
}

function valueOf(
  metafields: readonly CheckoutMetafield[],
  owner: string,
  published: { namespace: string; key: string },
): string | undefined {
  return metafields.find(({ target, metafield }) => target.type === owner && is(metafield, published))?.metafield.value;
}

/** Where the cart stands against free shipping; null where its currency has no goal. */
export function goalOfCart(lines: readonly CheckoutLine[], goal: GoalAmounts | null): GoalState | null {
  const currency = lines[0]?.cost.totalAmount.currencyCode ?? "";
  if (!isCurrencyCode(currency)) return null;
  const counted = lines.map((line) => ({
    totalMinor: minorOf(line.cost.totalAmount.amount, currency),
    ships: line.merchandise.requiresShipping,
  }));
  return shippingGoal({ currency, lines: counted }, goal);
}

/** What the cart's lines cost in minor units, after discounts on them. */
export function cartMinor(lines: readonly CheckoutLine[]): number {
  return lines.reduce((total, line) => total + lineMinor(line), 0);
}

/** What a line costs in minor units, after discounts on it. */
export function lineMinor({ cost }: CheckoutLine): number {
  const { amount, currencyCode } = cost.totalAmount;
  return isCurrencyCode(currencyCode) ? minorOf(amount, currencyCode) : 0;
}

/** Shopify gives amounts as numbers here: the decimal of as many digits as the currency has is the one it meant. */
function minorOf(amount: number, currency: string): number {
  return parseDecimal(amount.toFixed(exponentOf(currency)), currency)?.amountMinor ?? 0;
}

function is(metafield: CheckoutMetafield["metafield"], published: { namespace: string; key: string }): boolean {
  return metafield.namespace === published.namespace && metafield.key === published.key;
}
