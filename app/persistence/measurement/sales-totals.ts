import { NOTHING_SOLD, type SoldFigures } from "../../domain/measurement/figures.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** Orders placed in [from, to), without tests and cancelled ones; see `account-orders.sql`. */
export interface Sales extends SoldFigures {
  /** All of them, also those of which nothing is sold any more. */
  readonly placedOrders: number;
  /** What is left of the items' price: with gift cards, and with taxes where prices include them. */
  readonly leftMinor: number;
  /** Orders of which nobody knows what our discounts took off. */
  readonly discountUnknownOrders: number;
}

/** Which orders are added up. */
export interface SalesQuery {
  /** Orders in another currency are counted and left out. */
  readonly currency: string;
  readonly from: Date;
  readonly to: Date;
  /** When each report day of the period begins: a quarter of an hour (UTC) begins there too. */
  readonly days: readonly Date[];
}

/** {@link Sales} of a period and of each of its days. */
export interface SalesByDay {
  readonly total: Sales;
  readonly days: readonly Sales[];
  readonly otherCurrencyOrders: number;
}

// Each day reads its own rows by the index: to sort a year's rows by their days takes twice as long.
const TOTALS = `
  SELECT day.place::int - 1 AS place, t.* FROM unnest($5::timestamptz[], $6::timestamptz[]) WITH ORDINALITY AS day(from_at, to_at, place)
    CROSS JOIN LATERAL (
      SELECT currency = $4 AS own, sum(orders)::int AS "placedOrders", sum(kept_orders)::int AS orders,
        sum(units)::float8 AS units, sum(sold_minor)::float8 AS "netMinor", sum(net_minor)::float8 AS "leftMinor",
        sum(unknown_orders)::int AS "discountUnknownOrders"
      FROM sales_totals WHERE shop = $1 AND at >= greatest(from_at, $2) AND at < least(to_at, $3) GROUP BY currency = $4
    ) t`;

const NO_SALES: Sales = { ...NOTHING_SOLD, placedOrders: 0, leftMinor: 0, discountUnknownOrders: 0 };

/** What a shop sold in a period. */
export async function readSales(tx: ShopSql, { currency, from, to, days }: SalesQuery): Promise<SalesByDay> {
  const begins = days.map((day) => day.toISOString());
  const values = [tx.shop, from, to, currency, begins, [...begins.slice(1), to.toISOString()]];
  const rows = await selectSql<Sales & { own: boolean; place: number }>(tx, TOTALS, ...values);
  const byDay = new Map(rows.flatMap(({ own, place, ...sales }) => (own ? [[place, sales] as const] : [])));
  return {
    total: [...byDay.values()].reduce(added, NO_SALES),
    days: days.map((_, place) => byDay.get(place) ?? NO_SALES),
    otherCurrencyOrders: rows.reduce((sum, { own, placedOrders }) => (own ? sum : sum + placedOrders), 0),
  };
}

function added(a: Sales, b: Sales): Sales {
  return {
    orders: a.orders + b.orders,
    units: a.units + b.units,
    netMinor: a.netMinor + b.netMinor,
    placedOrders: a.placedOrders + b.placedOrders,
    leftMinor: a.leftMinor + b.leftMinor,
    discountUnknownOrders: a.discountUnknownOrders + b.discountUnknownOrders,
  };
}

/** Orders placed in [from, to) of which nobody knows what our discounts took off; of all currencies where none is given. */
export async function countUnknownDiscounts(
  tx: ShopSql,
  { from, to, currency = null }: { from: Date; to: Date; currency?: string | null },
): Promise<number> {
  const sql = `SELECT coalesce(sum(unknown_orders), 0)::int AS orders FROM sales_totals
    WHERE shop = $1 AND at >= $2 AND at < $3 AND ($4::text IS NULL OR currency = $4)`;
  const [row] = await selectSql<{ orders: number }>(tx, sql, tx.shop, from, to, currency);
  return row!.orders;
}
