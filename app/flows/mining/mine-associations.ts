import type * as MiningTasks from "./mining-task.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { learningDueAt } from "../../domain/mining/evidence/learning-due.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { noteLearning, readLastLearning, startMiningRun } from "../../persistence/mining/lists/mining-runs.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { countBrowsing } from "./count-browsing.ts";
import type { LearningOutcome } from "./learn-lists.ts";

// Only the worker process mines, and it runs this file as it is: no build moves it.
const MINING = new URL("./mining-task.ts", import.meta.url);

/**
 * A complete run: counts browsing of the last days and all stored orders from scratch, chooses the ranking by them, learns the lists and has what
 * changed published. Runs on a thread with its own connections, so that nothing else in this
 * process waits. A run that ends half-way leaves the earlier lists, and is repeated as a whole.
 */
export async function mineAssociations(shop: ShopDomain, context: FlowContext): Promise<void> {
  const now = context.now();
  const run = await inShop(context.database, shop, (tx) => startMiningRun(tx, now));
  await countBrowsingIfPossible(shop, context);
  await mineInThread(shop, run, context);
  await inShop(context.database, shop, (tx) => enqueue(tx, "announce-suggestions"));
  await inShop(context.database, shop, (tx) => enqueue(tx, "find-upgrades"));
  await inShop(context.database, shop, (tx) => enqueue(tx, "learn-customers"));
}

/** Orders are learnt from with what was counted before where events cannot be read now. */
async function countBrowsingIfPossible(shop: ShopDomain, context: FlowContext): Promise<void> {
  try {
    const { days } = await countBrowsing(shop, context);
    context.log.info({ shop, days }, "browsing counted");
  } catch (error) {
    context.log.error(
      { shop, message: error instanceof Error ? error.message : String(error) },
      "browsing not counted",
    );
  }
}

/**
 * Learns the lists again after orders came. Postpones the job while the pause after the last learning has not passed.
 */
export async function learnAssociations(
  shop: ShopDomain,
  context: FlowContext,
): Promise<{ code: LearningOutcome["code"] | "put-off" }> {
  const wait = await inShop(context.database, shop, async (tx) => {
    const learnt = (await readLastLearning(tx))?.learnt ?? null;
    const past = learnt === null ? null : { endedAt: learnt.endedAt.getTime(), took: learnt.milliseconds };
    const milliseconds = learningDueAt(past) - context.now().getTime();
    if (milliseconds > 0) await enqueue(tx, "learn-associations", {}, { delaySeconds: milliseconds / 1000 });
    return milliseconds;
  });
  if (wait > 0) return { code: "put-off" };
  return mineInThread(shop, null, context);
}

async function mineInThread(shop: ShopDomain, run: bigint | null, context: FlowContext): Promise<LearningOutcome> {
  const { database, log, now, runInThread } = context;
  const startedAt = now().getTime();
  const task = { databaseUrl: database.url, shop, now: startedAt, run };
  const outcome = await runInThread<typeof MiningTasks, "mineShop">(MINING, "mineShop", task);
  const milliseconds = now().getTime() - startedAt;
  if (outcome.code !== "learnt") {
    log.info({ shop, reason: outcome.code }, "nothing learnt");
    return outcome;
  }
  if (run === null) await inShop(database, shop, (tx) => noteLearning(tx, now(), milliseconds));
  const { chosen, listsWritten, baskets, products, ranker } = outcome;
  log.info({ shop, baskets, products, ranker, chosen, listsWritten, milliseconds }, "lists learnt");
  return outcome;
}
