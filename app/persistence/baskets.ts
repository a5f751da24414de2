import { bareNumber, gid, type OrderId, type ProductId } from "../domain/ids.ts";
import type { Order } from "../domain/orders/order.ts";
import type { ShopStream, ShopTransaction } from "./in-shop.ts";
import { iso, runSql } from "./run-sql.ts";

/** A cleaned order. Ids are bare numbers. */
export interface BasketRow {
  readonly orderId: string;
  readonly at: number;
  readonly customerKey: string | null;
  readonly channel: string;
  /** Distinct, ascending. */
  readonly products: readonly string[];
}

/** The row of what an order counts for. */
export function basketRow(order: Order, products: readonly ProductId[]): BasketRow {
  return {
    orderId: bareNumber(order.id),
    at: order.processedAt,
    customerKey: order.customerKey,
    channel: order.channel,
    products: products.map(bareNumber),
  };
}

const SAVE_BASKETS = `
  INSERT INTO baskets (shop, order_id, at, customer_key, channel, products)
  SELECT $1, b.order_id, b.at, b.customer_key, b.channel,
    ARRAY(SELECT p::bigint FROM json_array_elements_text(b.products) AS p)
  FROM json_to_recordset($2::json)
    AS b(order_id bigint, at timestamptz, customer_key text, channel text, products json)
  ON CONFLICT (shop, order_id) DO UPDATE SET (at, customer_key, channel, products) =
    (EXCLUDED.at, EXCLUDED.customer_key, EXCLUDED.channel, EXCLUDED.products)
  WHERE (baskets.at, baskets.customer_key, baskets.channel, baskets.products) IS DISTINCT FROM
    (EXCLUDED.at, EXCLUDED.customer_key, EXCLUDED.channel, EXCLUDED.products)`;

/** Stores baskets; those that are stored so already are not written again. */
export async function saveBaskets(tx: ShopTransaction | ShopStream, baskets: readonly BasketRow[]): Promise<void> {
  if (baskets.length === 0) return;
  const rows = baskets.map((basket) => ({
    order_id: basket.orderId,
    at: iso(basket.at),
    customer_key: basket.customerKey,
    channel: basket.channel,
    products: basket.products,
  }));
  await runSql(tx, SAVE_BASKETS, tx.shop, JSON.stringify(rows));
}

/** Makes `baskets` all that is stored of the orders after one id, up to and with another (null: to the last). */
export async function replaceBaskets(
  tx: ShopStream,
  after: string,
  upTo: string | null,
  baskets: readonly BasketRow[],
): Promise<void> {
  const ids = `{${baskets.map(({ orderId }) => orderId).join(",")}}`;
  await tx.client.query(
    `DELETE FROM baskets WHERE shop = $1 AND order_id > $2 AND ($3::bigint IS NULL OR order_id <= $3)
       AND order_id NOT IN (SELECT unnest($4::text::bigint[]))`,
    [tx.shop, after, upTo, ids],
  );
  await saveBaskets(tx, baskets);
}

/** The products of one order's basket, and its time; null for an order that is no basket. */
export async function findBasket(
  tx: ShopTransaction,
  id: OrderId,
): Promise<{ at: Date; products: ProductId[] } | null> {
  const where = { shop_orderId: { shop: tx.shop, orderId: BigInt(bareNumber(id)) } };
  const row = await tx.db.basket.findUnique({ where });
  return row === null ? null : { at: row.at, products: row.products.map((product) => gid("Product", product)) };
}

export async function deleteBasket(tx: ShopTransaction, id: OrderId): Promise<void> {
  await tx.db.basket.deleteMany({ where: { shop: tx.shop, orderId: BigInt(bareNumber(id)) } });
}

export function countBaskets(tx: ShopTransaction): Promise<number> {
  return tx.db.basket.count({ where: { shop: tx.shop } });
}
