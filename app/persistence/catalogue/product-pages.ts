import { Prisma } from "@prisma/client";
import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { WAITING_PAIRS } from "../offers/review-queue.ts";
import { BOUGHT_TOGETHER, REFUSED } from "../publishing/published.ts";

export type ProductFilter = "all" | "live" | "review" | "pinned" | "blocked" | "excluded" | "no-evidence";

const LIVE = Prisma.sql`EXISTS (SELECT 1 FROM published o WHERE o.shop = p.shop AND o.key = 'offers' AND strpos(o.value, ${BOUGHT_TOGETHER}) > 0
  AND o.owner_id = 'gid://shopify/Product/' || p.product_id AND NOT starts_with(o.digest, ${REFUSED}))`;
const CHOSEN = (kind: string) => Prisma.sql`EXISTS (SELECT 1 FROM choices c WHERE c.shop = p.shop
  AND c.trigger_id = p.product_id AND c.kind = ${kind})`;
const SUGGESTED = Prisma.sql`EXISTS (SELECT 1 FROM suggested_companions s WHERE s.shop = p.shop
  AND s.product_id = p.product_id)`;
const EXCLUDED = Prisma.sql`EXISTS (SELECT 1 FROM excluded_products e WHERE e.shop = p.shop
  AND e.product_id = p.product_id)`;
const TO_REVIEW = Prisma.sql`p.product_id IN (SELECT w.product_id FROM (${Prisma.raw(
  WAITING_PAIRS.replaceAll("$1", "current_setting('tsuide.shop')"),
)}) AS w)`;

const CONDITIONS: Readonly<Record<ProductFilter, Prisma.Sql>> = {
  all: Prisma.sql`true`,
  live: LIVE,
  review: TO_REVIEW,
  pinned: CHOSEN("pin"),
  blocked: CHOSEN("block"),
  excluded: EXCLUDED,
  "no-evidence": Prisma.sql`NOT ${SUGGESTED}`,
};

/** Which part of the products is asked for. */
export interface ProductQuery {
  /** A part of the title, the vendor or the type, or of a variant's SKU, however it is typed; empty for all. */
  readonly search: string;
  readonly filter: ProductFilter;
  /** Of this vendor, and of this type; all where empty. */
  readonly vendor?: string | undefined;
  readonly type?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** That a product's text or one of its SKUs holds what was typed. SKUs are searched once, not once per product. */
export function matches(search: string, product: Prisma.Sql = Prisma.sql`p`): Prisma.Sql {
  if (search === "") return Prisma.sql`true`;
  return Prisma.sql`(position(search_fold(${search}) IN ${product}.search_text) > 0
    OR ${product}.product_id IN (SELECT v.product_id FROM variants v WHERE v.shop = current_setting('tsuide.shop')
      AND position(lower(normalize(${search}, NFKC)) IN v.sku_text) > 0))`;
}

function condition(tx: ShopTransaction, { search, filter, vendor = "", type = "" }: ProductQuery): Prisma.Sql {
  return Prisma.sql`p.shop = ${tx.shop} AND p.deleted_at IS NULL AND NOT p.is_gift_card AND ${matches(search)}
    AND ${vendor === "" ? Prisma.sql`true` : Prisma.sql`p.vendor = ${vendor}`}
    AND ${type === "" ? Prisma.sql`true` : Prisma.sql`p.product_type = ${type}`} AND ${CONDITIONS[filter]}`;
}

/** One page of products. */
export interface ProductPage {
  /** How many products there are on all pages. */
  readonly total: number;
  /** Where the page begins: before the offset asked for where that lies beyond the end. */
  readonly offset: number;
  readonly products: readonly ProductId[];
}

/** Rows from the start of the whole list that are read along an index, which beats sorting all products. */
const ALONG_THE_INDEX = 1_000;

/**
 * One page of the shop's products, those in most baskets first and those without any last. An offset beyond the end
 * gives the last page.
 */
export async function readProductPage(tx: ShopTransaction, query: ProductQuery): Promise<ProductPage> {
  const where = condition(tx, query);
  const { offset, limit, search, filter, vendor = "", type = "" } = query;
  const isWholeList = search === "" && filter === "all" && vendor === "" && type === "";
  if (isWholeList && offset + limit <= ALONG_THE_INDEX) {
    const start = await readStart(tx, where, query);
    if (start.products.length === limit) return start;
  }
  const rows = await tx.db.$queryRaw<{ total: number; first: number; product_ids: bigint[] }[]>`
    WITH found AS MATERIALIZED (SELECT p.product_id FROM products p WHERE ${where}), size AS MATERIALIZED (
      SELECT total, least(${offset}::int, greatest(total - 1, 0) / ${limit}::int * ${limit}::int) AS first
      FROM (SELECT count(*)::int AS total FROM found) AS counted
    ), ranked AS (
      SELECT f.product_id, a.baskets FROM found f
      LEFT JOIN associations a ON a.shop = ${tx.shop} AND a.product_id = f.product_id
    )
    SELECT total, first, CASE WHEN first <= total / 2 THEN ARRAY(
      SELECT product_id FROM ranked ORDER BY baskets DESC NULLS LAST, product_id
      LIMIT ${limit} OFFSET (SELECT first FROM size)
    ) ELSE ARRAY(
      -- Sorting for a page near the end is quick from the end.
      SELECT product_id FROM (
        SELECT * FROM ranked ORDER BY baskets NULLS FIRST, product_id DESC
        LIMIT (SELECT least(${limit}::int, total - first) FROM size)
        OFFSET (SELECT greatest(total - first - ${limit}::int, 0) FROM size)
      ) AS page ORDER BY baskets DESC NULLS LAST, product_id
    ) END AS product_ids FROM size`;
  const { total, first, product_ids: ids } = rows[0]!;
  return { total, offset: first, products: ids.map((id) => gid("Product", id)) };
}

/** A page near the start of the whole list; it is shorter than the limit where products without any basket belong to it. */
async function readStart(
  tx: ShopTransaction,
  where: Prisma.Sql,
  { offset, limit }: Pick<ProductQuery, "offset" | "limit">,
): Promise<ProductPage> {
  const sold = await tx.db.$queryRaw<{ product_id: bigint }[]>`
    SELECT a.product_id FROM associations a JOIN products p ON p.shop = a.shop AND p.product_id = a.product_id
    WHERE a.shop = ${tx.shop} AND ${where} ORDER BY a.baskets DESC, a.product_id LIMIT ${limit} OFFSET ${offset}`;
  const [count] = await tx.db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM products p WHERE ${where}`;
  return { total: count!.total, offset, products: sold.map((row) => gid("Product", row.product_id)) };
}

/** Of some products, those whose text or SKU holds what was typed. */
export async function productsThatMatch(
  tx: ShopTransaction,
  search: string,
  products: readonly ProductId[],
): Promise<Set<ProductId>> {
  const ids = products.map((id) => BigInt(bareNumber(id)));
  const rows = await tx.db.$queryRaw<{ product_id: bigint }[]>`SELECT p.product_id FROM products p
    WHERE p.shop = ${tx.shop} AND p.product_id = ANY(${ids}::bigint[]) AND ${matches(search)}`;
  return new Set(rows.map((row) => gid("Product", row.product_id)));
}

/** Vendors and types that products have, the most frequent first; as many as a person looks through. */
export async function readProductGroups(tx: ShopTransaction): Promise<{ vendors: string[]; types: string[] }> {
  const MOST = 200;
  const groups = async (column: "vendor" | "product_type") => {
    const name = Prisma.raw(column);
    const rows = await tx.db.$queryRaw<{ name: string }[]>`
      SELECT ${name} AS name FROM products WHERE shop = ${tx.shop} AND deleted_at IS NULL AND NOT is_gift_card
        AND ${name} <> '' GROUP BY ${name} ORDER BY count(*) DESC, ${name} LIMIT ${MOST}`;
    return rows.map((row) => row.name);
  };
  return { vendors: await groups("vendor"), types: await groups("product_type") };
}
