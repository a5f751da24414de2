import type { TaskList } from "graphile-worker";
import { z } from "zod";
import { shopDomain, type ShopDomain } from "../domain/ids.ts";
import type { FlowContext } from "../flows/context.ts";
import { scheduleNightlyWork } from "../flows/shop/schedule-nightly-work.ts";
import { scheduleWatching } from "../flows/shop/schedule-watching.ts";
import { moveEvents } from "../flows/measurement/move-events.ts";
import { noticeOf, raiseNotice } from "../flows/notices/raise-notice.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { clearAccessNotices } from "../persistence/shop/notices.ts";
import { findShop } from "../persistence/shop/shops.ts";
import {
  EVENTS_TASK,
  JOB_NAMES,
  JOBS,
  NEXT_MOVE_SECONDS,
  NIGHTLY_TASK,
  WATCH_TASK,
  type JobName,
  type ParsedJobPayload,
} from "../queue/job-definitions.ts";
import { AccessDenied, AuthenticationFailed, OperationRefused, UserErrors } from "../shopify/client/errors.ts";
import { HANDLERS } from "./handlers.ts";

/** The tasks that the queue calls: one per job, those that add jobs of every shop, and the one for events. */
export function createTasks(context: FlowContext): TaskList {
  return {
    ...Object.fromEntries(JOB_NAMES.map((name) => [name, (payload: unknown) => runJob(name, payload, context)])),
    [NIGHTLY_TASK]: () => scheduleNightlyWork(context),
    [WATCH_TASK]: () => scheduleWatching(context),
    [EVENTS_TASK]: async (_, { addJob }) => {
      const { moved } = await moveEvents(context);
      const seconds = moved > 0 ? NEXT_MOVE_SECONDS.afterEvents : NEXT_MOVE_SECONDS.afterNone;
      // The queue goes by the real time, whatever the context's clock says.
      const runAt = new Date(Date.now() + seconds * 1000);
      await addJob(EVENTS_TASK, {}, { jobKey: EVENTS_TASK, runAt, maxAttempts: 1 });
    },
  };
}

const anyShop = z.object({ shop: z.string().transform(shopDomain) });

/**
 * Runs one job. Returns where trying again is of no use (the shop is gone, Shopify refuses what is asked), with a
 * line in the log; throws where it is, and the queue tries again with growing pauses.
 */
export async function runJob(name: JobName, payload: unknown, context: FlowContext): Promise<void> {
  const { shop } = anyShop.parse(payload);
  if (!JOBS[name].runsAfterUninstall && !(await isInstalled(shop, context))) {
    context.log.info({ job: name }, "job skipped: the shop is gone");
    return;
  }
  try {
    await handle(name, shop, payload, context);
  } catch (error) {
    const reason = permanentReason(error);
    if (reason === null) throw error;
    context.log.error({ shop, job: name, reason, message: (error as Error).message }, "job failed for good");
    const notice = noticeOf(error);
    if (notice !== null) await raiseNotice(shop, notice.code, { ...notice.details, job: PROOF[name] ?? name }, context);
    return;
  }
  if (SPEAKS_TO_SHOPIFY.has(name)) {
    await inShop(context.database, shop, (tx) => clearAccessNotices(tx, name));
  }
}

function handle<Name extends JobName>(name: Name, shop: ShopDomain, payload: unknown, context: FlowContext) {
  return HANDLERS[name](shop, JOBS[name].payload.parse(payload) as ParsedJobPayload<Name>, context);
}

/** Jobs whose success shows that Shopify lets us in: all that run rarely. */
const SPEAKS_TO_SHOPIFY: ReadonlySet<JobName> = new Set([
  "publish-offers",
  "publish-customers",
  "refresh-shop",
  "refresh-catalogue",
  "reconcile",
]);
/** Which of those needs the same scopes as a job that runs often. */
const PROOF: Partial<Record<JobName, JobName>> = {
  "start-import": "refresh-shop",
  "sync-orders": "reconcile",
  "sync-product": "refresh-catalogue",
};

async function isInstalled(shop: ShopDomain, context: FlowContext): Promise<boolean> {
  return (await inShop(context.database, shop, findShop)) !== null;
}

function permanentReason(error: unknown): string | null {
  if (error instanceof UserErrors) return "user-errors";
  if (error instanceof AuthenticationFailed) return "authentication";
  if (error instanceof AccessDenied) return "access-denied";
  return error instanceof OperationRefused ? "operation-refused" : null;
}
