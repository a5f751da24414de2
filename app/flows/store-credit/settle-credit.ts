import type { ShopDomain } from "../../domain/ids.ts";
import { nextMove, type NoMove, type WantedMove } from "../../domain/store-credit/next-move.ts";
import { owedMinor } from "../../domain/store-credit/owed.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { hasCustomer, movesOf, openMove } from "../../persistence/store-credit/credit-moves.ts";
import {
  type CreditName,
  type CreditState,
  holdCredit,
  saveLook,
  type StoredCredit,
} from "../../persistence/store-credit/store-credits.ts";
import {
  type CreditLeft,
  type CreditOrder,
  readCreditLeft,
  readCreditOrder,
} from "../../shopify/readers/store-credit.ts";
import type { FlowContext } from "../context.ts";
import { findOut, NOTHING_HEARD_MS } from "./find-out.ts";
import { carryOut } from "./carry-out.ts";
import { heldMinor, type LookedAt, type NotedMove } from "./looked-at.ts";

/** After so many days nobody expects a payment any more. */
const UNPAID_DAYS = 60;

/**
 * Looks at one order's credit from one offer and does what is to be done now. A move is noted before Shopify is asked for it,
 * so that whoever comes after a crash looks for it among the customer's transactions in place of asking again.
 */
export async function settleCredit(shop: ShopDomain, name: CreditName, context: FlowContext): Promise<void> {
  let seen = await look(shop, name, context);
  if (seen === null || seen.credit.nextAt === null || seen.credit.nextAt > context.now()) return;
  const { client } = context.gateway;
  const order = await readCreditOrder(client, shop, name.orderId);
  if (order === null) return settle(seen, { nextAt: null, reason: "order-gone", lostMinor: heldMinor(seen.credit) });
  const open = seen.moves.find(({ isDone }) => isDone === null);
  if (open !== undefined) {
    const later = await findOut(seen, open, order);
    if (later !== null) return settle(seen, { ...stateOf(seen.credit), nextAt: later });
    seen = await look(shop, name, context);
    if (seen === null) return;
  }
  const given = seen.moves.find(({ kind, isDone }) => kind === "credit" && isDone === true);
  const transaction = given?.transactionId ?? null;
  const left = transaction === null ? null : await readCreditLeft(client, shop, transaction, context.now());
  const decided = await decide(seen, order, left);
  if (decided !== null) await carryOut({ ...seen, ...decided, order, account: left?.account ?? null });
}

async function look(shop: ShopDomain, name: CreditName, context: FlowContext): Promise<LookedAt | null> {
  return inShop(context.database, shop, async (tx) => {
    const credit = await holdCredit(tx, name);
    return credit === null ? null : { shop, credit, moves: await movesOf(tx, name), context };
  });
}

function settle({ shop, credit, context }: LookedAt, state: CreditState): Promise<void> {
  return inShop(context.database, shop, (tx) => saveLook(tx, credit, credit.nextAt, state));
}

function stateOf({ reason, lostMinor, nextAt }: StoredCredit): CreditState {
  return { reason, lostMinor, nextAt };
}

/** Notes the next move, or that there is none now; null then, and where somebody else has changed the credit meanwhile. */
function decide(seen: LookedAt, order: CreditOrder, left: CreditLeft | null): Promise<NotedMove | null> {
  const { shop, context } = seen;
  return inShop(context.database, shop, async (tx) => {
    const credit = await holdCredit(tx, seen.credit);
    if (credit?.nextAt?.getTime() !== seen.credit.nextAt?.getTime()) return null;
    if (credit === null || credit.setMinor !== seen.credit.setMinor) return null;
    const owed = credit.terms === null ? heldMinor(credit) : owedMinor(credit.terms, credit, order);
    const next = nextMove({
      ...{ owedMinor: owed, isPaid: order.isPaid },
      hasCustomer: order.customer !== null && (await hasCustomer(tx, credit)),
      ...{ isDue: credit.dueAt <= context.now(), leftMinor: left?.leftMinor ?? 0 },
      ...{ creditedMinor: credit.creditedMinor, takenBackMinor: credit.takenBackMinor },
    });
    if ("minor" in next) return note(tx, { ...seen, credit }, next, owed);
    await saveLook(tx, credit, credit.nextAt, afterLook(credit, next, owed, context.now()));
    return null;
  });
}

async function note(
  tx: ShopTransaction,
  { credit, moves, context }: LookedAt,
  next: WantedMove,
  owed: number,
): Promise<NotedMove> {
  const askedAt = context.now();
  const expiryDays = next.do === "credit" ? credit.terms?.expiryDays : undefined;
  const move = {
    ...{ place: moves.length, kind: next.do, minor: next.minor, currency: credit.currency, askedAt },
    expiresAt: expiryDays === undefined ? null : wholeSecond(askedAt.getTime() + expiryDays * DAY_MS),
  };
  await openMove(tx, credit, move);
  const lookAt = new Date(askedAt.getTime() + NOTHING_HEARD_MS);
  await saveLook(tx, credit, credit.nextAt, { ...stateOf(credit), nextAt: lookAt });
  return { move, lookAt, owed };
}

/** Shopify keeps no fractions of seconds. */
function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000);
}

function afterLook(credit: StoredCredit, next: NoMove, owed: number, now: Date): CreditState {
  if (next.do === "nothing") {
    const lostMinor = next.reason === "spent" ? heldMinor(credit) - owed : 0;
    return { nextAt: null, reason: next.reason, lostMinor };
  }
  if (next.for === "days") return { nextAt: credit.dueAt, reason: null, lostMinor: 0 };
  const isOver = now.getTime() - credit.dueAt.getTime() > UNPAID_DAYS * DAY_MS;
  return { nextAt: isOver ? null : new Date(now.getTime() + DAY_MS), reason: "not-paid", lostMinor: 0 };
}
