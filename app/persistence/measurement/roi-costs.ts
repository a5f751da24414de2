import type { GoodsCost } from "../../domain/measurement/roi.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** Orders placed in [from, to) in one currency. */
interface CostQuery {
  readonly from: Date;
  readonly to: Date;
  readonly currency: string;
}

// Costs are those that Shopify has today, of the variant that was sold. Where an earlier release wrote what came through an
// offer, the variant is looked up: until all machines have this one.
const GOODS = `
  WITH line AS (
    SELECT kept_units::numeric * v.cost_minor AS cost, (revenue_minor - refunded_minor - net_tax_minor)::numeric AS earned
    FROM attributions a LEFT JOIN variants v ON v.shop = $1 AND v.variant_id = coalesce(
      a.variant_id, (SELECT variant_id FROM order_lines l WHERE l.shop = $1 AND l.line_id = a.line_id)
    )
    WHERE a.shop = $1 AND a.at >= $2 AND a.at < $3 AND a.currency = $4 AND a.kept_units > 0
  )
  SELECT coalesce(sum(earned), 0)::float8 AS "earnedMinor", coalesce(sum(cost), 0)::float8 AS "knownMinor",
    coalesce(sum(earned) FILTER (WHERE cost IS NULL), 0)::float8 AS "unknownEarnedMinor",
    count(*) FILTER (WHERE cost IS NULL)::int AS "unknownLines"
  FROM line`;

/** What is known of the cost of goods that came through offers and are still sold. */
export async function readGoodsCost(tx: ShopSql, { from, to, currency }: CostQuery): Promise<GoodsCost> {
  const [row] = await selectSql<GoodsCost>(tx, GOODS, tx.shop, from, to, currency);
  return row!;
}

const WITHIN_ATTRIBUTED = `
  SELECT coalesce(sum(d.kept_minor), 0)::float8 AS minor FROM offer_discounts d
  WHERE d.shop = $1 AND d.at >= $2 AND d.at < $3 AND d.currency = $4
    AND EXISTS (SELECT 1 FROM attributions a WHERE a.shop = $1 AND a.line_id = d.line_id)`;

/** What our own discounts took off the lines that came through offers. */
export async function discountsWithinAttributed(tx: ShopSql, { from, to, currency }: CostQuery): Promise<number> {
  const [row] = await selectSql<{ minor: number }>(tx, WITHIN_ATTRIBUTED, tx.shop, from, to, currency);
  return row!.minor;
}

const CREDIT = `
  SELECT coalesce(sum(worth_minor), 0)::float8 AS minor FROM store_credits
  WHERE shop = $1 AND ordered_at >= $2 AND ordered_at < $3 AND set_currency = $4`;

/** What customers keep of the store credit that orders earned. */
export async function creditGiven(tx: ShopSql, { from, to, currency }: CostQuery): Promise<number> {
  const [row] = await selectSql<{ minor: number }>(tx, CREDIT, tx.shop, from, to, currency);
  return row!.minor;
}

/** The same of the orders of visitors who were shown offers. */
export async function creditOfShown(tx: ShopSql, { from, to, currency }: CostQuery): Promise<number> {
  const sql = `${CREDIT}
    AND EXISTS (SELECT 1 FROM holdout_orders h WHERE h.shop = $1 AND h.order_id = store_credits.order_id AND h.arm = 1)`;
  const [row] = await selectSql<{ minor: number }>(tx, sql, tx.shop, from, to, currency);
  return row!.minor;
}

const OF_SHOWN = `
  SELECT coalesce(sum(d.kept_minor), 0)::float8 AS minor FROM holdout_orders h JOIN offer_discounts d USING (shop, order_id)
  WHERE h.shop = $1 AND h.arm = 1 AND d.at >= $2 AND d.at < $3 AND d.currency = $4`;

/** What our own discounts took off the orders of visitors who were shown offers: those that incremental revenue counts. */
export async function discountsOfShown(tx: ShopSql, { from, to, currency }: CostQuery): Promise<number> {
  const [row] = await selectSql<{ minor: number }>(tx, OF_SHOWN, tx.shop, from, to, currency);
  return row!.minor;
}

const SHIPPING_OF_SHOWN = `
  SELECT coalesce(sum(s.minor), 0)::float8 AS minor FROM holdout_orders h JOIN offer_shipping s USING (shop, order_id)
  WHERE h.shop = $1 AND h.arm = 1 AND s.at >= $2 AND s.at < $3 AND s.currency = $4`;

/** What they took off the shipping of the same orders. */
export async function shippingOfShown(tx: ShopSql, { from, to, currency }: CostQuery): Promise<number> {
  const [row] = await selectSql<{ minor: number }>(tx, SHIPPING_OF_SHOWN, tx.shop, from, to, currency);
  return row!.minor;
}
