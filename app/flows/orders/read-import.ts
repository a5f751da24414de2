import type { ShopDomain } from "../../domain/ids.ts";
import type { ImportView } from "../../views/home-view.ts";
import { firstOrderAt, latestImport } from "../../persistence/orders/import-runs.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { findShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/** How far the shop's latest import is; null before the first. */
export function readImport(shop: ShopDomain, context: FlowContext): Promise<ImportView | null> {
  return inShop(context.database, shop, importView);
}

export async function importView(tx: ShopTransaction): Promise<ImportView | null> {
  const run = await latestImport(tx);
  if (run === null) return null;
  const { allOrders = true } = (await findShop(tx)) ?? {};
  return {
    status: run.status,
    ordersStored: run.ordersStored,
    ordersTotal: run.ordersTotal,
    linesStored: run.linesStored,
    ordersToRead: run.ordersToRead ?? 0,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    historyFrom: (await firstOrderAt(tx))?.toISOString() ?? null,
    truncated: !allOrders,
    errorCode: run.errorCode,
  };
}
