import { Worker } from "node:worker_threads";
import type { ShopDomain } from "../../../domain/ids.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import { shopStays } from "../../../persistence/shop/shops.ts";
import { startUpgradeRun } from "../../../persistence/mining/upgrades/upgrades.ts";
import type { FlowContext } from "../../context.ts";
import type { UpgradesOutcome } from "./store-upgrades.ts";

// Only the worker process finds upgrades, and it runs these files as they are: no build moves them.
const THREAD = new URL("./upgrades-thread.ts", import.meta.url);

/** What the thread is told. */
export interface FindingOrder {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  /** What the clock says, milliseconds since 1970 UTC. */
  readonly now: number;
}

/**
 * Finds what could be offered in place of each product, from all stored baskets and the catalogue. The work is done in
 * a thread of its own with connections of its own, so that nothing else in this process waits for it. A run that ends
 * half-way leaves what was found before.
 */
export async function findUpgrades(shop: ShopDomain, context: FlowContext): Promise<UpgradesOutcome> {
  const now = context.now();
  const isInstalled = await inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return false;
    await startUpgradeRun(tx, now);
    return true;
  });
  if (!isInstalled) return { code: "unknown-shop" };
  const outcome = await findInThread({ databaseUrl: context.database.url, shop, now: now.getTime() });
  context.log.info({ shop, ...outcome }, "upgrades found");
  return outcome;
}

function findInThread(order: FindingOrder): Promise<UpgradesOutcome> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { workerData: order });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`The thread that finds upgrades ended with code ${code}`)));
  });
}
