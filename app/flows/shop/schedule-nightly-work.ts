import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { forgetFailedJobs } from "../../persistence/database/job-queue.ts";
import { forgetUnprovenAnswers } from "../../persistence/measurement/answers.ts";
import { resealTokens } from "../../persistence/shop/sessions.ts";
import { installedShops } from "../../persistence/shop/shops.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FlowContext } from "../context.ts";
import { readUnknownDiscounts } from "../orders/read-unknown-discounts.ts";
import { forgetOldDataRequests } from "../customers/data-requests.ts";
import { keepEventDays } from "../measurement/move-events.ts";
import { requestSettling } from "../store-credit/request-settling.ts";
import { forgetOldTriggers } from "../triggers/send-trigger.ts";
import { forgetOldActivity } from "../activity/read-activity.ts";

/** Failed jobs are kept for a week, long enough to look into them. */
const KEEP_FAILED_JOBS_MS = 7 * DAY_MS;

/** Orders are read minutes after they are placed; hours where Shopify's deliveries were lost. */
const PROOF_WITHIN_MS = 3 * DAY_MS;

/** Every night, for every shop: read shop and catalogue again, reconcile, add up, learn again, look at experiments. */
export async function scheduleNightlyWork(context: FlowContext): Promise<void> {
  const sealed = await resealTokens(context.database);
  if (sealed > 0) context.log.info({ sealed }, "tokens sealed with the newest key");
  const failed = await forgetFailedJobs(context.database, new Date(context.now().getTime() - KEEP_FAILED_JOBS_MS));
  if (failed > 0) context.log.info({ failed }, "failed jobs forgotten");
  await keepEventDays(context);
  for (const shop of await installedShops(context.database)) {
    await inShop(context.database, shop, async (tx) => {
      await forgetOldDataRequests(tx, context.now());
      await forgetOldActivity(tx, context.now());
      await forgetOldTriggers(tx, context.now());
      await forgetUnprovenAnswers(tx, new Date(context.now().getTime() - PROOF_WITHIN_MS));
      await enqueue(tx, "refresh-shop");
      await enqueue(tx, "refresh-catalogue", { bulkOperationId: null });
      await enqueue(tx, "reconcile");
      await enqueue(tx, "add-up-sales");
      await readUnknownDiscounts(tx, context.now());
      await enqueue(tx, "mine-associations");
      await enqueue(tx, "measure-experiments");
      await enqueue(tx, "judge-offers");
      await requestSettling(tx, context.now());
    });
  }
}
