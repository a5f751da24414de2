import { Prisma } from "@prisma/client";
import { gid, type ProductId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { REFUSED } from "../offers/published.ts";

export type ProductFilter = "all" | "live" | "pinned" | "blocked" | "no-evidence";

const LIVE = Prisma.sql`EXISTS (SELECT 1 FROM published o WHERE o.shop = p.shop AND o.key = 'offer'
  AND o.owner_id = 'gid://shopify/Product/' || p.product_id AND NOT starts_with(o.digest, ${REFUSED}))`;
const CHOSEN = (kind: string) => Prisma.sql`EXISTS (SELECT 1 FROM choices c WHERE c.shop = p.shop
  AND c.trigger_id = p.product_id AND c.kind = ${kind})`;

const CONDITIONS: Readonly<Record<ProductFilter, Prisma.Sql>> = {
  all: Prisma.sql`true`,
  live: LIVE,
  pinned: CHOSEN("pin"),
  blocked: CHOSEN("block"),
  "no-evidence": Prisma.sql`NOT ${LIVE}`,
};

/** One page of the shop's products, those in most baskets first, and how many there are in all. */
export async function readProductPage(
  tx: ShopTransaction,
  query: { search: string; filter: ProductFilter; offset: number; limit: number },
): Promise<{ total: number; products: ProductId[] }> {
  const where = Prisma.sql`p.shop = ${tx.shop} AND p.deleted_at IS NULL AND NOT p.is_gift_card
    AND position(lower(${query.search}) IN lower(p.title)) > 0 AND ${CONDITIONS[query.filter]}`;
  const [count] = await tx.db.$queryRaw<
    { total: number }[]
  >`SELECT count(*)::int AS total FROM products p WHERE ${where}`;
  const rows = await tx.db.$queryRaw<{ product_id: bigint }[]>`
    SELECT p.product_id FROM products p
    LEFT JOIN associations a ON a.shop = p.shop AND a.product_id = p.product_id
    WHERE ${where} ORDER BY a.baskets DESC NULLS LAST, p.product_id LIMIT ${query.limit} OFFSET ${query.offset}`;
  return { total: count!.total, products: rows.map((row) => gid("Product", row.product_id)) };
}
