import type { ShopDomain } from "../../domain/ids.ts";
import type { ClickHouse } from "./clickhouse.ts";
import { MILLISECONDS } from "./clickhouse-reports.ts";
import { MOST_PER_VISITOR, type UnitEvents, type UnitsPage } from "./event-store.ts";

/** Orders of one statement, whose address lists them. */
const ORDERS_AT_ONCE = 200;

/** The visitors of a page, once it is known where it ends. */
const VISITORS = `SELECT visitor FROM exposures WHERE shop = {shop:String} AND experiment = {experiment:Int64}
  AND visitor > {after:String} AND visitor <= {last:String}`;

interface Exposure {
  readonly visitor: string;
  readonly arm: number;
  readonly at: number;
}

export async function readUnits(clickhouse: ClickHouse, shop: ShopDomain, page: UnitsPage): Promise<UnitEvents[]> {
  const { experiment, after, limit } = page;
  const values = { shop, experiment, after };
  const exposures = await clickhouse.query<Exposure>(EXPOSURES, { ...values, limit });
  const last = exposures.at(-1)?.visitor;
  if (last === undefined) return [];
  const known = { ...values, last };
  const [checkouts, orders] = await Promise.all([
    clickhouse.query<{ visitor: string; at: number }>(CHECKOUTS, known),
    clickhouse.query<{ visitor: string; order: string; at: number }>(ORDERS, known),
  ]);
  const units = new Map<
    string,
    { exposures: Exposure[]; checkouts: number[]; orders: { order: string; at: number }[] }
  >();
  for (const exposure of exposures) {
    const unit = units.get(exposure.visitor);
    if (unit === undefined) units.set(exposure.visitor, { exposures: [exposure], checkouts: [], orders: [] });
    else unit.exposures.push(exposure);
  }
  for (const { visitor, at } of checkouts) units.get(visitor)?.checkouts.push(at);
  for (const { visitor, order, at } of orders) units.get(visitor)?.orders.push({ order, at });
  return [...units].map(([visitor, unit]) => ({
    visitor,
    ...{ checkouts: unit.checkouts, orders: unit.orders },
    exposures: unit.exposures.map(({ arm, at }) => ({ arm, at })),
  }));
}

/** An event that was not moved yet stays, as one of a checkout that became an order of which nobody knows the number. */
export async function forgetOrders(clickhouse: ClickHouse, shop: ShopDomain, orders: readonly string[]): Promise<void> {
  for (let start = 0; start < orders.length; start += ORDERS_AT_ONCE) {
    const values = { shop, orders: orders.slice(start, start + ORDERS_AT_ONCE).map(BigInt) };
    const these = "shop = {shop:String} AND order_id IN {orders:Array(Int64)}";
    await clickhouse.command(`ALTER TABLE staged UPDATE order_id = NULL WHERE ${these}`, values);
    await clickhouse.command(`DELETE FROM order_visitors WHERE ${these}`, values);
  }
}

const EXPOSURES = `
  SELECT visitor, arm, ${MILLISECONDS("min(exposures.at)")} AS at FROM exposures
  WHERE shop = {shop:String} AND experiment = {experiment:Int64} AND visitor IN (
    SELECT visitor FROM exposures WHERE shop = {shop:String} AND experiment = {experiment:Int64} AND visitor > {after:String}
    GROUP BY visitor ORDER BY visitor LIMIT {limit:UInt32}
  ) GROUP BY visitor, arm ORDER BY visitor, min(exposures.at), arm`;

const CHECKOUTS = `
  SELECT visitor, ${MILLISECONDS("checkouts.at")} AS at FROM checkouts FINAL
  WHERE shop = {shop:String} AND visitor IN (${VISITORS})
  ORDER BY visitor, checkouts.at LIMIT ${MOST_PER_VISITOR} BY visitor`;

const ORDERS = `
  SELECT visitor, toString(order_id) AS order, ${MILLISECONDS("first.at")} AS at FROM (
    SELECT visitor, order_id, at FROM order_visitors FINAL
    WHERE shop = {shop:String} AND visitor IN (${VISITORS}) ORDER BY visitor, at LIMIT ${MOST_PER_VISITOR} BY visitor
  ) AS first ORDER BY visitor, order_id`;
