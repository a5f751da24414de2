import type { ShopDomain } from "../../../domain/ids.ts";
import { experimentContent } from "../../../domain/measurement/experiments/experiment.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import {
  addExperiment,
  changeExperiment,
  deleteDraft,
  findExperiment,
  readExperiments,
} from "../../../persistence/measurement/experiment-rows.ts";
import { holdShop } from "../../../persistence/shop/shops.ts";
import { recordActivity } from "../../activity/record-activity.ts";
import type { FlowContext } from "../../context.ts";
import type { ExperimentAnswer } from "../../../views/experiment-answer.ts";
import { type SeenExperiment, seenRefusal } from "./experiment-answers.ts";

/** Far more than a person reads. */
const MOST_EXPERIMENTS = 500;

/** Saves a draft, a new one where `seen` is null. `content` is what the form sent, whatever that is. */
export function saveExperiment(
  shop: ShopDomain,
  seen: SeenExperiment | null,
  content: unknown,
  context: FlowContext,
): Promise<ExperimentAnswer> {
  return inShop(context.database, shop, async (tx): Promise<ExperimentAnswer> => {
    await holdShop(tx);
    const parsed = experimentContent.parse(content);
    if (!parsed.ok) {
      return { code: "invalid", errors: Object.fromEntries(parsed.refusals.map(({ path, code }) => [path, code])) };
    }
    const { name } = parsed.value;
    if (seen === null) {
      if ((await readExperiments(tx)).length >= MOST_EXPERIMENTS) return { code: "too-many" };
      const number = await addExperiment(tx, parsed.value, context.now());
      await recordActivity(tx, context, { kind: "experiment-created", experiment: { number, name } });
      return { code: "saved", number, version: 1 };
    }
    const stored = await findExperiment(tx, seen.number);
    const refusal = seenRefusal(stored, seen, "draft");
    if (refusal !== null) return refusal;
    await changeExperiment(tx, seen.number, { content: parsed.value }, context.now());
    await recordActivity(tx, context, { kind: "experiment-edited", experiment: { number: seen.number, name } });
    return { code: "saved", number: seen.number, version: seen.version + 1 };
  });
}

/** Deletes a draft. */
export function deleteExperiment(
  shop: ShopDomain,
  seen: SeenExperiment,
  context: FlowContext,
): Promise<ExperimentAnswer> {
  return inShop(context.database, shop, async (tx): Promise<ExperimentAnswer> => {
    await holdShop(tx);
    const { number } = seen;
    const stored = await findExperiment(tx, number);
    const refusal = seenRefusal(stored, seen, "draft");
    if (stored === null || refusal !== null) return refusal ?? { code: "not-found" };
    await deleteDraft(tx, number);
    const { name } = stored.content;
    await recordActivity(tx, context, { kind: "experiment-deleted", experiment: { number, name } });
    return { code: "deleted" };
  });
}
