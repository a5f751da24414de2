import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { deleteDismissed, saveDismissed } from "../../persistence/playbooks/dismissed-proposals.ts";
import type { FlowContext } from "../context.ts";
import { readProposal } from "./read-proposals.ts";

/**
 * Keeps a proposed offer from being proposed again. `not-found` where it is not proposed: only ids of proposals are
 * stored, so what is sent cannot fill the table.
 */
export function dismissProposal(
  shop: ShopDomain,
  id: string,
  context: FlowContext,
): Promise<{ code: "dismissed" } | { code: "not-found" }> {
  return inShop(context.database, shop, async (tx) => {
    if ((await readProposal(tx, id, context.now())) === null) return { code: "not-found" };
    await saveDismissed(tx, id, context.now());
    return { code: "dismissed" };
  });
}

/** Has a dismissed offer proposed again, as long as there is evidence for it. */
export function restoreProposal(shop: ShopDomain, id: string, context: FlowContext): Promise<{ code: "restored" }> {
  return inShop(context.database, shop, async (tx) => {
    await deleteDismissed(tx, id);
    return { code: "restored" };
  });
}
