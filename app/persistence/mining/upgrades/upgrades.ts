import { Prisma, type UpgradeRun } from "@prisma/client";
import { z } from "zod";
import { bareNumber, gid, type ProductId, type VariantId } from "../../../domain/ids.ts";
import { mostMoved, type StoredUpgrades } from "../../../domain/mining/upgrades/stored-upgrades.ts";
import type { VariantChoice } from "../../../domain/mining/upgrades/variant-upgrades.ts";
import type { ShopStream, ShopTransaction } from "../../database/in-shop.ts";
import { iso, runSql, selectSql } from "../../database/run-sql.ts";
import { matches } from "../../catalogue/product-pages.ts";
import type { CandidateKind } from "./candidate.ts";

const share = z.number().min(0).max(1).nullable();
const count = z.number().int().min(0);
const measure = z.enum(["volume", "mass", "count", "storage", "length", "duration"]);
const text = z.string();
const value = z.union([z.array(text), z.object({ amount: z.number(), unit: text.nullable() })]);
const difference = z.discriminatedUnion("code", [
  z.object({ code: z.literal("size"), measure, times: z.number(), from: text, to: text }),
  z.object({ code: z.literal("attribute"), name: text, from: value.nullable(), to: value }),
  z.object({ code: z.literal("gained"), name: text }),
  z.object({ code: z.literal("choice"), name: text, values: z.array(text), more: z.boolean() }),
  z.object({ code: z.literal("rating"), name: text, from: z.number(), to: z.number(), outOf: z.number() }),
  z.object({ code: z.literal("benefit"), tag: text }),
  z.object({ code: z.literal("fewer-returns"), from: z.number(), to: z.number() }),
  z.object({ code: z.literal("vendor"), from: text, to: text }),
]);
const better = z.discriminatedUnion("code", [
  z.object({ code: z.literal("size"), measure, times: z.number(), unitPriceRatio: z.number() }),
  z.object({ code: z.literal("step"), steps: z.number() }),
  z.object({ code: z.literal("price") }),
]);
const optionsByName = z.record(z.string(), z.string());
const id = z.string().regex(/^\d+$/);
const stored: z.ZodType<StoredUpgrades> = z.object({
  refundedShare: share,
  marginShare: share,
  candidates: z.array(
    z.object({
      id,
      basis: z.enum(["moved", "alike", "type"]),
      thenCustomers: count,
      expectedThenCustomers: z.number().min(0),
      orders: count,
      refundedShare: share,
      marginShare: share,
      differences: z.array(difference),
    }),
  ),
  // What earlier releases stored has neither names of options nor orders.
  variants: z.array(
    z.object({
      of: id,
      id,
      option: text.default(""),
      from: text,
      to: text,
      orders: count.nullable().default(null),
      better,
    }),
  ),
});

const SAVE = `
  INSERT INTO upgrades (shop, product_id, moved, candidates, found)
  SELECT $1, u.product_id, u.moved, u.candidates::bigint[], u.found FROM json_to_recordset($2::json)
    AS u(product_id bigint, moved int, candidates text, found jsonb)`;
const ROWS_AT_ONCE = 500;

/** Stores the upgrades of every product that has any in place of all earlier ones. Ids are bare. */
export async function replaceUpgrades(
  tx: ShopStream,
  found: readonly { readonly productId: string; readonly upgrades: StoredUpgrades }[],
): Promise<void> {
  await runSql(tx, "DELETE FROM upgrades WHERE shop = $1", tx.shop);
  for (let at = 0; at < found.length; at += ROWS_AT_ONCE) {
    const rows = found.slice(at, at + ROWS_AT_ONCE).map(({ productId, upgrades }) => ({
      product_id: productId,
      moved: mostMoved(upgrades),
      candidates: `{${upgrades.candidates.map((one) => one.id).join(",")}}`,
      found: upgrades,
    }));
    await runSql(tx, SAVE, tx.shop, JSON.stringify(rows));
  }
}

/** What was found for some products. What was stored in a shape that this version does not know counts as nothing. */
export async function readFoundUpgrades(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<ProductId, StoredUpgrades>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.upgrade.findMany({ where: { shop: tx.shop, productId } });
  return new Map(
    rows.flatMap((row) => {
      const { data } = stored.safeParse(row.found);
      return data === undefined ? [] : [[gid("Product", row.productId), data] as const];
    }),
  );
}

/** For how many products anything was found. */
export function countFoundUpgrades(tx: ShopTransaction): Promise<number> {
  return tx.db.upgrade.count({ where: { shop: tx.shop } });
}

export type UpgradeFilter = "all" | "moved" | "variants" | "hidden" | "waiting";

/** The candidates that were found for the product of a row, each with the variant that it takes the place of, or 0. */
const FOUND_PRODUCTS = Prisma.sql`(SELECT id, 0 FROM unnest(u.candidates) AS p(id))`;
const FOUND_VARIANTS = Prisma.sql`(SELECT (v ->> 'id')::bigint, (v ->> 'of')::bigint FROM jsonb_array_elements(
  CASE WHEN jsonb_typeof(u.found -> 'variants') = 'array' THEN u.found -> 'variants' ELSE '[]' END) AS v)`;

/** Whether something of a kind was found that nobody hid, and nothing of it was approved. */
function waits(kind: CandidateKind, found: Prisma.Sql): Prisma.Sql {
  const said = (table: Prisma.Sql) => Prisma.sql`EXISTS (SELECT 1 FROM ${table} d WHERE d.shop = u.shop
    AND d.product_id = u.product_id AND d.kind = ${kind} AND d.candidate_id = c.id AND d.of_variant_id IN (0, c.of_id))`;
  return Prisma.sql`(EXISTS (SELECT 1 FROM ${found} AS c(id, of_id) WHERE NOT ${said(Prisma.sql`hidden_upgrades`)})
    AND NOT EXISTS (SELECT 1 FROM ${found} AS c(id, of_id) WHERE ${said(Prisma.sql`approved_upgrades`)}))`;
}

const CONDITIONS: Readonly<Record<UpgradeFilter, Prisma.Sql>> = {
  all: Prisma.sql`true`,
  moved: Prisma.sql`u.moved > 0`,
  variants: Prisma.sql`EXISTS ${FOUND_VARIANTS}`,
  hidden: Prisma.sql`EXISTS (SELECT 1 FROM hidden_upgrades h WHERE h.shop = u.shop AND h.product_id = u.product_id)`,
  waiting: Prisma.sql`(${waits("product", FOUND_PRODUCTS)} OR ${waits("variant", FOUND_VARIANTS)})`,
};

/**
 * One page of the products that have upgrades and that something may be suggested with, and how many there are in all:
 * those that most customers move on from first, then those in most baskets. What was stored in a shape that this version does not know counts as nothing found.
 */
export async function readUpgradePage(
  tx: ShopTransaction,
  query: { search: string; filter: UpgradeFilter; offset: number; limit: number },
): Promise<{ total: number; rows: { productId: ProductId; upgrades: StoredUpgrades | null }[] }> {
  const from = Prisma.sql`FROM upgrades u JOIN products p USING (shop, product_id)`;
  const where = Prisma.sql`u.shop = ${tx.shop} AND p.deleted_at IS NULL AND ${matches(query.search)}
    AND NOT EXISTS (SELECT 1 FROM excluded_products e WHERE e.shop = u.shop AND e.product_id = u.product_id
      AND e.as_trigger) AND ${CONDITIONS[query.filter]}`;
  const [counted] = await tx.db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${from} WHERE ${where}`;
  const rows = await tx.db.$queryRaw<{ product_id: bigint; found: unknown }[]>`
    SELECT u.product_id, u.found ${from} LEFT JOIN associations a USING (shop, product_id)
    WHERE ${where} ORDER BY u.moved DESC, a.baskets DESC NULLS LAST, u.product_id
    LIMIT ${query.limit} OFFSET ${query.offset}`;
  return {
    total: counted!.total,
    rows: rows.map(({ product_id, found }) => ({
      productId: gid("Product", product_id),
      upgrades: stored.safeParse(found).data ?? null,
    })),
  };
}

export async function startUpgradeRun(tx: ShopTransaction, startedAt: Date): Promise<void> {
  const run = { startedAt, finishedAt: null };
  await tx.db.upgradeRun.upsert({ where: { shop: tx.shop }, create: { shop: tx.shop, ...run }, update: run });
}

export async function finishUpgradeRun(
  tx: ShopStream,
  run: { finishedAt: number; baskets: number; products: number },
): Promise<void> {
  await runSql(
    tx,
    "UPDATE upgrade_runs SET finished_at = $2, baskets = $3, products = $4 WHERE shop = $1",
    ...[tx.shop, iso(run.finishedAt), run.baskets, run.products],
  );
}

export function readUpgradeRun(tx: ShopTransaction): Promise<UpgradeRun | null> {
  return tx.db.upgradeRun.findUnique({ where: { shop: tx.shop } });
}

interface VariantRow {
  product: string;
  id: string;
  title: string;
  options: unknown;
  price: number;
  orders: number;
}

/** Variants of products that have several, by bare product id. */
export async function readVariantChoices(tx: ShopStream): Promise<Map<string, VariantChoice[]>> {
  const rows = await selectSql<VariantRow>(
    tx,
    `SELECT product_id::text AS product, variant_id::text AS id, title, options, price_minor::float8 AS price,
       coalesce(l.orders, 0)::int AS orders
     FROM variants LEFT JOIN (
       SELECT l.variant_id, count(DISTINCT l.order_id) AS orders FROM order_lines l JOIN orders o USING (shop, order_id)
       WHERE l.shop = $1 AND l.current_quantity > 0 AND NOT o.test AND o.cancelled_at IS NULL GROUP BY l.variant_id
     ) l USING (variant_id)
     WHERE shop = $1 AND product_id IN (SELECT product_id FROM variants WHERE shop = $1 GROUP BY 1 HAVING count(*) > 1)
     ORDER BY product_id, variant_id`,
    tx.shop,
  );
  const variants = new Map<string, VariantChoice[]>();
  // Until the catalogue is read again after an update, a product's options have no names, only places.
  const unnamed = new Set<string>();
  const read = rows.map((row) => {
    const options = optionsByName.safeParse(row.options).data ?? {};
    if (Object.keys(options).length === 0) unnamed.add(row.product);
    return { ...row, options };
  });
  for (const { product, id, title, options, price, orders } of read) {
    const known = variants.get(product) ?? [];
    if (known.length === 0) variants.set(product, known);
    known.push({ id, options: unnamed.has(product) ? optionsOfTitle(title) : options, priceMinor: price, orders });
  }
  return variants;
}

/** Shopify writes a variant's title as its options with " / " between them. */
function optionsOfTitle(title: string): Record<string, string> {
  return Object.fromEntries(title.split(" / ").entries());
}

/** What is known of a variant: its options by name, or by their place until the catalogue was read with names. */
export interface VariantFacts {
  readonly product: ProductId;
  readonly priceMinor: number;
  readonly options: Readonly<Record<string, string>>;
}

/** All variants of some products. */
export async function readVariantFacts(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<VariantId, VariantFacts>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.variant.findMany({ where: { shop: tx.shop, productId } });
  return new Map(
    rows.map((row) => {
      const options = optionsByName.safeParse(row.options).data ?? {};
      const isNamed = Object.keys(options).length > 0;
      return [
        gid("ProductVariant", row.variantId),
        {
          ...{ product: gid("Product", row.productId), priceMinor: Number(row.priceMinor) },
          options: isNamed ? options : optionsOfTitle(row.title),
        },
      ];
    }),
  );
}

/** The products that have some variants, in the order of the variants; without those of products that are gone. */
export async function readProductsOfVariants(
  tx: ShopTransaction,
  variants: readonly VariantId[],
): Promise<ProductId[]> {
  const variantId = { in: variants.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.variant.findMany({
    where: { shop: tx.shop, variantId },
    select: { variantId: true, productId: true },
  });
  const products = new Map(rows.map((row) => [gid("ProductVariant", row.variantId), gid("Product", row.productId)]));
  return [...new Set(variants.flatMap((id) => products.get(id) ?? []))];
}

/** What each variant of some products costs. */
export async function readVariantPrices(
  tx: ShopTransaction,
  products: readonly ProductId[],
): Promise<Map<VariantId, number>> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.variant.findMany({
    where: { shop: tx.shop, productId },
    select: { variantId: true, priceMinor: true },
  });
  return new Map(rows.map((row) => [gid("ProductVariant", row.variantId), Number(row.priceMinor)]));
}
