import type { ShopDomain } from "../../domain/ids.ts";
import { OFFER_EVENTS, type EventRefusal, type ShopEvent } from "../../domain/measurement/shop-event.ts";
import type { ClickHouse } from "./clickhouse.ts";
import { dayOf } from "./event-days.ts";
import type { EventPeriod, EventTotal, OfferEventTotal, StepTotal, TotalsBy } from "./event-store.ts";
import { type LogRow, loggedEvent } from "./log-row.ts";

const ROWS_AT_ONCE = 2000;

/** A parameter that holds milliseconds since 1970 UTC, as a time. */
export const TIME = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;
/** A column of times as milliseconds since 1970 UTC. */
export const MILLISECONDS = (column: string) => `toFloat64(toUnixTimestamp64Milli(${column}))`;

const HOURS = `hour >= ${TIME("from")} AND hour < ${TIME("to")}`;
/** Place of the step that an hour belongs to. Hours before the first one have -1. */
const STEP = "toInt32(arrayCount(start -> start <= toInt64(toUnixTimestamp(hour)) * 1000, {starts:Array(Int64)})) - 1";

const times = ({ from, to }: EventPeriod) => ({ from: from.getTime(), to: to.getTime() });

export function readTotals(
  clickhouse: ClickHouse,
  shop: ShopDomain,
  period: EventPeriod,
  offer: number | undefined,
): Promise<EventTotal[]> {
  return clickhouse.query<EventTotal>(
    `SELECT offer, surface, toString(hourly.product) AS product, kind, toFloat64(sum(hourly.events)) AS events FROM hourly FINAL
     WHERE shop = {shop:String} AND ${HOURS} AND ({offer:Int64} < 0 OR offer = {offer:Int64})
     GROUP BY offer, surface, hourly.product, kind ORDER BY offer, surface, hourly.product, kind`,
    { shop, ...times(period), offer: offer ?? -1 },
  );
}

export function readOfferTotals(
  clickhouse: ClickHouse,
  shop: ShopDomain,
  period: EventPeriod,
  by: TotalsBy,
): Promise<OfferEventTotal[]> {
  const wanted = `shop = {shop:String} AND ${HOURS} AND kind IN {kinds:Array(String)}`;
  const values = { shop, ...times(period), kinds: OFFER_EVENTS };
  if (by.by === "step") {
    const starts = by.starts.map((start) => start.getTime());
    return clickhouse.query<OfferEventTotal>(bySteps(wanted, "toString(step) AS key"), { ...values, starts });
  }
  const [key, limit] = by.by === "product" ? ["toString(product)", by.limit] : ["''", 0];
  const most = `SELECT product FROM hourly FINAL WHERE ${wanted} GROUP BY product
    ORDER BY sum(events) DESC, product LIMIT {limit:UInt32}`;
  return clickhouse.query<OfferEventTotal>(
    `SELECT ${key} AS key, offer, surface, kind, toFloat64(sum(hourly.events)) AS events FROM hourly FINAL
     WHERE ${wanted} ${by.by === "product" ? `AND product IN (${most})` : ""}
     GROUP BY key, offer, surface, kind ORDER BY key, offer, surface, kind`,
    { ...values, limit },
  );
}

export function readStepTotals(
  clickhouse: ClickHouse,
  shop: ShopDomain,
  starts: readonly Date[],
  to: Date,
): Promise<StepTotal[]> {
  const values = { shop, starts: starts.map((start) => start.getTime()), to: to.getTime() };
  const from = starts[0]?.getTime() ?? values.to;
  return clickhouse.query<StepTotal>(bySteps(`shop = {shop:String} AND ${HOURS}`, "step"), { ...values, from });
}

/** Adds up hours before it looks for their steps, since there are far fewer. */
function bySteps(wanted: string, column: string): string {
  return `
    SELECT ${column}, offer, surface, kind, toFloat64(sum(by_hour.events)) AS events FROM (
      SELECT ${STEP} AS step, offer, surface, kind, sum(of_hour) AS events FROM (
        SELECT hour, offer, surface, kind, sum(hourly.events) AS of_hour FROM hourly FINAL WHERE ${wanted}
        GROUP BY hour, offer, surface, kind
      ) GROUP BY step, offer, surface, kind
    ) AS by_hour GROUP BY step, offer, surface, kind ORDER BY ${column.replace(/^.* AS /, "")}, offer, surface, kind`;
}

export async function countedSince(clickhouse: ClickHouse, shop: ShopDomain): Promise<Date | null> {
  const rows = await clickhouse.query<{ since: number }>(
    "SELECT toFloat64(toUnixTimestamp(hour)) AS since FROM hourly WHERE shop = {shop:String} ORDER BY hour LIMIT 1",
    { shop },
  );
  return rows[0] === undefined ? null : new Date(rows[0].since * 1000);
}

export async function readRefused(
  clickhouse: ClickHouse,
  shop: ShopDomain,
  { from, to }: EventPeriod,
): Promise<Map<EventRefusal, number>> {
  const rows = await clickhouse.query<{ reason: EventRefusal; counted: number }>(
    `SELECT reason, toFloat64(sum(events)) AS counted FROM refused FINAL
     WHERE shop = {shop:String} AND day >= {first:Date} AND day <= {last:Date} GROUP BY reason`,
    // The last day is the last one that begins before the period's end.
    { shop, first: dayOf(from.getTime()), last: dayOf(to.getTime() - 1) },
  );
  return new Map(rows.map(({ reason, counted }) => [reason, counted]));
}

export async function* readLog(
  clickhouse: ClickHouse,
  shop: ShopDomain,
  period: EventPeriod,
): AsyncGenerator<ShopEvent[]> {
  const sql = `
    SELECT shop, id, kind, ${MILLISECONDS("events.at")} AS at, visitor, offer, surface, toString(events.product) AS product,
      device, source, medium, campaign
    FROM events FINAL WHERE shop = {shop:String} AND events.at >= ${TIME("from")} AND events.at < ${TIME("to")}
    ORDER BY events.at, id`;
  const batches = clickhouse.stream<LogRow>(sql, { shop, ...times(period) }, ROWS_AT_ONCE);
  for await (const rows of batches) yield rows.map(loggedEvent);
}
