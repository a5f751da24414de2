import { inShop } from "../../persistence/database/in-shop.ts";
import { worthOf } from "../../domain/store-credit/owed.ts";
import { type CreditMove, dropMove, endMove, knownTransactions } from "../../persistence/store-credit/credit-moves.ts";
import { type CreditOrder, findMoves } from "../../shopify/readers/store-credit.ts";
import type { LookedAt } from "./looked-at.ts";

/** Shopify ends a call long before: what it has not done by then it never does. */
export const NOTHING_HEARD_MS = 600_000;
const HOUR_MS = 3_600_000;

/**
 * Finds out whether Shopify has carried out a move whose answer was lost: by a transaction that is like it and is no other
 * order's. Null once it is known; otherwise when to look again.
 */
export async function findOut(seen: LookedAt, move: CreditMove, order: CreditOrder): Promise<Date | null> {
  const { shop, credit, context } = seen;
  const now = context.now();
  const from = move.askedAt.getTime() + NOTHING_HEARD_MS;
  if (now.getTime() < from) return new Date(from);
  const { customer } = order;
  const found = customer === null ? [] : await findMoves(context.gateway.client, shop, customer, move);
  if (found === null) {
    context.log.error(
      { shop, order: credit.orderName },
      "too many transactions to find a lost answer about store credit",
    );
    return new Date(now.getTime() + HOUR_MS);
  }
  await inShop(context.database, shop, async (tx) => {
    const known = await knownTransactions(tx, found);
    const transactionId = found.find((id) => !known.has(id));
    if (transactionId === undefined) return dropMove(tx, credit, move.place);
    const worth = worthOf(credit, order);
    await endMove(tx, credit, { place: move.place, transactionId, worth, now: move.askedAt });
  });
  return null;
}
