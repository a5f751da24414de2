import { companionCounts } from "../../domain/baskets/companion-counts.ts";
import { KEPT_COMPANIONS, type ProductCounts } from "../../domain/baskets/product-counts.ts";
import type { BasketTable } from "../../domain/baskets/basket-table.ts";
import { basketMargins } from "../../domain/mining/evidence/null-model.ts";
import { deleteAssociations, saveAssociations } from "../../persistence/mining/counts/associations.ts";
import { deleteDeltas, readSeenDeltas, type SeenDeltas } from "../../persistence/mining/counts/basket-deltas.ts";
import { readBasketTable } from "../../persistence/mining/counts/basket-tables.ts";
import type { ShopStream } from "../../persistence/database/in-shop.ts";
import { raiseCountsVersion, readCountsVersion } from "../../persistence/shop/shops.ts";
import { takeTurn } from "../../persistence/database/turn.ts";

// Counts are stored in one row per product. An order does not touch them: it adds a delta, and readers add the deltas
// to the rows. Merging brings the rows up to a snapshot of the baskets and deletes the deltas of that snapshot. At any
// time, rows and deltas together equal what counting all baskets would give.

const ROWS_AT_ONCE = 500;

/** A snapshot of the baskets, and the deltas that the rows do not hold yet. */
export interface UnmergedBaskets {
  readonly table: BasketTable;
  readonly deltas: SeenDeltas;
  /** Version of the rows that the deltas belong to. */
  readonly version: number;
}

/** Which companions are kept besides those met most often: by product, bare numbers. */
export type KeptPairs = ReadonlyMap<string, ReadonlySet<string>>;

/** Call it in a transaction that reads from one snapshot. */
export async function readUnmergedBaskets(tx: ShopStream): Promise<UnmergedBaskets> {
  return { version: await readCountsVersion(tx), deltas: await readSeenDeltas(tx), table: await readBasketTable(tx) };
}

/**
 * Locks the shop's counts until the transaction ends. Returns false if another process merged since these baskets were
 * read: its counts may be newer and must not be overwritten.
 */
export async function lockCounts(tx: ShopStream, { version }: UnmergedBaskets): Promise<boolean> {
  await takeTurn(tx, "counts");
  return (await readCountsVersion(tx)) === version;
}

/**
 * After {@link lockCounts}: counts the products that the deltas change and those of `besides`, or all, and stores the
 * rows that differ. Calls `each` with the number of companions of each product.
 */
export async function mergeDeltas(
  tx: ShopStream,
  { table, deltas }: UnmergedBaskets,
  kept: readonly KeptPairs[],
  besides: readonly string[] | "all",
  each: (met: number) => void = () => {},
): Promise<void> {
  const indexOf = new Map(table.itemIds.map((id, item) => [id, item]));
  const products = besides === "all" ? table.itemIds : [...new Set([...deltas.products, ...besides])];
  const items = products.flatMap((id) => indexOf.get(id) ?? []);
  for (const batch of inBatches(productRows(table, indexOf, kept, items, each))) await saveAssociations(tx, batch);
  if (besides === "all") await deleteAssociations(tx, { allBut: products });
  else await deleteAssociations(tx, { these: products.filter((id) => !indexOf.has(id)) });
  await deleteDeltas(tx, deltas.ids);
  await raiseCountsVersion(tx, basketMargins(table));
}

/** Counts of some items: their most frequent companions, and those to keep in any case. */
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
    const { item, met, companions, ...own } = counted;
    each(met);
    yield {
      ...own,
      productId: itemIds[item]!,
      companions: companions.map(({ item: other, ...count }) => ({ ...count, productId: itemIds[other]! })),
    };
  }
}

/** Splits rows into batches that one statement handles well. */
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
