import type { ShopDomain } from "../../../domain/ids.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import {
  changeExperiment,
  findExperiment,
  noteMeasuringAll,
} from "../../../persistence/measurement/experiment-rows.ts";
import { setStatus } from "../../../persistence/offers/offer-changes.ts";
import { readOffers } from "../../../persistence/offers/offer-rows.ts";
import { holdShop } from "../../../persistence/shop/shops.ts";
import { enqueue } from "../../../queue/enqueue.ts";
import { recordActivity } from "../../activity/record-activity.ts";
import type { FlowContext } from "../../context.ts";
import { offersChanged } from "../../offers/offers-changed.ts";
import { requestPublish } from "../../publishing/request-publish.ts";
import type { ExperimentAnswer } from "../../../views/experiment-answer.ts";
import { type SeenExperiment, seenRefusal } from "./experiment-answers.ts";

/**
 * Ends an experiment: nobody is split by it any more. `keep`: the number of the one of its offers that goes on being shown,
 * 0 for none of them, null for all; the others are paused. Before the last look the figures end now, and the verdict is
 * that of a look at this moment.
 */
export function stopExperiment(
  shop: ShopDomain,
  { number, version }: SeenExperiment,
  keep: number | null,
  context: FlowContext,
): Promise<ExperimentAnswer> {
  return inShop(context.database, shop, async (tx): Promise<ExperimentAnswer> => {
    await holdShop(tx);
    const row = await findExperiment(tx, number);
    const refused = seenRefusal(row, { number, version }, "running");
    if (row === null || refused !== null) return refused ?? { code: "not-found" };
    const now = context.now();
    const isDecided = row.verdict !== null;
    const interruption = isDecided ? {} : { interruption: { at: now.getTime(), reason: "stopped" as const } };
    await changeExperiment(tx, number, { status: "ended", endedAt: now, ...interruption }, now);
    const { name, offers } = row.content;
    await recordActivity(tx, context, { kind: "experiment-stopped", experiment: { number, name } });
    if (keep !== null) {
      const paused = await setStatus(
        tx,
        offers.filter((offer) => offer !== keep),
        "paused",
        now,
      );
      const named = await readOffers(
        tx,
        paused.map((offer) => offer.number),
      );
      const about = named.map((offer) => ({ number: offer.number, type: offer.type, name: offer.name }));
      await recordActivity(tx, context, ...about.map((offer) => ({ kind: "offer-paused" as const, offer })));
      if (paused.length > 0) await offersChanged(tx, now);
    }
    await requestPublish(tx, now, 0);
    if (!isDecided) await measureSoon(tx, now);
    return { code: "saved", number, version: version + 1 };
  });
}

/** Has the experiments and the holdout looked at now instead of tonight. */
export function requestMeasuring(shop: ShopDomain, context: FlowContext): Promise<void> {
  return inShop(context.database, shop, (tx) => measureSoon(tx, context.now()));
}

async function measureSoon(tx: ShopTransaction, now: Date): Promise<void> {
  await noteMeasuringAll(tx, now);
  await enqueue(tx, "measure-experiments");
}
