import { RETURN_DAYS, type HelpfulCount, type ReturnsOfProduct } from "../../domain/measurement/voice/failing.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** An offer, and from when on its orders count. */
export interface JudgedOffer {
  readonly number: number;
  /** What figures of it are kept under. */
  readonly key: string;
  readonly since: Date;
}

const JUDGED = `WITH judged AS (
  SELECT j.* FROM json_to_recordset($2::json) AS j(number int, key text, since timestamptz)
)`;

const asJson = (offers: readonly JudgedOffer[]) => JSON.stringify(offers);

const HELPFUL = `${JUDGED}, answered AS (
  SELECT DISTINCT ON (n.offer_number, n.order_id) n.offer_number, n.answer FROM answers n
  JOIN judged j ON j.number = n.offer_number
  WHERE n.shop = $1 AND n.question = 'helpful' AND n.at >= j.since AND EXISTS (
    SELECT FROM attributions a WHERE a.shop = n.shop AND a.order_id = n.order_id AND a.offer_id = n.offer_id AND a.at >= j.since
  )
  ORDER BY n.offer_number, n.order_id, n.at
)
SELECT offer_number AS number, count(*)::int AS answers, count(*) FILTER (WHERE answer = 'no')::int AS no
FROM answered GROUP BY 1`;

/** How customers answered about offers, by their numbers: one answer of each order that came through the offer. */
export async function countHelpful(tx: ShopSql, offers: readonly JudgedOffer[]): Promise<Map<number, HelpfulCount>> {
  const rows = await selectSql<HelpfulCount & { number: number }>(tx, HELPFUL, tx.shop, asJson(offers));
  return new Map(rows.map(({ number, answers, no }) => [number, { answers, no }]));
}

/** SQL of whether any of a line came back in time. `line` names its row: with order_id, line_id and at. */
const cameBack = (line: string) => `EXISTS (
  SELECT FROM refund_lines r WHERE r.shop = $1 AND r.order_id = ${line}.order_id AND r.line_id = ${line}.line_id
    AND r.quantity > 0 AND r.created_at < ${line}.at + interval '${RETURN_DAYS} days')`;

const THROUGH = `${JUDGED}, firsts AS (
  SELECT DISTINCT ON (j.number, a.order_id) j.number, a.order_id, a.line_id, a.product_id, a.at FROM attributions a
  JOIN judged j ON j.key = a.offer_key
  WHERE a.shop = $1 AND a.at >= j.since AND a.at < $3::timestamptz AND a.product_id IS NOT NULL
  ORDER BY j.number, a.order_id, a.line_id
)
SELECT number, product_id::text AS product, count(*)::int AS through,
  count(*) FILTER (WHERE ${cameBack("firsts")})::int AS "throughReturned"
FROM firsts GROUP BY 1, 2`;

/** What came through one offer of one product. */
export interface ThroughOffer extends Pick<ReturnsOfProduct, "through" | "throughReturned"> {
  readonly number: number;
  /** Bare number of the product. */
  readonly product: string;
}

/** Orders that came through offers and are old enough, by the product of the first such line, and how many came back. */
export function countReturnsThrough(tx: ShopSql, offers: readonly JudgedOffer[], now: Date): Promise<ThroughOffer[]> {
  return selectSql(tx, THROUGH, tx.shop, asJson(offers), oldEnough(now).toISOString());
}

const OTHERS = `WITH bought AS (
  SELECT l.order_id, l.line_id, l.product_id, o.processed_at AS at FROM order_lines l JOIN orders o USING (shop, order_id)
  WHERE l.shop = $1 AND l.product_id IN (SELECT value::bigint FROM json_array_elements_text($2::json))
    AND o.processed_at >= $3::timestamptz AND o.processed_at < $4::timestamptz
    AND o.channel = 'online' AND NOT o.test AND o.cancelled_at IS NULL AND l.quantity > 0
    AND NOT EXISTS (SELECT FROM attributions a WHERE a.shop = $1 AND a.order_id = l.order_id)
)
SELECT product_id::text AS product, count(*)::int AS others,
  count(*) FILTER (WHERE ${cameBack("bought")})::int AS "othersReturned"
FROM bought GROUP BY 1`;

/** Lines of these products in online orders since then in which nothing came through an offer, and how many came back. */
export function countReturnsOtherwise(
  tx: ShopSql,
  products: readonly string[],
  since: Date,
  now: Date,
): Promise<({ readonly product: string } & Pick<ReturnsOfProduct, "others" | "othersReturned">)[]> {
  const until = oldEnough(now).toISOString();
  return selectSql(tx, OTHERS, tx.shop, JSON.stringify(products), since.toISOString(), until);
}

function oldEnough(now: Date): Date {
  return new Date(now.getTime() - RETURN_DAYS * DAY_MS);
}
