import type { ShopDomain } from "../../domain/ids.ts";
import type { Money } from "../../domain/money/money.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveApart } from "../../persistence/settings/settings.ts";
import { AccessDenied } from "../../shopify/client/errors.ts";
import { readFreeShippingFrom } from "../../shopify/readers/shipping-thresholds.ts";
import type { FlowContext } from "../context.ts";

/**
 * Reads from which amounts the shop's own settings ship free, and keeps them as a proposal for the goal (F8). They
 * are never used unasked: thresholds differ by market and profile, and a merchant knows which one counts.
 */
export async function readShippingThresholds(shop: ShopDomain, context: FlowContext): Promise<readonly Money[]> {
  let thresholds: readonly Money[];
  try {
    thresholds = await readFreeShippingFrom(context.gateway.client, shop);
  } catch (error) {
    if (!(error instanceof AccessDenied && error.problem === "missing-scope")) throw error;
    // Without the scope there is nothing to propose; everything else works.
    context.log.warn({ shop }, "shipping settings cannot be read");
    thresholds = [];
  }
  const shippingThresholds = thresholds.map(({ currency, amountMinor }) => ({ currency, amountMinor }));
  await inShop(context.database, shop, (tx) => saveApart(tx, { shippingThresholds }));
  return thresholds;
}
