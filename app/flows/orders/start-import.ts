import { composition } from "../../composition.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { createImport, latestImport } from "../../persistence/orders/import-runs.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../jobs.ts";

/** Starts an import of the whole catalogue and order history, unless one is under way. */
export function startImport(
  shop: ShopDomain,
  context: FlowContext = composition(),
): Promise<{ code: "started" | "already-running" }> {
  return inShop(context.database, shop, async (tx) => {
    // Two clicks, or a click beside the first install's job, would otherwise both find none under way.
    await holdShop(tx);
    const latest = await latestImport(tx);
    const underWay = latest !== null && latest.status !== "done" && latest.status !== "failed";
    if (!underWay) await createImport(tx, context.now());
    // An import that lost its job (a database that was restored, say) goes on with this one.
    await enqueue(tx, "continue-import", {}, { key: "import" });
    return { code: underWay ? "already-running" : "started" };
  });
}
