import { STORED_OFFER_ID } from "../../domain/offers/offer-id.ts";
import type { ActivityKind } from "../../domain/shop/activity.ts";
import type { Rate } from "../../domain/statistics/rate-fall.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** Days (of 24 hours) that are looked back on, the latest first; `starts` says when each begins, the earliest first. */
export interface LookBack {
  readonly starts: readonly Date[];
  readonly to: Date;
}

interface Row {
  step: number;
  events: number;
  opportunities: number;
}

/** Orders of the shop's website by day, the latest day first. Test orders are no orders. */
export async function webOrdersByDay(tx: ShopTransaction, back: LookBack): Promise<number[]> {
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT width_bucket(processed_at, ${back.starts}::timestamptz[]) - 1 AS step, 0 AS events, count(*)::int AS opportunities
    FROM orders
    WHERE shop = ${tx.shop} AND processed_at >= ${back.starts[0]} AND processed_at < ${back.to} AND NOT test AND channel = 'online'
    GROUP BY 1`;
  return latestFirst(rows, back).map(({ opportunities }) => opportunities);
}

/**
 * By day, the latest first: orders with a line that came through one of these offers, and in how many of them something was
 * taken off a price under a name of our discounts. Where names were not read, whatever was taken off counts.
 */
export async function discountedOrdersByDay(
  tx: ShopTransaction,
  offers: readonly number[],
  back: LookBack,
): Promise<Rate[]> {
  const rows = await tx.db.$queryRaw<Row[]>`
    WITH through AS (
      SELECT DISTINCT order_id FROM attributions
      WHERE shop = ${tx.shop} AND at >= ${back.starts[0]} AND at < ${back.to}
        AND substring(offer_id FROM ${STORED_OFFER_ID.number}::text)::int = ANY(${[...offers]})
    )
    SELECT width_bucket(o.processed_at, ${back.starts}::timestamptz[]) - 1 AS step, count(*)::int AS opportunities,
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM order_lines l WHERE l.shop = o.shop AND l.order_id = o.order_id AND l.discount_minor > 0
          AND (l.automatic_discounts IS NULL OR EXISTS (
            SELECT FROM jsonb_array_elements(l.automatic_discounts) taken
            JOIN discount_names n ON n.shop = o.shop AND n.name = taken ->> 0))
      ))::int AS events
    FROM orders o JOIN through USING (order_id)
    WHERE o.shop = ${tx.shop} AND NOT o.test AND o.processed_at >= ${back.starts[0]} AND o.processed_at < ${back.to}
    GROUP BY 1`;
  return latestFirst(rows, back);
}

/** Whether staff changed something of these kinds since then. */
export async function wasChangedSince(
  tx: ShopTransaction,
  kinds: readonly ActivityKind[],
  since: Date,
): Promise<boolean> {
  const found = await tx.db.activity.findFirst({
    where: { shop: tx.shop, kind: { in: [...kinds] }, at: { gte: since } },
  });
  return found !== null;
}

function latestFirst(rows: readonly Row[], { starts }: LookBack): Rate[] {
  return starts
    .map((_, step): Rate => {
      const found = rows.find((row) => row.step === step);
      return { events: found?.events ?? 0, opportunities: found?.opportunities ?? 0 };
    })
    .toReversed();
}
