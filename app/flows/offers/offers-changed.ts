import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { publishOnSchedule } from "../publishing/publish-on-schedule.ts";

/** Has what a person changed about offers published at once, and again when a schedule says so. */
export async function offersChanged(tx: ShopTransaction, now: Date): Promise<void> {
  await requestPublish(tx, now, 0);
  await publishOnSchedule(tx, now);
}
