import {
  type EarnedFigures,
  type FigureDimension,
  type FigureGroup,
  type Figures,
  attributedMinor,
  NOTHING_EARNED,
  NOTHING_SOLD,
  type SoldFigures,
} from "../../domain/measurement/figures.ts";
import { daysOfPeriod, reportDay } from "../../domain/time/report-days.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** Which figures are asked for. */
export interface FigureQuery {
  /** Orders in another currency are counted and left out. */
  readonly currency: string;
  /** Orders placed in [from, to): see `reportPeriod`. */
  readonly from: Date;
  readonly to: Date;
  /** Days are those of this timezone. */
  readonly timezone: string;
  readonly by: FigureDimension;
}

/** The places of report days among orders: $5 are the times at which each day begins. */
const DAY = "width_bucket(at, $5::timestamptz[])::text";

const GROUP_OF_LINE: Readonly<Record<FigureDimension, string>> = {
  day: DAY,
  offer: "offer_key",
  surface: "surface",
  product: "product_id::text",
};

// What an order still holds besides gift cards, and taxes within it. Refunds that name no line are off `net_minor`: goods,
// gift cards and taxes bear them in proportion. A line's kept units are worth what `shareMinor` leaves of it: see `orderAccount`.
const SOLD = `
  WITH placed AS (
    SELECT order_id, processed_at AS at, net_minor, coalesce(taxes_included, false) AS taxes_included FROM orders
    WHERE shop = $1 AND processed_at >= $2 AND processed_at < $3 AND currency = $4 AND NOT test AND cancelled_at IS NULL
  ), line AS (
    SELECT order_id, is_gift_card, quantity::numeric AS ordered,
      greatest(unit_price_minor::numeric * quantity - discount_minor, 0) AS minor,
      greatest(coalesce(tax_minor, 0), 0)::numeric AS tax,
      least(greatest(current_quantity, 0), quantity) AS kept
    FROM placed JOIN order_lines l USING (order_id) WHERE l.shop = $1 AND l.quantity > 0
  ), left_of AS (
    SELECT order_id, is_gift_card, kept, minor - div(2 * minor * (ordered - kept) + ordered, 2 * ordered) AS minor,
      tax - div(2 * tax * (ordered - kept) + ordered, 2 * ordered) AS tax
    FROM line
  ), held AS (
    SELECT order_id, coalesce(sum(kept) FILTER (WHERE NOT is_gift_card), 0) AS units, sum(kept) AS kept,
      coalesce(sum(minor) FILTER (WHERE is_gift_card), 0) AS gift_cards,
      coalesce(sum(minor) FILTER (WHERE NOT is_gift_card), 0) AS goods,
      coalesce(sum(tax) FILTER (WHERE NOT is_gift_card), 0) AS tax
    FROM left_of GROUP BY order_id
  ), sold AS (
    SELECT at, coalesce(units, 0) AS units, coalesce(kept, 0) AS kept, taxes_included, coalesce(goods, 0) AS goods,
      coalesce(tax, 0) AS tax, CASE WHEN coalesce(gift_cards, 0) = 0 THEN greatest(net_minor, 0)
        ELSE round(greatest(net_minor, 0) * goods / (goods + gift_cards)) END AS net
    FROM placed LEFT JOIN held USING (order_id)
  )
  SELECT key, count(*) FILTER (WHERE kept > 0)::int AS orders, coalesce(sum(units), 0)::float8 AS units,
    coalesce(sum(net - CASE WHEN taxes_included AND goods > 0 THEN round(tax * least(net, goods) / goods) ELSE 0 END), 0)::float8 AS net
  FROM (SELECT *, ${DAY} AS key FROM sold) keyed GROUP BY GROUPING SETS ((), (key))`;

const EARNED = (key: string) => `
  SELECT key, grouping(key) = 1 AS is_total, count(DISTINCT order_id) FILTER (WHERE kept_units > 0)::int AS orders,
    count(*) FILTER (WHERE kept_units > 0)::int AS lines, coalesce(sum(kept_units), 0)::float8 AS units,
    coalesce(sum(revenue_minor), 0)::float8 AS sold, coalesce(sum(refunded_minor), 0)::float8 AS refunded,
    coalesce(sum(net_tax_minor), 0)::float8 AS tax
  FROM (
    SELECT *, ${key} AS key FROM attributions
    WHERE shop = $1 AND at >= $2 AND at < $3 AND currency = $4 AND ($5::timestamptz[] IS NOT NULL)
  ) keyed GROUP BY GROUPING SETS ((), (key))`;

const COUNTED = `
  SELECT count(*) FILTER (WHERE currency <> $4)::int AS other, count(*) FILTER (WHERE currency = $4)::int AS orders
  FROM orders WHERE shop = $1 AND processed_at >= $2 AND processed_at < $3 AND NOT test AND cancelled_at IS NULL`;

interface SoldRow {
  readonly key: string | null;
  readonly orders: number;
  readonly units: number;
  readonly net: number;
}

interface EarnedRow {
  readonly key: string | null;
  readonly is_total: boolean;
  readonly orders: number;
  readonly lines: number;
  readonly units: number;
  readonly sold: number;
  readonly refunded: number;
  readonly tax: number;
}

/** The figures of a period, in total and by one dimension; see `domain/measurement/figures.ts` for what each of them is. */
export async function readFigures(tx: ShopSql, query: FigureQuery): Promise<Figures> {
  const { from, to, currency, timezone, by } = query;
  const days = daysOf(from, to, timezone);
  const begins = days.map((day) => new Date(day.from).toISOString());
  const values = [tx.shop, from, to, currency];
  const sold = await selectSql<SoldRow>(tx, SOLD, ...values, begins);
  const earned = await selectSql<EarnedRow>(tx, EARNED(GROUP_OF_LINE[by]), ...values, begins);
  const [counted] = await selectSql<{ other: number; orders: number }>(tx, COUNTED, ...values);
  const totalOf = { sold: sold.find(({ key }) => key === null), earned: earned.find((row) => row.is_total) };
  const groups = by === "day" ? dayGroups(days, sold, earned) : otherGroups(earned);
  return {
    // Nobody knows yet what our discounts took off: their allocations are not read.
    total: {
      sold: soldFigures(totalOf.sold),
      earned: { ...earnedFigures(totalOf.earned), discountUnknownOrders: counted!.orders },
    },
    groups,
    otherCurrencyOrders: counted!.other,
  };
}

function daysOf(from: Date, to: Date, timezone: string) {
  const fromDay = reportDay(from.getTime(), timezone);
  return daysOfPeriod({ fromDay, toDay: reportDay(Math.max(from.getTime(), to.getTime() - 1), timezone) }, timezone);
}

function dayGroups(days: readonly { day: string }[], sold: readonly SoldRow[], earned: readonly EarnedRow[]) {
  const soldOn = new Map(sold.map((row) => [row.key, row]));
  const earnedOn = new Map(earned.map((row) => [row.key, row]));
  return days.map(({ day }, place): FigureGroup => {
    const key = String(place + 1);
    return { key: day, sold: soldFigures(soldOn.get(key)), earned: earnedFigures(earnedOn.get(key)) };
  });
}

function otherGroups(earned: readonly EarnedRow[]): FigureGroup[] {
  const groups = earned.flatMap((row): FigureGroup[] =>
    row.is_total || row.key === null ? [] : [{ key: row.key, sold: null, earned: earnedFigures(row) }],
  );
  return groups.sort((a, b) => attributedMinor(b.earned) - attributedMinor(a.earned) || (a.key < b.key ? -1 : 1));
}

function soldFigures(row: SoldRow | undefined): SoldFigures {
  return row === undefined ? NOTHING_SOLD : { orders: row.orders, units: row.units, netMinor: row.net };
}

function earnedFigures(row: EarnedRow | undefined): EarnedFigures {
  if (row === undefined) return NOTHING_EARNED;
  const { orders, lines, units, sold: soldMinor, refunded: refundedMinor, tax: taxMinor } = row;
  return { ...NOTHING_EARNED, orders, lines, units, soldMinor, refundedMinor, taxMinor };
}
