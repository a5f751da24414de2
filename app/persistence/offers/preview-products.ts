import { z } from "zod";
import type { PreviewProduct } from "../../views/preview-view.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { BOUGHT_TOGETHER, REFUSED } from "../publishing/published.ts";

/** A set has the product and at most three companions. */
const MOST_PRODUCTS = 4;
const MOST_VARIANTS = 50;

const CAN_BE_SHOWN = `p.deleted_at IS NULL AND NOT p.is_gift_card AND p.status = 'active' AND p.published_at IS NOT NULL
  AND EXISTS (SELECT FROM variants v WHERE v.shop = p.shop AND v.product_id = p.product_id AND v.available AND v.price_minor > 0)`;

/** The best seller that shoppers are offered a set with, as Shopify holds it: its id and its envelope. Or null. */
export async function readBestOffer(tx: ShopTransaction): Promise<{ product: string; offer: string } | null> {
  const [row] = await selectSql<{ product: string; offer: string }>(
    tx,
    `SELECT p.product_id::text AS product, o.value AS offer FROM published o
     JOIN products p ON p.shop = o.shop AND o.owner_id = 'gid://shopify/Product/' || p.product_id
     LEFT JOIN associations a ON a.shop = p.shop AND a.product_id = p.product_id
     WHERE o.shop = $1 AND o.key = 'offers' AND strpos(o.value, $3) > 0 AND NOT starts_with(o.digest, $2) AND ${CAN_BE_SHOWN}
     ORDER BY a.baskets DESC NULLS LAST, p.product_id LIMIT 1`,
    ...[tx.shop, REFUSED, BOUGHT_TOGETHER],
  );
  return row ?? null;
}

/** Bare ids of the products in most orders that can be bought now. */
export async function readSellable(tx: ShopTransaction): Promise<string[]> {
  const rows = await selectSql<{ id: string }>(
    tx,
    `SELECT p.product_id::text AS id FROM products p
     LEFT JOIN associations a ON a.shop = p.shop AND a.product_id = p.product_id
     WHERE p.shop = $1 AND ${CAN_BE_SHOWN} ORDER BY a.baskets DESC NULLS LAST, p.product_id LIMIT ${MOST_PRODUCTS}`,
    tx.shop,
  );
  return rows.map(({ id }) => id);
}

const optionsOf = z.record(z.string(), z.string()).catch({});

/** The first of these products that can be bought now, in the order given; bare ids. */
export async function readPreviewProducts(
  tx: ShopTransaction,
  ids: readonly string[],
  most = MOST_PRODUCTS,
): Promise<PreviewProduct[]> {
  const rows = await selectSql<{
    id: string;
    title: string;
    handle: string;
    image_url: string | null;
    variants: { id: string; title: string; price: number; available: boolean; options: unknown }[];
  }>(
    tx,
    `SELECT p.product_id::text AS id, p.title, p.handle, p.image_url, (
       SELECT json_agg(v ORDER BY v.id) FROM (
         SELECT variant_id::text AS id, title, price_minor::float8 AS price, available, options FROM variants
         WHERE shop = $1 AND product_id = p.product_id ORDER BY variant_id LIMIT ${MOST_VARIANTS}
       ) v
     ) AS variants
     FROM products p WHERE p.shop = $1 AND p.product_id IN (SELECT unnest($2::text::bigint[])) AND ${CAN_BE_SHOWN}
     ORDER BY array_position($2::text::bigint[], p.product_id) LIMIT $3`,
    ...[tx.shop, `{${ids.join(",")}}`, most],
  );
  return rows.map((row) => ({
    ...{ id: Number(row.id), title: row.title, handle: row.handle, imageUrl: row.image_url },
    variants: row.variants.map(({ id, title, price, available, options }) => ({
      ...{ id: Number(id), title, priceMinor: price, available },
      options: optionsOf.parse(options),
    })),
  }));
}

/** Orders with a product and each of the companions in its list in the latest 90 days, by bare id. */
export async function readRecentTogether(tx: ShopTransaction, product: string): Promise<Record<number, number>> {
  const where = { shop_productId: { shop: tx.shop, productId: BigInt(product) } };
  const list = await tx.db.companionList.findUnique({ where, select: { companions: true, recentTogether: true } });
  return Object.fromEntries((list?.companions ?? []).map((id, at) => [Number(id), list?.recentTogether[at] ?? 0]));
}
