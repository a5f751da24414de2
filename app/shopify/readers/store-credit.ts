import { parseDecimal, toDecimalString } from "../../domain/money/money.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import type { OrderId } from "../../domain/ids.ts";
import type { AdminClient } from "../client/admin-client.ts";
import type { UserError } from "../operations/operation.ts";
import {
  CREDIT_CUSTOMER,
  CREDIT_LEFT,
  CREDIT_ORDER,
  CREDIT_TRANSACTIONS,
  type CreditTransactionNode,
  DEBIT_ACCOUNT,
  TRANSACTIONS_AT_ONCE,
} from "../operations/store-credit.ts";
import { UnreadableOrder } from "./read-nodes.ts";

/** Whose an order is and what it cost, as Shopify has it now. */
export interface CreditOrder {
  /** Global id of its customer; null where nobody is known. */
  readonly customer: string | null;
  /** Whether all of it was paid, whatever was given back since. */
  readonly isPaid: boolean;
  /** The whole order in the shop's currency and in the one that was paid in. */
  readonly shopMinor: number;
  readonly paidMinor: number;
}

/** What is left of a credit. */
export interface CreditLeft {
  readonly account: string;
  readonly leftMinor: number;
}

/** A credit or debit, as it is asked for. */
export interface AskedMove {
  readonly kind: "credit" | "debit";
  readonly minor: number;
  readonly currency: string;
  readonly expiresAt: Date | null;
}

/** What Shopify answered: its transaction, or why it refuses. */
export type MoveAnswer = { readonly transaction: string } | { readonly refused: readonly UserError[] };

const PAID = ["PAID", "PARTIALLY_REFUNDED", "REFUNDED"];

/** Reads {@link CreditOrder}; null where Shopify has no such order. */
export async function readCreditOrder(client: AdminClient, shop: ShopDomain, id: OrderId): Promise<CreditOrder | null> {
  const { order } = await client.query(shop, CREDIT_ORDER, { id });
  if (order === null) return null;
  const { shopMoney, presentmentMoney } = order.totalPriceSet;
  return {
    customer: order.customer?.id ?? null,
    isPaid: PAID.includes(order.displayFinancialStatus ?? ""),
    shopMinor: minorOf(shopMoney),
    paidMinor: minorOf(presentmentMoney),
  };
}

/** What is left of a credit of ours, by the id of its transaction; nothing once it has expired. Null where it is gone. */
export async function readCreditLeft(
  client: AdminClient,
  shop: ShopDomain,
  transaction: string,
  now: Date,
): Promise<CreditLeft | null> {
  const { node } = await client.query(shop, CREDIT_LEFT, { id: transaction });
  if (node === null) return null;
  const isOver = node.expiresAt !== null && Date.parse(node.expiresAt) <= now.getTime();
  const leftMinor = isOver ? 0 : Math.min(minorOf(node.remainingAmount), minorOf(node.account.balance));
  return { account: node.account.id, leftMinor: Math.max(leftMinor, 0) };
}

/**
 * Gives credit to a customer, or takes it off an account. Throws what the client throws: where Shopify could not be reached
 * nobody knows whether it was carried out.
 */
export async function moveCredit(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
  { kind, minor, currency, expiresAt }: AskedMove,
): Promise<MoveAnswer> {
  const amount = { amount: toDecimalString({ amountMinor: minor, currency }), currencyCode: currency };
  const answer =
    kind === "credit"
      ? (
          await client.query(shop, CREDIT_CUSTOMER, {
            id,
            input: { creditAmount: amount, expiresAt: expiresAt?.toISOString() ?? null, notify: true },
          })
        ).storeCreditAccountCredit
      : (await client.query(shop, DEBIT_ACCOUNT, { id, input: { debitAmount: amount } })).storeCreditAccountDebit;
  const transaction = answer?.storeCreditAccountTransaction?.id;
  return transaction === undefined ? { refused: answer?.userErrors ?? [] } : { transaction };
}

/** Shopify's clock and ours may differ. */
const CLOCKS_DIFFER_MS = 120_000;

/**
 * The transactions of a customer that may be the one asked for: same kind, amount, currency and expiry, of no order, made
 * since it was asked for. Null where there are too many since then to tell.
 */
export async function findMoves(
  client: AdminClient,
  shop: ShopDomain,
  customer: string,
  asked: AskedMove & { readonly askedAt: Date },
): Promise<string[] | null> {
  const { customer: found } = await client.query(shop, CREDIT_TRANSACTIONS, { id: customer });
  const since = asked.askedAt.getTime() - CLOCKS_DIFFER_MS;
  const accounts =
    found?.storeCreditAccounts.nodes.filter(({ balance }) => balance.currencyCode === asked.currency) ?? [];
  const all = accounts.flatMap(({ transactions }) => transactions.nodes);
  const recent = all.filter(({ createdAt }) => Date.parse(createdAt) >= since);
  if (accounts.some(({ transactions: { nodes } }) => isCutOff(nodes, since))) return null;
  return recent.filter((one) => isLike(one, asked)).flatMap(({ id }) => id ?? []);
}

function isCutOff(nodes: readonly CreditTransactionNode[], since: number): boolean {
  return nodes.length === TRANSACTIONS_AT_ONCE && nodes.every(({ createdAt }) => Date.parse(createdAt) >= since);
}

const NAMES = { credit: "StoreCreditAccountCreditTransaction", debit: "StoreCreditAccountDebitTransaction" } as const;

function isLike(node: CreditTransactionNode, { kind, minor, expiresAt }: AskedMove): boolean {
  if (node.__typename !== NAMES[kind] || node.origin !== null || Math.abs(minorOf(node.amount)) !== minor) return false;
  return kind === "debit" || secondOf(node.expiresAt ?? null) === secondOf(expiresAt?.toISOString() ?? null);
}

/** Shopify's times have no fractions of seconds. */
function secondOf(time: string | null): number | null {
  return time === null ? null : Math.floor(Date.parse(time) / 1000);
}

function minorOf({ amount, currencyCode }: { readonly amount: string; readonly currencyCode: string }): number {
  const parsed = parseDecimal(amount, currencyCode, "half-up");
  if (parsed === null) throw new UnreadableOrder(`Not an amount of ${currencyCode}: ${JSON.stringify(amount)}`);
  return parsed.amountMinor;
}
