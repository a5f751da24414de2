import { attributeOrder, parseClaim, triggerOfOffer } from "../domain/attribution/attribute-order.ts";
import type { OfferId, ProductId } from "../domain/ids.ts";
import type { Order } from "../domain/orders/order.ts";
import { replaceAttributions } from "../persistence/attributions.ts";
import type { ShopTransaction } from "../persistence/in-shop.ts";
import { refundsByLine } from "../persistence/orders.ts";
import { productsEverOffered } from "../persistence/published.ts";

/**
 * Works out anew what one stored order owes to our offers. Called after each change of the order, it ends in the same
 * rows however often and in whatever order the news came.
 */
export async function attributeStoredOrder(tx: ShopTransaction, order: Order): Promise<void> {
  const claimed = claimedTriggers(order);
  const offered = claimed.length === 0 ? new Set<string>() : await productsEverOffered(tx, claimed);
  const isOffer = (offerId: OfferId) => {
    const trigger = triggerOfOffer(offerId);
    return trigger !== null && offered.has(trigger);
  };
  const refunds = claimed.length === 0 ? new Map<string, number>() : await refundsByLine(tx, order.id);
  const head = { id: order.id, name: order.name, at: order.processedAt, currency: order.currency };
  await replaceAttributions(tx, head, attributeOrder(order, refunds, isOffer));
}

function claimedTriggers(order: Order): ProductId[] {
  return order.lines.flatMap((line) => {
    const claim = line.offer === null ? null : parseClaim(line.offer);
    const trigger = claim === null ? null : triggerOfOffer(claim.offerId);
    return trigger === null ? [] : [trigger];
  });
}
