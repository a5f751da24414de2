import type { Activity } from "../../domain/shop/activity.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { saveActivities } from "../../persistence/shop/activities.ts";
import type { FlowContext } from "../context.ts";

/** Adds to the shop's log what the member of staff who asks has changed, in the transaction that changes it. */
export function recordActivity(
  tx: ShopTransaction,
  { staff, now }: Pick<FlowContext, "staff" | "now">,
  ...activities: readonly Activity[]
): Promise<void> {
  return saveActivities(tx, activities, { userId: staff ?? null, at: now() });
}
