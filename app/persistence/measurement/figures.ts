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
  /** True where what the shop sold is of no interest: it takes longest to add up, and comes as nothing. */
  readonly onlyEarned?: boolean;
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
const SOLD_ORDERS = (which: string) => `
  WITH placed AS (
    SELECT order_id, processed_at AS at, net_minor, coalesce(taxes_included, false) AS taxes_included FROM orders
    WHERE shop = $1 AND processed_at >= $2 AND processed_at < $3 AND currency = $4 AND NOT test AND cancelled_at IS NULL
      ${which}
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
  ), taxed AS (
    SELECT order_id, at, coalesce(units, 0) AS units, coalesce(kept, 0) AS kept, taxes_included, coalesce(goods, 0) AS goods,
      coalesce(tax, 0) AS tax, CASE WHEN coalesce(gift_cards, 0) = 0 THEN greatest(net_minor, 0)
        ELSE round(greatest(net_minor, 0) * goods / (goods + gift_cards)) END AS net
    FROM placed LEFT JOIN held USING (order_id)
  ), sold AS (
    SELECT order_id, at, units, kept,
      net - CASE WHEN taxes_included AND goods > 0 THEN round(tax * least(net, goods) / goods) ELSE 0 END AS net
    FROM taxed
  )`;

const SOLD = `${SOLD_ORDERS("")}
  SELECT key, count(*) FILTER (WHERE kept > 0)::int AS orders, coalesce(sum(units), 0)::float8 AS units,
    coalesce(sum(net), 0)::float8 AS net
  FROM (SELECT *, ${DAY} AS key FROM sold) keyed GROUP BY GROUPING SETS ((), (key))`;

const ATTRIBUTED = "attributions WHERE shop = $1 AND at >= $2 AND at < $3 AND currency = $4";

// What else is left of orders with a line that came through an offer: no line is in both figures.
const ASSISTED = (key: string) => `${SOLD_ORDERS(`AND order_id IN (SELECT order_id FROM ${ATTRIBUTED})`)}, through AS (
    SELECT order_id, sum(revenue_minor - refunded_minor - net_tax_minor) AS net FROM ${ATTRIBUTED} GROUP BY order_id
  ), others AS (
    SELECT order_id, sold.net - through.net AS net FROM sold JOIN through USING (order_id) WHERE sold.net > through.net
  )
  SELECT key, grouping(key) = 1 AS is_total, count(DISTINCT order_id)::int AS orders,
    -- An order that came through two offers is one order in total.
    CASE WHEN grouping(key) = 1 THEN (SELECT coalesce(sum(net), 0) FROM others) ELSE sum(net) END::float8 AS minor
  FROM (SELECT DISTINCT order_id, ${key} AS key FROM ${ATTRIBUTED} AND ($5::timestamptz[] IS NOT NULL)) keyed
    JOIN others USING (order_id) GROUP BY GROUPING SETS ((), (key))`;

const EARNED = (key: string) => `
  SELECT key, grouping(key) = 1 AS is_total, count(DISTINCT order_id) FILTER (WHERE kept_units > 0)::int AS orders,
    count(*) FILTER (WHERE kept_units > 0)::int AS lines, coalesce(sum(kept_units), 0)::float8 AS units,
    coalesce(sum(revenue_minor), 0)::float8 AS sold, coalesce(sum(refunded_minor), 0)::float8 AS refunded,
    coalesce(sum(net_tax_minor), 0)::float8 AS tax
  FROM (
    SELECT *, ${key} AS key FROM ${ATTRIBUTED} AND ($5::timestamptz[] IS NOT NULL)
  ) keyed GROUP BY GROUPING SETS ((), (key))`;

const DISCOUNTS = (key: string) => `
  SELECT key, grouping(key) = 1 AS is_total, coalesce(sum(kept_minor), 0)::float8 AS minor
  FROM (
    SELECT kept_minor, ${key} AS key FROM offer_discounts
    WHERE shop = $1 AND at >= $2 AND at < $3 AND currency = $4 AND ($5::timestamptz[] IS NOT NULL)
  ) keyed GROUP BY GROUPING SETS ((), (key))`;

// Lines without any discount have none of ours.
const UNKNOWN_DISCOUNTS = `
  SELECT ${DAY} AS key, count(*)::int AS orders
  FROM (
    SELECT processed_at AS at FROM orders o
    WHERE shop = $1 AND processed_at >= $2 AND processed_at < $3 AND currency = $4 AND NOT test AND cancelled_at IS NULL
      AND EXISTS (SELECT 1 FROM order_lines l WHERE l.shop = $1 AND l.order_id = o.order_id
        AND l.automatic_discounts IS NULL AND l.discount_minor > 0)
  ) unread GROUP BY key`;

const OTHER_CURRENCY = `
  SELECT count(*)::int AS orders FROM orders
  WHERE shop = $1 AND processed_at >= $2 AND processed_at < $3 AND currency <> $4 AND NOT test AND cancelled_at IS NULL`;

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

interface AssistedRow {
  readonly key: string | null;
  readonly is_total: boolean;
  readonly orders: number;
  readonly minor: number;
}

interface DiscountRow {
  readonly key: string | null;
  readonly is_total: boolean;
  readonly minor: number;
}

/** The figures of a period, in total and by one dimension; see `domain/measurement/figures.ts` for what each of them is. */
export async function readFigures(tx: ShopSql, query: FigureQuery): Promise<Figures> {
  const { from, to, currency, timezone, by } = query;
  const days = daysOf(from, to, timezone);
  const begins = days.map((day) => new Date(day.from).toISOString());
  const values = [tx.shop, from, to, currency];
  const sold = query.onlyEarned === true ? [] : await selectSql<SoldRow>(tx, SOLD, ...values, begins);
  const earned = await selectSql<EarnedRow>(tx, EARNED(GROUP_OF_LINE[by]), ...values, begins);
  const discounts = await selectSql<DiscountRow>(tx, DISCOUNTS(GROUP_OF_LINE[by]), ...values, begins);
  const assisted = await selectSql<AssistedRow>(tx, ASSISTED(GROUP_OF_LINE[by]), ...values, begins);
  const unknown = await selectSql<{ key: string; orders: number }>(tx, UNKNOWN_DISCOUNTS, ...values, begins);
  const [other] = await selectSql<{ orders: number }>(tx, OTHER_CURRENCY, ...values);
  const unknownOn = new Map(by === "day" ? unknown.map(({ key, orders }) => [key, orders]) : []);
  const earnedOf = gathered(earned, { discounts, assisted, unknownOn });
  const assistedInTotal = assisted.find((row) => row.is_total);
  return {
    total: {
      sold: soldFigures(sold.find(({ key }) => key === null)),
      earned: {
        ...earnedFigures(earned.find((row) => row.is_total)),
        discountMinor: discounts.find((row) => row.is_total)?.minor ?? 0,
        discountUnknownOrders: unknown.reduce((sum, { orders }) => sum + orders, 0),
        assistedOrders: assistedInTotal?.orders ?? 0,
        assistedMinor: assistedInTotal?.minor ?? 0,
      },
    },
    groups: by === "day" ? dayGroups(days, sold, earnedOf) : otherGroups(earnedOf),
    otherCurrencyOrders: other!.orders,
  };
}

/** What each group earned and cost: some only cost, others only earn. */
function gathered(
  earned: readonly EarnedRow[],
  {
    discounts,
    assisted,
    unknownOn,
  }: {
    readonly discounts: readonly DiscountRow[];
    readonly assisted: readonly AssistedRow[];
    readonly unknownOn: ReadonlyMap<string, number>;
  },
): Map<string, EarnedFigures> {
  const groups = new Map<string, EarnedFigures>();
  const change = (key: string | null, figures: (before: EarnedFigures) => EarnedFigures) => {
    if (key !== null) groups.set(key, figures(groups.get(key) ?? NOTHING_EARNED));
  };
  for (const row of earned) if (!row.is_total) change(row.key, () => earnedFigures(row));
  for (const { key, is_total, minor } of discounts) {
    if (!is_total) change(key, (before) => ({ ...before, discountMinor: minor }));
  }
  for (const { key, is_total, orders, minor } of assisted) {
    if (!is_total) change(key, (before) => ({ ...before, assistedOrders: orders, assistedMinor: minor }));
  }
  for (const [key, orders] of unknownOn) change(key, (before) => ({ ...before, discountUnknownOrders: orders }));
  return groups;
}

function daysOf(from: Date, to: Date, timezone: string) {
  const fromDay = reportDay(from.getTime(), timezone);
  return daysOfPeriod({ fromDay, toDay: reportDay(Math.max(from.getTime(), to.getTime() - 1), timezone) }, timezone);
}

function dayGroups(
  days: readonly { day: string }[],
  sold: readonly SoldRow[],
  earnedOf: ReadonlyMap<string, EarnedFigures>,
): FigureGroup[] {
  const soldOn = new Map(sold.map((row) => [row.key, row]));
  return days.map(({ day }, place) => {
    const key = String(place + 1);
    return { key: day, sold: soldFigures(soldOn.get(key)), earned: earnedOf.get(key) ?? NOTHING_EARNED };
  });
}

function otherGroups(earnedOf: ReadonlyMap<string, EarnedFigures>): FigureGroup[] {
  const groups = Array.from(earnedOf, ([key, earned]) => ({ key, sold: null, earned }));
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
