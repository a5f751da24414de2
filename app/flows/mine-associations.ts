import { Worker } from "node:worker_threads";
import { composition } from "../composition.ts";
import type { ShopDomain } from "../domain/ids.ts";
import { aloneInShop, inShop } from "../persistence/in-shop.ts";
import { finishMiningRun, startMiningRun, type MiningFigures } from "../persistence/mining-runs.ts";
import type { FlowContext } from "./context.ts";
import { enqueuePublish } from "./jobs.ts";

// Only the worker process mines, and it runs these files as they are: no build moves them.
const THREAD = new URL("./mining-thread.ts", import.meta.url);

/** What the thread is told. */
export interface MiningOrder {
  readonly databaseUrl: string;
  readonly shop: ShopDomain;
  readonly now: number;
}

/**
 * Rebuilds baskets, counts and ranked lists from all stored orders, then has what changed published. The work is
 * done in a thread of its own with connections of its own, so that nothing else in this process waits for it.
 */
export async function mineAssociations(shop: ShopDomain, context: FlowContext = composition()): Promise<void> {
  const startedAt = context.now();
  const id = await inShop(context.database, shop, (tx) => startMiningRun(tx, startedAt));
  const figures = await aloneInShop(context.database, shop, "counts", () =>
    mineInThread({ databaseUrl: context.database.url, shop, now: startedAt.getTime() }),
  );
  await inShop(context.database, shop, async (tx) => {
    await finishMiningRun(tx, id, figures, context.now());
    await enqueuePublish(tx, 0);
  });
  const { orders, baskets, products, pairs, ranker } = figures;
  const milliseconds = context.now().getTime() - startedAt.getTime();
  context.log.info({ shop, orders, baskets, products, pairs, ranker, milliseconds }, "associations mined");
}

function mineInThread(order: MiningOrder): Promise<MiningFigures> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { workerData: order });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`The mining thread ended with code ${code}`)));
  });
}
