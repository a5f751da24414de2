import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import type { Exclusion } from "../../domain/offers/exclusion.ts";
import { reviseSuggestionsOf } from "../../persistence/publishing/customer-suggestions.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveExclusion } from "../../persistence/offers/exclusions.ts";
import { productExists } from "../../persistence/catalogue/products.ts";
import { markAffectedDue } from "../../persistence/publishing/publish-due.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { enqueue } from "../../queue/enqueue.ts";

export type ExclusionOutcome =
  /** `before` is what an undo goes back to. */
  { code: "ok"; before: Exclusion } | { code: "unknown-product" };

/**
 * Keeps a person's word about a product as a whole: suggested with nothing, nothing suggested with it, both, or
 * neither any more. It holds everywhere at once: lists of products and of segments, the cart, checkout, what customers'
 * histories add, and upgrades. Pins of the product stay stored and count again once it is allowed.
 */
export function excludeProduct(
  shop: ShopDomain,
  product: ProductId,
  exclusion: Exclusion,
  context: FlowContext,
): Promise<ExclusionOutcome> {
  return inShop(context.database, shop, async (tx) => {
    if (!(await productExists(tx, [product]))) return { code: "unknown-product" };
    const before = await saveExclusion(tx, product, exclusion, context.now());
    await recordActivity(tx, context, { kind: activityOf(exclusion), product });
    await markAffectedDue(tx, [product]);
    await requestPublish(tx, context.now(), 0);
    if (before.asCompanion !== exclusion.asCompanion && (await reviseSuggestionsOf(tx, product)) > 0) {
      await enqueue(tx, "publish-customers");
    }
    return { code: "ok", before };
  });
}

function activityOf({ asTrigger, asCompanion }: Exclusion) {
  if (asTrigger && asCompanion) return "product-excluded";
  if (asTrigger) return "product-excluded-as-trigger";
  return asCompanion ? "product-excluded-as-companion" : "product-allowed";
}
