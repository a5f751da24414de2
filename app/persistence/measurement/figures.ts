import {
  type EarnedFigures,
  type FigureDimension,
  type FigureGroup,
  type Figures,
  attributedMinor,
  NOTHING_EARNED,
  type SoldFigures,
} from "../../domain/measurement/figures.ts";
import { daysOfPeriod, reportDay } from "../../domain/time/report-days.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { countUnknownDiscounts, readSales, type Sales } from "./sales-totals.ts";

/** Which figures are asked for. */
export interface FigureQuery {
  /** Orders in another currency are counted and left out. */
  readonly currency: string;
  /** Orders placed in [from, to): whole report days, see `reportPeriod`. */
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

const OF_PERIOD = "shop = $1 AND at >= $2 AND at < $3 AND currency = $4";

const EARNED = (key: string) => `
  SELECT key, grouping(key) = 1 AS is_total, count(DISTINCT order_id) FILTER (WHERE kept_units > 0)::int AS orders,
    count(*) FILTER (WHERE kept_units > 0)::int AS lines, coalesce(sum(kept_units), 0)::float8 AS units,
    coalesce(sum(revenue_minor), 0)::float8 AS sold, coalesce(sum(refunded_minor), 0)::float8 AS refunded,
    coalesce(sum(net_tax_minor), 0)::float8 AS tax
  FROM (
    SELECT *, ${key} AS key FROM attributions WHERE ${OF_PERIOD} AND ($5::timestamptz[] IS NOT NULL)
  ) keyed GROUP BY GROUPING SETS ((), (key))`;

// What was taken off shipping is of no surface and of no product.
const DISCOUNTS = (key: string) => `
  SELECT key, grouping(key) = 1 AS is_total, coalesce(sum(kept_minor), 0)::float8 AS minor,
    coalesce(sum(shipping_minor), 0)::float8 AS shipping
  FROM (
    SELECT kept_minor, shipping_minor, ${key} AS key FROM (
      SELECT at, offer_key, surface, product_id, kept_minor, 0 AS shipping_minor FROM offer_discounts WHERE ${OF_PERIOD}
      UNION ALL SELECT at, offer_key, NULL, NULL, 0, minor FROM offer_shipping WHERE ${OF_PERIOD}
    ) given WHERE $5::timestamptz[] IS NOT NULL
  ) keyed GROUP BY GROUPING SETS ((), (key))`;

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

interface DiscountRow {
  readonly key: string | null;
  readonly is_total: boolean;
  readonly minor: number;
  readonly shipping: number;
}

/** The figures of a period, in total and by one dimension; see `domain/measurement/figures.ts` for what each of them is. */
export async function readFigures(tx: ShopSql, query: FigureQuery): Promise<Figures> {
  const { from, to, currency, timezone, by } = query;
  const days = daysOf(from, to, timezone);
  const sales = await readSales(tx, { currency, from, to, days: days.map((day) => new Date(day.from)) });
  const values = [tx.shop, from, to, currency, days.map((day) => new Date(day.from).toISOString())];
  const earned = await selectSql<EarnedRow>(tx, EARNED(GROUP_OF_LINE[by]), ...values);
  const discounts = await selectSql<DiscountRow>(tx, DISCOUNTS(GROUP_OF_LINE[by]), ...values);
  const earnedOf = gathered(earned, discounts);
  return {
    total: {
      sold: soldFigures(sales.total),
      earned: {
        ...earnedFigures(earned.find((row) => row.is_total)),
        ...discountFigures(discounts.find((row) => row.is_total)),
        discountUnknownOrders: sales.total.discountUnknownOrders,
      },
    },
    groups: by === "day" ? dayGroups(days, sales.days, earnedOf) : otherGroups(earnedOf),
    otherCurrencyOrders: sales.otherCurrencyOrders,
  };
}

/** What each offer, surface or product earned and cost in a period, the most attributed revenue first. */
export async function readEarnedGroups(
  tx: ShopSql,
  { from, to, currency, by }: Pick<FigureQuery, "from" | "to" | "currency"> & { by: Exclude<FigureDimension, "day"> },
): Promise<FigureGroup[]> {
  const values = [tx.shop, from, to, currency, []];
  const earned = await selectSql<EarnedRow>(tx, EARNED(GROUP_OF_LINE[by]), ...values);
  const discounts = await selectSql<DiscountRow>(tx, DISCOUNTS(GROUP_OF_LINE[by]), ...values);
  return otherGroups(gathered(earned, discounts));
}

/** What offers earned and cost in a period, in total. */
export async function readEarned(
  tx: ShopSql,
  { from, to, currency }: Pick<FigureQuery, "from" | "to" | "currency">,
): Promise<EarnedFigures> {
  const values = [tx.shop, from, to, currency, []];
  const [earned] = await selectSql<EarnedRow>(tx, EARNED("NULL::text"), ...values);
  const [discount] = await selectSql<DiscountRow>(tx, DISCOUNTS("NULL::text"), ...values);
  return {
    ...earnedFigures(earned),
    ...discountFigures(discount),
    discountUnknownOrders: await countUnknownDiscounts(tx, { from, to, currency }),
  };
}

/** What each group earned and cost: some only cost, others only earn. */
function gathered(earned: readonly EarnedRow[], discounts: readonly DiscountRow[]): Map<string, EarnedFigures> {
  const groups = new Map<string, EarnedFigures>();
  const change = (key: string | null, figures: (before: EarnedFigures) => EarnedFigures) => {
    if (key !== null) groups.set(key, figures(groups.get(key) ?? NOTHING_EARNED));
  };
  for (const row of earned) if (!row.is_total) change(row.key, () => earnedFigures(row));
  for (const row of discounts) {
    if (!row.is_total) change(row.key, (before) => ({ ...before, ...discountFigures(row) }));
  }
  return groups;
}

function daysOf(from: Date, to: Date, timezone: string) {
  const fromDay = reportDay(from.getTime(), timezone);
  return daysOfPeriod({ fromDay, toDay: reportDay(Math.max(from.getTime(), to.getTime() - 1), timezone) }, timezone);
}

function dayGroups(
  days: readonly { day: string }[],
  sales: readonly Sales[],
  earnedOf: ReadonlyMap<string, EarnedFigures>,
): FigureGroup[] {
  return days.map(({ day }, place) => {
    const sold = sales[place]!;
    const earned = earnedOf.get(String(place + 1)) ?? NOTHING_EARNED;
    const { discountUnknownOrders } = sold;
    return { key: day, sold: soldFigures(sold), earned: { ...earned, discountUnknownOrders } };
  });
}

function otherGroups(earnedOf: ReadonlyMap<string, EarnedFigures>): FigureGroup[] {
  const groups = Array.from(earnedOf, ([key, earned]) => ({ key, sold: null, earned }));
  return groups.sort((a, b) => attributedMinor(b.earned) - attributedMinor(a.earned) || (a.key < b.key ? -1 : 1));
}

function soldFigures({ orders, units, netMinor }: Sales): SoldFigures {
  return { orders, units, netMinor };
}

function earnedFigures(row: EarnedRow | undefined): EarnedFigures {
  if (row === undefined) return NOTHING_EARNED;
  const { orders, lines, units, sold: soldMinor, refunded: refundedMinor, tax: taxMinor } = row;
  return { ...NOTHING_EARNED, orders, lines, units, soldMinor, refundedMinor, taxMinor };
}

function discountFigures(row: DiscountRow | undefined): Pick<EarnedFigures, "discountMinor" | "shippingMinor"> {
  return { discountMinor: row?.minor ?? 0, shippingMinor: row?.shipping ?? 0 };
}
