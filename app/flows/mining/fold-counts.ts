import { companionCounts } from "../../domain/baskets/companion-counts.ts";
import { KEPT_COMPANIONS, type ProductCounts } from "../../domain/baskets/product-counts.ts";
import type { BasketTable } from "../../domain/baskets/basket-table.ts";
import { basketMargins } from "../../domain/mining/evidence/null-model.ts";
import { deleteAssociations, saveAssociations } from "../../persistence/mining/counts/associations.ts";
import { deleteNews, readSeenNews, type SeenNews } from "../../persistence/mining/counts/basket-news.ts";
import { readBasketTable } from "../../persistence/mining/counts/basket-tables.ts";
import type { ShopStream } from "../../persistence/database/in-shop.ts";
import { raiseCountsVersion, readCountsVersion } from "../../persistence/shop/shops.ts";
import { takeTurn } from "../../persistence/database/turn.ts";

// Counts are stored in rows, one per product, and an order that comes does not touch them: it leaves news of what it
// changed, and whoever reads counts adds these up. Folding brings the rows up to the baskets of one moment and takes
// away the news of that moment. At every moment rows and news together are what counting all baskets would give.

const ROWS_AT_ONCE = 500;

/** The baskets of one moment, and what of them the rows do not hold. */
export interface UnfoldedBaskets {
  readonly table: BasketTable;
  readonly news: SeenNews;
  /** Version of the rows that these are news to. */
  readonly version: number;
}

/** Which companions are kept besides those met most often: by product, bare numbers. */
export type KeptPairs = ReadonlyMap<string, ReadonlySet<string>>;

/** To be read in a transaction that sees one moment. */
export async function readUnfoldedBaskets(tx: ShopStream): Promise<UnfoldedBaskets> {
  return { version: await readCountsVersion(tx), news: await readSeenNews(tx), table: await readBasketTable(tx) };
}

/**
 * Waits until nobody else folds the shop's counts, and keeps others from it until the transaction ends. False where
 * somebody did since these baskets were read: what they wrote may be newer, and is not to be overwritten.
 */
export async function beginFold(tx: ShopStream, { version }: UnfoldedBaskets): Promise<boolean> {
  await takeTurn(tx, "counts");
  return (await readCountsVersion(tx)) === version;
}

/**
 * After {@link beginFold}: counts the products that the news are about and those of `besides`, or all there are, and
 * stores what changed. `each` is told of every product how many companions it met.
 */
export async function foldCounts(
  tx: ShopStream,
  { table, news }: UnfoldedBaskets,
  kept: readonly KeptPairs[],
  besides: readonly string[] | "all",
  each: (met: number) => void = () => {},
): Promise<void> {
  const indexOf = new Map(table.itemIds.map((id, item) => [id, item]));
  const products = besides === "all" ? table.itemIds : [...new Set([...news.products, ...besides])];
  const items = products.flatMap((id) => indexOf.get(id) ?? []);
  for (const batch of inBatches(productRows(table, indexOf, kept, items, each))) await saveAssociations(tx, batch);
  if (besides === "all") await deleteAssociations(tx, { allBut: products });
  else await deleteAssociations(tx, { these: products.filter((id) => !indexOf.has(id)) });
  await deleteNews(tx, news.ids);
  await raiseCountsVersion(tx, basketMargins(table));
}

/** The counts of some items: the companions met most often, and those that are to be kept besides. */
function* productRows(
  table: BasketTable,
  indexOf: ReadonlyMap<string, number>,
  kept: readonly KeptPairs[],
  items: readonly number[],
  each: (met: number) => void,
): Generator<ProductCounts> {
  const { itemIds } = table;
  const besides = (item: number) =>
    kept.flatMap((pairs) => [...(pairs.get(itemIds[item]!) ?? [])].flatMap((id) => indexOf.get(id) ?? []));
  for (const counted of companionCounts(table, { most: KEPT_COMPANIONS, besides, items })) {
    const { item, met, companions, ...rest } = counted;
    each(met);
    yield {
      ...rest,
      productId: itemIds[item]!,
      companions: companions.map(({ item: other, ...count }) => ({ ...count, productId: itemIds[other]! })),
    };
  }
}

/** Rows in batches of a size that one statement takes well. */
export function* inBatches<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === ROWS_AT_ONCE) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
