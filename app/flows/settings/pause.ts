import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveApart } from "../../persistence/settings/settings.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { requestPublish } from "../publishing/request-publish.ts";

/**
 * Takes everything off the storefront, the cart and checkout, discounts included, or brings it back as it was set.
 * Settings, pins and blocks stay; learning goes on.
 */
export function setPaused(
  shop: ShopDomain,
  paused: boolean,
  context: FlowContext,
): Promise<{ code: "paused" | "resumed" }> {
  return inShop(context.database, shop, async (tx) => {
    await holdShop(tx);
    await saveApart(tx, { paused });
    await recordActivity(tx, context, { kind: paused ? "everything-paused" : "everything-resumed" });
    await requestPublish(tx, context.now(), 0);
    return { code: paused ? "paused" : "resumed" };
  });
}
