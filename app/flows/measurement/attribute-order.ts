import { attributeOrder } from "../../domain/measurement/attribute-order.ts";
import { earnByQuantity } from "../../domain/measurement/earn-by-quantity.ts";
import {
  type DiscountName,
  onlyOffer,
  ownDiscounts,
  SHIPPING_KINDS,
  shippingGiven,
  sourceOfDiscount,
} from "../../domain/measurement/own-discounts.ts";
import { boughtAgain, carrierOfOffer, parseClaim, parseOfferId } from "../../domain/offers/offer-id.ts";
import { OFFER_CODES } from "../../domain/offers/offer-type-name.ts";
import { bareNumber, type OfferId, type ProductId } from "../../domain/ids.ts";
import { type Lister, type Listing, wasListed } from "../../domain/publishing/listing-history.ts";
import type { LineRefund } from "../../domain/orders/order-account.ts";
import type { Order } from "../../domain/orders/order.ts";
import {
  attributedAgain,
  deleteAttributions,
  productsBoughtBefore,
  replaceAttributions,
} from "../../persistence/measurement/attributions.ts";
import {
  deleteOfferDiscounts,
  offersMadeUntil,
  offersUntil,
  readDiscountNames,
  replaceOfferDiscounts,
} from "../../persistence/measurement/offer-discounts.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { describeOrders } from "../../persistence/orders/account-orders.ts";
import { refundsByLine } from "../../persistence/orders/orders.ts";
import { readListings } from "../../persistence/publishing/listings.ts";
import { theShop } from "../../persistence/shop/shops.ts";

const ANY_SET: Lister = { code: OFFER_CODES["bought-together"], number: "any" };

/**
 * Recomputes what stored orders owe to our offers. Called after each change of an order, it ends in the same rows however
 * often and in whatever order the changes came.
 *
 * A line earns what it claims only where the shop had that offer and that offer listed the product when the order was
 * placed, or so shortly before that a cached page or a waiting cart still showed it. Where the
 * history has only the type, any offer of that type will do: see `wasListed`. What a goal may propose is what the bought-together offers of the
 * order's other products listed.
 */
export async function attributeStoredOrders(tx: ShopTransaction, orders: readonly Order[]): Promise<void> {
  const names = orders.some(hasAutomaticDiscount) ? await readDiscountNames(tx) : [];
  const isOffered = (order: Order) =>
    claimedOffers(order).length > 0 || ownDiscounts(order, names).length > 0 || mayHaveGivenShipping(order, names);
  const others = orders.filter((order) => !isOffered(order)).map(({ id }) => id);
  await deleteAttributions(tx, others);
  await deleteOfferDiscounts(tx, others);
  const offered = orders.filter(isOffered);
  const installedAt = offered.length === 0 ? 0 : (await theShop(tx)).installedAt.getTime();
  for (const order of offered) await attribute(tx, order, { names, installedAt });
  await describeOrders(
    tx,
    orders.map(({ id }) => bareNumber(id)),
  );
}

function hasAutomaticDiscount(order: Order): boolean {
  const taken = [order.shippingDiscounts, ...order.lines.map(({ automaticDiscounts }) => automaticDiscounts)];
  return taken.some((discounts) => (discounts?.length ?? 0) > 0);
}

/** Whether something has the name of our discount. Whether the shop had such an offer by then is not asked yet. */
function mayHaveGivenShipping(order: Order, names: readonly DiscountName[]): boolean {
  return shippingGiven(order, names, ANY_OFFERS).length > 0;
}

const ANY_OFFERS = SHIPPING_KINDS.map((type) => ({ type }));

/** `installedAt`: milliseconds since 1970 UTC. */
async function attribute(
  tx: ShopTransaction,
  order: Order,
  { names, installedAt }: { readonly names: readonly DiscountName[]; readonly installedAt: number },
): Promise<void> {
  const claimed = claimedOffers(order);
  const bought = claimed.some(isOfGoal) ? order.lines.flatMap(({ productId }) => productId ?? []) : [];
  const carriers = [...bought, ...productsOf(claimed, (id) => carrierOfOffer(id)?.product ?? null)];
  const again = productsOf(claimed, boughtAgain);
  const histories = carriers.length === 0 ? new Map<ProductId, Listing[]>() : await readListings(tx, carriers);
  const known = again.length === 0 ? new Set<string>() : await knownAgain(tx, order, again);
  // Which offers an earlier install had is not known.
  const made = order.processedAt <= installedAt ? null : await madeOffers(tx, order, claimed);
  const times = { at: Math.floor(order.processedAt / 1000), installedAt: Math.floor(installedAt / 1000) };
  const listedBy = (carrier: ProductId, lister: Lister, product: ProductId) =>
    wasListed(histories.get(carrier) ?? [], { ...lister, companion: bareNumber(product) }, times);
  const isListed = (offerId: OfferId, product: ProductId) => {
    const named = namedOffer(offerId);
    if (named !== null && made !== null && made.get(named.number) !== named.type) return false;
    // A goal proposes companions of what else is in the cart.
    if (isOfGoal(offerId)) return bought.some((other) => listedBy(other, ANY_SET, product));
    const carrier = carrierOfOffer(offerId);
    if (carrier === null) return boughtAgain(offerId) === product && known.has(product);
    return listedBy(carrier.product, carrier, product);
  };
  const discounts = ownDiscounts(order, names);
  const owesNothing = claimed.length === 0 && discounts.length === 0;
  const refunds = owesNothing ? new Map<string, LineRefund>() : await refundsByLine(tx, order.id);
  const head = { id: order.id, name: order.name, at: order.processedAt, currency: order.currency };
  const earning = attributeOrder(order, refunds, isListed);
  const isDiscounted = discounts.length > 0 || mayHaveGivenShipping(order, names);
  const offers = isDiscounted ? await offersUntil(tx, new Date(order.processedAt)) : [];
  const number = onlyOffer("quantity-breaks", offers);
  const attributed = [...earning, ...earnByQuantity(order, refunds, { discounts, earning, number })];
  await replaceAttributions(tx, head, attributed);
  const sourced = discounts.map((one) => ({ ...one, ...sourceOfDiscount(one, attributed, offers) }));
  const shipping = shippingGiven(order, names, offers).map((one) => ({
    ...one,
    offerKey: sourceOfDiscount({ lineId: null, kind: one.kind }, attributed, offers).offerKey,
  }));
  await replaceOfferDiscounts(tx, head, sourced, shipping);
}

/** Of the offers that an order's lines name, those that there were by then, with their types. */
async function madeOffers(
  tx: ShopTransaction,
  order: Order,
  claimed: readonly OfferId[],
): Promise<ReadonlyMap<number, string>> {
  const numbers = claimed.flatMap((id) => namedOffer(id)?.number ?? []);
  if (numbers.length === 0) return new Map();
  return offersMadeUntil(tx, numbers, new Date(order.processedAt));
}

/** Null for what is bought again, and for sets of before offers had numbers. */
function namedOffer(id: OfferId): { readonly type: string; readonly number: number } | null {
  const named = parseOfferId(id);
  return named?.kind === "offer" && named.number !== null ? { type: named.type, number: named.number } : null;
}

/**
 * Anyone can write such a claim; it is true of whoever bought the product before. Of a customer who has been forgotten
 * since nobody can tell any more: what was found true then stays so.
 */
function knownAgain(tx: ShopTransaction, order: Order, products: readonly ProductId[]): Promise<Set<ProductId>> {
  if (order.customerKey === null) return attributedAgain(tx, order.id);
  return productsBoughtBefore(tx, order, products);
}

function claimedOffers(order: Order): OfferId[] {
  return order.lines.flatMap((line) => {
    const claim = line.offer === null ? null : parseClaim(line.offer);
    return claim === null ? [] : [claim.offerId];
  });
}

function isOfGoal(id: OfferId): boolean {
  const named = parseOfferId(id);
  return named?.kind === "offer" && named.type === "goal";
}

function productsOf(offers: readonly OfferId[], productOf: (offerId: OfferId) => ProductId | null): ProductId[] {
  return offers.map(productOf).filter((product) => product !== null);
}
