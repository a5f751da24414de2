import type { ShopDomain } from "../../../domain/ids.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import { changeExperiment, findExperiment } from "../../../persistence/measurement/experiment-rows.ts";
import { holdShop } from "../../../persistence/shop/shops.ts";
import { recordActivity } from "../../activity/record-activity.ts";
import type { FlowContext } from "../../context.ts";
import { requestPublish } from "../../publishing/request-publish.ts";
import type { ExperimentAnswer } from "../../../views/experiment-answer.ts";
import { type SeenExperiment, seenRefusal } from "./experiment-answers.ts";
import { planStart } from "./plan-start.ts";

/**
 * Starts a draft: from now on shoppers are split. What it takes to end it is set here, from what the shop sells now, and
 * does not change. Refused in full where anything is missing.
 */
export function startExperiment(
  shop: ShopDomain,
  { number, version }: SeenExperiment,
  context: FlowContext,
): Promise<ExperimentAnswer> {
  return inShop(context.database, shop, async (tx): Promise<ExperimentAnswer> => {
    await holdShop(tx);
    const row = await findExperiment(tx, number);
    const refused = seenRefusal(row, { number, version }, "draft");
    if (row === null || refused !== null) return refused ?? { code: "not-found" };
    const now = context.now();
    const planned = await planStart(tx, row, now);
    if ("reason" in planned) return { code: "refused", refusal: planned };
    const { plan, place } = planned;
    await changeExperiment(tx, number, { status: "running", startedAt: now, plan, ...place }, now);
    await requestPublish(tx, now, 0);
    const { name } = row.content;
    await recordActivity(tx, context, { kind: "experiment-started", experiment: { number, name } });
    return { code: "saved", number, version: version + 1 };
  });
}
