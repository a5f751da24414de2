import type { Prisma } from "@prisma/client";
import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import { Compatibility, NO_COMPATIBILITY } from "../../domain/offers/compatibility/compatibility.ts";
import {
  type CompatibilityRule,
  type CompatibilityRules,
  compatibilityRules,
} from "../../domain/offers/compatibility/compatibility-rules.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** What staff stated, as the version that it was saved as; 0 before the first time. */
export async function readCompatibilityRules(tx: ShopTransaction): Promise<CompatibilityRules & { version: number }> {
  const row = await tx.db.compatibility.findUnique({ where: { shop: tx.shop } });
  const { value } = compatibilityRules.readStored(row?.rules ?? {});
  return { ...value, version: row?.version ?? 0 };
}

/** Saves what staff state, in place of all that was stated before, as the next version. */
export async function saveCompatibilityRules(tx: ShopTransaction, { rules }: CompatibilityRules): Promise<number> {
  const json = { rules } as unknown as Prisma.InputJsonObject;
  const { version } = await tx.db.compatibility.upsert({
    where: { shop: tx.shop },
    create: { shop: tx.shop, rules: json, version: 1 },
    update: { rules: json, version: { increment: 1 } },
  });
  return version;
}

/** What goes only with what, by the tags and collections that products have today. */
export async function readCompatibility(tx: ShopTransaction): Promise<Compatibility> {
  const { rules } = await readCompatibilityRules(tx);
  if (rules.length === 0) return NO_COMPATIBILITY;
  const tagged = await readTagged(tx, rules);
  const collected = await readCollected(tx, rules);
  const side = (products: readonly ProductId[], collections: readonly string[], tags: readonly string[]) =>
    new Set([
      ...products,
      ...collections.flatMap((one) => collected.get(one) ?? []),
      ...tags.flatMap((one) => tagged.get(one.toLowerCase()) ?? []),
    ]);
  return new Compatibility(
    rules.map((rule) => ({
      products: side(rule.products, rule.collections, rule.tags),
      fits: side(rule.fitProducts, rule.fitCollections, rule.fitTags),
    })),
  );
}

/** The products with each tag that a rule names, by the tag in lower case. */
async function readTagged(tx: ShopTransaction, rules: readonly CompatibilityRule[]): Promise<Map<string, ProductId[]>> {
  const tags = [...new Set(rules.flatMap((one) => [...one.tags, ...one.fitTags]).map((tag) => tag.toLowerCase()))];
  const rows =
    tags.length === 0
      ? []
      : await selectSql<{ name: string; id: string }>(
          tx,
          `SELECT DISTINCT lower(tag) AS name, p.product_id::text AS id FROM products p, unnest(p.tags) AS tag
           WHERE p.shop = $1 AND p.deleted_at IS NULL AND lower(tag) = ANY($2::text[])`,
          tx.shop,
          tags,
        );
  return productsByName(rows);
}

/** The products in each collection that a rule names, by the collection's global id. */
async function readCollected(
  tx: ShopTransaction,
  rules: readonly CompatibilityRule[],
): Promise<Map<string, ProductId[]>> {
  const collections = [...new Set(rules.flatMap((one) => [...one.collections, ...one.fitCollections]))];
  const rows =
    collections.length === 0
      ? []
      : await selectSql<{ name: string; id: string }>(
          tx,
          `SELECT collection_id::text AS name, product_id::text AS id FROM collection_members
           WHERE shop = $1 AND collection_id = ANY($2::bigint[])`,
          tx.shop,
          collections.map((one) => BigInt(bareNumber(one))),
        );
  return productsByName(rows.map(({ name, id }) => ({ name: gid("Collection", name), id })));
}

function productsByName(rows: readonly { name: string; id: string }[]): Map<string, ProductId[]> {
  const groups = Map.groupBy(rows, ({ name }) => name);
  return new Map([...groups].map(([name, group]) => [name, group.map(({ id }) => gid("Product", id))]));
}

/**
 * The products that some names stand for, by the name in lower case: each a handle, a SKU, a title or a product's number.
 * Several products can go by one name.
 */
export async function readProductsNamed(
  tx: ShopTransaction,
  names: readonly string[],
): Promise<Map<string, readonly ProductId[]>> {
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))];
  if (wanted.length === 0) return new Map();
  const rows = await selectSql<{ name: string; id: string }>(
    tx,
    `WITH alive AS (SELECT * FROM products WHERE shop = $1 AND deleted_at IS NULL)
     SELECT lower(handle) AS name, product_id::text AS id FROM alive WHERE lower(handle) = ANY($2::text[])
     UNION SELECT lower(title), product_id::text FROM alive WHERE lower(title) = ANY($2::text[])
     UNION SELECT product_id::text, product_id::text FROM alive WHERE product_id::text = ANY($2::text[])
     UNION SELECT lower(v.sku), v.product_id::text FROM variants v JOIN alive ON alive.product_id = v.product_id
       WHERE v.shop = $1 AND lower(v.sku) = ANY($2::text[])`,
    tx.shop,
    wanted,
  );
  return productsByName(rows);
}
