import { bareNumber, type OrderId } from "../../domain/ids.ts";
import type { Order } from "../../domain/orders/order.ts";
import { type CreditPromise, earnedCredits, wholeSetMinor } from "../../domain/store-credit/whole-set.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readPromises } from "../../persistence/store-credit/credit-promises.ts";
import {
  addCredits,
  changeSet,
  creditsOfOrders,
  type FoundCredit,
  type StoredCredit,
} from "../../persistence/store-credit/store-credits.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { requestSettling } from "./request-settling.ts";

/**
 * Notes what stored orders earn as store credit by what was promised when they were placed, and what is left of what earlier
 * versions of them earned. Called after each change of an order: a promise that has ended since is kept, and what was noted
 * once is never added a second time.
 */
export async function noteStoreCredits(tx: ShopTransaction, orders: readonly Order[], now: Date): Promise<void> {
  const products = [...new Set(orders.flatMap(({ lines }) => lines.flatMap(({ productId }) => productId ?? [])))];
  const promises = await readPromises(tx, products.map(bareNumber));
  const stored = Map.groupBy(
    await creditsOfOrders(
      tx,
      orders.map(({ id }) => id),
    ),
    ({ orderId }) => orderId,
  );
  if (promises.length === 0 && stored.size === 0) return;
  const found: FoundCredit[] = [];
  for (const order of orders) {
    const known = stored.get(order.id) ?? [];
    for (const credit of known) await noteChange(tx, credit, wholeSetMinor(order, credit), now);
    const numbers = known.map(({ offerNumber }) => offerNumber);
    const earned = earnedCredits(order, promises).filter(({ promise }) => !numbers.includes(promise.offerNumber));
    found.push(...earned.map(({ promise, setMinor }) => foundCredit(order, promise, setMinor)));
  }
  await addCredits(tx, found);
  // A budget may be used up by now.
  if (found.length > 0) await enqueue(tx, "settle-store-credits", {});
  else await requestSettling(tx, now);
}

/** Has what deleted orders earned taken back, or never given. */
export async function endStoreCredits(tx: ShopTransaction, ids: readonly OrderId[], now: Date): Promise<void> {
  const credits = await creditsOfOrders(tx, ids);
  for (const credit of credits) await noteChange(tx, credit, 0, now);
  if (credits.length > 0) await requestSettling(tx, now);
}

/** Any change of the order may be its payment: what still waits is looked at again. */
async function noteChange(tx: ShopTransaction, credit: StoredCredit, setMinor: number, now: Date): Promise<void> {
  const isGiven = credit.creditedMinor > 0;
  if (isGiven && setMinor === credit.setMinor) return;
  const nextAt = isGiven ? now : new Date(Math.max(credit.dueAt.getTime(), now.getTime()));
  await changeSet(tx, credit, { setMinor, nextAt });
}

function foundCredit(
  order: Order,
  { offerNumber, product, companions, terms }: CreditPromise,
  setMinor: number,
): FoundCredit {
  return {
    ...{ orderId: order.id, offerNumber, product, companions, terms, setMinor },
    ...{ orderName: order.name, orderedAt: order.processedAt },
    ...{ setCurrency: order.currency, currency: order.presentmentCurrency ?? order.currency },
    dueAt: new Date(order.processedAt + terms.waitDays * DAY_MS),
  };
}
