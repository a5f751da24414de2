import type { ShopDomain } from "../../domain/ids.ts";
import type { FreeRate } from "../../domain/offers/free-rate.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readShopSettings, saveApart } from "../../persistence/settings/settings.ts";
import { isMissingScope } from "../../shopify/client/errors.ts";
import { readFreeShipping } from "../../shopify/readers/free-shipping-rates.ts";
import type { FlowContext } from "../context.ts";
import { reportRateDifferences } from "../publishing/report-rate-differences.ts";

/**
 * Reads from which amounts, and to which countries, the shop's own settings ship free, and keeps them as a proposal for
 * the goal. They are never used unasked: a merchant knows which one counts.
 */
export async function readShippingRates(shop: ShopDomain, context: FlowContext): Promise<readonly FreeRate[]> {
  let rates: readonly FreeRate[];
  try {
    const free = await readFreeShipping(context.gateway.client, shop);
    if (free.isPartial) context.log.warn({ shop }, "more shipping zones or rates than are read");
    rates = free.rates;
  } catch (error) {
    if (!isMissingScope(error)) throw error;
    // Without the scope there is nothing to propose; everything else works.
    context.log.warn({ shop }, "shipping settings cannot be read");
    rates = [];
  }
  await inShop(context.database, shop, async (tx) => {
    const { shippingRates: before } = await readShopSettings(tx);
    await saveApart(tx, { shippingRates: rates });
    await reportRateDifferences(tx, before, context.now());
  });
  return rates;
}
