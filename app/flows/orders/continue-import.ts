import type { ShopDomain } from "../../domain/ids.ts";
import {
  latestImport,
  updateImport,
  type ImportErrorCode,
  type ImportPhase,
  type ImportRunRow,
} from "../../persistence/orders/import-runs.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { BulkFileBroken } from "../../shopify/readers/bulk-file.ts";
import { AccessDenied, isMissingScope, UserErrors } from "../../shopify/client/errors.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import type { BulkOperation } from "../../shopify/operations/bulk-operations.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { noticeOf, raiseNotice } from "../notices/raise-notice.ts";
import { readBulkFile, readByPages } from "./read-bulk-file.ts";
import { reportUnreadOrders } from "./report-unread-orders.ts";
import { settleImport } from "./settle-import.ts";

const POLL_SECONDS = 5;
const BUSY = new Set(["OPERATION_IN_PROGRESS", "LIMIT_REACHED"]);
const NEXT_PHASE: Readonly<Record<ImportPhase, ImportPhase | null>> = { products: "orders", orders: null };

/**
 * Takes the shop's import as far as it goes now: starts the bulk operation, asks after it, reads its file, goes on to
 * the next. Each step is stored before the next begins, so it can be called at any time, any number of times, after
 * any crash. A wait puts off a job of its own; the webhook about the finished operation calls it at once. Where Shopify
 * runs no bulk operations for the app, the same is read page by page, which takes longer.
 */
export async function continueImport(shop: ShopDomain, context: FlowContext): Promise<void> {
  for (;;) {
    const run = await inShop(context.database, shop, latestImport);
    if (run === null || run.status === "done" || run.status === "failed") return;
    const more = await step(shop, run, context).catch((error: unknown) => giveUp(shop, run, error, context));
    if (!more) return;
  }
}

/** Says whether there is more to do at once. */
async function step(shop: ShopDomain, run: ImportRunRow, context: FlowContext): Promise<boolean> {
  if (run.byPages && run.status === "reading") {
    await readByPages(shop, run, () => raiseNotice(shop, "bulk-not-enabled", {}, context), context);
    return finishPhase(shop, run, context);
  }
  if (run.status === "waiting" || run.bulkOperationId === null) return startPhase(shop, run, context);
  const operation = await context.gateway.bulkOperation(shop, run.bulkOperationId);
  if (operation === null) throw new ImportFailed("expired");
  if (operation.status === "COMPLETED") {
    await inShop(context.database, shop, (tx) =>
      updateImport(tx, run.id, { status: "reading", ...counted(run, operation) }),
    );
    if (operation.url !== null) {
      const size = operation.fileSize === null ? null : Number(operation.fileSize);
      await readBulkFile(shop, run, { url: operation.url, size }, context);
    }
    return finishPhase(shop, run, context);
  }
  if (operation.status === "CREATED" || operation.status === "RUNNING" || operation.status === "CANCELING") {
    await inShop(context.database, shop, async (tx) => {
      await updateImport(tx, run.id, { status: "running-at-shopify", ...counted(run, operation) });
      await enqueue(tx, "continue-import", {}, { delaySeconds: POLL_SECONDS });
    });
    return false;
  }
  // Shopify says the same where a scope is missing and where it runs no bulk operations for us: a page tells.
  if (operation.errorCode === "ACCESS_DENIED") return startPages(shop, run, context);
  throw new ImportFailed(failureOf(operation));
}

async function startPhase(shop: ShopDomain, run: ImportRunRow, context: FlowContext): Promise<boolean> {
  let operation: Awaited<ReturnType<typeof context.gateway.startBulk>>;
  try {
    operation = await context.gateway.startBulk(shop, run.phase, { withOwn: true });
  } catch (error) {
    if (!isBulkRefused(error)) throw error;
    return startPages(shop, run, context);
  }
  await inShop(context.database, shop, async (tx) => {
    await updateImport(tx, run.id, {
      status: "running-at-shopify",
      bulkOperationId: operation.id,
      bulkCreatedAt: new Date(operation.createdAt),
      byteOffset: 0n,
    });
    await clearNotices(tx, ["bulk-not-enabled"]);
  });
  return true;
}

async function startPages(shop: ShopDomain, run: ImportRunRow, context: FlowContext): Promise<boolean> {
  const began = { bulkOperationId: null, bulkCreatedAt: context.now(), byPages: true, pageCursor: null };
  await inShop(context.database, shop, (tx) => updateImport(tx, run.id, { status: "reading", ...began }));
  return true;
}

async function finishPhase(shop: ShopDomain, run: ImportRunRow, context: FlowContext): Promise<boolean> {
  const next = NEXT_PHASE[run.phase];
  if (next === null) {
    await settleImport(shop, run, context);
    await reportUnreadOrders(shop, context);
  }
  await inShop(context.database, shop, async (tx) => {
    if (next !== null) {
      const fresh = { bulkOperationId: null, byteOffset: 0n, byPages: false, pageCursor: null };
      await updateImport(tx, run.id, { status: "waiting", phase: next, ...fresh });
      return;
    }
    await updateImport(tx, run.id, { status: "done", finishedAt: context.now(), ordersToRead: 0 });
    await enqueue(tx, "mine-associations");
    context.log.info({ shop }, "import finished");
  });
  return next !== null;
}

function counted(run: ImportRunRow, operation: BulkOperation): Partial<ImportRunRow> {
  return run.phase === "orders" ? { ordersTotal: Number(operation.rootObjectCount) } : {};
}

/** An end that another try would not change. */
class ImportFailed extends Error {
  readonly code: ImportErrorCode;

  constructor(code: ImportErrorCode) {
    super(`The import failed: ${code}`);
    this.name = "ImportFailed";
    this.code = code;
  }
}

function failureOf(operation: BulkOperation): ImportErrorCode {
  if (operation.status === "EXPIRED") return "expired";
  return operation.errorCode === "TIMEOUT" ? "timeout" : "shopify-error";
}

/** Ends the import with a code where trying again is of no use; otherwise throws on, and the job is tried again. */
async function giveUp(shop: ShopDomain, run: ImportRunRow, error: unknown, context: FlowContext): Promise<false> {
  const code = codeOf(error);
  if (code === null) throw error;
  context.log.warn({ shop, code }, "import failed");
  await inShop(context.database, shop, (tx) =>
    updateImport(tx, run.id, { status: "failed", errorCode: code, finishedAt: context.now() }),
  );
  const notice = noticeOf(error);
  const proof = run.phase === "orders" ? "reconcile" : "refresh-catalogue";
  if (notice !== null) await raiseNotice(shop, notice.code, { ...notice.details, job: proof }, context);
  return false;
}

function codeOf(error: unknown): ImportErrorCode | null {
  if (error instanceof ImportFailed) return error.code;
  if (error instanceof AccessDenied) return isMissingScope(error) ? "access-denied" : "shop-closed";
  if (error instanceof BulkFileBroken) return "file-broken";
  return error instanceof UserErrors && !isBusy(error) ? "shopify-error" : null;
}

/** Whether Shopify runs no bulk operation for us, now and later. */
export function isBulkRefused(error: unknown): boolean {
  return isMissingScope(error) || (error instanceof UserErrors && !isBusy(error));
}

/** Too many bulk operations of ours are running: one of them ends. */
function isBusy({ errors }: UserErrors): boolean {
  return errors.some(({ code }) => BUSY.has(code ?? ""));
}
