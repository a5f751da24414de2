import type { ShopDomain } from "../../domain/ids.ts";
import { forgetSuggestions } from "../../persistence/publishing/customer-suggestions.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readShopSettings, saveShopSettings } from "../../persistence/settings/settings.ts";
import { findShop, saveShop } from "../../persistence/shop/shops.ts";
import { WRITE_CUSTOMERS } from "../../shopify/client/gateway.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { beginImport } from "../orders/start-import.ts";
import { reportUnallowedCredit } from "../publishing/report-unallowed-credit.ts";
import { readShippingRates } from "../settings/read-shipping-rates.ts";
import { permissionsOf } from "./permissions.ts";

/** Takes in what a merchant changed about the shop itself: name, currencies, timezone, scopes, shipping. */
export async function refreshShop(shop: ShopDomain, context: FlowContext): Promise<void> {
  const { known, settingsVersion } = await inShop(context.database, shop, async (tx) => ({
    known: await findShop(tx),
    settingsVersion: (await readShopSettings(tx)).version,
  }));
  if (known === null || known.uninstalledAt !== null) return;
  const askedAt = context.now();
  const { scopes, ...facts } = await context.gateway.shopDetails(shop);
  await inShop(context.database, shop, async (tx) => {
    const { seesMore } = await saveShop(tx, { ...facts, ...permissionsOf(scopes) }, askedAt);
    if (seesMore) await beginImport(tx, context.now());
    // Without the permission nothing can be published for customers or deleted: checkout is configured not to read it.
    // Settings that were saved since Shopify was asked rest on a later answer.
    const { useCustomerHistory, version } = await readShopSettings(tx);
    if (!scopes.includes(WRITE_CUSTOMERS) && useCustomerHistory && version === settingsVersion) {
      await saveShopSettings(tx, { useCustomerHistory: false });
      await forgetSuggestions(tx);
    }
    await reportUnallowedCredit(tx, askedAt);
    await enqueue(tx, "publish-offers");
    await enqueue(tx, "activate-pixel");
  });
  await readShippingRates(shop, context);
}
