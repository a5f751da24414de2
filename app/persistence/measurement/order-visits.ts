import { gid, type OrderId } from "../../domain/ids.ts";
import type { OrderTouch, TouchableOffer, TouchKind } from "../../domain/measurement/order-touches.ts";
import type { Visit } from "../../domain/measurement/visit.ts";
import { isOfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { ClaimedSurface } from "../../domain/offers/surface.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { EVER_SWITCHED_ON } from "../offers/offer-rows.ts";
import { describeOrders } from "../orders/account-orders.ts";

/** An order whose visitor is known, and what they did with offers before it. `at`: milliseconds since 1970 UTC. */
export interface OrderVisitRow {
  /** Number of the order. */
  readonly order: string;
  readonly at: number;
  readonly touches: readonly OrderTouch[];
  readonly visit: Visit | null;
}

/** When visits were last gathered; null for never. */
export async function visitsGatheredAt(tx: ShopTransaction): Promise<Date | null> {
  const select = { visitsGatheredAt: true };
  return (await tx.db.shop.findUnique({ where: { domain: tx.shop }, select }))?.visitsGatheredAt ?? null;
}

/** Notes up to when visits are gathered. */
export async function noteVisitsGathered(tx: ShopTransaction, at: Date): Promise<void> {
  await tx.db.shop.updateMany({ where: { domain: tx.shop }, data: { visitsGatheredAt: at } });
}

/** The offers of the shop that have ever been switched on, by number; those of types that only another release knows are left out. */
export async function readTouchableOffers(tx: ShopTransaction): Promise<Map<number, TouchableOffer>> {
  const sql = `SELECT number, type, created_at AS "createdAt" FROM offers WHERE shop = $1 AND ${EVER_SWITCHED_ON}`;
  const rows = await selectSql<{ number: number; type: string; createdAt: Date }>(tx, sql, tx.shop);
  return new Map(
    rows.flatMap(({ number, type, createdAt }) =>
      isOfferTypeName(type) ? [[number, { type, createdAt: createdAt.getTime() }] as const] : [],
    ),
  );
}

const SAVE_VISITS = `
  INSERT INTO order_visits (shop, order_id, at, device, source, medium, campaign)
  SELECT $1, "order"::bigint, at, device, source, medium, campaign FROM jsonb_to_recordset($2::jsonb)
    AS r("order" text, at timestamptz, device text, source text, medium text, campaign text)
  ON CONFLICT (shop, order_id) DO UPDATE SET (at, device, source, medium, campaign) =
    (EXCLUDED.at, EXCLUDED.device, EXCLUDED.source, EXCLUDED.medium, EXCLUDED.campaign)`;

const SAVE_TOUCHES = `
  INSERT INTO order_touches (shop, order_id, offer_key, surface, kind, at, seconds_before)
  SELECT $1, "order"::bigint, offer_key, surface, kind, at, seconds
  FROM jsonb_to_recordset($2::jsonb) AS r("order" text, offer_key text, surface text, kind text, at timestamptz, seconds int)`;

/** Stores visits of orders, in place of what was stored of the same orders. */
export async function saveOrderVisits(tx: ShopTransaction, visits: readonly OrderVisitRow[]): Promise<void> {
  if (visits.length === 0) return;
  const orders = visits.map(({ order }) => order);
  await runSql(tx, "DELETE FROM order_touches WHERE shop = $1 AND order_id = ANY ($2::bigint[])", tx.shop, orders);
  const heads = visits.map(({ order, at, visit }) => ({ order, at: new Date(at), ...visit }));
  await runSql(tx, SAVE_VISITS, tx.shop, JSON.stringify(heads));
  const touches = visits.flatMap(({ order, at, touches }) =>
    touches.map(({ offerKey, surface, kind, secondsBefore }) => ({
      ...{ order, at: new Date(at), offer_key: offerKey, surface, kind, seconds: secondsBefore },
    })),
  );
  if (touches.length > 0) await runSql(tx, SAVE_TOUCHES, tx.shop, JSON.stringify(touches));
  await describeOrders(tx, orders);
}

/** Forgets what the visitors of these orders did, and that they are known. */
export async function forgetOrderVisits(tx: ShopTransaction, orders: readonly string[]): Promise<void> {
  if (orders.length === 0) return;
  for (const table of ["order_touches", "order_visits"]) {
    await runSql(tx, `DELETE FROM ${table} WHERE shop = $1 AND order_id = ANY ($2::bigint[])`, tx.shop, orders);
  }
  await describeOrders(tx, orders);
}

/** Deletes visits of orders that were completed before then. */
export async function forgetOldVisits(tx: ShopTransaction, before: Date): Promise<void> {
  await runSql(tx, "DELETE FROM order_touches WHERE shop = $1 AND at < $2::timestamptz", tx.shop, before);
  const sql = `DELETE FROM order_visits WHERE shop = $1 AND at < $2::timestamptz RETURNING order_id::text AS "order"`;
  const forgotten = await selectSql<{ order: string }>(tx, sql, tx.shop, before);
  await describeOrders(
    tx,
    forgotten.map(({ order }) => order),
  );
}

/** What a customer did with offers before one of their orders, as whoever asks for their data is given it. */
export interface TouchOfOrder {
  readonly orderId: OrderId;
  readonly offerKey: string;
  readonly surface: ClaimedSurface;
  readonly kind: TouchKind;
  readonly secondsBefore: number;
}

/** What was done with offers before a customer's orders, by their pseudonym. */
export async function touchesOfCustomer(tx: ShopTransaction, customerKey: string): Promise<TouchOfOrder[]> {
  const rows = await tx.db.$queryRaw<(Omit<TouchOfOrder, "orderId"> & { order: bigint })[]>`
    SELECT t.order_id AS "order", t.offer_key AS "offerKey", t.surface, t.kind, t.seconds_before AS "secondsBefore"
    FROM order_touches t JOIN orders o USING (shop, order_id)
    WHERE t.shop = ${tx.shop} AND o.customer_key = ${customerKey} ORDER BY 1, 2, 3, 4`;
  return rows.map(({ order, ...touch }) => ({ orderId: gid("Order", order), ...touch }));
}
