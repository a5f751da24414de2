import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { isAnyRunning } from "../../persistence/measurement/experiment-rows.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { reportRateDifferences } from "../publishing/report-rate-differences.ts";
import { reportUnallowedCredit } from "../publishing/report-unallowed-credit.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { publishOnSchedule } from "../publishing/publish-on-schedule.ts";

/**
 * Has what a person changed about offers published at once, and again when a schedule says so. Compares goals with the shop's
 * own shipping rates, and store credit with the app's permission. An experiment that compares one of them may have to end.
 */
export async function offersChanged(tx: ShopTransaction, now: Date): Promise<void> {
  await requestPublish(tx, now, 0);
  await publishOnSchedule(tx, now);
  const { shippingRates } = await readShopSettings(tx);
  await reportRateDifferences(tx, shippingRates, now);
  await reportUnallowedCredit(tx, now);
  if (await isAnyRunning(tx)) await enqueue(tx, "measure-experiments");
}
