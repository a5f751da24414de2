import { Worker } from "node:worker_threads";
import type { ShopDomain } from "../../domain/ids.ts";
import { learningDueAt } from "../../domain/mining/evidence/learning-due.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { noteLearning, readLastLearning, startMiningRun } from "../../persistence/mining/lists/mining-runs.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { LearningOutcome } from "./learn-lists.ts";

// Only the worker process mines, and it runs these files as they are: no build moves them.
const THREAD = new URL("./mining-thread.ts", import.meta.url);

/** The message that gives the mining thread its task. */
export interface MiningTask {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  /** The present time, milliseconds since 1970 UTC. */
  readonly now: number;
  /** Number of the complete run that this is; null where lists alone are to be learnt. */
  readonly run: bigint | null;
}

/**
 * A complete run: counts all stored orders from scratch, chooses the ranking by them, learns the lists and has what
 * changed published. Runs on a thread with its own connections, so that nothing else in this
 * process waits. A run that ends half-way leaves the earlier lists, and is repeated as a whole.
 */
export async function mineAssociations(shop: ShopDomain, context: FlowContext): Promise<void> {
  const now = context.now();
  const run = await inShop(context.database, shop, (tx) => startMiningRun(tx, now));
  await mineInThread(shop, run, context);
  await inShop(context.database, shop, (tx) => enqueue(tx, "find-upgrades"));
  await inShop(context.database, shop, (tx) => enqueue(tx, "learn-customers"));
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
  const { database, log, now } = context;
  const startedAt = now().getTime();
  const outcome = await outcomeOf({ databaseUrl: database.url, shop, now: startedAt, run });
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

function outcomeOf(task: MiningTask): Promise<LearningOutcome> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { workerData: task });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`The mining thread ended with code ${code}`)));
  });
}
