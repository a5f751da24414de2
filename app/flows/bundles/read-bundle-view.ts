import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readBundleRows } from "../../persistence/offers/made-bundles.ts";
import { concernsWholeShop, OperationRefused } from "../../shopify/client/errors.ts";
import { readEligibility } from "../../shopify/publisher/bundle-product.ts";
import type { BundleView } from "../../views/offer-editor-view.ts";
import type { FlowContext } from "../context.ts";
import { readWantedBundles } from "./wanted-bundle.ts";

/** Whether the shop can have bundles, by Shopify's word of this moment, and how far the product of one is. */
export async function readBundleView(
  shop: ShopDomain,
  number: number | null,
  context: FlowContext,
): Promise<BundleView> {
  const eligibility = await askEligibility(shop, context);
  const { wanted, row } = await inShop(context.database, shop, async (tx) => ({
    wanted: number === null ? undefined : (await readWantedBundles(tx, context.now())).get(number),
    row: number === null ? undefined : (await readBundleRows(tx)).get(number),
  }));
  const fault = row?.fault?.version === wanted?.offer.version ? (row?.fault ?? null) : null;
  return {
    ...eligibility,
    state: stateOf(),
    fault: fault && { code: fault.code, reason: fault.reason },
    areComponentsGone: wanted !== undefined && wanted.parts === null,
  };

  function stateOf(): BundleView["state"] {
    if (fault !== null || wanted === undefined) return "none";
    if (row?.forSale === true && row.done === wanted.fingerprint) return "for-sale";
    return wanted.status === "ACTIVE" ? "making" : (row?.made ?? null) === null ? "none" : "draft";
  }
}

/** Null where Shopify gives no answer now. */
async function askEligibility(
  shop: ShopDomain,
  { gateway }: FlowContext,
): Promise<Pick<BundleView, "eligible" | "reason">> {
  try {
    return await readEligibility(gateway.client, shop);
  } catch (error) {
    if (!concernsWholeShop(error) && !(error instanceof OperationRefused)) throw error;
    return { eligible: null, reason: null };
  }
}
