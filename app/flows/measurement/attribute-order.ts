import { attributeOrder } from "../../domain/measurement/attribute-order.ts";
import { boughtAgain, carrierOfOffer, parseClaim } from "../../domain/offers/offer-id.ts";
import { bareNumber, type OfferId, type ProductId } from "../../domain/ids.ts";
import { wasListed, type Listing } from "../../domain/publishing/listing-history.ts";
import type { LineRefund } from "../../domain/orders/order-account.ts";
import type { Order } from "../../domain/orders/order.ts";
import {
  attributedAgain,
  deleteAttributions,
  productsBoughtBefore,
  replaceAttributions,
} from "../../persistence/measurement/attributions.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { refundsByLine } from "../../persistence/orders/orders.ts";
import { readListings } from "../../persistence/publishing/listings.ts";

/** {@link attributeStoredOrder} for several orders. */
export async function attributeStoredOrders(tx: ShopTransaction, orders: readonly Order[]): Promise<void> {
  const [claiming, others] = [true, false].map((claims) =>
    orders.filter((order) => claimedOffers(order).length > 0 === claims),
  ) as [Order[], Order[]];
  await deleteAttributions(
    tx,
    others.map(({ id }) => id),
  );
  for (const order of claiming) await attributeStoredOrder(tx, order);
}

/**
 * Recomputes what one stored order owes to our offers. Called after each change of the order, it ends in the same
 * rows however often and in whatever order the changes came.
 *
 * A line earns what it claims only where that offer listed its product when the order was placed, or so shortly before
 * that a cached page or a waiting cart still showed it.
 */
export async function attributeStoredOrder(tx: ShopTransaction, order: Order): Promise<void> {
  const claimed = claimedOffers(order);
  const carriers = productsOf(claimed, (id) => carrierOfOffer(id)?.product ?? null);
  const again = productsOf(claimed, boughtAgain);
  const histories = carriers.length === 0 ? new Map<ProductId, Listing[]>() : await readListings(tx, carriers);
  const known = again.length === 0 ? new Set<string>() : await knownAgain(tx, order, again);
  const at = Math.floor(order.processedAt / 1000);
  const isListed = (offerId: OfferId, product: ProductId) => {
    const carrier = carrierOfOffer(offerId);
    if (carrier === null) return boughtAgain(offerId) === product && known.has(product);
    const listed = { code: carrier.code, companion: bareNumber(product) };
    return wasListed(histories.get(carrier.product) ?? [], listed, at);
  };
  const refunds = claimed.length === 0 ? new Map<string, LineRefund>() : await refundsByLine(tx, order.id);
  const head = { id: order.id, name: order.name, at: order.processedAt, currency: order.currency };
  await replaceAttributions(tx, head, attributeOrder(order, refunds, isListed));
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

function productsOf(offers: readonly OfferId[], productOf: (offerId: OfferId) => ProductId | null): ProductId[] {
  return offers.map(productOf).filter((product) => product !== null);
}
