import { Prisma } from "@prisma/client";
import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { CollectionMembership, Product, Variant } from "../../domain/catalogue/product.ts";
import type { ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { iso, lastById, runSql } from "../database/run-sql.ts";
import { matches } from "./product-pages.ts";

const SAVE_PRODUCTS = `
  INSERT INTO products (shop, product_id, title, handle, vendor, product_type, category, tags, attributes, status,
    is_gift_card, has_selling_plans, is_bundle, published_at, image_url, updated_at)
  SELECT $1, p.product_id, p.title, p.handle, p.vendor, p.product_type, p.category,
    ARRAY(SELECT json_array_elements_text(p.tags)), p.attributes, p.status, p.is_gift_card, p.has_selling_plans, coalesce(p.is_bundle, false), p.published_at,
    p.image_url, p.updated_at
  FROM json_to_recordset($2::json) AS p(product_id bigint, title text, handle text, vendor text, product_type text,
    category text, tags json, attributes jsonb, status text, is_gift_card boolean, has_selling_plans boolean, is_bundle boolean,
    published_at timestamptz, image_url text, updated_at timestamptz)
  ON CONFLICT (shop, product_id) DO UPDATE SET (title, handle, vendor, product_type, category, tags, attributes, status,
    is_gift_card, has_selling_plans, is_bundle, published_at, image_url, updated_at, deleted_at) = (EXCLUDED.title, EXCLUDED.handle, EXCLUDED.vendor,
    EXCLUDED.product_type, EXCLUDED.category, EXCLUDED.tags, EXCLUDED.attributes, EXCLUDED.status,
    EXCLUDED.is_gift_card, EXCLUDED.has_selling_plans, EXCLUDED.is_bundle, EXCLUDED.published_at, EXCLUDED.image_url, EXCLUDED.updated_at, NULL)
  WHERE products.updated_at <= EXCLUDED.updated_at AND coalesce(products.deleted_at < EXCLUDED.updated_at, true)`;

const SAVE_VARIANTS = `
  INSERT INTO variants (shop, variant_id, product_id, title, options, sku, price_minor, compare_at_minor, cost_minor,
    available, version)
  SELECT $1, v.*, $3::timestamptz FROM json_to_recordset($2::json) AS v(variant_id bigint, product_id bigint,
    title text, options jsonb, sku text, price_minor bigint, compare_at_minor bigint, cost_minor bigint,
    available boolean)
  ON CONFLICT (shop, variant_id) DO UPDATE SET (product_id, title, options, sku, price_minor, compare_at_minor,
    cost_minor, available, version) = (EXCLUDED.product_id, EXCLUDED.title, EXCLUDED.options, EXCLUDED.sku,
    EXCLUDED.price_minor, EXCLUDED.compare_at_minor, EXCLUDED.cost_minor, EXCLUDED.available, EXCLUDED.version)
  WHERE variants.version <= EXCLUDED.version`;

const SAVE_MEMBERSHIPS = `
  INSERT INTO collection_members (shop, product_id, collection_id)
  SELECT $1, m.* FROM json_to_recordset($2::json) AS m(product_id bigint, collection_id bigint)
  ON CONFLICT DO NOTHING`;

/** Stores products. Where a newer version is known, or a later deletion, it stays. Says how many were stored. */
export async function saveProducts(tx: ShopSql, products: readonly Product[]): Promise<number> {
  if (products.length === 0) return 0;
  const rows = lastById(products, (product) => product.id).map((product) => ({
    product_id: bareNumber(product.id),
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    product_type: product.productType,
    category: product.category,
    tags: product.tags,
    attributes: product.attributes,
    status: product.status,
    is_gift_card: product.isGiftCard,
    has_selling_plans: product.hasSellingPlans,
    is_bundle: product.isBundle ?? false,
    published_at: iso(product.publishedAt),
    image_url: product.imageUrl,
    updated_at: iso(product.updatedAt),
  }));
  return runSql(tx, SAVE_PRODUCTS, tx.shop, JSON.stringify(rows));
}

/** Stores variants as they were at `version`. */
export async function saveVariants(tx: ShopSql, variants: readonly Variant[], version: number): Promise<void> {
  if (variants.length === 0) return;
  const rows = lastById(variants, (variant) => variant.id).map((variant) => ({
    variant_id: bareNumber(variant.id),
    product_id: bareNumber(variant.productId),
    title: variant.title,
    options: variant.options,
    sku: variant.sku,
    price_minor: variant.priceMinor,
    compare_at_minor: variant.compareAtMinor,
    cost_minor: variant.costMinor,
    available: variant.available,
  }));
  await runSql(tx, SAVE_VARIANTS, tx.shop, JSON.stringify(rows), iso(version));
}

/** Adds products to collections, whether or not the products are known yet. */
export async function saveMemberships(tx: ShopSql, memberships: readonly CollectionMembership[]): Promise<void> {
  if (memberships.length === 0) return;
  const rows = memberships.map(({ productId, collectionId }) => ({
    product_id: bareNumber(productId),
    collection_id: bareNumber(collectionId),
  }));
  await runSql(tx, SAVE_MEMBERSHIPS, tx.shop, JSON.stringify(rows));
}

/** Stores one product with all its variants; variants that it no longer has go. */
export async function saveFetchedProduct(
  tx: ShopTransaction,
  fetched: { product: Product; variants: readonly Variant[]; memberships: readonly CollectionMembership[] },
): Promise<void> {
  if ((await saveProducts(tx, [fetched.product])) === 0) return;
  await saveVariants(tx, fetched.variants, fetched.product.updatedAt);
  const productId = BigInt(bareNumber(fetched.product.id));
  const kept = fetched.variants.map((variant) => BigInt(bareNumber(variant.id)));
  await tx.db.variant.deleteMany({ where: { shop: tx.shop, productId, variantId: { notIn: kept } } });
  await tx.db.collectionMember.deleteMany({ where: { shop: tx.shop, productId } });
  await saveMemberships(tx, fetched.memberships);
}

/** Marks a product deleted: its orders remain evidence, but it is never offered again. */
export async function markProductDeleted(tx: ShopTransaction, id: ProductId, at: Date): Promise<void> {
  const productId = BigInt(bareNumber(id));
  await tx.db.product.updateMany({ where: { shop: tx.shop, productId }, data: { deletedAt: at } });
  await tx.db.variant.deleteMany({ where: { shop: tx.shop, productId } });
  await tx.db.collectionMember.deleteMany({ where: { shop: tx.shop, productId } });
}

/** What pages and publishing need of a product. */
export interface CatalogueEntry {
  readonly id: ProductId;
  readonly title: string;
  readonly imageUrl: string | null;
  /** Lowest price of its variants; null where it has none. */
  readonly priceMinor: number | null;
  /** Cost as a share of the price, of the variant of which it is most; null where no cost is known. */
  readonly costShare: number | null;
  readonly published: boolean;
  readonly inStock: boolean;
  readonly isGiftCard: boolean;
  /** Whether it is made of other products. Absent for no. */
  readonly isBundle?: boolean;
}

interface CatalogueRow {
  product_id: bigint;
  title: string;
  image_url: string | null;
  price_minor: number | null;
  cost_share: number | null;
  published: boolean;
  in_stock: boolean;
  is_gift_card: boolean;
  is_bundle: boolean;
}

const ALL = Prisma.sql`true`;

/**
 * Products with the lowest price of their variants. Of `products` alone where given: the others' variants stay unread.
 */
function catalogue(products?: readonly bigint[]): Prisma.Sql {
  const these = products === undefined ? ALL : Prisma.sql`product_id = ANY(${products}::bigint[])`;
  return Prisma.sql`
    SELECT p.product_id, p.title, p.image_url, p.is_gift_card, p.is_bundle,
      p.status = 'active' AND p.published_at IS NOT NULL AS published,
      coalesce(v.available, false) AS in_stock, v.price_minor::float8 AS price_minor, v.cost_share
    FROM products p LEFT JOIN (
      SELECT product_id, min(price_minor) AS price_minor, bool_or(available) AS available,
        max(cost_minor::float8 / nullif(price_minor, 0)) AS cost_share FROM variants
      WHERE shop = current_setting('tsuide.shop') AND ${these} GROUP BY product_id
    ) v USING (product_id) WHERE p.shop = current_setting('tsuide.shop') AND p.deleted_at IS NULL AND ${these === ALL ? ALL : Prisma.sql`p.${these}`}`;
}

/** Products that exist, by id: all of the shop's, or those asked for. */
export async function readCatalogue(
  tx: ShopTransaction,
  ids?: readonly ProductId[],
): Promise<Map<ProductId, CatalogueEntry>> {
  const wanted = ids?.map((id) => BigInt(bareNumber(id)));
  const rows = await tx.db.$queryRaw<CatalogueRow[]>`${catalogue(wanted)}`;
  return new Map(rows.map((row) => [gid("Product", row.product_id), catalogueEntry(row)]));
}

/** Which of some products are bundles. */
export async function readBundleProducts(tx: ShopTransaction, ids: readonly ProductId[]): Promise<Set<ProductId>> {
  const productId = { in: ids.map((id) => BigInt(bareNumber(id))) };
  const where = { shop: tx.shop, productId, isBundle: true, deletedAt: null };
  const rows = await tx.db.product.findMany({ where, select: { productId: true } });
  return new Set(rows.map((row) => gid("Product", row.productId)));
}

/** Products that hold the text (see {@link matches}), best sellers first. */
export async function searchCatalogue(tx: ShopTransaction, text: string, limit: number): Promise<CatalogueEntry[]> {
  const found = await tx.db.$queryRaw<{ product_id: bigint }[]>`
    SELECT p.product_id FROM products p LEFT JOIN associations a ON a.shop = p.shop AND a.product_id = p.product_id
    WHERE p.shop = ${tx.shop} AND p.deleted_at IS NULL AND ${matches(text)}
    ORDER BY a.baskets DESC NULLS LAST, p.product_id LIMIT ${limit}`;
  const ids = found.map((row) => gid("Product", row.product_id));
  const entries = await readCatalogue(tx, ids);
  return ids.flatMap((id) => entries.get(id) ?? []);
}

export async function productExists(tx: ShopTransaction, ids: readonly ProductId[]): Promise<boolean> {
  const wanted = ids.map((id) => BigInt(bareNumber(id)));
  const count = await tx.db.product.count({ where: { shop: tx.shop, productId: { in: wanted }, deletedAt: null } });
  return count === new Set(ids).size;
}

function catalogueEntry(row: CatalogueRow): CatalogueEntry {
  return {
    id: gid("Product", row.product_id),
    title: row.title,
    imageUrl: row.image_url,
    priceMinor: row.price_minor,
    costShare: row.cost_share,
    published: row.published,
    inStock: row.in_stock,
    isGiftCard: row.is_gift_card,
    isBundle: row.is_bundle,
  };
}
