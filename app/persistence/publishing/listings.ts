import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import { OFFER_CODES } from "../../domain/offers/offer-type-name.ts";
import {
  CLAIM_SECONDS,
  isWorthKeeping,
  type Listed,
  type Listing,
  relisted,
  SINCE_UNKNOWN,
} from "../../domain/publishing/listing-history.ts";
import type { ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { shopStays, theShop } from "../shop/shops.ts";

/** What one product's offers list from now on; nothing where they have ended. */
export interface OfferList {
  readonly product: ProductId;
  readonly listed: readonly Listed[];
}

interface ListingRow {
  readonly id: string;
  readonly companions: string[];
  /** Shorter than the others in rows from before types were kept: those are of bought together. */
  readonly codes: string[];
  /** Not as many as the others in rows of a release that did not keep them: then they say nothing. */
  readonly numbers: number[];
  readonly since: number[];
  readonly until: number[];
}

const READ = `
  SELECT product_id::text AS id, companions::text[], codes, numbers, since, until FROM offer_listings
  WHERE shop = $1 AND product_id = ANY($2::text[]::bigint[])`;

const WRITE = `
  INSERT INTO offer_listings (shop, product_id, companions, codes, numbers, since, until, is_untold)
  SELECT $1, l.id, l.companions::bigint[], l.codes::text[], l.numbers::int[], l.since::int[], l.until::int[], l.unpublished
  FROM json_to_recordset($2::json)
    AS l(id bigint, companions text, codes text, numbers text, since text, until text, unpublished boolean)`;

const WITHOUT_NUMBERS = `
  SELECT product_id::text AS id FROM offer_listings
  WHERE shop = $1 AND product_id > $2::bigint AND cardinality(numbers) <> cardinality(companions) AND 0 = ANY(until)
  ORDER BY product_id LIMIT $3::int`;

/** Stands for a number that is not known. */
const NO_NUMBER = 0;

/** The histories of these products' offers; a product that never had one is absent. */
export async function readListings(tx: ShopSql, products: readonly ProductId[]): Promise<Map<ProductId, Listing[]>> {
  const rows = await selectSql<ListingRow>(tx, READ, tx.shop, products.map(bareNumber));
  return new Map(
    rows.map(({ id, companions, codes, numbers, since, until }) => [
      gid("Product", id),
      companions.map((companion, place) => ({
        code: codes[place] ?? OFFER_CODES["bought-together"],
        number: numbers.length === companions.length && numbers[place] !== NO_NUMBER ? numbers[place]! : null,
        companion,
        since: since[place]!,
        until: until[place] === 0 ? null : until[place]!,
      })),
    ]),
  );
}

/**
 * Notes what Shopify was given; of a shop that left meanwhile nothing is noted. Soon after the app was installed the first
 * list of a product counts for all time before as well: what an earlier install had published is then no longer known. Says
 * whether there was a first list of a product.
 */
export async function recordListings(
  tx: ShopTransaction,
  lists: readonly OfferList[],
  at: Date,
): Promise<{ isFirst: boolean }> {
  if (lists.length === 0 || !(await shopStays(tx))) return { isFirst: false };
  const seconds = Math.floor(at.getTime() / 1000);
  const { installedAt } = await theShop(tx);
  const firstSince = seconds - installedAt.getTime() / 1000 <= CLAIM_SECONDS ? SINCE_UNKNOWN : seconds;
  const before = await readListings(
    tx,
    lists.map(({ product }) => product),
  );
  const changed = lists.flatMap(({ product, listed }) => {
    const known = before.get(product);
    if (known === undefined && listed.length === 0) return [];
    const history = relisted(known ?? [], listed, known === undefined ? firstSince : seconds);
    return JSON.stringify(history) === JSON.stringify(known) ? [] : [{ product, history }];
  });
  await writeListings(tx, changed, "replace");
  return { isFirst: changed.some(({ product }) => !before.has(product)) };
}

/** Notes what an earlier install left at Shopify; what is known here already stays. */
export function recordFoundListings(
  tx: ShopSql,
  found: readonly { readonly product: ProductId; readonly history: readonly Listing[] }[],
): Promise<void> {
  return writeListings(tx, found, "keep");
}

async function writeListings(
  tx: ShopSql,
  histories: readonly { readonly product: ProductId; readonly history: readonly Listing[] }[],
  known: "replace" | "keep",
): Promise<void> {
  if (histories.length === 0) return;
  const rows = histories.map(({ product, history }) => ({
    id: bareNumber(product),
    companions: `{${history.map(({ companion }) => companion).join()}}`,
    codes: `{${history.map(({ code }) => code).join()}}`,
    numbers: `{${history.map(({ number }) => number ?? NO_NUMBER).join()}}`,
    since: `{${history.map(({ since }) => since).join()}}`,
    until: `{${history.map(({ until }) => until ?? 0).join()}}`,
    unpublished: known === "replace" && isWorthKeeping(history),
  }));
  const conflict =
    known === "keep"
      ? "ON CONFLICT DO NOTHING"
      : `ON CONFLICT (shop, product_id) DO UPDATE SET (companions, codes, numbers, since, until, is_untold) =
           (EXCLUDED.companions, EXCLUDED.codes, EXCLUDED.numbers, EXCLUDED.since, EXCLUDED.until, EXCLUDED.is_untold)`;
  await runSql(tx, `${WRITE} ${conflict}`, tx.shop, JSON.stringify(rows));
}

/** Products whose history does not say which offer lists what now, as an earlier release left it; in order, `most` at a time. */
export async function listingsWithoutNumbers(tx: ShopSql, after: ProductId | null, most: number): Promise<ProductId[]> {
  const from = after === null ? "0" : bareNumber(after);
  const rows = await selectSql<{ id: string }>(tx, WITHOUT_NUMBERS, tx.shop, from, most);
  return rows.map(({ id }) => gid("Product", id));
}

/** Products whose history is to be published, `most` at a time. */
export async function unpublishedListings(tx: ShopTransaction, most: number): Promise<ProductId[]> {
  const rows = await tx.db.offerListing.findMany({
    where: { shop: tx.shop, isUnpublished: true },
    select: { productId: true },
    orderBy: { productId: "asc" },
    take: most,
  });
  return rows.map(({ productId }) => gid("Product", productId));
}

export async function noteListingsPublished(tx: ShopTransaction, products: readonly ProductId[]): Promise<void> {
  const productId = { in: products.map((id) => BigInt(bareNumber(id))) };
  await tx.db.offerListing.updateMany({ where: { shop: tx.shop, productId }, data: { isUnpublished: false } });
}
