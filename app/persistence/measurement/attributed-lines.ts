import type { BoughtLines, FunnelDimension } from "../../domain/measurement/funnel-rows.ts";
import { STORED_OFFER_ID } from "../../domain/offers/offer-id.ts";
import type { ClaimedSurface } from "../../domain/offers/surface.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** Which attributed lines are meant: orders in one currency placed in [from, to), narrowed by what is not null. */
export interface LineQuery {
  readonly currency: string;
  readonly from: Date;
  readonly to: Date;
  /** `offerKey` of the offer. */
  readonly offerKey: string | null;
  readonly surface: string | null;
  /** Bare number of the product that was bought. */
  readonly productId: string | null;
  /** Only lines of which something was given back. */
  readonly refunded: boolean;
}

/** One order line that came through an offer; amounts in the smallest unit of the query's currency. */
export interface AttributedLine {
  readonly lineId: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly at: Date;
  readonly title: string;
  readonly productId: string | null;
  readonly offerKey: string;
  readonly surface: ClaimedSurface;
  readonly keptUnits: number;
  readonly soldMinor: number;
  readonly refundedMinor: number;
  readonly taxMinor: number;
}

const WANTED = `shop = $1 AND at >= $2 AND at < $3 AND currency = $4 AND ($5::text IS NULL OR offer_key = $5)
  AND ($6::text IS NULL OR surface = $6) AND ($7::bigint IS NULL OR product_id = $7) AND (NOT $8 OR refunded_minor > 0)`;

const COLUMNS = `line_id::text AS "lineId", order_id::text AS "orderId", order_name AS "orderName", at, title,
  product_id::text AS "productId", offer_key AS "offerKey", surface, kept_units AS "keptUnits",
  revenue_minor::float8 AS "soldMinor", refunded_minor::float8 AS "refundedMinor", net_tax_minor::float8 AS "taxMinor"`;

function valuesOf(tx: ShopSql, query: LineQuery): unknown[] {
  const { from, to, currency, offerKey, surface, productId, refunded } = query;
  return [tx.shop, from, to, currency, offerKey, surface, productId === null ? null : BigInt(productId), refunded];
}

/** One part of the lines, the latest orders first, and how many there are. */
export async function listAttributedLines(
  tx: ShopSql,
  query: LineQuery,
  part: { readonly offset: number; readonly limit: number },
): Promise<{ total: number; lines: AttributedLine[] }> {
  const values = valuesOf(tx, query);
  const [count] = await selectSql<{ total: number }>(
    tx,
    `SELECT count(*)::int AS total FROM attributions WHERE ${WANTED}`,
    ...values,
  );
  const sql = `SELECT ${COLUMNS} FROM attributions WHERE ${WANTED} ORDER BY at DESC, line_id DESC OFFSET $9 LIMIT $10`;
  return { total: count!.total, lines: await selectSql<AttributedLine>(tx, sql, ...values, part.offset, part.limit) };
}

/** The `limit` lines after `after`, the earliest orders first; null for the first ones. */
export function nextAttributedLines(
  tx: ShopSql,
  query: LineQuery,
  after: Pick<AttributedLine, "at" | "lineId"> | null,
  limit: number,
): Promise<AttributedLine[]> {
  const place = after ?? { at: query.from, lineId: "0" };
  const sql = `SELECT ${COLUMNS} FROM attributions WHERE ${WANTED} AND at >= $9 AND (at, line_id) > ($9, $10)
    ORDER BY at, line_id LIMIT $11`;
  return selectSql<AttributedLine>(tx, sql, ...valuesOf(tx, query), place.at, BigInt(place.lineId), limit);
}

/** Old claims of sets and what is bought again name the product second, others after the offer's number. */
const CARRIER = `coalesce(nullif(CASE WHEN offer_id ~ '${STORED_OFFER_ID.productSecond}' THEN split_part(offer_id, '-', 2)
  ELSE split_part(offer_id, '-', 3) END, ''), '0')`;

const KEYS: Readonly<Record<FunnelDimension, string>> = { offer: "offer_key", surface: "surface", product: CARRIER };

/** How many lines were bought and kept, by offer, surface or the product that the offer stood on ("0" for none). */
export function countBoughtLines(
  tx: ShopSql,
  { currency, from, to }: Pick<LineQuery, "currency" | "from" | "to">,
  by: FunnelDimension,
): Promise<BoughtLines[]> {
  const sql = `SELECT ${KEYS[by]} AS key, count(*)::int AS bought, count(*) FILTER (WHERE kept_units > 0)::int AS kept
    FROM attributions WHERE shop = $1 AND at >= $2 AND at < $3 AND currency = $4 GROUP BY 1`;
  return selectSql<BoughtLines>(tx, sql, tx.shop, from, to, currency);
}
