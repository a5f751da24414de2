import { bareNumber, type ShopDomain } from "../../domain/ids.ts";
import { advanceImport, advancePages, type ImportRunRow } from "../../persistence/orders/import-runs.ts";
import { inShop, streamInShop, type ShopStream } from "../../persistence/database/in-shop.ts";
import { ImportStatistics } from "../../persistence/database/planner-statistics.ts";
import { saveHistory } from "../../persistence/orders/save-orders.ts";
import { saveMemberships, saveProducts, saveVariants } from "../../persistence/catalogue/products.ts";
import { deletedAmong, noteUnreadOrders } from "../../persistence/orders/unread-orders.ts";
import { shopStays, theShop } from "../../persistence/shop/shops.ts";
import { readOrderNodes, readProductNodes } from "../../shopify/readers/bulk-nodes.ts";
import type { ReadingContext } from "../../shopify/readers/read-nodes.ts";
import { recordOwnMetafields } from "../publishing/record-own-metafields.ts";
import type { FlowContext } from "../context.ts";

export const LINES_AT_ONCE = 1_000;

/**
 * Stores a bulk file batch by batch from where the run stands. Each batch is one transaction that stores the rows and
 * how far the file is read: a process that ends half-way repeats nothing and misses nothing. Lines need not stand
 * near their orders, nor variants near their products.
 */
export async function readBulkFile(
  shop: ShopDomain,
  run: ImportRunRow,
  file: { url: string; size: number | null },
  context: FlowContext,
): Promise<void> {
  const { currency } = await inShop(context.database, shop, theShop);
  const reading = context.gateway.reading(shop, currency);
  const version = (run.bulkCreatedAt ?? context.now()).getTime();
  const statistics = new ImportStatistics(context.database);
  let from = Number(run.byteOffset);
  const store = run.phase === "orders" ? storeOrders : storeProducts;
  for await (const { lines, byteOffset } of context.gateway.bulkLines(file, from, LINES_AT_ONCE)) {
    await streamInShop(context.database, shop, async (tx) => {
      const stored = await store(tx, reading, lines, version);
      await advanceImport(tx, run.id, from, { ...stored, byteOffset });
    });
    await statistics.stored(lines.length);
    from = byteOffset;
  }
}

/** Stands in the run's cursor after the last page: a process that ends there reads none twice. */
const END_OF_PAGES = "";

/**
 * As {@link readBulkFile}, page by page from the cursor where the run stands. Calls `onFirstPage` once a page came: by
 * then it is known that the shop lets us read at all.
 */
export async function readByPages(
  shop: ShopDomain,
  run: ImportRunRow,
  onFirstPage: () => Promise<void>,
  context: FlowContext,
): Promise<void> {
  const { currency } = await inShop(context.database, shop, theShop);
  const reading = context.gateway.reading(shop, currency);
  const version = (run.bulkCreatedAt ?? context.now()).getTime();
  const store = run.phase === "orders" ? storeOrders : storeProducts;
  let from = run.pageCursor;
  if (from === END_OF_PAGES) return;
  const statistics = new ImportStatistics(context.database);
  let isFirst = true;
  for await (const { lines, cursor } of context.gateway.pages(shop, run.phase, from, { withOwn: true })) {
    if (isFirst) await onFirstPage();
    isFirst = false;
    await streamInShop(context.database, shop, async (tx) => {
      const stored = await store(tx, reading, lines, version);
      await advancePages(tx, run.id, { from, to: cursor ?? END_OF_PAGES }, stored);
    });
    await statistics.stored(lines.length);
    from = cursor;
  }
}

async function storeOrders(tx: ShopStream, reading: ReadingContext, texts: readonly string[], version: number) {
  const read = readOrderNodes(reading, texts);
  // Whoever forgets a customer, or the shop, waits until this is stored, and then finds it.
  if (!(await shopStays(tx))) throw new Error("The shop left while its orders were read");
  const gone = await deletedAmong(tx, [
    ...read.orders.map(({ id }) => id),
    ...read.lines.map(({ orderId }) => orderId),
  ]);
  const orders = read.orders.filter(({ id }) => !gone.has(bareNumber(id)));
  const lines = read.lines.filter(({ orderId }) => !gone.has(bareNumber(orderId)));
  await saveHistory(
    tx,
    orders,
    lines.map((line) => ({ ...line, version })),
  );
  await noteUnreadOrders(tx, read.unread, new Date(version));
  return { products: 0, orders: orders.length, lines: lines.length };
}

/** Stores what lines of a products file say, as it was at `version`; says how many products were among them. */
export async function storeProducts(
  tx: ShopStream,
  reading: ReadingContext,
  texts: readonly string[],
  version: number,
): Promise<{ products: number; orders: number; lines: number }> {
  const { products, variants, memberships, own } = readProductNodes(reading, texts);
  await saveProducts(tx, products);
  await saveVariants(tx, variants, version);
  await saveMemberships(tx, memberships);
  await recordOwnMetafields(tx, own, version);
  return { products: products.length, orders: 0, lines: 0 };
}
