import { bareNumber } from "../../domain/ids.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import type { CreditName } from "./store-credits.ts";

/** A credit or debit that Shopify is asked for. */
export interface CreditMove {
  readonly place: number;
  readonly kind: "credit" | "debit";
  readonly currency: string;
  readonly minor: number;
  readonly askedAt: Date;
  readonly expiresAt: Date | null;
  /** Null as long as nobody knows. */
  readonly isDone: boolean | null;
  readonly transactionId: string | null;
}

const COLUMNS = `place, kind, currency, minor::float8 AS minor, asked_at AS "askedAt", expires_at AS "expiresAt",
  is_done AS "isDone", transaction_id AS "transactionId"`;

const OF_CREDIT = "shop = $1 AND order_id = $2::bigint AND offer_number = $3::int";
const nameOf = (tx: ShopSql, { orderId, offerNumber }: CreditName) => [tx.shop, bareNumber(orderId), offerNumber];

/** The moves of a credit, the first first. */
export function movesOf(tx: ShopSql, name: CreditName): Promise<CreditMove[]> {
  const sql = `SELECT ${COLUMNS} FROM credit_moves WHERE ${OF_CREDIT} ORDER BY place`;
  return selectSql<CreditMove>(tx, sql, ...nameOf(tx, name));
}

/**
 * Notes a move before Shopify is asked for it. Throws where another one of the credit is open, or where it was credited
 * already: the database keeps one credit per order and offer, whatever its callers believe.
 */
export async function openMove(tx: ShopSql, name: CreditName, move: Omit<CreditMove, "isDone" | "transactionId">) {
  const { place, kind, currency, minor, askedAt, expiresAt } = move;
  const sql = `INSERT INTO credit_moves (shop, order_id, offer_number, place, kind, currency, minor, asked_at, expires_at)
    VALUES ($1, $2::bigint, $3::int, $4::int, $5, $6, $7::bigint, $8::timestamptz, $9::timestamptz)`;
  const times = [askedAt.toISOString(), expiresAt?.toISOString() ?? null];
  await runSql(tx, sql, ...nameOf(tx, name), place, kind, currency, minor, ...times);
}

/** Notes that an open move was not carried out. */
export async function dropMove(tx: ShopSql, name: CreditName, place: number): Promise<void> {
  const sql = `UPDATE credit_moves SET is_done = false WHERE ${OF_CREDIT} AND place = $4::int AND is_done IS NULL`;
  await runSql(tx, sql, ...nameOf(tx, name), place);
}

const HAS_CUSTOMER = `EXISTS (
  SELECT FROM orders o WHERE o.shop = $1 AND o.order_id = $2::bigint AND o.customer_key IS NOT NULL)`;

/** Whether the order has a customer here: none any more once that one was forgotten, whatever Shopify still says. */
export async function hasCustomer(tx: ShopSql, { orderId }: Pick<CreditName, "orderId">): Promise<boolean> {
  const sql = `SELECT ${HAS_CUSTOMER} AS known`;
  const [row] = await selectSql<{ known: boolean }>(tx, sql, tx.shop, bareNumber(orderId));
  return row!.known;
}

const SUM = (kind: string) => `coalesce((SELECT sum(minor) FROM credit_moves m
  WHERE m.shop = $1 AND m.order_id = c.order_id AND m.offer_number = c.offer_number AND m.is_done AND m.kind = '${kind}'), 0)`;

const ADD_UP = `
  WITH sums AS (
    SELECT ${SUM("credit")} AS credited, ${SUM("debit")} AS taken FROM store_credits c
    WHERE shop = $1 AND order_id = $2::bigint AND offer_number = $3::int)
  UPDATE store_credits SET credited_minor = sums.credited, taken_back_minor = sums.taken,
    worth_minor = round((sums.credited - sums.taken) * $4::numeric), credited_at = coalesce(credited_at, $5::timestamptz)
  FROM sums WHERE ${OF_CREDIT}`;

/**
 * Notes that an open move was carried out, and adds up the credit. `worth`: what one unit of the currency that was paid in is
 * worth in the shop's. Of a customer who was forgotten meanwhile no transaction is noted.
 */
export async function endMove(
  tx: ShopSql,
  name: CreditName,
  { place, transactionId, worth, now }: { place: number; transactionId: string; worth: number; now: Date },
): Promise<void> {
  const sql = `UPDATE credit_moves SET is_done = true, transaction_id = CASE WHEN ${HAS_CUSTOMER} THEN $5 END
    WHERE ${OF_CREDIT} AND place = $4::int AND is_done IS NULL`;
  await runSql(tx, sql, ...nameOf(tx, name), place, transactionId);
  await runSql(tx, ADD_UP, ...nameOf(tx, name), worth, now.toISOString());
}

/** Which of these transactions of Shopify's are known as some order's. */
export async function knownTransactions(tx: ShopSql, ids: readonly string[]): Promise<Set<string>> {
  const sql = "SELECT transaction_id AS id FROM credit_moves WHERE shop = $1 AND transaction_id = ANY($2::text[])";
  return new Set((await selectSql<{ id: string }>(tx, sql, tx.shop, ids)).map(({ id }) => id));
}

/** Forgets which transactions of Shopify's the credits of some orders were: they lead to the customer's account. */
export async function forgetTransactions(tx: ShopSql, orders: readonly string[]): Promise<void> {
  if (orders.length === 0) return;
  const sql = `UPDATE credit_moves SET transaction_id = NULL
    WHERE shop = $1 AND order_id = ANY ($2::text[]::bigint[]) AND transaction_id IS NOT NULL`;
  await runSql(tx, sql, tx.shop, orders);
}
