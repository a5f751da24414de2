import type { ImportRun } from "@prisma/client";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";

export type ImportPhase = "products" | "orders";
export type ImportErrorCode = "access-denied" | "shop-closed" | "shopify-error" | "expired" | "file-broken" | "timeout";

export interface ImportRunRow extends ImportRun {
  status: "waiting" | "running-at-shopify" | "reading" | "done" | "failed";
  phase: ImportPhase;
  errorCode: ImportErrorCode | null;
}

/** The shop's latest import, or null. */
export async function latestImport(tx: ShopTransaction): Promise<ImportRunRow | null> {
  const run = await tx.db.importRun.findFirst({ where: { shop: tx.shop }, orderBy: { id: "desc" } });
  return run as ImportRunRow | null;
}

export async function createImport(tx: ShopTransaction, startedAt: Date): Promise<void> {
  await tx.db.importRun.create({ data: { shop: tx.shop, status: "waiting", phase: "products", startedAt } });
}

export async function updateImport(
  tx: ShopTransaction,
  id: bigint,
  data: Partial<Omit<ImportRunRow, "shop" | "id">>,
): Promise<void> {
  await tx.db.importRun.update({ where: { shop_id: { shop: tx.shop, id } }, data });
}

/** What one batch of a bulk file stored. */
export interface BatchProgress {
  readonly byteOffset: number;
  readonly products: number;
  readonly orders: number;
  readonly lines: number;
}

/**
 * Moves the run on past one batch, in the transaction that stored the batch: whatever ends the process, the offset
 * says what is stored. Throws where the run has moved on meanwhile, because the batch was then stored already.
 */
export async function advanceImport(tx: ShopStream, id: bigint, from: number, batch: BatchProgress): Promise<void> {
  const { rowCount } = await tx.client.query(
    `UPDATE import_runs SET byte_offset = $4, products_stored = products_stored + $5,
       orders_stored = orders_stored + $6, lines_stored = lines_stored + $7
     WHERE shop = $1 AND id = $2 AND byte_offset = $3 AND status = 'reading'`,
    [tx.shop, id, from, batch.byteOffset, batch.products, batch.orders, batch.lines],
  );
  if (rowCount !== 1) throw new Error("Another process reads this file");
}

/**
 * As {@link advanceImport}, for a history that is read by pages: moves the run on from one cursor to the next. Throws
 * where the run has moved on meanwhile.
 */
export async function advancePages(
  tx: ShopStream,
  id: bigint,
  cursor: { readonly from: string | null; readonly to: string | null },
  page: Omit<BatchProgress, "byteOffset">,
): Promise<void> {
  const { rowCount } = await tx.client.query(
    `UPDATE import_runs SET page_cursor = $4, products_stored = products_stored + $5,
       orders_stored = orders_stored + $6, lines_stored = lines_stored + $7
     WHERE shop = $1 AND id = $2 AND page_cursor IS NOT DISTINCT FROM $3 AND status = 'reading' AND by_pages`,
    [tx.shop, id, cursor.from, cursor.to, page.products, page.orders, page.lines],
  );
  if (rowCount !== 1) throw new Error("Another process reads these pages");
}

/** Time of the shop's first stored order, or null. */
export async function firstOrderAt(tx: ShopTransaction): Promise<Date | null> {
  return (await tx.db.order.aggregate({ where: { shop: tx.shop }, _min: { processedAt: true } }))._min.processedAt;
}
