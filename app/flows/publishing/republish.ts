import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { forgetDigests } from "../../persistence/publishing/published.ts";
import { markEverythingDue } from "../../persistence/publishing/publish-due.ts";
import type { FlowContext } from "../context.ts";
import { requestPublish } from "./request-publish.ts";

/** Has everything sent again, whatever we believe Shopify holds. */
export function republish(shop: ShopDomain, context: FlowContext): Promise<{ code: "queued" }> {
  return inShop(context.database, shop, async (tx) => {
    await forgetDigests(tx);
    await markEverythingDue(tx);
    await requestPublish(tx, context.now(), 0);
    return { code: "queued" };
  });
}
