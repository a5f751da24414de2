import type pg from "pg";
import type { ShopDomain } from "../../domain/ids.ts";
import { OFFER_EVENTS, type ShopEvent } from "../../domain/measurement/shop-event.ts";
import {
  READER_PATIENCE_MS,
  type EventPeriod,
  type OfferEventTotal,
  type StepTotal,
  type TotalsBy,
} from "./event-store.ts";
import { type LogRow, loggedEvent } from "./log-row.ts";

const ROWS_AT_ONCE = 2000;

/** How totals are grouped: an SQL expression, which may ask for $5. */
const GROUPS: Readonly<Record<TotalsBy["by"], string>> = {
  offer: "''",
  step: "(width_bucket(hour, $5::timestamptz[]) - 1)::text",
  product: "product::text",
};

/** To be called within the shop. */
export async function readOfferTotalsIn(
  client: pg.ClientBase,
  shop: ShopDomain,
  { from, to }: EventPeriod,
  by: TotalsBy,
): Promise<OfferEventTotal[]> {
  const values: unknown[] = [shop, from, to, OFFER_EVENTS];
  if (by.by === "step") values.push(by.starts);
  if (by.by === "product") values.push(by.limit);
  const wanted = "shop = $1 AND hour >= $2 AND hour < $3 AND kind = ANY ($4)";
  const most = `SELECT product FROM events.hourly WHERE ${wanted} GROUP BY product ORDER BY sum(events) DESC, product LIMIT $5`;
  const sql = `
    SELECT ${GROUPS[by.by]} AS key, offer, surface, kind, sum(events)::float8 AS events FROM events.hourly
    WHERE ${wanted} ${by.by === "product" ? `AND product IN (${most})` : ""}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
  return (await client.query<OfferEventTotal>(sql, values)).rows;
}

/** To be called within the shop. */
export async function readStepTotalsIn(
  client: pg.ClientBase,
  shop: ShopDomain,
  starts: readonly Date[],
  to: Date,
): Promise<StepTotal[]> {
  const sql = `
    SELECT width_bucket(hour, $2::timestamptz[]) - 1 AS step, offer, surface, kind, sum(events)::float8 AS events
    FROM events.hourly WHERE shop = $1 AND hour >= $3 AND hour < $4 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
  return (await client.query<StepTotal>(sql, [shop, starts, starts[0], to])).rows;
}

/** To be called within the shop. */
export async function countedSinceIn(client: pg.ClientBase, shop: ShopDomain): Promise<Date | null> {
  const sql = "SELECT hour FROM events.hourly WHERE shop = $1 ORDER BY hour LIMIT 1";
  return (await client.query<{ hour: Date }>(sql, [shop])).rows[0]?.hour ?? null;
}

/** To be called within the shop, in a transaction that ends with the reading. */
export async function* readLogIn(
  client: pg.ClientBase,
  shop: ShopDomain,
  { from, to }: EventPeriod,
): AsyncGenerator<ShopEvent[]> {
  await client.query(`SET LOCAL idle_in_transaction_session_timeout = ${READER_PATIENCE_MS}`);
  await client.query(
    `DECLARE log NO SCROLL CURSOR FOR
     SELECT shop, id, kind, (extract(epoch FROM at) * 1000)::float8 AS at, visitor, offer, surface, product::text AS product,
       device, source, medium, campaign
     FROM events.events
     WHERE shop = $1 AND day BETWEEN ($2::timestamptz AT TIME ZONE 'UTC')::date AND ($3::timestamptz AT TIME ZONE 'UTC')::date
       AND at >= $2 AND at < $3
     ORDER BY at, id`,
    [shop, from, to],
  );
  for (;;) {
    const { rows } = await client.query<LogRow>(`FETCH ${ROWS_AT_ONCE} FROM log`);
    if (rows.length > 0) yield rows.map(loggedEvent);
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
