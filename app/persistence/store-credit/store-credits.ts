import { bareNumber, gid, type BareId, type OrderId } from "../../domain/ids.ts";
import type { CreditReason } from "../../domain/store-credit/next-move.ts";
import { type CreditTerms, readCreditTerms } from "../../domain/store-credit/terms.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

/** One offer's credit for one order. */
export interface CreditName {
  readonly orderId: OrderId;
  readonly offerNumber: number;
}

/** What an order earns from one offer. See the table for its amounts. */
export interface StoredCredit extends CreditName {
  readonly orderName: string;
  readonly product: BareId;
  readonly companions: readonly BareId[];
  readonly terms: CreditTerms | null;
  readonly setMinor: number;
  readonly setCurrency: string;
  readonly currency: string;
  readonly dueAt: Date;
  readonly nextAt: Date | null;
  readonly looks: number;
  readonly creditedMinor: number;
  readonly takenBackMinor: number;
  readonly lostMinor: number;
  readonly worthMinor: number;
  readonly reason: CreditReason | null;
  readonly creditedAt: Date | null;
}

type Row = Omit<StoredCredit, "orderId" | "terms"> & { readonly order: string; readonly terms: unknown };

const COLUMNS = `order_id::text AS "order", offer_number AS "offerNumber", order_name AS "orderName",
  product_id::text AS product, companions::text[], terms, set_minor::float8 AS "setMinor", set_currency AS "setCurrency",
  currency, due_at AS "dueAt", next_at AS "nextAt", looks, credited_minor::float8 AS "creditedMinor",
  taken_back_minor::float8 AS "takenBackMinor", lost_minor::float8 AS "lostMinor", worth_minor::float8 AS "worthMinor",
  reason, credited_at AS "creditedAt"`;

const credit = ({ order, terms, ...row }: Row): StoredCredit => ({
  ...row,
  orderId: gid("Order", order),
  terms: readCreditTerms(terms),
});

/** What some orders earn. */
export async function creditsOfOrders(tx: ShopSql, ids: readonly OrderId[]): Promise<StoredCredit[]> {
  if (ids.length === 0) return [];
  const sql = `SELECT ${COLUMNS} FROM store_credits WHERE shop = $1 AND order_id = ANY($2::text[]::bigint[])
    ORDER BY order_id, offer_number`;
  return (await selectSql<Row>(tx, sql, tx.shop, ids.map(bareNumber))).map(credit);
}

/** One credit, kept from whoever else would change it until the transaction ends; null where there is none. */
export async function holdCredit(tx: ShopSql, { orderId, offerNumber }: CreditName): Promise<StoredCredit | null> {
  const sql = `SELECT ${COLUMNS} FROM store_credits
    WHERE shop = $1 AND order_id = $2::bigint AND offer_number = $3::int FOR UPDATE`;
  const [row] = await selectSql<Row>(tx, sql, tx.shop, bareNumber(orderId), offerNumber);
  return row === undefined ? null : credit(row);
}

/** The credits to look at now, those that have waited longest first. */
export async function dueCredits(tx: ShopSql, now: Date, most: number): Promise<CreditName[]> {
  const sql = `SELECT order_id::text AS "order", offer_number AS "offerNumber" FROM store_credits
    WHERE shop = $1 AND next_at <= $2::timestamptz ORDER BY next_at, order_id, offer_number LIMIT $3::int`;
  const rows = await selectSql<{ order: string; offerNumber: number }>(tx, sql, tx.shop, now.toISOString(), most);
  return rows.map(({ order, offerNumber }) => ({ orderId: gid("Order", order), offerNumber }));
}

/** When the next credit is to be looked at; null where none is. */
export async function nextCreditAt(tx: ShopSql): Promise<Date | null> {
  const sql = "SELECT min(next_at) AS at FROM store_credits WHERE shop = $1 AND next_at IS NOT NULL";
  const [row] = await selectSql<{ at: Date | null }>(tx, sql, tx.shop);
  return row?.at ?? null;
}

/** What an order is found to earn. */
export interface FoundCredit extends CreditName {
  readonly orderName: string;
  readonly orderedAt: number;
  readonly product: BareId;
  readonly companions: readonly BareId[];
  readonly terms: CreditTerms;
  readonly setMinor: number;
  readonly setCurrency: string;
  readonly currency: string;
  readonly dueAt: Date;
}

const ADD = `
  INSERT INTO store_credits (shop, order_id, offer_number, order_name, ordered_at, product_id, companions, terms, set_minor,
    set_currency, currency, due_at, next_at)
  SELECT $1, c."order", c."offerNumber", c."orderName", c."orderedAt", c.product, c.companions::bigint[], c.terms,
    c."setMinor", c."setCurrency", c.currency, c."dueAt", c."dueAt"
  FROM json_to_recordset($2::json) AS c("order" bigint, "offerNumber" int, "orderName" text, "orderedAt" timestamptz,
    product bigint, companions text, terms jsonb, "setMinor" bigint, "setCurrency" text, currency text, "dueAt" timestamptz)
  ON CONFLICT (shop, order_id, offer_number) DO NOTHING`;

/** Adds what orders earn; what is there already stays as it is. */
export async function addCredits(tx: ShopSql, credits: readonly FoundCredit[]): Promise<void> {
  if (credits.length === 0) return;
  const rows = credits.map(({ orderId, companions, orderedAt, ...one }) => ({
    ...{ ...one, order: bareNumber(orderId), orderedAt: new Date(orderedAt).toISOString() },
    companions: `{${companions.join()}}`,
  }));
  await runSql(tx, ADD, tx.shop, JSON.stringify(rows));
}

/** Notes what is left of a credit's set, and that it is to be looked at. */
export async function changeSet(
  tx: ShopSql,
  { orderId, offerNumber }: CreditName,
  { setMinor, nextAt }: { readonly setMinor: number; readonly nextAt: Date },
): Promise<void> {
  const sql = `UPDATE store_credits SET set_minor = $4::bigint, next_at = $5::timestamptz, looks = 0
    WHERE shop = $1 AND order_id = $2::bigint AND offer_number = $3::int`;
  await runSql(tx, sql, tx.shop, bareNumber(orderId), offerNumber, setMinor, nextAt.toISOString());
}

/** What became of a look at a credit. */
export interface CreditState {
  readonly nextAt: Date | null;
  readonly reason: CreditReason | null;
  readonly lostMinor: number;
}

/**
 * Notes what became of a look at a credit that was to be looked at `seenNextAt`. Where something has changed that time since,
 * the credit is left to the next look.
 */
export async function saveLook(
  tx: ShopSql,
  { orderId, offerNumber }: CreditName,
  seenNextAt: Date | null,
  { nextAt, reason, lostMinor }: CreditState,
): Promise<void> {
  const sql = `UPDATE store_credits SET next_at = $4::timestamptz, reason = $5, lost_minor = $6::bigint,
      looks = CASE WHEN $4::timestamptz IS NULL THEN 0 ELSE looks + 1 END
    WHERE shop = $1 AND order_id = $2::bigint AND offer_number = $3::int AND next_at IS NOT DISTINCT FROM $7::timestamptz`;
  const time = (at: Date | null) => at?.toISOString() ?? null;
  const named = [tx.shop, bareNumber(orderId), offerNumber];
  await runSql(tx, sql, ...named, time(nextAt), reason, lostMinor, time(seenNextAt));
}

/** Puts off all credits that would be looked at before a time, and says how many. */
export async function putOffCredits(tx: ShopSql, until: Date): Promise<number> {
  const sql = "UPDATE store_credits SET next_at = $2::timestamptz WHERE shop = $1 AND next_at < $2::timestamptz";
  return runSql(tx, sql, tx.shop, until.toISOString());
}
