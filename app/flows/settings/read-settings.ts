import type { ShopDomain } from "../../domain/ids.ts";
import type { SettingsView } from "../../views/settings-view.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/** What the settings page shows. */
export function readSettings(shop: ShopDomain, context: FlowContext): Promise<SettingsView> {
  return inShop(context.database, shop, async (tx) => {
    const known = await theShop(tx);
    const { shippingRates: _, reset, ...settings } = await readShopSettings(tx);
    return {
      shopCurrency: known.currency,
      timezone: known.timezone,
      ...settings,
      reset: [...reset],
      publishedAt: known.publishedAt?.toISOString() ?? null,
      publishing: known.publishRequested !== null,
    };
  });
}
