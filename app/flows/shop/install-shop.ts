import type { ShopDomain } from "../../domain/ids.ts";
import { wasForgotten } from "../../persistence/customers/redactions.ts";
import { latestImport } from "../../persistence/orders/import-runs.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { raiseNotice } from "../../persistence/shop/notices.ts";
import { saveShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { hashOfShop } from "../customers/shop-hash.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { makeFirstOffers } from "../offers/make-first-offers.ts";
import { beginImport } from "../orders/start-import.ts";
import { permissionsOf } from "./permissions.ts";

/**
 * After a merchant signed in: learns what the shop is, and starts the import where none was ever made, or where Shopify
 * has opened more of the history since. Called at every sign-in; only the first one does more than look.
 */
export async function installShop(shop: ShopDomain, context: FlowContext): Promise<void> {
  const askedAt = context.now();
  const { scopes, ...facts } = await context.gateway.shopDetails(shop);
  const isFirst = await inShop(context.database, shop, async (tx) => {
    const { isNew, seesMore } = await saveShop(tx, { ...facts, ...permissionsOf(scopes) }, askedAt);
    await makeFirstOffers(tx, askedAt);
    if (isNew || seesMore || (await latestImport(tx)) === null) await beginImport(tx, context.now());
    else await enqueue(tx, "publish-offers");
    if (isNew) context.log.info({ shop }, "shop installed");
    return isNew;
  });
  if (isFirst) await noticeEarlierInstall(shop, context);
}

/** Says to staff of a shop that comes back that nothing is left of what was there before. */
async function noticeEarlierInstall(shop: ShopDomain, { database, hashKey, now }: FlowContext): Promise<void> {
  if (!(await wasForgotten(database, hashOfShop(shop, hashKey)))) return;
  await inShop(database, shop, (tx) => raiseNotice(tx, "installed-again", {}, now()));
}
