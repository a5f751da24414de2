import { bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import {
  type DiscountKind,
  type DiscountName,
  type DiscountSource,
  type OwnDiscount,
  SHIPPING_KINDS,
  type ShippingGiven,
} from "../../domain/measurement/own-discounts.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { EVER_SWITCHED_ON } from "../offers/offer-rows.ts";

/** Every name under which orders can know this shop's discounts of ours. */
export async function readDiscountNames(tx: ShopTransaction): Promise<DiscountName[]> {
  const rows = await tx.db.discountName.findMany({
    where: { shop: tx.shop },
    orderBy: [{ name: "asc" }, { kind: "asc" }],
  });
  return rows.map(({ name, kind, since, isShared }) => ({
    ...{ name, isShared, since: since.getTime() },
    kind: kind === "" ? null : (kind as DiscountKind),
  }));
}

/**
 * Notes names that are published from now on. The first ones of a shop count for all time before as well: what it had
 * published before names were kept is not known. Says whether any of them is new.
 */
export async function recordDiscountNames(
  tx: ShopTransaction,
  names: readonly Pick<DiscountName, "name" | "kind">[],
  now: Date,
): Promise<boolean> {
  const isFirst = (await tx.db.discountName.count({ where: { shop: tx.shop } })) === 0;
  const since = isFirst ? new Date(0) : now;
  const data = names.map(({ name, kind }) => ({ shop: tx.shop, name, kind: kind ?? "", since }));
  return (await tx.db.discountName.createMany({ data, skipDuplicates: true })).count > 0;
}

/** Notes which titles other automatic discounts of the shop have: under these names ours cannot be known. */
export async function markSharedNames(tx: ShopTransaction, titles: readonly string[]): Promise<void> {
  const where = { shop: tx.shop, name: { in: [...titles] }, isShared: false };
  await tx.db.discountName.updateMany({ where, data: { isShared: true } });
}

/** Stores what our discounts took off an order and off its shipping, in place of what was stored for it before. */
export async function replaceOfferDiscounts(
  tx: ShopTransaction,
  order: { readonly id: OrderId; readonly at: number; readonly currency: string },
  discounts: readonly (OwnDiscount & DiscountSource)[],
  shipping: readonly (ShippingGiven & Pick<DiscountSource, "offerKey">)[],
): Promise<void> {
  await deleteOfferDiscounts(tx, [order.id]);
  if (shipping.length > 0) {
    await tx.db.offerShipping.createMany({
      data: shipping.map(({ kind, minor, offerKey }) => ({
        ...{ shop: tx.shop, orderId: BigInt(bareNumber(order.id)), kind: kind ?? "", offerKey, minor: BigInt(minor) },
        ...{ at: new Date(order.at), currency: order.currency },
      })),
    });
  }
  if (discounts.length === 0) return;
  await tx.db.offerDiscount.createMany({
    data: discounts.map(({ lineId, productId, kind, minor, keptMinor, offerKey, surface }) => ({
      ...{ shop: tx.shop, lineId: BigInt(bareNumber(lineId)), kind: kind ?? "", offerKey, surface },
      ...{ orderId: BigInt(bareNumber(order.id)), at: new Date(order.at), currency: order.currency },
      productId: productId === null ? null : BigInt(bareNumber(productId)),
      ...{ minor: BigInt(minor), keptMinor: BigInt(keptMinor) },
    })),
  });
}

/** Deletes what is stored of some orders. */
export async function deleteOfferDiscounts(tx: ShopTransaction, ids: readonly OrderId[]): Promise<void> {
  if (ids.length === 0) return;
  const where = { shop: tx.shop, orderId: { in: ids.map((id) => BigInt(bareNumber(id))) } };
  await tx.db.offerDiscount.deleteMany({ where });
  await tx.db.offerShipping.deleteMany({ where });
}

/** The offers that the shop had by a time, and has ever switched on. */
export async function offersUntil(tx: ShopTransaction, at: Date): Promise<{ type: string; number: number }[]> {
  const sql = `SELECT type, number FROM offers WHERE shop = $1 AND created_at <= $2 AND ${EVER_SWITCHED_ON}`;
  return selectSql(tx, sql, tx.shop, at);
}

const MADE = `
  SELECT number, type FROM offers
  WHERE shop = $1 AND number = ANY($2::int[]) AND created_at <= $3 AND (type <> 'goal' OR ${EVER_SWITCHED_ON})`;

/**
 * Which of these offers the shop had by a time after it installed the app, and their types; whatever became of them since.
 * Whether an offer that lists products was shown, its lists say. A goal has no list, so it must have been switched on once.
 */
export async function offersMadeUntil(
  tx: ShopTransaction,
  numbers: readonly number[],
  at: Date,
): Promise<Map<number, string>> {
  const rows = await selectSql<{ number: number; type: string }>(tx, MADE, tx.shop, [...numbers], at);
  return new Map(rows.map(({ number, type }) => [number, type]));
}

// Which orders these are, `account_orders` says.
const UNREAD = `
  SELECT order_id::text AS id FROM order_sales
  WHERE shop = $1 AND at >= $2 AND discounts_unknown ORDER BY at DESC, order_id DESC LIMIT $3::int`;

/** The latest orders since a time of which it is not known what our discounts took off. */
export async function ordersWithUnreadDiscounts(tx: ShopTransaction, since: Date, most: number): Promise<OrderId[]> {
  const rows = await selectSql<{ id: string }>(tx, UNREAD, tx.shop, since, most);
  return rows.map(({ id }) => gid("Order", id));
}

// Of shipping only since the shop has had an offer that can give it: see `shippingGiven`.
const UNATTRIBUTED = `
  SELECT DISTINCT l.order_id::text AS id FROM order_lines l
  JOIN LATERAL jsonb_array_elements(l.automatic_discounts) taken ON true
  JOIN discount_names n ON n.shop = $1 AND n.name = taken ->> 0 AND NOT n.is_shared
  WHERE l.shop = $1 AND l.automatic_discounts IS NOT NULL AND l.automatic_discounts <> '[]'
    AND NOT EXISTS (SELECT 1 FROM offer_discounts d WHERE d.shop = $1 AND d.line_id = l.line_id)
  UNION SELECT o.order_id::text FROM orders o
  JOIN LATERAL jsonb_array_elements(o.shipping_discounts) taken ON true
  JOIN discount_names n ON n.shop = $1 AND n.name = taken ->> 0 AND NOT n.is_shared
  WHERE o.shop = $1 AND o.shipping_discounts IS NOT NULL AND o.shipping_discounts <> '[]'
    AND o.processed_at >= (SELECT min(created_at) FROM offers WHERE shop = $1 AND type = ANY ($2))
    AND NOT EXISTS (SELECT 1 FROM offer_shipping s WHERE s.shop = $1 AND s.order_id = o.order_id)`;

/** Orders with a discount of ours that is not among what our discounts took off: for attribution after an import. */
export async function ordersWithOpenDiscounts(tx: ShopTransaction): Promise<OrderId[]> {
  const rows = await selectSql<{ id: string }>(tx, UNATTRIBUTED, tx.shop, SHIPPING_KINDS);
  return rows.map(({ id }) => gid("Order", id));
}
