import type * as UpgradeTasks from "./store-upgrades.ts";
import type { ShopDomain } from "../../../domain/ids.ts";
import { offersOf } from "../../../domain/offers/offer-types.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import { shopStays } from "../../../persistence/shop/shops.ts";
import { startUpgradeRun } from "../../../persistence/mining/upgrades/upgrades.ts";
import { readActiveOffers } from "../../../persistence/offers/offer-rows.ts";
import { markTypeDue } from "../../../persistence/publishing/publish-due.ts";
import { enqueue } from "../../../queue/enqueue.ts";
import type { FlowContext } from "../../context.ts";
import type { UpgradesOutcome } from "./store-upgrades.ts";

// Only the worker process finds upgrades, and it runs this file as it is: no build moves it.
const UPGRADES = new URL("./store-upgrades.ts", import.meta.url);

/**
 * Finds what could be offered in place of each product, from all stored baskets and the catalogue. The work is done in
 * a thread of its own with connections of its own, so that nothing else in this process waits for it. A run that ends
 * half-way leaves what was found before. Where a running offer shows upgrades, they are published.
 */
export async function findUpgrades(shop: ShopDomain, context: FlowContext): Promise<UpgradesOutcome> {
  const now = context.now();
  const isInstalled = await inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return false;
    await startUpgradeRun(tx, now);
    return true;
  });
  if (!isInstalled) return { code: "unknown-shop" };
  const outcome = await context.runInThread<typeof UpgradeTasks, "storeShopUpgrades">(UPGRADES, "storeShopUpgrades", {
    databaseUrl: context.database.url,
    shop,
    now: now.getTime(),
  });
  if (outcome.code === "found") {
    await inShop(context.database, shop, async (tx) => {
      await enqueue(tx, "gather-playbook-evidence");
      if (offersOf("upgrade", await readActiveOffers(tx)).length === 0) return;
      await markTypeDue(tx, "upgrade");
      await enqueue(tx, "publish-offers");
    });
  }
  context.log.info({ shop, ...outcome }, "upgrades found");
  return outcome;
}
