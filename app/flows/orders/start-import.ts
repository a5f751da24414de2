import type { ShopDomain } from "../../domain/ids.ts";
import { createImport, type ImportRunRow, latestImport } from "../../persistence/orders/import-runs.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";

/**
 * Starts the import of the whole catalogue and order history, unless one is under way or has been made: asked for any
 * number of times, it is made once. After a failure it starts again.
 */
export function startImport(
  shop: ShopDomain,
  context: FlowContext,
): Promise<{ code: "started" | "already-running" | "already-done" }> {
  return inShop(context.database, shop, async (tx) => {
    // Two clicks, or a click beside the first install's job, would otherwise both find none under way.
    await holdShop(tx);
    const latest = await latestImport(tx);
    if (latest?.status === "done") return { code: "already-done" };
    const underWay = isUnderWay(latest);
    if (!underWay) await createImport(tx, context.now());
    // An import that lost its job (a database that was restored, say) goes on with this one.
    await enqueue(tx, "continue-import");
    return { code: underWay ? "already-running" : "started" };
  });
}

/**
 * The import of a shop that has just been installed, or that may now read more of its history: noted at once, so that
 * pages show it from the first second, and carried out by a job that learns about the shop first.
 */
export async function beginImport(tx: ShopTransaction, now: Date): Promise<void> {
  await holdShop(tx);
  if (!isUnderWay(await latestImport(tx))) await createImport(tx, now);
  await enqueue(tx, "start-import");
}

function isUnderWay(run: ImportRunRow | null): boolean {
  return run !== null && run.status !== "done" && run.status !== "failed";
}
