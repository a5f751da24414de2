import type { ShopDomain } from "../domain/ids.ts";
import type { AdminClient } from "./admin-client.ts";
import { refuseUserErrors } from "./gateway.ts";
import {
  CREATE_DISCOUNT,
  FUNCTION_HANDLE,
  READ_DISCOUNT,
  UPDATE_DISCOUNT,
  type DiscountInput,
} from "./operations/discount.ts";

/** Both classes from the start: which of them does anything is the policy's say. */
const SHAPE: DiscountInput = {
  title: "Tsuide",
  discountClasses: ["PRODUCT", "SHIPPING"],
  combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
};

/**
 * Makes sure that the shop's one automatic discount of ours exists, and says its id and whether it is on. A merchant
 * may have deleted it: it is then made anew. One that a merchant has switched off stays off: that is a choice.
 */
export async function ensureDiscount(
  client: AdminClient,
  shop: ShopDomain,
  knownId: string | null,
  now: Date,
): Promise<{ id: string; active: boolean }> {
  if (knownId !== null) {
    const { discountNode } = await client.query(shop, READ_DISCOUNT, { id: knownId });
    if (discountNode?.discount.__typename === "DiscountAutomaticApp") {
      if (!hasBothClasses(discountNode.discount.discountClasses)) await restoreClasses(client, shop, knownId);
      return { id: knownId, active: discountNode.discount.status === "ACTIVE" };
    }
  }
  const discount = { ...SHAPE, functionHandle: FUNCTION_HANDLE, startsAt: now.toISOString() };
  const { discountAutomaticAppCreate } = await client.query(shop, CREATE_DISCOUNT, { discount });
  refuseUserErrors("discountAutomaticAppCreate", discountAutomaticAppCreate.userErrors);
  const made = discountAutomaticAppCreate.automaticAppDiscount;
  if (made === null) throw new Error("Shopify made no discount and named no error");
  return { id: made.discountId, active: made.status === "ACTIVE" };
}

function hasBothClasses(classes: readonly string[] | undefined): boolean {
  return SHAPE.discountClasses.every((one) => classes?.includes(one));
}

async function restoreClasses(client: AdminClient, shop: ShopDomain, id: string): Promise<void> {
  const { discountAutomaticAppUpdate } = await client.query(shop, UPDATE_DISCOUNT, { id, discount: SHAPE });
  refuseUserErrors("discountAutomaticAppUpdate", discountAutomaticAppUpdate.userErrors);
}
