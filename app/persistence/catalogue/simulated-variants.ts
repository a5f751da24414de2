import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** A variant with what a simulated cart needs of its product; ids are bare numbers. */
export interface SimulatedVariant {
  readonly id: string;
  readonly product: string;
  readonly title: string;
  /** Null where the product has only one. */
  readonly variantTitle: string | null;
  readonly imageUrl: string | null;
  /** Minor units of the shop's currency. */
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  /** What one unit costs the shop; null where it is not known. */
  readonly costMinor: number | null;
  readonly available: boolean;
  readonly isGiftCard: boolean;
}

const COLUMNS = `v.variant_id::text AS id, v.product_id::text AS product, p.title,
  nullif(nullif(v.title, 'Default Title'), 'Default') AS "variantTitle", p.image_url AS "imageUrl",
  v.price_minor::float8 AS "priceMinor", v.compare_at_minor::float8 AS "compareAtMinor", v.cost_minor::float8 AS "costMinor", v.available,
  p.is_gift_card AS "isGiftCard"`;
const FROM =
  "FROM variants v JOIN products p ON p.shop = v.shop AND p.product_id = v.product_id AND p.deleted_at IS NULL";

/** Variants that exist, by bare id. */
export async function readSimulatedVariants(
  tx: ShopTransaction,
  ids: readonly string[],
): Promise<Map<string, SimulatedVariant>> {
  const rows = await selectSql<SimulatedVariant>(
    tx,
    `SELECT ${COLUMNS} ${FROM} WHERE v.shop = $1 AND v.variant_id IN (SELECT unnest($2::text::bigint[]))`,
    ...[tx.shop, `{${ids.join(",")}}`],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Variants that exist, by bare id, with what keeps them from being a component of a bundle. */
export async function readBundleVariants(
  tx: ShopTransaction,
  ids: readonly string[],
): Promise<
  Map<string, Pick<SimulatedVariant, "id" | "product" | "priceMinor" | "isGiftCard"> & { readonly isBundle: boolean }>
> {
  const rows = await selectSql<SimulatedVariant & { readonly isBundle: boolean }>(
    tx,
    `SELECT ${COLUMNS}, p.is_bundle AS "isBundle" ${FROM}
     WHERE v.shop = $1 AND v.variant_id IN (SELECT unnest($2::text::bigint[]))`,
    ...[tx.shop, `{${ids.join(",")}}`],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The variants of some products, in the order of the products, at most `limit` in all. */
export async function readVariantsOf(
  tx: ShopTransaction,
  products: readonly string[],
  limit: number,
): Promise<SimulatedVariant[]> {
  return selectSql<SimulatedVariant>(
    tx,
    `SELECT ${COLUMNS} ${FROM} WHERE v.shop = $1 AND v.product_id IN (SELECT unnest($2::text::bigint[]))
     ORDER BY array_position($2::text::bigint[], v.product_id), v.variant_id LIMIT $3`,
    ...[tx.shop, `{${products.join(",")}}`, limit],
  );
}
