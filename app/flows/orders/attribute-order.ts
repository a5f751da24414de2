import { attributeOrder, boughtAgain, parseClaim, triggerOfOffer } from "../../domain/attribution/attribute-order.ts";
import type { OfferId, ProductId } from "../../domain/ids.ts";
import type { LineRefund } from "../../domain/orders/order-account.ts";
import type { Order } from "../../domain/orders/order.ts";
import { productsBoughtBefore, replaceAttributions } from "../../persistence/orders/attributions.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { refundsByLine } from "../../persistence/orders/orders.ts";
import { productsEverOffered } from "../../persistence/offers/published.ts";

/**
 * Works out anew what one stored order owes to our offers. Called after each change of the order, it ends in the same
 * rows however often and in whatever order the news came.
 */
export async function attributeStoredOrder(tx: ShopTransaction, order: Order): Promise<void> {
  const claimed = claimedOffers(order);
  const triggers = productsOf(claimed, triggerOfOffer);
  const again = productsOf(claimed, boughtAgain);
  const offered = triggers.length === 0 ? new Set<string>() : await productsEverOffered(tx, triggers);
  // Anyone can write such a claim; it is true of whoever bought the product before.
  const known = again.length === 0 ? new Set<string>() : await productsBoughtBefore(tx, order, again);
  const isOffer = (offerId: OfferId) => {
    const trigger = triggerOfOffer(offerId);
    return trigger === null ? known.has(boughtAgain(offerId) ?? "") : offered.has(trigger);
  };
  const refunds = claimed.length === 0 ? new Map<string, LineRefund>() : await refundsByLine(tx, order.id);
  const head = { id: order.id, name: order.name, at: order.processedAt, currency: order.currency };
  await replaceAttributions(tx, head, attributeOrder(order, refunds, isOffer));
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
