import type { CreditReason } from "../../domain/store-credit/next-move.ts";
import { worthOf } from "../../domain/store-credit/owed.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { dropMove, endMove } from "../../persistence/store-credit/credit-moves.ts";
import { saveLook } from "../../persistence/store-credit/store-credits.ts";
import { TransportFailed } from "../../shopify/client/errors.ts";
import type { UserError } from "../../shopify/operations/operation.ts";
import { type CreditOrder, moveCredit } from "../../shopify/readers/store-credit.ts";
import { heldMinor, type LookedAt, type NotedMove } from "./looked-at.ts";

type MoveToCarryOut = LookedAt &
  NotedMove & {
    readonly order: CreditOrder;
    /** Global id of the account that was credited. */
    readonly account: string | null;
  };

/**
 * Asks Shopify for a move that was noted, and notes the answer. Where no answer comes the move stays open; what Shopify surely
 * has not done is dropped.
 */
export async function carryOut(given: MoveToCarryOut): Promise<void> {
  const { shop, credit, move, order, account, context } = given;
  const id = move.kind === "credit" ? order.customer : account;
  if (id === null) throw new Error(`Nobody to ${move.kind} for order ${credit.orderName}`);
  const inTransaction = (work: (tx: ShopTransaction) => Promise<void>) => inShop(context.database, shop, work);
  const answer = await moveCredit(context.gateway.client, shop, id, move).catch(async (error: unknown) => {
    if (!(error instanceof TransportFailed)) {
      await inTransaction(async (tx) => {
        await dropMove(tx, credit, move.place);
        await saveLook(tx, credit, given.lookAt, { ...ended(given), nextAt: context.now() });
      });
    }
    throw error;
  });
  await inTransaction(async (tx) => {
    if ("refused" in answer) return noteRefusal(tx, given, answer.refused);
    const worth = worthOf(credit, order);
    await endMove(tx, credit, { place: move.place, transactionId: answer.transaction, worth, now: context.now() });
    await saveLook(tx, credit, given.lookAt, ended(given));
  });
}

/** How a credit stands once its move is done: what is still held beyond what is owed could not be taken back. */
function ended({ credit, move, owed }: MoveToCarryOut) {
  const held = move.kind === "credit" ? heldMinor(credit) + move.minor : heldMinor(credit) - move.minor;
  const lostMinor = Math.max(held - owed, 0);
  return { nextAt: null, reason: lostMinor > 0 ? ("spent" as CreditReason) : null, lostMinor };
}

/** What was spent between the look and the debit is looked at again. Anything else would be refused again. */
async function noteRefusal(tx: ShopTransaction, given: MoveToCarryOut, refused: readonly UserError[]): Promise<void> {
  const { shop, credit, move, context } = given;
  await dropMove(tx, credit, move.place);
  const isSpent = refused.some(({ code }) => code === "INSUFFICIENT_FUNDS");
  const reasons = refused.map(({ code, message }) => code ?? message).join(", ");
  context.log.warn({ shop, order: credit.orderName, kind: move.kind, reasons }, "store credit refused");
  const lostMinor = move.kind === "debit" ? move.minor : 0;
  const state = { reason: "refused" as CreditReason, lostMinor };
  await saveLook(tx, credit, given.lookAt, { ...state, nextAt: isSpent && credit.looks < 5 ? context.now() : null });
}
