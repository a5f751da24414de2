import type { ShopDomain } from "../../domain/ids.ts";
import { latestImport } from "../../persistence/orders/import-runs.ts";
import { inShop, streamInShop } from "../../persistence/database/in-shop.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import { findShop, theShop } from "../../persistence/shop/shops.ts";
import type { BulkOperation } from "../../shopify/operations/bulk-operations.ts";
import { markEverythingDue } from "../../persistence/publishing/publish-due.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { raiseNotice } from "../notices/raise-notice.ts";
import { isBulkRefused } from "../orders/continue-import.ts";
import { LINES_AT_ONCE, storeProducts } from "../orders/read-bulk-file.ts";

const POLL_SECONDS = 30;

export type RefreshOutcome =
  | { readonly code: "started" | "waiting" | "failed" | "import-under-way" | "unknown-shop" }
  | { readonly code: "refreshed"; readonly products: number };

/**
 * Reads the whole catalogue again by a bulk operation: Shopify tells of no change of a metafield, and a webhook can be
 * lost. Without an operation it starts one; with one it asks after it and comes back, or reads its file. Rows that
 * are newer stay, so that nothing is lost by reading a file twice; a process that ends half-way begins the file again.
 * Where Shopify runs no bulk operations for the app, the catalogue is read page by page.
 */
export async function refreshCatalogue(
  shop: ShopDomain,
  bulkOperationId: string | null,
  context: FlowContext,
): Promise<RefreshOutcome> {
  const state = await inShop(context.database, shop, async (tx) => ({
    shop: await findShop(tx),
    importing: await latestImport(tx),
  }));
  if (state.shop === null || state.shop.uninstalledAt !== null) return { code: "unknown-shop" };
  const { importing } = state;
  // An import reads the catalogue itself, and Shopify runs few operations at a time.
  if (importing !== null && importing.status !== "done" && importing.status !== "failed") {
    return { code: "import-under-way" };
  }
  if (bulkOperationId === null) return start(shop, context);
  const operation = await context.gateway.bulkOperation(shop, bulkOperationId);
  if (operation?.status === "COMPLETED") return read(shop, operation, context);
  if (operation?.status === "CREATED" || operation?.status === "RUNNING") {
    await askAgain(shop, bulkOperationId, context);
    return { code: "waiting" };
  }
  context.log.warn({ shop, status: operation?.status, code: operation?.errorCode }, "the catalogue was not refreshed");
  return { code: "failed" };
}

function askAgain(shop: ShopDomain, bulkOperationId: string, context: FlowContext): Promise<void> {
  return inShop(context.database, shop, (tx) =>
    enqueue(tx, "refresh-catalogue", { bulkOperationId }, { delaySeconds: POLL_SECONDS }),
  );
}

async function start(shop: ShopDomain, context: FlowContext): Promise<RefreshOutcome> {
  let id: string;
  try {
    ({ id } = await context.gateway.startBulk(shop, "products"));
  } catch (error) {
    if (!isBulkRefused(error)) throw error;
    const outcome = await store(shop, context.gateway.pages(shop, "products", null), context.now().getTime(), context);
    await raiseNotice(shop, "bulk-not-enabled", {}, context);
    return outcome;
  }
  await inShop(context.database, shop, (tx) => clearNotices(tx, ["bulk-not-enabled"]));
  await askAgain(shop, id, context);
  return { code: "started" };
}

function read(shop: ShopDomain, operation: BulkOperation, context: FlowContext): Promise<RefreshOutcome> {
  const { url, fileSize } = operation;
  const file = url === null ? null : { url, size: fileSize === null ? null : Number(fileSize) };
  const lines = file === null ? none() : context.gateway.bulkLines(file, 0, LINES_AT_ONCE);
  return store(shop, lines, Date.parse(operation.createdAt), context);
}

async function* none(): AsyncGenerator<{ lines: readonly string[] }> {}

/** Stores a catalogue as it was at `version`. */
async function store(
  shop: ShopDomain,
  batches: AsyncIterable<{ readonly lines: readonly string[] }>,
  version: number,
  context: FlowContext,
): Promise<RefreshOutcome> {
  const { currency } = await inShop(context.database, shop, theShop);
  const reading = context.gateway.reading(shop, currency);
  let products = 0;
  for await (const { lines } of batches) {
    const stored = await streamInShop(context.database, shop, (tx) => storeProducts(tx, reading, lines, version));
    products += stored.products;
  }
  await inShop(context.database, shop, async (tx) => {
    await markEverythingDue(tx);
    await enqueue(tx, "publish-offers");
    await enqueue(tx, "find-upgrades");
  });
  context.log.info({ shop, products }, "catalogue refreshed");
  return { code: "refreshed", products };
}
