import { type BareId, bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import type { CreditReason } from "../../domain/store-credit/next-move.ts";
import { type CreditTerms, readCreditTerms } from "../../domain/store-credit/terms.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import type { CreditMove } from "./credit-moves.ts";

/** One order's credit from one offer, as files hold it. Amounts are minor units of `currency`, which was paid in. */
export interface CreditRecord {
  readonly orderId: OrderId;
  readonly orderName: string;
  readonly orderedAt: Date;
  readonly offerNumber: number;
  readonly currency: string;
  readonly dueAt: Date;
  /** Null as long as nothing was given. */
  readonly creditedAt: Date | null;
  readonly creditedMinor: number;
  readonly takenBackMinor: number;
  /** What was to be taken back and was spent. */
  readonly lostMinor: number;
  /** Why nothing was given, or could not be taken back. */
  readonly reason: CreditReason | null;
}

type Row<Record extends CreditRecord> = Omit<Record, "orderId"> & { readonly order: string };

const COLUMNS = `c.order_id::text AS "order", c.order_name AS "orderName", c.ordered_at AS "orderedAt",
  c.offer_number AS "offerNumber", c.currency, c.due_at AS "dueAt", c.credited_at AS "creditedAt",
  c.credited_minor::float8 AS "creditedMinor", c.taken_back_minor::float8 AS "takenBackMinor",
  c.lost_minor::float8 AS "lostMinor", c.reason`;

/** The `limit` credits of orders placed in [from, to) after `after`, the earliest orders first; null for the first ones. */
export async function nextCreditRecords(
  tx: ShopSql,
  { from, to }: { readonly from: Date; readonly to: Date },
  after: CreditRecord | null,
  limit: number,
): Promise<CreditRecord[]> {
  const sql = `SELECT ${COLUMNS} FROM store_credits c WHERE c.shop = $1 AND c.ordered_at >= $2 AND c.ordered_at < $3
    AND (c.ordered_at, c.order_id, c.offer_number) > ($4, $5::bigint, $6::int)
    ORDER BY c.ordered_at, c.order_id, c.offer_number LIMIT $7::int`;
  const place = after === null ? [from, "0", 0] : [after.orderedAt, bareNumber(after.orderId), after.offerNumber];
  const rows = await selectSql<Row<CreditRecord>>(tx, sql, tx.shop, from, to, ...place, limit);
  return rows.map(({ order, ...row }) => ({ ...row, orderId: gid("Order", order) }));
}

/** All that is kept of a credit: also what it is earned by, and each credit and debit that Shopify was asked for. */
export interface WholeCreditRecord extends CreditRecord {
  readonly product: BareId;
  readonly companions: readonly BareId[];
  /** What one unit of each of them cost in `setCurrency`, the shop's. */
  readonly setMinor: number;
  readonly setCurrency: string;
  readonly terms: CreditTerms | null;
  readonly moves: readonly CreditMove[];
}

/** The credits of a customer's orders, by their pseudonym. */
export async function creditsOfCustomer(tx: ShopSql, customerKey: string): Promise<WholeCreditRecord[]> {
  const sql = `SELECT ${COLUMNS}, c.product_id::text AS product, c.companions::text[], c.terms,
      c.set_minor::float8 AS "setMinor", c.set_currency AS "setCurrency", coalesce((
        SELECT json_agg(json_build_object('place', m.place, 'kind', m.kind, 'currency', m.currency, 'minor', m.minor,
          'askedAt', m.asked_at, 'expiresAt', m.expires_at, 'isDone', m.is_done, 'transactionId', m.transaction_id)
          ORDER BY m.place)
        FROM credit_moves m WHERE m.shop = $1 AND m.order_id = c.order_id AND m.offer_number = c.offer_number
      ), '[]') AS moves
    FROM store_credits c JOIN orders o USING (shop, order_id)
    WHERE c.shop = $1 AND o.customer_key = $2 ORDER BY c.order_id, c.offer_number`;
  type Found = Omit<Row<WholeCreditRecord>, "terms" | "moves"> & {
    readonly terms: unknown;
    readonly moves: SentMove[];
  };
  return (await selectSql<Found>(tx, sql, tx.shop, customerKey)).map(({ order, terms, moves, ...row }) => ({
    ...{ ...row, orderId: gid("Order", order), terms: readCreditTerms(terms) },
    moves: moves.map(({ askedAt, expiresAt, ...move }) => ({
      ...{ ...move, askedAt: new Date(askedAt), expiresAt: expiresAt === null ? null : new Date(expiresAt) },
    })),
  }));
}

/** As JSON has it. */
type SentMove = Omit<CreditMove, "askedAt" | "expiresAt"> & {
  readonly askedAt: string;
  readonly expiresAt: string | null;
};
